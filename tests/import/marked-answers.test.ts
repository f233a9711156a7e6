import { describe, expect, test } from 'vitest';
import { InputError } from '../../src/core/errors.ts';
import { readMarkedAnswers } from '../../src/import/marked-answers.ts';

const file = 'marked.jsonl';
const whole = {
  question: 'What is an index?',
  reference: 'A sorted structure.',
  answer: 'It is sorted.',
  score: 1,
  max_score: 2,
};

function jsonl(...records: object[]): string {
  return records.map((record) => JSON.stringify(record)).join('\n');
}

function csv(...lines: string[]): string {
  return lines.join('\n');
}

function errorOf(text: string): InputError {
  try {
    readMarkedAnswers(text, file);
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
  throw new Error('no error');
}

describe('JSONL', () => {
  test('reads every field', () => {
    const full = {
      ...whole,
      id: 'a1',
      question_id: 'q1',
      score2: 1.5,
      key_points: ['sorted', ' few steps | rows '],
      guide: 'Be strict.',
      feedback: 'Half of it.',
    };
    expect(readMarkedAnswers(jsonl(full), file)).toEqual([
      {
        id: 'a1',
        question: 'q1',
        questionText: 'What is an index?',
        reference: 'A sorted structure.',
        answer: 'It is sorted.',
        score: 1,
        maxScore: 2,
        second: 1.5,
        keyPoints: ['sorted', 'few steps | rows'],
        guide: 'Be strict.',
        reason: 'Half of it.',
        line: 1,
      },
    ]);
  });

  test('names answers by their line and questions by their text where there are no ids', () => {
    const answers = readMarkedAnswers(`\uFEFF\n${jsonl(whole, whole)}\n\n${jsonl(whole)}\n`, file);
    expect(answers.map(({ id, question, line }) => [id, question, line])).toEqual([
      ['2', 'What is an index?', 2],
      ['3', 'What is an index?', 3],
      ['5', 'What is an index?', 5],
    ]);
  });

  test('takes other names, in any case and with spaces or hyphens', () => {
    const record = {
      QUESTION: 'Why?',
      'Model-Answer': 'Because.',
      'Student Answer': 'So.',
      Mark: '0.5',
      MaxMark: '1',
      'second mark': 1,
      'Grading Notes': 'Strict.',
      Comment: 'Thin.',
    };
    expect(readMarkedAnswers(jsonl(record), file)[0]).toMatchObject({
      reference: 'Because.',
      answer: 'So.',
      score: 0.5,
      maxScore: 1,
      second: 1,
      guide: 'Strict.',
      reason: 'Thin.',
    });
  });

  test('passes over a blank field where another name has a value', () => {
    expect(readMarkedAnswers(jsonl({ ...whole, feedback: ' ', comment: 'Thin.' }), file)[0]?.reason).toBe(
      'Thin.',
    );
  });

  test('takes an answer that is blank: nothing was handed in', () => {
    const answers = readMarkedAnswers(jsonl({ ...whole, answer: '' }, { ...whole, answer: null }), file);
    expect(answers.map((answer) => answer.answer)).toEqual(['', '']);
  });

  test.each([{ key_points: ['sorted'] }, { guide: 'Strict.' }])('%j is enough to grade against', (basis) => {
    expect(readMarkedAnswers(jsonl({ ...whole, reference: null, ...basis }), file)).toHaveLength(1);
  });
});

describe('CSV', () => {
  test.each([',', ';', '\t'])('separated by %j', (sign) => {
    const text = [
      ['question', 'reference', 'answer', 'score', 'max score', 'key points'],
      ['"Why, ""so""; or not?"', '"two\nlines\there"', '', '1', '2', '"one|two\nthree|"'],
      ['What?', 'That.', 'This.', '0', '2', ''],
    ]
      .map((row) => row.join(sign))
      .join('\n');
    expect(readMarkedAnswers(`\uFEFF${text}`, file)).toMatchObject([
      {
        questionText: 'Why, "so"; or not?',
        reference: 'two\nlines\there',
        answer: '',
        keyPoints: ['one', 'two', 'three'],
        line: 2,
      },
      { questionText: 'What?', reference: 'That.', answer: 'This.', score: 0, keyPoints: [], line: 5 },
    ]);
  });

  test('a separator inside a quoted name does not count', () => {
    const answers = readMarkedAnswers(
      csv('"a;b;c;d;e;f;g;h",question,guide,answer,score,max', 'x,Why?,Strict.,So.,1,2'),
      file,
    );
    expect(answers[0]?.answer).toBe('So.');
  });

  test('blank lines and rows of separators only are passed over', () => {
    const text = csv(
      'question;guide;answer;score;max',
      '',
      'Why?;Strict.;So.;1;2',
      ';;;;',
      'Why?;S.;So.;2;2',
    );
    expect(readMarkedAnswers(text, file).map((answer) => answer.line)).toEqual([3, 5]);
  });

  test.each(['\r\n', '\r'])('line ends %j are read as LF', (end) => {
    const lines = ['question;guide;answer;score;max', 'Why?;Strict.;"one', 'two";1;2', '', 'Why?;S.;So.;2;2'];
    expect(readMarkedAnswers(lines.join(end), file).map((answer) => [answer.line, answer.answer])).toEqual([
      [2, 'one\ntwo'],
      [5, 'So.'],
    ]);
  });

  test.each([
    ['1.5', 1.5],
    ['1,5', 1.5],
    [' 2 ', 2],
    ['.5', 0.5],
    ['5e-1', 0.5],
  ])('the mark %j is %d', (written, score) => {
    const text = csv('question;guide;answer;score;max', `Why?;Strict.;So.;${written};2`);
    expect(readMarkedAnswers(text, file)[0]?.score).toBe(score);
  });
});

describe('what is wrong is said with file and line', () => {
  const header = 'question;guide;answer;score;max_score';
  const cases: [string, string, number | undefined][] = [
    ['a line that is not JSON', `${jsonl(whole)}\n{"question": `, 2],
    ['a page that is neither', '# Chapter 1\n\n- one, two\n', 1],
    ['a line that is a list', `${jsonl(whole)}\n\n[1]`, 3],
    ['a field missing in JSONL', jsonl(whole, { ...whole, score: undefined }), 2],
    ['a field missing in CSV', csv('', 'question;guide;score;max_score', 'Why?;Strict.;1;2'), 2],
    ['nothing but a header', header, undefined],
    ['an empty file', ' \n', undefined],
    ['a mark that is a word', jsonl({ ...whole, score: 'good' }), 1],
    ['a mark with thousands', csv(header, 'Why?;Strict.;So.;1,000;1000'), 2],
    ['a mark that is blank', csv(header, 'Why?;Strict.;So.;;2'), 2],
    ['a mark that is an object', jsonl({ ...whole, score: {} }), 1],
    ['a mark above the maximum', jsonl({ ...whole, score: 3 }), 1],
    ['a mark below 0', jsonl({ ...whole, score: -1 }), 1],
    ['a maximum of 0', jsonl({ ...whole, score: 0, max_score: 0 }), 1],
    ['a maximum below 0', jsonl({ ...whole, max_score: -1 }), 1],
    ['a second mark above the maximum', jsonl({ ...whole, second_mark: 2.5 }), 1],
    ['a second mark that is a word', jsonl({ ...whole, second_mark: 'half' }), 1],
    ['a blank question', jsonl(whole, { ...whole, question: ' ' }), 2],
    ['a question that is a list', jsonl({ ...whole, question: ['Why?'] }), 1],
    ['key points that are no texts', jsonl({ ...whole, key_points: [1] }), 1],
    ['nothing to grade against', jsonl({ ...whole, reference: ' ', key_points: [] }), 1],
    ['an id that occurs twice', jsonl({ ...whole, id: 7 }, whole, { ...whole, id: '7' }), 3],
    ['a record with too many fields', csv(header, 'Why?;S.;So.;1;2', 'a;b;c;d;e;f'), 3],
    [
      'a quote that is never closed',
      csv(header, 'Why?;S.;So.;1;2', 'Why?;S.;"So.;1;2', 'Why?;S.;So.;1;2', ''),
      3,
    ],
    ['a quote inside a field', csv(header, 'Why?;S.;S"o.;1;2'), 2],
  ];

  test.each(cases)('%s', (_, text, line) => {
    const error = errorOf(text);
    expect(error.place).toEqual(line === undefined ? { file } : { file, line });
    expect([error.text.ko, error.text.en]).toMatchSnapshot();
  });
});

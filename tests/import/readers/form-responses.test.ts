import { describe, expect, test } from 'vitest';
import { InputError } from '../../../src/core/errors.ts';
import { type ChapterWithReading, readDocument } from '../../../src/import/read-documents.ts';
import type { ReadingHints } from '../../../src/import/reader.ts';

function read(...lines: string[]): ChapterWithReading {
  return readWith({}, ...lines);
}

function readWith(hints: ReadingHints, ...lines: string[]): ChapterWithReading {
  const document = { path: 'in/3장.csv', file: '3장.csv', text: lines.join('\n') };
  const [own, ...others] = readDocument(document, { hints });
  expect(others).toEqual([]);
  if (!own) throw new Error('no chapter');
  expect(own.reading.reader).toBe('form-responses');
  return own;
}

function sentenceOf(...lines: string[]): string {
  try {
    read(...lines);
  } catch (error) {
    if (error instanceof InputError) return error.sentence('en');
    throw error;
  }
  throw new Error('expected an InputError');
}

const answers = ({ chapter }: ChapterWithReading) =>
  chapter.submissions.map(({ member, question, attempts }) => [member, question, attempts[0]?.text ?? null]);
const warnings = ({ chapter }: ChapterWithReading, code: string) =>
  chapter.warnings.filter((warning) => warning.code === code).map(({ line, message }) => [line, message.en]);

describe('a sheet of responses to a form', () => {
  test.each([
    ['Timestamp,Email Address,Score,Name'],
    ['Start time,Completion time,Email,Full name'],
    ['타임스탬프,이메일 주소,총점,이름'],
    ['응답 일시,전자메일,학번,성함을 입력해 주세요.'],
    ['제출시간,이메일,동의합니다,스터디원 이름 (실명)'],
    ['Timestamp,Username,ID,Enter your name'],
    ['작성 일시,연락처,조,조/이름'],
  ])('knows whose answers are to what under %s', (header) => {
    const own = read(`${header},2. Why?,1. How?`, '2026-01-02,a@example.test,7,노을,so,thus');
    expect(answers(own)).toEqual([
      ['노을', 2, 'so'],
      ['노을', 1, 'thus'],
    ]);
    expect(JSON.stringify([own.chapter, [...(own.uses.get('3장.csv')?.entries() ?? [])]])).not.toContain('@');
  });

  test('takes questions about names or agreement for questions', () => {
    const own = read(
      '타임스탬프,이름,이름 공간은 왜 필요한가요?,저자의 주장에 동의하나요?,날짜를 다루는 법은?',
      '2026-01-02,노을,가,나,다',
    );
    expect(own.chapter.questions.map(({ text }) => text)).toEqual([
      '이름 공간은 왜 필요한가요?',
      '저자의 주장에 동의하나요?',
      '날짜를 다루는 법은?',
    ]);
    expect(warnings(own, 'column_ignored')).toEqual([]);
  });

  test.each([
    ['의견이 있으면 적어 주세요', {}],
    ['파일 업로드', {}],
    ['Any other comments?', {}],
    ['Lieblingsfarbe', { headings: { ignored: ['Lieblingsfarbe'] } }],
  ])('takes %s for no question, and says so', (header, hints) => {
    const own = readWith(hints, `Timestamp,Name,Why?,${header}`, '2026-01-02,Ida,so,blue');
    expect(own.chapter.questions.map(({ text }) => text)).toEqual(['Why?']);
    expect(warnings(own, 'column_ignored')).toHaveLength(1);
  });

  test('takes a question about feedback for a question', () => {
    const own = read(
      'Timestamp,Name,1. Comments: what are they for?,피드백 루프란 무엇인가요?',
      '2026-01-02,Ida,so,thus',
    );
    expect(own.chapter.questions).toHaveLength(2);
  });

  test('takes the latest response of a member, wherever it stands', () => {
    const own = read(
      'Timestamp,Name,Why?',
      '3/14/2026 10:00:00,Ida,second',
      '3/13/2026 9:00:00,Ida,first',
      '3/15/2026 9:00:00,@Ida,third',
    );
    expect(answers(own)).toEqual([['Ida', 1, 'third']]);
    expect(warnings(own, 'resubmitted')).toEqual([
      [2, 'Ida handed in twice, on lines 2 and 3; line 2 counts, which is the later by its time stamp.'],
      [4, 'Ida handed in twice, on lines 2 and 4; line 4 counts, which is the later by its time stamp.'],
    ]);
  });

  test('takes the one further down where the times do not tell', () => {
    const own = read('Timestamp,Name,Why?', '3/4/2026 10:00,Ida,first', '4/3/2026 9:00,Ida,second');
    expect(answers(own)).toEqual([['Ida', 1, 'second']]);
    expect(warnings(own, 'resubmitted')[0]?.[1]).toMatch(/line 3 counts, which is further down\.$/u);
  });

  test('tells two people of one name apart by their addresses', () => {
    const own = read(
      'Timestamp,Email,Name,Why?',
      '2026-01-02,one@example.test,Ida,a',
      '2026-01-03,two@example.test,Ida,b',
      '2026-01-04,ONE@example.test,Ida,c',
      '2026-01-05,one@example.test,Rowan,d',
    );
    expect(answers(own)).toEqual([
      ['Ida (2)', 1, 'b'],
      ['Ida', 1, 'c'],
      ['Rowan', 1, 'd'],
    ]);
    expect(warnings(own, 'member_twice')).toEqual([
      [3, expect.stringMatching(/^"Ida" handed in from two addresses, on lines 2 and 3; .* "Ida \(2\)"\./u)],
      [5, expect.stringMatching(/^"Ida" on line 2 and "Rowan" on line 5 handed in from one address/u)],
    ]);
  });

  test('names members by their addresses where there are no names, two of one beginning apart', () => {
    const own = read(
      'Timestamp,Email,Why?',
      '2026-01-02,ida@example.test,a',
      '2026-01-03,ida@home.example.test,b',
    );
    expect(answers(own)).toEqual([
      ['ida', 1, 'a'],
      ['ida (2)', 1, 'b'],
    ]);
    expect(warnings(own, 'member_from_email')).toEqual([
      [1, expect.stringMatching(/^there is no column of names/u)],
    ]);
    expect(JSON.stringify(own.chapter)).not.toContain('@example');
  });

  test('names a member by the address where only that name is blank', () => {
    const own = read(
      'Timestamp,Email,Name,Why?',
      '2026-01-02,ida@example.test,,a',
      '2026-01-02,r@x.test,Rowan,b',
    );
    expect(answers(own)).toEqual([
      ['ida', 1, 'a'],
      ['Rowan', 1, 'b'],
    ]);
    expect(warnings(own, 'member_from_email')).toEqual([[2, expect.stringMatching(/^the name is blank/u)]]);
  });

  test('keeps the columns of two equal questions apart, and doubled numbers too', () => {
    const own = read('Timestamp,Name,Why?,Why?,1. How?,1. When?', '2026-01-02,Ida,a,b,c,d');
    expect(answers(own)).toEqual([
      ['Ida', 2, 'a'],
      ['Ida', 3, 'b'],
      ['Ida', 1, 'c'],
      ['Ida', 4, 'd'],
    ]);
    expect(own.chapter.warnings.map(({ code }) => code)).toEqual([
      'question_text_twice',
      'number_doubled',
      'no_model_answers',
    ]);
  });

  test('makes a chapter of each name in a column for chapters', () => {
    const text = 'Timestamp,Name,단원,Why?\n2026-01-02,Ida,1장,a\n2026-01-03,Ida,2장,b\n';
    const chapters = readDocument({ path: 'a.csv', file: 'a.csv', text });
    expect(chapters.map((own) => [own.chapter.title, answers(own)])).toEqual([
      ['1장', [['Ida', 1, 'a']]],
      ['2장', [['Ida', 1, 'b']]],
    ]);
  });

  test.each([
    [
      'nothing says whose the responses are',
      ['Timestamp,Why?', '2026-01-02,a'],
      /:1: no column says whose responses these are; there are "Timestamp", "Why\?"\. .* import\.yaml\.$/u,
    ],
    [
      'a response is nobody’s',
      ['Timestamp,Name,Why?', '2026-01-02,Ida,a', '2026-01-02,,b'],
      /:3: this response has neither a name nor an e-mail address/u,
    ],
    [
      'addresses are withheld',
      ['Timestamp,Email,Name,Why?', '2026-01-02,anonymous,,a'],
      /:2: this response has neither a name nor an e-mail address/u,
    ],
    ['there are no responses', ['Timestamp,Name,Why?'], /3장\.csv: this sheet has no responses/u],
    [
      'a quote stays open',
      ['Timestamp,Name,Why?', '2026-01-02,Ida,"a'],
      /:2: a quote opened in this record/u,
    ],
  ])('is refused where %s', (_, lines, sentence) => {
    expect(sentenceOf(...lines)).toMatch(sentence);
  });
});

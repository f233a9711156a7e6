import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import type { Chapter } from '../../src/core/chapter.ts';
import { InputError } from '../../src/core/errors.ts';
import { chaptersOfTable } from '../../src/import/chapters-of-table.ts';
import { tokenAnswer, tokenQuestion, vectorAnswer, vectorQuestion } from './fixtures/pages.ts';

function read(text: string, file = 'in/3장 토큰.csv'): Promise<Chapter[]> {
  return chaptersOfTable(async function* () {
    yield new TextEncoder().encode(text);
  }, file);
}

async function readOne(text: string): Promise<Chapter> {
  const [chapter, ...others] = await read(text);
  expect(others).toEqual([]);
  if (!chapter) throw new Error('no chapter');
  return chapter;
}

async function sentenceOf(text: string): Promise<string> {
  const error: unknown = await read(text).catch((thrown: unknown) => thrown);
  if (!(error instanceof InputError)) throw new Error(`expected an InputError, got ${String(error)}`);
  expect(error.sentence('ko')).toMatch(/\p{Script=Hangul}/u);
  return error.sentence('en');
}

const jsonl = (...rows: object[]) => rows.map((row) => JSON.stringify(row)).join('\n');
const marks = ({ warnings }: Chapter) => warnings.map(({ line, code }) => [line, code]);

describe('chaptersOfTable', () => {
  test('reads members, questions and answers; texts of questions need stand only once', async () => {
    const csv = [
      'member,question_id,question,answer,reference',
      `배솔,1,${tokenQuestion},"글을 나눈\n조각이다","${tokenAnswer}"`,
      '서다온,1,,모르겠음,',
      '서다온,2,,,',
      `,2,${vectorQuestion},,"${vectorAnswer}"`,
    ].join('\n');
    expect(await readOne(csv)).toEqual({
      id: '3장-토큰',
      title: '3장 토큰',
      questions: [
        { no: 1, text: tokenQuestion, modelAnswer: tokenAnswer },
        { no: 2, text: vectorQuestion, modelAnswer: vectorAnswer },
      ],
      submissions: [
        {
          member: '배솔',
          question: 1,
          status: 'answered',
          attempts: [{ kind: 'first', text: '글을 나눈\n조각이다' }],
          flags: [],
          lines: [2, 2],
        },
        {
          member: '서다온',
          question: 1,
          status: 'dont_know',
          attempts: [{ kind: 'first', text: '모르겠음' }],
          flags: [],
          lines: [4, 4],
        },
        { member: '서다온', question: 2, status: 'unanswered', attempts: [], flags: [], lines: [5, 5] },
      ],
      warnings: [
        {
          code: 'unanswered',
          line: 5,
          message: { ko: '2번 서다온: 답이 없습니다.', en: 'question 2, 서다온: there is no answer.' },
        },
      ],
    });
  });

  test.each([
    [
      'CSV',
      'member,question,answer\nAnn,What is a token?,a piece\nModel answer,What is a token?,a part of a text',
    ],
    [
      'JSONL',
      jsonl(
        { member: 'Ann', question: 'What is a token?', answer: 'a piece' },
        { member: '모범답안', question: 'What is a token?', answer: 'a part of a text' },
      ),
    ],
  ])('takes a row named after model answers for what it is, wherever it stands: %s', async (_, text) => {
    const chapter = await readOne(text);
    expect(chapter.questions).toEqual([{ no: 1, text: 'What is a token?', modelAnswer: 'a part of a text' }]);
    expect(chapter.submissions.map(({ member }) => member)).toEqual(['Ann']);
    expect(chapter.warnings).toEqual([]);
  });

  test('refuses a table with nothing but model answers', async () => {
    expect(await sentenceOf('member,question,answer\n정답,왜?,끝')).toMatch(/has no answer of a member/u);
  });

  test('refuses a model answer without question', async () => {
    expect(await sentenceOf('member,question,answer\nAnn,왜?,가\n정답,,끝')).toMatch(
      /:3: the answer of 정답 has no question/u,
    );
  });

  test.each([
    ['member', 'question_id', 'answer', 'reference', 'question'],
    ['Name', 'No', 'Student Answer', 'Model-Answer', 'QUESTION'],
    ['student', 'number', 'response', 'reference_answer', '질문'],
    ['이름', '번호', '답', '모범답안', '문제'],
    ['학생', '문항', '답안', '모범 답안', '질문'],
    ['작성자', '문항'.normalize('NFD'), '답변', 'reference', 'question'],
    ['멤버', 'no', 'text', 'reference', 'question'],
  ])('knows the columns %s, %s, %s, %s and %s', async (...names) => {
    const chapter = await readOne(`${names.join(';')}\n배솔;7;조각이다;나눈 단위;무엇인가?`);
    expect(chapter.questions).toEqual([{ no: 7, text: '무엇인가?', modelAnswer: '나눈 단위' }]);
    expect(chapter.submissions).toMatchObject([
      { member: '배솔', question: 7, attempts: [{ text: '조각이다' }] },
    ]);
  });

  test('reads the same from JSONL, with line ends inside of texts', async () => {
    const chapter = await readOne(
      jsonl(
        { 이름: '배솔', 번호: 1, 질문: tokenQuestion, 답: '\n첫 줄\r\n둘째 줄 \n' },
        { member: '남기훈', question_id: 'Q1', answer: null },
      ),
    );
    expect(chapter.submissions).toMatchObject([
      { member: '배솔', question: 1, attempts: [{ text: '첫 줄\n둘째 줄' }], lines: [1, 1] },
      { member: '남기훈', question: 1, status: 'unanswered', lines: [2, 2] },
    ]);
  });

  test('makes a chapter of each name in the column chapter', async () => {
    const chapters = await read(
      '단원,member,no,answer\n1장,배솔,1,가\n2 장,배솔,1,나\n1장,남기훈,1,다\n,남기훈,2,라',
    );
    expect(chapters.map(({ id, title, submissions }) => [id, title, submissions.length])).toEqual([
      ['1장', '1장', 2],
      ['2-장', '2 장', 1],
      ['3장-토큰', '3장 토큰', 1],
    ]);
  });

  test('numbers questions that are known by text or name alone, wherever the number stands', async () => {
    const chapter = await readOne(
      jsonl(
        { member: '배솔', question: '새 질문?', answer: '가' },
        { member: '배솔', question: tokenQuestion, answer: '나' },
        { member: '배솔', question_id: 'db-7', answer: '다' },
        { member: '배솔', question: '2. 둘째 질문?', answer: '라' },
        { member: '남기훈', question: ` ${tokenQuestion} `, answer: '마' },
        { no: 4, question: tokenQuestion.replace('?', ' ?') },
        { member: '남기훈', question: '4', answer: '바' },
      ),
    );
    expect(chapter.questions.map(({ no, text }) => [no, text])).toEqual([
      [2, '둘째 질문?'],
      [4, tokenQuestion.replace('?', ' ?')],
      [5, '새 질문?'],
      [6, 'db-7'],
    ]);
    expect(chapter.submissions.map(({ member, question }) => [member, question])).toEqual([
      ['배솔', 5],
      ['배솔', 4],
      ['배솔', 6],
      ['배솔', 2],
      ['남기훈', 4],
    ]);
    expect(marks(chapter)).toContainEqual([7, 'answer_replaced']);
  });

  test('takes the later of two answers, and keeps a revised one beside the first', async () => {
    const chapter = await readOne(
      [
        'member,no,question,answer,attempt',
        '배솔,1,무엇?,먼저,',
        '배솔,1,,고친 답,revised',
        '배솔,1,,나중,first',
        '남기훈,1,,고친 것만,Revised',
      ].join('\n'),
    );
    expect(chapter.submissions).toMatchObject([
      {
        member: '배솔',
        attempts: [
          { kind: 'first', text: '나중' },
          { kind: 'revised', text: '고친 답' },
        ],
        lines: [3, 4],
      },
      { member: '남기훈', status: 'answered', attempts: [{ kind: 'revised', text: '고친 것만' }] },
    ]);
    const [replaced] = chapter.warnings.filter(({ code }) => code === 'answer_replaced');
    expect(replaced).toMatchObject({
      line: 4,
      message: {
        ko: '1번 배솔: 2행에도 답이 있습니다. 뒤에 있는 이 줄(4행)의 답을 씁니다.',
        en: 'question 1, 배솔: there is an answer on line 2 too; the later one on line 4 is used.',
      },
    });
  });

  test('keeps the first text and the first model answer, and warns of others by line', async () => {
    const chapter = await readOne(
      [
        'member,no,question,answer,reference',
        '배솔,1,무엇인가요?,가,하나',
        '남기훈,1,무엇인가요 ?,나,하나',
        '서다온,1,왜인가요?,다,둘',
        '오하람,2,,라,',
      ].join('\n'),
    );
    expect(chapter.questions).toEqual([
      { no: 1, text: '무엇인가요?', modelAnswer: '하나' },
      { no: 2, text: '2', modelAnswer: null },
    ]);
    expect(marks(chapter)).toEqual([
      [4, 'question_text_differs'],
      [4, 'model_answer_differs'],
      [5, 'question_without_text'],
      [5, 'question_without_model_answer'],
    ]);
    expect(chapter.warnings[0]?.message.en).toContain('line 2');
  });

  test('credits nobody with the model answer, even where it stands in a later row', async () => {
    const chapter = await readOne(
      jsonl({ member: '배솔', no: 1, answer: vectorAnswer }, { no: 1, reference: vectorAnswer }),
    );
    expect(chapter.submissions).toMatchObject([
      { status: 'replaced_by_model_answer', flags: ['undeclared_copy'] },
    ]);
  });

  test.each([
    ['no member, no question', 'member,no,answer\n배솔,1,가\n,,나', /:3: this row has neither a member nor/u],
    ['an answer without a question', 'member,no,answer\n배솔,,가', /:2: the answer of 배솔 has no question/u],
    [
      'an answer without a member',
      'member,no,answer\n배솔,1,가\n,1,나',
      /:3: there is an answer, but the member/u,
    ],
    [
      'no column of members',
      'no,answer\n1,가',
      /:1: the field "member" is missing; accepted names: member, name/u,
    ],
    [
      'no column of answers',
      'member,no\n배솔,1',
      /:1: the field "answer" is missing; accepted names: answer, /u,
    ],
    [
      'a number that is none',
      'member,no,answer\n배솔,1.5,가',
      /:2: the question number 1\.5 cannot be used/u,
    ],
    ['the number 0', 'member,no,answer\n배솔,0,가', /:2: the question number 0 cannot be used/u],
    [
      'an unknown attempt',
      'member,no,answer,attempt\n배솔,1,가,third',
      /:2: the attempt "third" is not known/u,
    ],
    ['a list for an answer', '{"member":"배솔","no":1,"answer":["가"]}', /:1: "answer" must be a text/u],
    ['broken JSON', '{"member":"배솔","no":1,"answer":"가"}\n{"mem', /:2: this line is not JSON/u],
    ['an open quote', 'member,no,answer\n배솔,1,"가', /:2: a quote opened in this record is never closed/u],
    ['only questions', 'member,no,question,answer\n,1,무엇?,', /csv: the file has no answer of a member/u],
    ['only a header', 'member,no,answer\n', /csv: the file has no answer of a member/u],
  ])('refuses a table with %s', async (_, text, sentence) => {
    expect(await sentenceOf(text)).toMatch(sentence);
  });

  test.each(['README.md', 'README.ko.md'])('reads the example of %s without a warning', async (name) => {
    const page = await readFile(new URL(`../../${name}`, import.meta.url), 'utf8');
    const chapter = await readOne(/^```csv\n(.+?)^```$/msu.exec(page)?.[1] ?? '');
    expect(chapter.questions.every(({ modelAnswer }) => modelAnswer !== null)).toBe(true);
    expect(chapter.submissions.map(({ status }) => status)).toEqual([
      'answered',
      'dont_know',
      'answered',
      'answered',
    ]);
    expect(chapter.warnings).toEqual([]);
  });
});

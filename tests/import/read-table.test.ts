import { describe, expect, test } from 'vitest';
import { ConfigError, GraderError, InputError } from '../../src/core/errors.ts';
import { readTable, type TableOptions } from '../../src/import/read-table.ts';

function read(text: string, options?: TableOptions, file = '1장.csv') {
  return readTable(
    async function* () {
      yield new TextEncoder().encode(text);
    },
    file,
    options,
  );
}

async function errorOf(text: string, options?: TableOptions): Promise<GraderError> {
  const error: unknown = await read(text, options).catch((thrown: unknown) => thrown);
  if (!(error instanceof GraderError)) throw new Error(`expected a GraderError, got ${String(error)}`);
  expect(error.sentence('ko')).toMatch(/\p{Script=Hangul}/u);
  return error;
}

async function readersOf(text: string, options?: TableOptions): Promise<string[]> {
  return (await read(text, options)).map(({ reading }) => reading.reader);
}

const long = '이름,질문,답변\n노을,1. 왜 나누나요?,작게 하려고\n';
const form = '타임스탬프,이름,1. 왜 나누나요?\n2026-01-02 10:00:00,노을,작게 하려고\n';
const down = '이름,1. 왜 나누나요?\n노을,작게 하려고\n';
const across = '질문,노을\n1. 왜 나누나요?,작게 하려고\n';

describe('the beginning of a table tells which reader it is for', () => {
  test.each([
    ['one answer on each row', long, 'answer-rows'],
    ['JSONL', '{"member":"노을","no":1,"answer":"작게"}\n', 'answer-rows'],
    ['time stamps', form, 'form-responses'],
    [
      'addresses under any name',
      form.replace('타임스탬프', '연락').replace('2026-01-02 10:00:00', 'a@example.test'),
      'form-responses',
    ],
    [
      'an answer on each row, with its time',
      `타임스탬프,${long.replace('\n노', '\n2026-01-02,노')}`,
      'answer-rows',
    ],
    ['one member on each row', down, 'answer-matrix'],
    ['one question on each row', across, 'answer-matrix'],
    ['a corner that says nothing', across.replace('질문', '구분'), 'answer-matrix'],
    ['a corner that says nothing, above numbers', '차시,도노을,차은하\n1,작게,쉽게\n', 'answer-matrix'],
    ['a corner that says nothing, beside numbers', '구분,1,2\n노을,작게,쉽게\n', 'answer-matrix'],
    ['answers that are questions', '구분,1. 왜?,2. 언제?\n노을,작게?,먼저\n', 'answer-matrix'],
    ['a blank corner and answers that are numbers', ',1,2\n노을,3,4\n', 'answer-matrix'],
    [
      'topics in place of questions',
      '이름,토큰화,정규화\n노을,글을 조각으로 나눈다,같은 꼴로 만든다\n',
      'answer-matrix',
    ],
    [
      'a row of model answers',
      ',토큰화,정규화\n노을,나눈다,맞춘다\n모범답안,나누는 일,맞추는 일\n',
      'answer-matrix',
    ],
    ['a column of model answers', '주제,노을,정답\n토큰화,나눈다,나누는 일\n', 'answer-matrix'],
  ])('%s', async (_, text, reader) => {
    expect(await readersOf(text)).toEqual([reader]);
  });

  test('a person may say so instead', async () => {
    const [own] = await read(down, { format: 'form-responses' });
    expect(own).toMatchObject({ reading: { reader: 'form-responses', sureness: 1 }, file: '1장.csv' });
    expect(await readersOf(form, { format: 'answer-matrix' })).toEqual(['answer-matrix']);
    expect(await errorOf(form, { format: 'spreadsheet' })).toBeInstanceOf(ConfigError);
  });

  test('two readings that are as likely are refused, and both are named', async () => {
    const text = '타임스탬프,이메일 주소,질문,답변\n2026-01-02,a@example.test,1. 왜?,작게\n';
    const error = await errorOf(text);
    expect(error).toBeInstanceOf(InputError);
    expect(error.sentence('en')).toMatch(/--format answer-rows or --format form-responses\.$/u);
  });

  test('columns of which some tell nothing are named, with those that are needed', async () => {
    const error = await errorOf('\n이름,가격,\n방,10,\n');
    expect(error.sentence('en')).toMatch(
      /^1장\.csv:2: .*it has "이름", "가격", #3\. .* member, question \(or no\) and answer; .* import\.yaml\.$/u,
    );
  });

  test('columns that all tell nothing are named, with what is to be done', async () => {
    const error = await errorOf('\n품목,가격,\n방,10,\n');
    expect(error.sentence('en')).toBe(
      '1장.csv:2: none of the columns in the first row ("품목", "가격", #3) says who wrote the answers; put names of columns there (such as member, question and answer), or say under columns: in import.yaml which column holds what.',
    );
  });

  test.each([
    ['numbers and answers', '노을,1,작게 하려고\n은하,1,나누려고\n'],
    ['numbers and answers that end as sentences', '노을,1,작게 나눈다.\n은하,2,글을 나눈다.\n'],
    ['one question again and again', '노을,왜 나누나요?,작게\n은하,왜 나누나요?,쉽게\n'],
    ['questions', '노을,왜 나누나요?,작게\n은하,언제 나누나요?,먼저\n'],
    ['numbers first', '1,노을,작게\n2,은하,쉽게\n'],
    ['questions first', '왜 나누나요?,노을,작게\n언제 나누나요?,은하,먼저\n'],
    ['letters for names', 'a,b,c\n1,2,3\n4,5,6\n'],
    ['an address', 'a@example.test,노을,작게\nb@example.test,은하,쉽게\n'],
  ])('a first row that is no header is credited to nobody: %s', async (_, text) => {
    const sentence = (await errorOf(text)).sentence('en');
    expect(sentence).toMatch(/^1장\.csv:1: none of the columns in the first row \(.*\) says who wrote/u);
    expect(sentence).not.toContain('@');
  });

  test('a quote that hides the columns is named', async () => {
    const error = await errorOf('이름,"질문,답변\n노을,왜?,작게\n');
    expect(error.sentence('en')).toMatch(/^1장\.csv:1: a quote opened in this record is never closed/u);
  });

  test('a text without columns is no table', async () => {
    expect((await errorOf('그냥 글\n')).sentence('en')).toMatch(/this is neither JSONL nor CSV/u);
  });
});

describe('columns that a person names', () => {
  test.each([
    [
      'one answer on each row',
      '누가,물음,쓴 것\n노을,왜?,작게\n',
      { member: '누가', question: '물음', answer: '쓴 것' },
    ],
    ['one member on each row', '누가,토큰화\n노을,작게\n', { member: '누가' }],
    ['one question on each row', '물음,노을\n왜,작게\n', { question: '물음' }],
    ['a form', '타임스탬프,누가,이름,왜?\n2026-01-02,노을,새벽,작게\n', { member: '누가' }],
  ])('are read: %s', async (_, text, columns) => {
    const [own] = await read(text, { hints: { columns } });
    expect(own?.chapter.submissions).toMatchObject([{ member: '노을', attempts: [{ text: '작게' }] }]);
  });

  test.each([long, down, form])('have to be there', async (text) => {
    const error = await errorOf(text, { hints: { columns: { reference: '풀이' } } });
    expect(error.sentence('en')).toMatch(/the column "풀이" that columns: in import\.yaml names is not in/u);
  });

  test('that nothing is read from are named once, in whichever chapter comes first', async () => {
    const chapters = await read('단원,이름,번호,답,답,기분,\n1장,노을,1,가,,좋음,\n2장,노을,1,,나,나쁨,\n');
    expect(
      chapters.map(({ chapter }) =>
        chapter.warnings
          .filter(({ code }) => code === 'column_ignored')
          .map(({ line, message }) => [line, message.en]),
      ),
    ).toEqual([
      [
        [1, 'there are two columns "답"; the later one is read only where the earlier one is blank.'],
        [1, expect.stringMatching(/^the columns "기분", #7 were taken to hold neither/u)],
      ],
      [],
    ]);
    expect(chapters[1]?.chapter.submissions).toMatchObject([{ attempts: [{ text: '나' }] }]);
  });
});

describe('members that a person lists', () => {
  test.each([
    ['answer-rows', '이름,번호,질문,답\n노을님,1,왜?,가\n새벽,1,,나\n손님,1,,다\n'],
    ['form-responses', '타임스탬프,이름,왜?\n2026-01-02,노을님,가\n2026-01-02,새벽,나\n2026-01-02,손님,다\n'],
    ['answer-matrix', '이름,왜?\n노을님,가\n새벽,나\n손님,다\n'],
    ['answer-matrix', '질문,노을님,새벽,손님\n왜?,가,나,다\n'],
  ])('are the only ones: %s', async (reader, text) => {
    const hints = { members: ['노을', '은하'], aliases: { 새벽: '은하' } };
    const [own] = await read(text, { hints });
    expect(own?.reading.reader).toBe(reader);
    expect(own?.chapter.submissions.map(({ member, attempts }) => [member, attempts[0]?.text])).toEqual([
      ['노을', '가'],
      ['은하', '나'],
    ]);
    expect(own?.chapter.warnings.filter(({ code }) => code === 'member_not_listed')).toMatchObject([
      { message: { en: expect.stringMatching(/^"손님" is not on the list/u) } },
    ]);
  });
});

describe('what the lines of a table were taken for', () => {
  const table = [
    '단원,이름,번호,질문,답,시도,모범답안',
    '1장,,1,왜?,,,까닭이 있어서 그렇다고 책에 적혀 있다.',
    '1장,노을,1,,"첫 줄',
    '둘째 줄",,',
    ',,,,,,',
    '1장,노을,1,,고친 답,수정,',
    '1장,은하,1,,먼저,,',
    '1장,은하,1,,나중,,',
    '1장,가온,1,,까닭이 있어서,,',
    '2장,노을,1,어떻게?,,,',
  ].join('\n');

  test('is told if asked, each line once over all chapters', async () => {
    const chapters = await read(`${table}\n`, { explain: true });
    // The chapters share their table.
    const shared = new Set(chapters.flatMap(({ uses }) => [...uses.values()]));
    const lines = [...shared].flatMap((own) => [...own.entries()].map(({ line, use }) => [line, use]));
    expect(lines).toEqual([
      [1, { role: 'property' }],
      [2, { role: 'model_answer', question: 1 }],
      [3, { role: 'answer', member: '노을', question: 1 }],
      [4, { role: 'answer', member: '노을', question: 1 }],
      [5, { role: 'markup' }],
      [6, { role: 'revised', member: '노을', question: 1 }],
      [7, { role: 'ignored', member: '은하', question: 1 }],
      [8, { role: 'answer', member: '은하', question: 1 }],
      [9, { role: 'answer', member: '가온', question: 1 }],
      [10, { role: 'question', member: '노을', question: 1 }],
    ]);
  });

  test('is not kept otherwise, and the chapters are the same', async () => {
    const [plain, explained] = await Promise.all([read(table), read(table, { explain: true })]);
    expect(plain.map(({ chapter }) => chapter)).toEqual(explained.map(({ chapter }) => chapter));
    expect(plain.map(({ uses }) => uses.size)).toEqual([0, 0]);
  });

  test('shows no address of a form', async () => {
    const [own] = await read(
      'Timestamp,Username,Why?\n2026-01-02,ida@example.test,"so, ida"\n2026-01-03,rowan@example.test,as\n',
    );
    const lines = [...(own?.uses.get('1장.csv')?.entries() ?? [])].map(({ text }) => text);
    expect(lines).toEqual(['Timestamp,Username,Why?', '2026-01-02,…,"so, ida"', '2026-01-03,…,as']);
    expect(JSON.stringify(own?.chapter)).not.toContain('example.test');
  });
});

import { describe, expect, test } from 'vitest';
import { InputError } from '../../../src/core/errors.ts';
import { type ChapterWithReading, readDocument } from '../../../src/import/read-documents.ts';

function readAll(file: string, lines: readonly string[]): ChapterWithReading[] {
  const read = readDocument({ path: `in/${file}`, file, text: lines.join('\n') });
  expect(new Set(read.map(({ reading }) => reading.reader))).toEqual(new Set(['answer-matrix']));
  return read;
}

function read(...lines: string[]): ChapterWithReading {
  const [own, ...others] = readAll('1장.csv', lines);
  expect(others).toEqual([]);
  if (!own) throw new Error('no chapter');
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
const codes = ({ chapter }: ChapterWithReading) => chapter.warnings.map(({ code, line }) => [line, code]);

describe('a blank cell', () => {
  test('is a question left unanswered where others answered it too', () => {
    const own = read('질문,가온,보리,누리,정답', '1. 왜?,가,나,,끝', '2. 언제?,다,,,끝');
    expect(answers(own)).toEqual([
      ['가온', 1, '가'],
      ['보리', 1, '나'],
      ['누리', 1, null],
      ['가온', 2, '다'],
      ['보리', 2, null],
      ['누리', 2, null],
    ]);
  });

  test.each([
    ['one question on each row', ['질문,가온,보리', '1. 왜?,가,', '2. 언제?,,나', '3. 어디?,-,']],
    ['one member on each row', ['이름,1. 왜?,2. 언제?,3. 어디?', '가온,가,,-', '보리,,나,']],
  ])('is somebody else’s question where each has one answer: %s', (_, lines) => {
    const own = read(...lines);
    expect(new Set(answers(own).map((row) => row.join()))).toEqual(
      new Set(['가온,1,가', '가온,3,', '보리,2,나']),
    );
    expect(codes(own)).toContainEqual([1, 'blank_cells_not_assigned']);
  });

  test('is a question left unanswered where one member alone wrote something', () => {
    const own = read('질문,가온,보리,정답', '1. 왜?,가,,끝', '2. 언제?,나,,끝');
    expect(answers(own)).toContainEqual(['보리', 2, null]);
  });

  test('is what a column of assignments says', () => {
    const own = read(
      '질문,담당,가온,보리,정답',
      '1. 왜?,"@가온, 보리님, 별",,,끝',
      '2. 언제?,보리,덤,,끝',
      '3. 어디?,,가,,끝',
    );
    expect(answers(own)).toEqual([
      ['가온', 1, null],
      ['보리', 1, null],
      ['가온', 2, '덤'],
      ['보리', 2, null],
      ['가온', 3, '가'],
      ['보리', 3, null],
    ]);
    expect(codes(own)).toContainEqual([2, 'assigned_unknown']);
  });
});

describe('a matrix', () => {
  test('gives numbers from a column of their own, per chapter', () => {
    const chapters = readAll('모음.csv', [
      '단원,번호,질문,가온,정답',
      '1장,2,왜?,가,끝',
      '1장,1,언제?,나,끝',
      '2장,,어디?,다,끝',
    ]);
    expect(chapters.map((own) => [own.chapter.title, answers(own)])).toEqual([
      [
        '1장',
        [
          ['가온', 2, '가'],
          ['가온', 1, '나'],
        ],
      ],
      ['2장', [['가온', 1, '다']]],
    ]);
  });

  test('may have questions that are only numbers', () => {
    const own = read('이름,Q1,2번 문제', '가온,까닭이 있어서,때가 되어서');
    expect(answers(own)).toEqual([
      ['가온', 1, '까닭이 있어서'],
      ['가온', 2, '때가 되어서'],
    ]);
    expect(codes(own).map(([, code]) => code)).toContain('question_without_text');
  });

  test.each([
    ['구분,가온,보리', '1. 왜?,가,나', '2. 언제?,다,라'],
    ['구분,1. 왜?,2. 언제?', '가온,가,다', '보리,나,라'],
  ])('says whom it takes for members where no column is named: %s', (...lines) => {
    const own = read(...lines);
    expect(new Set(answers(own).map((row) => row.join()))).toEqual(
      new Set(['가온,1,가', '보리,1,나', '가온,2,다', '보리,2,라']),
    );
    const [guess] = own.chapter.warnings.filter(({ code }) => code === 'members_guessed');
    expect(guess?.message.en).toMatch(/so "가온", "보리" were taken for members; check it/u);
  });

  test('credits nobody with the model answer', () => {
    const model =
      '같은 일을 여러 번 해도 처음 한 번 한 것과 결과가 같은 성질을 말하며 다시 시도해도 안전하게 해 준다.';
    const own = read('질문,가온,보리,모범답안', `1. 멱등성이란?,${model},여러 번 해도 같은 것,${model}`);
    expect(own.chapter.submissions.map(({ status }) => status)).toEqual([
      'replaced_by_model_answer',
      'answered',
    ]);
  });

  test('takes the lower of two rows of one member, and names both', () => {
    const own = read('이름,1. 왜?', '가온,가', '가온님,나');
    expect(answers(own)).toEqual([['가온', 1, '나']]);
    expect(codes(own)).toContainEqual([3, 'resubmitted']);
  });

  test.each([
    [
      'two columns of one member',
      ['질문,가온,@가온', '1. 왜?,가,나'],
      /:1: there are two columns for the member "가온"/u,
    ],
    ['answers to nothing', ['질문,가온', '1. 왜?,가', ',나'], /:3: this row has answers but no question/u],
    ['answers of nobody', ['이름,1. 왜?', '가온,가', ',나'], /:3: this row has answers but no member/u],
    ['no member', ['이름,1. 왜?', '정답,가'], /1장\.csv: this table has no answer of a member/u],
  ])('is refused with %s', (_, lines, sentence) => {
    expect(sentenceOf(...lines)).toMatch(sentence);
  });
});

describe('tables on a page', () => {
  test('are a chapter each', () => {
    const table = ['| 질문 | 가온 | 정답 |', '|---|---|---|', '| 1. 왜? | 가 | 끝 |', ''];
    const chapters = readAll('모음.md', [
      '# 모음',
      '',
      '## 1장',
      '',
      ...table,
      '## 2장',
      '',
      ...table,
      ...table,
    ]);
    expect(chapters.map((own) => [own.chapter.title, answers(own), codes(own)])).toEqual([
      ['1장', [['가온', 1, '가']], []],
      ['2장', [['가온', 1, '가']], []],
      ['2장 (2)', [['가온', 1, '가']], []],
    ]);
  });

  test('that are something else are named as not read', () => {
    const [own] = readAll('1장.md', [
      ...['| 질문 | 가온 | 정답 |', '|---|---|---|', '| 1. 왜? | 가 | 끝 |', '| 2. 언제? | 나 | 끝 |', ''],
      ...['| 날짜 | 장소 |', '|---|---|', '| 월요일 | 도서관 |'],
    ]);
    expect(codes(own!)).toEqual([[6, 'text_not_read']]);
  });
});

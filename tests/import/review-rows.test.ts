import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InputError } from '../../src/core/errors.ts';
import { readReviewRows } from '../../src/import/review-rows.ts';

const head = 'chapter,member,question,attempt,override,reason,by,answerVersion';
const rowsOf = (...lines: string[]) => readReviewRows([head, ...lines, ''].join('\n'), 'sheet.csv');

function problemOf(text: string): string {
  try {
    readReviewRows(text, 'sheet.csv');
  } catch (error) {
    if (error instanceof InputError) return error.sentence('en');
    throw error;
  }
  throw new Error('it was read');
}

describe('a row with an override', () => {
  test('is a decision; the others are passed over, whatever stands in them', () => {
    expect(
      rowsOf('1장,Ann,1,first,,,,', '1장,Ben,2,revised,75,clear,Lea,abc', ',,?,third,,no override,,'),
    ).toEqual([
      {
        line: 3,
        chapter: '1장',
        member: 'Ben',
        question: 2,
        attempt: 'revised',
        override: 75,
        reason: 'clear',
        by: 'Lea',
        answerVersion: 'abc',
        decidedAt: null,
      },
    ]);
  });

  test('needs no more than member, question, override and reason', () => {
    const text = 'Reason;OVERRIDE;Question;member\nclear;62,5;1;Ann\n';
    expect(readReviewRows(text, 'sheet.csv')).toEqual([
      {
        line: 2,
        chapter: '',
        member: 'Ann',
        question: 1,
        attempt: 'first',
        override: 62.5,
        reason: 'clear',
        by: '',
        answerVersion: null,
        decidedAt: null,
      },
    ]);
  });

  test.each(['0', '100', '62.5', '62,5'])('takes %s', (score) => {
    const [row] = rowsOf(`1장,Ann,1,first,"${score}",why,,`);
    expect(row?.override).toBe(Number(score.replace(',', '.')));
  });

  test('gives names and reasons as they were before the export guarded them against formulas', () => {
    const [row] = rowsOf("'=1장,'=Cem,1,first,50,'-3 for the slip,'@lea,");
    expect(row).toMatchObject({ chapter: '=1장', member: '=Cem', reason: '-3 for the slip', by: '@lea' });
  });

  test.each(['＝1', '＋1', '－1', '＠lea'])('… those in full width, too: %s', (reason) => {
    expect(rowsOf(`1장,Ann,1,first,50,'${reason},,`)[0]?.reason).toBe(reason);
  });

  test.each([
    ['2026-03-01', '2026-03-01'],
    ['', ''],
  ])('says when the decision before it was made: %j', (cell, decidedAt) => {
    const sheet = `member,question,override,reason,decidedAt\nAnn,1,50,why,${cell}\n`;
    expect(readReviewRows(sheet, 'sheet.csv')[0]?.decidedAt).toBe(decidedAt);
  });

  test('keeps an apostrophe that guards nothing', () => {
    expect(rowsOf("1장,Ann,1,first,50,'tis clear,,")[0]?.reason).toBe("'tis clear");
  });

  test('has names in the form in which the importer keeps them', () => {
    expect(rowsOf(`1장,${'서다온'.normalize('NFD')},1,first,50,why,,`)[0]?.member).toBe('서다온');
  });
});

describe('one sentence with file and line', () => {
  const wrong: [name: string, row: string, sentence: string][] = [
    ['a word for a score', '1장,Ben,1,first,good,why,,', 'the column override takes a score from 0 to 100.'],
    ['a score too high', '1장,Ben,1,first,101,why,,', 'the column override takes a score from 0 to 100.'],
    ['a score too low', '1장,Ben,1,first,-1,why,,', 'the column override takes a score from 0 to 100.'],
    ['no reason', '1장,Ben,1,first,50, ,,', 'a row with an override needs a reason.'],
    [
      'no member',
      '1장,,1,first,50,why,,',
      'this row does not say whose answer it is about; check the columns member and question.',
    ],
    [
      'a question that is no number',
      '1장,Ben,one,first,50,why,,',
      'this row does not say whose answer it is about; check the columns member and question.',
    ],
    [
      'an unknown attempt',
      '1장,Ben,1,third,50,why,,',
      'the attempt "third" is not known; write first or revised.',
    ],
  ];
  test.each(wrong)('%s', (_name, row, sentence) => {
    const text = [head, '1장,Ann,1,first,"50","two\nlines",,', row, ''].join('\n');
    expect(problemOf(text)).toBe(`sheet.csv:4: ${sentence}`);
  });

  test('no column override', () => {
    expect(problemOf('member,question,score,reason\nAnn,1,50,why\n')).toBe(
      'sheet.csv:2: there is no column override; use a sheet made by "review export".',
    );
  });

  test('a sheet without rows', () => {
    expect(problemOf(`${head}\n`)).toMatch(/^sheet\.csv: the file has no answers/u);
  });
});

test('every score that a person may give comes back', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1000 }), fc.constantFrom('.', ','), (tenths, mark) => {
      const score = `${Math.floor(tenths / 10)}${mark}${tenths % 10}`;
      expect(rowsOf(`1장,Ann,1,first,"${score}",why,,`)[0]?.override).toBe(tenths / 10);
    }),
  );
});

import { describe, expect, test } from 'vitest';
import type { HandPage } from '../../src/core/hand.ts';
import { handExportText, handImportText, handTotals } from '../../src/reports/hand.ts';

const pages: HandPage[] = [
  {
    file: '001.md',
    replies: [
      { id: 'aaaa1111', member: 'Ann', question: 1, state: 'taken', problem: null },
      { id: 'bbbb2222', member: '서다온', question: 2, state: 'malformed', problem: 'the JSON is broken' },
    ],
    problems: [
      { kind: 'foreign_id', id: 'cccc3333', file: '002.md' },
      { kind: 'unknown_id', id: 'zzzz' },
      { kind: 'unnamed', count: 2 },
    ],
  },
  {
    file: '002.md',
    replies: [
      { id: 'cccc3333', member: 'Ann', question: 3, state: 'missing', problem: null },
      { id: 'dddd4444', member: 'Ben', question: 3, state: 'there', problem: null },
    ],
    problems: [{ kind: 'no_line' }],
  },
];

test('handTotals counts over all pages', () => {
  expect(handTotals(pages)).toEqual({ taken: 1, there: 1, missing: 1, malformed: 1 });
});

describe('handImportText', () => {
  test('tells page by page what was taken, what is missing, and what is wrong and why', () => {
    expect(handImportText(pages, 'en')).toBe(`001.md
  aaaa1111 (Ann, question 1): taken
  bbbb2222 (서다온, question 2): malformed: the JSON is broken
  the reply to cccc3333 belongs on 002.md and was not taken; paste it there.
  there is no answer "zzzz"; that reply was not taken.
  2 replies without the id of an answer not taken.
002.md
  cccc3333 (Ann, question 3): missing
  dddd4444 (Ben, question 3): already there
  the line below which the reply goes is gone; put it back, or export into a new folder.

1 taken, 1 already there, 1 missing, 1 malformed.
`);
  });

  test('in Korean too', () => {
    const text = handImportText(pages, 'ko');
    expect(text).toContain('aaaa1111 (Ann 1번): 받았습니다');
    expect(text).toContain('cccc3333의 답은 002.md의 것이라');
    expect(text).toContain('받은 응답 1개, 이미 있던 것 1개, 없는 것 1개, 읽을 수 없는 것 1개.');
  });
});

describe('handExportText', () => {
  const result = { folder: 'pages', pages: 2, answers: 3, settled: 1, kept: 4 };

  test('says what was written and what to do with it', () => {
    expect(handExportText(result, 'en')).toContain('pages: 3 answers on 2 pages (4 with a kept reply');
    expect(handExportText(result, 'ko')).toContain('batch import pages를 실행하세요');
  });

  test('says when there is nothing to ask', () => {
    const nothing = { ...result, pages: 0, answers: 0 };
    expect(handExportText(nothing, 'en')).toContain('There is nothing to ask');
    expect(handExportText(nothing, 'ko')).toContain('쓸 것이 없습니다');
  });
});

import { describe, expect, test } from 'vitest';
import type { Reading } from '../../src/core/reading.ts';
import { importTable } from '../../src/reports/import-table.ts';
import { chapter } from './sample.ts';

const reading: Reading = {
  reader: 'member-sections',
  sureness: 0.95,
  why: { ko: '멤버 제목이 있습니다.', en: 'there are headings with names.' },
};

test.each(['ko', 'en'] as const)('the whole of a chapter in %s', (language) => {
  expect(importTable(chapter, 'answers/1장.md', reading, language)).toMatchSnapshot();
});

test('a chapter with every model answer, without flags and warnings', () => {
  const submissions = chapter.submissions.slice(1, 3);
  const questions = chapter.questions.map((question) => ({ ...question, modelAnswer: 'This.' }));
  const text = importTable({ ...chapter, questions, submissions, warnings: [] }, 'a.md', reading, 'ko');
  expect(text).toMatchInlineSnapshot(`
    "1장: 멤버 1명, 질문 3개, 제출 2개
    읽은 방식: member-sections (확실한 정도 95 %). 멤버 제목이 있습니다.

    멤버  질문  상태     답     첫 부분         행
    Ann      2  모름     첫 답  I do not know.  19–25
    Ann      3  답 없음                         26–30

    확인할 것 0개
    "
  `);
});

test('a way of reading that a person chose is as told, not sure', () => {
  const told = { ...reading, sureness: 1 };
  const lines = (['ko', 'en'] as const).map((language) =>
    importTable(chapter, 'a.md', told, language).split('\n').at(1),
  );
  expect(lines).toEqual([
    '읽은 방식: member-sections (정해 준 대로). 멤버 제목이 있습니다.',
    'Read as member-sections (as told): there are headings with names.',
  ]);
});

test('every warning can be clicked: file, line, message', () => {
  const lines = importTable(chapter, 'answers/1장.md', reading, 'en').split('\n');
  expect(lines.filter((line) => line.startsWith('  answers/'))).toEqual([
    '  answers/1장.md:26: question 3, Ann: no answer.',
    '  answers/1장.md:33: an empty bold mark.',
  ]);
});

test('a long beginning is cut between characters, not within', () => {
  const [first] = chapter.submissions;
  const text = '👩‍💻'.repeat(3) + '가'.repeat(40);
  const submissions = first ? [{ ...first, attempts: [{ kind: 'first' as const, text }] }] : [];
  expect(importTable({ ...chapter, submissions }, 'a.md', reading, 'en')).not.toMatch(/[\uD800-\uDFFF]/u);
});

describe('more submissions than a person reads', () => {
  const [first] = chapter.submissions;
  const submissions = Array.from({ length: 301 }, (_, index) => ({
    ...first!,
    member: `member ${index + 1}`,
    question: (index % 2) + 1,
    status: index % 3 === 0 ? ('unanswered' as const) : ('answered' as const),
    flags: ['hedged' as const],
  }));
  const warnings = Array.from({ length: 1234 }, (_, index) => ({
    code: 'unanswered',
    line: index + 1,
    message: { ko: '답이 없습니다.', en: 'there is no answer.' },
  }));
  const large = { ...chapter, submissions, warnings };

  test('are shown by question, and the first of them', () => {
    const lines = importTable(large, 'a.csv', reading, 'en').split('\n');
    expect(lines.slice(3, 15).map((line) => line.replace(/\s+/gu, ' ').trim())).toEqual([
      'question begins submissions answered unanswered',
      expect.stringMatching(/^1 .+ 151 100 51$/u),
      expect.stringMatching(/^2 .+ 150 100 50$/u),
      expect.stringMatching(/^3 .+ 0 0 0$/u),
      '',
      'The first 20 of 301 submissions (--json has all)',
      '',
      'member question status attempts begins lines',
      ...[1, 2, 3, 4].map((no) => expect.stringMatching(new RegExp(`^member ${no} `, 'u'))),
    ]);
    expect(lines.filter((line) => /^member \d+ /u.test(line))).toHaveLength(20);
  });

  test.each([
    ['en', '1234 things to check', '  … and 1184 more; --json has all.', '  … and 251 more; --json has all.'],
    [
      'ko',
      '확인할 것 1234개',
      '  … 1184개 더 있습니다. --json에 모두 나옵니다.',
      '  … 251개 더 있습니다. --json에 모두 나옵니다.',
    ],
  ] as const)(
    'have fifty warnings and flags shown, and the rest counted (%s)',
    (language, count, warnings, flags) => {
      const lines = importTable(large, 'a.csv', reading, language).split('\n');
      expect(lines).toEqual(expect.arrayContaining([count, warnings, flags]));
      expect(lines.filter((line) => line.startsWith('  a.csv:'))).toHaveLength(50);
    },
  );

  test('have a hundred questions shown, and the rest counted', () => {
    const questions = Array.from({ length: 103 }, (_, index) => ({
      no: index + 1,
      text: '?',
      modelAnswer: null,
    }));
    const lines = importTable({ ...large, questions }, 'a.csv', reading, 'en').split('\n');
    expect(lines[103]).toMatch(/^ +100 /u);
    expect(lines[104]).toBe('  … and 3 more; --json has all.');
  });

  test('are all shown up to three hundred', () => {
    const text = importTable({ ...large, submissions: submissions.slice(0, 300) }, 'a.csv', reading, 'en');
    expect(text.split('\n').filter((line) => /^member \d+ /u.test(line))).toHaveLength(300);
  });
});

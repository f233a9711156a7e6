import { expect, test } from 'vitest';
import { importTable } from '../../src/reports/import-table.ts';
import { chapter } from './sample.ts';

test.each(['ko', 'en'] as const)('the whole of a chapter in %s', (language) => {
  expect(importTable(chapter, 'answers/1장.md', language)).toMatchSnapshot();
});

test('a chapter with every model answer, without flags and warnings', () => {
  const submissions = chapter.submissions.slice(1, 3);
  const questions = chapter.questions.map((question) => ({ ...question, modelAnswer: 'This.' }));
  const text = importTable({ ...chapter, questions, submissions, warnings: [] }, 'a.md', 'ko');
  expect(text).toMatchInlineSnapshot(`
    "1장: 멤버 1명, 질문 3개, 제출 2개

    멤버  질문  상태     답     첫 부분         행
    Ann      2  모름     첫 답  I do not know.  19–25
    Ann      3  답 없음                         26–30

    확인할 것 0개
    "
  `);
});

test('every warning can be clicked: file, line, message', () => {
  const lines = importTable(chapter, 'answers/1장.md', 'en').split('\n');
  expect(lines.filter((line) => line.startsWith('  answers/'))).toEqual([
    '  answers/1장.md:26: question 3, Ann: no answer.',
    '  answers/1장.md:33: an empty bold mark.',
  ]);
});

test('a long beginning is cut between characters, not within', () => {
  const [first] = chapter.submissions;
  const text = '👩‍💻'.repeat(3) + '가'.repeat(40);
  const submissions = first ? [{ ...first, attempts: [{ kind: 'first' as const, text }] }] : [];
  expect(importTable({ ...chapter, submissions }, 'a.md', 'en')).not.toMatch(/[\uD800-\uDFFF]/u);
});

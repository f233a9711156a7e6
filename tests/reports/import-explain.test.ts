import { expect, test } from 'vitest';
import { importExplanation } from '../../src/reports/import-explain.ts';

test('a document is shown line by line, with what each line was taken for', () => {
  const lines = [
    { line: 1, text: '# 1장', use: { role: 'title' } },
    { line: 3, text: '## 배솔', use: { role: 'member', member: '배솔' } },
    { line: 5, text: '- 토큰은 무엇인가요?', use: { role: 'question', member: '배솔', question: 2 } },
    { line: 7, text: `    ${'글자 '.repeat(40)}`, use: { role: 'answer', member: '배솔', question: 2 } },
    { line: 8, text: '누구의 글일까', use: { role: 'unread' } },
  ] as const;
  expect(importExplanation([{ file: 'a.md', lines }], 'ko')).toMatchInlineSnapshot(`
    "a.md
    행  무엇으로 읽었나  글
     1  제목             # 1장
     3  멤버             ## 배솔
     5  질문 · 배솔 2번  - 토큰은 무엇인가요?
     7  답 · 배솔 2번    글자 글자 글자 글자 글자 글자 글자 글자 글자 글자 글자 글자 글자 글자 글자 글자 글자 글자 글자 글자 …
     8  알 수 없음       누구의 글일까
    빈 줄을 뺀 5줄: 제목 1, 멤버 1, 질문 1, 답 1, 알 수 없음 1
    "
  `);
  expect(importExplanation([{ file: 'a.md', lines: lines.slice(0, 1) }], 'en')).toMatchInlineSnapshot(`
    "a.md
    line  read as  text
       1  title    # 1장
    1 line with text: title 1
    "
  `);
});

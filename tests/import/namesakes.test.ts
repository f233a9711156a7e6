import { expect, test } from 'vitest';
import { readDocument } from '../../src/import/read-documents.ts';

const page = (first: string, second: string) =>
  [
    ...['## 1. 왜 정렬하나요?', '', first, '', '빨리 찾으려고 합니다.', '', second, '', '모릅니다.', ''],
    ...['## 2. 왜 나누나요?', '', first, '', '한곳에 다 두지 못해서 나눕니다.', ''],
  ].join('\n');

const read = (text: string) => readDocument({ path: 'a.md', file: 'a.md', text });

test.each([
  ['### 김가온 (A반)', '### 김가온 (B반)'],
  ['- 김가온 (A반)', '- 김가온 (B반)'],
])('two of one name below a question are refused rather than made one: %s', (first, second) => {
  expect(() => read(page(first, second))).toThrow(/"김가온" is a heading on line 3 as well/u);
});

test('the names of a list may be told apart by brackets', () => {
  const members = ['김가온 (A반)', '김가온 (B반)'];
  const text = page('### 김가온 (A반)', '### 김가온 (B반)');
  const [own] = readDocument({ path: 'a.md', file: 'a.md', text }, { hints: { members } });
  expect(own?.chapter.submissions.map(({ member, question }) => [member, question])).toEqual([
    ['김가온 (A반)', 1],
    ['김가온 (B반)', 1],
    ['김가온 (A반)', 2],
  ]);
});

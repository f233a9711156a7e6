import { describe, expect, test } from 'vitest';
import { fencedLines, unclosedFences, withoutOpenFences } from '../../src/import/fences.ts';
import { readDocument } from '../../src/import/read-documents.ts';

/** Each line with whether it is code. */
function code(...lines: string[]): string {
  return fencedLines(lines)
    .map((isCode) => (isCode ? '#' : '.'))
    .join('');
}

describe('fencedLines', () => {
  test.each([
    ['a fence to the next', '.###.', ['a', '```', 'b', '```', 'c']],
    ['a longer one over shorter ones', '#####', ['````md', '```', 'b', '```', '````']],
    ['words behind a fence, which close none', '####', ['```md', '```python', 'b', '```']],
    ['the end of the item that holds it', '.##.', ['- a', '    ```', '    b', '- c']],
    ['another sign', '###', ['~~~', '```', '~~~']],
    ['nothing for backticks with backticks behind', '..', ['```x``` a', 'b']],
  ])('knows %s', (_, expected, lines) => {
    expect(code(...lines)).toBe(expected);
  });

  test('takes a fence that nothing closes for text', () => {
    expect(code('a', '```', 'b', '## c', 'd')).toBe('.....');
    expect(code('```', 'b', '## c', '```js', 'd', '```')).toBe('...###');
    expect(unclosedFences(['```', 'b', '~~~', 'c', '~~~'])).toEqual([1]);
    expect(withoutOpenFences(['```js', 'b'])).toEqual(['xxxjs', 'b']);
  });
});

test('code that is never closed takes nobody else’s answer', () => {
  const page = [
    '## 1. 왜 정렬하나요?',
    '',
    '### 김가온',
    '',
    '```js',
    'sort(a)',
    '',
    '### 박노을',
    '',
    '빨리 찾으려고 합니다.',
    '',
    '## 2. 왜 나누나요?',
    '',
    '### 김가온',
    '',
    '```js',
    'split(a)',
    '```',
    '',
    '### 박노을',
    '',
    '한곳에 다 두지 못해서 나눕니다.',
    '',
  ].join('\n');
  const [read] = readDocument({ path: 'a.md', file: 'a.md', text: page });
  expect(
    read?.chapter.submissions.map(({ member, question, attempts }) => [member, question, attempts[0]?.text]),
  ).toEqual([
    ['김가온', 1, '```js\nsort(a)'],
    ['박노을', 1, '빨리 찾으려고 합니다.'],
    ['김가온', 2, '```js\nsplit(a)\n```'],
    ['박노을', 2, '한곳에 다 두지 못해서 나눕니다.'],
  ]);
  expect(
    read?.chapter.warnings.filter(({ code }) => code === 'code_not_closed').map(({ line }) => line),
  ).toEqual([5]);
});

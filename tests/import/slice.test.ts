import { describe, expect, test } from 'vitest';
import { parseMarkdown } from '../../src/import/markdown.ts';
import { linesOf, sliceLines, textOfLines, trimRange } from '../../src/import/slice.ts';

const source = ['글', '', '    가  ', '        나', '', '---', '끝'];

describe('trimRange', () => {
  test.each([
    ['keeps a range without blank edges', { from: 3, to: 4 }, { from: 3, to: 4 }],
    ['leaves out blank lines and rules at the edges', { from: 2, to: 6 }, { from: 3, to: 4 }],
    ['keeps blank lines and rules inside', { from: 4, to: 7 }, { from: 4, to: 7 }],
  ])('%s', (_, range, trimmed) => {
    expect(trimRange(range, source)).toEqual(trimmed);
  });

  test('ends before it starts when nothing is left', () => {
    const { from, to } = trimRange({ from: 5, to: 6 }, source);
    expect(to).toBeLessThan(from);
  });

  test.each(['---', '***', '___', '    -----  '])('takes %j for a rule', (rule) => {
    expect(trimRange({ from: 1, to: 2 }, ['글', rule])).toEqual({ from: 1, to: 1 });
  });

  test.each(['--', '- 글', '**글**', '--- 글'])('does not take %j for a rule', (line) => {
    expect(trimRange({ from: 1, to: 2 }, ['글', line])).toEqual({ from: 1, to: 2 });
  });
});

describe('textOfLines', () => {
  test('takes off the indentation and white space at line ends, and rewrites nothing else', () => {
    expect(textOfLines(['', '    - **가**  나  ', '        - 다', '    ---', '    '], 4)).toBe(
      '- **가**  나\n    - 다',
    );
  });

  test('keeps what is indented deeper than its surroundings', () => {
    expect(textOfLines(['    가', '     나', '  다'], 4)).toBe('가\n 나\n다');
  });

  test('of blank lines is empty', () => {
    expect(textOfLines(['', '    ', '---'], 4)).toBe('');
  });
});

test('sliceLines cuts a run of lines out of the source', () => {
  expect(sliceLines(source, { from: 2, to: 5 }, 4)).toBe('가\n    나');
});

test('linesOf gives a node’s first and last line', () => {
  const [, list] = parseMarkdown('글\n\n- 가\n    - 나\n\n끝').children;
  expect(list && linesOf(list)).toEqual({ from: 3, to: 4 });
});

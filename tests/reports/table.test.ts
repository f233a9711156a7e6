import { expect, test } from 'vitest';
import { inlineMarkdown } from '../../src/reports/markdown.ts';
import { markdownTable, terminalTable } from '../../src/reports/table.ts';
import { harmless, hostile } from './sample.ts';

test('a Markdown table has a head, a rule with alignments and rows', () => {
  const table = markdownTable(
    ['name', 'score'],
    [
      ['Ann', '1.0'],
      ['Ben', ''],
    ],
    ['left', 'right'],
  );
  expect(table).toMatchInlineSnapshot(`
    "| name | score |
    | --- | ---: |
    | Ann | 1.0 |
    | Ben |  |"
  `);
});

test('a terminal table lines up, also where characters are two columns wide', () => {
  const table = terminalTable(
    ['member', 'score', 'note'],
    [
      ['서다온', '100.0', '가나다'],
      ['Ann', '9.5', ''],
      ['김Ann', '–', 'x'],
    ],
    ['left', 'right', 'left'],
  );
  expect(table).toMatchInlineSnapshot(`
    "member  score  note
    서다온  100.0  가나다
    Ann       9.5
    김Ann       –  x"
  `);
});

test('a terminal table has no colours and no blanks at the ends of lines', () => {
  const table = terminalTable(['a', 'b'], [['1', '']], ['left', 'left']);
  expect(table).not.toContain('\u001B');
  expect(table).not.toMatch(/[ \t]$/mu);
});

test('a cell of a terminal table is one line', () => {
  expect(terminalTable(['text'], [['one\n  two\nthree']], ['left']).split('\n')).toEqual([
    'text',
    'one two three',
  ]);
});

test('text becomes one line of Markdown that means nothing', () => {
  expect(inlineMarkdown(hostile)).toBe(harmless);
});

test('plain text stays plain in Markdown', () => {
  const plain = '격리 수준(isolation level)을 높이면 무엇을 얻나요? 예: 50% "A, B"';
  expect(inlineMarkdown(plain)).toBe(plain);
});

test('Markdown text has no blanks at its ends', () => {
  expect(inlineMarkdown(' \n text\t\n')).toBe('text');
});

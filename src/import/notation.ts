import { plainCallouts } from './callout-notation.ts';
import { plainToggles } from './details.ts';
import { fencedLines } from './fences.ts';
import { undoToggleIndentation } from './toggle-indent.ts';

/** What Notion's interface puts behind a block: `{toggle="true" color="blue"}`. */
const attributes = /(?<!\s)\s*\{(?:[a-z-]+="[^"{}]*"\s*)+\}\s*$/iu;
const emptyBlock = /^\s*<empty-block\s*\/?>(?:\s*<\/empty-block>)?\s*$/iu;
const takesAttributes = /^\s*(?:#{1,6}|[-*+]|\d{1,9}[.)])\s/u;

function plainBlocks(lines: readonly string[]): string[] {
  const isCode = fencedLines(lines);
  return lines.map((line, index) => {
    if (isCode[index]) return line;
    if (emptyBlock.test(line)) return '';
    return takesAttributes.test(line) ? line.replace(attributes, '') : line;
  });
}

/**
 * Brings the notations in which pages are written to the one of Notion's exporter: what its interface writes
 * (`::: callout`, `{toggle="true"}`), alerts and quotations with an icon, `<details>`, indentation below toggle
 * headings. Keeps the number of lines, and pages without these as they are.
 */
export function plainNotation(lines: readonly string[]): string[] {
  return plainToggles(plainCallouts(undoToggleIndentation(plainBlocks(lines))));
}

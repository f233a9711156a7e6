import { describe, expect, test } from 'vitest';
import { declaresHelp, isHedged, natureOf } from '../../src/core/answer-text.ts';
import { InputError } from '../../src/core/errors.ts';
import { foldText } from '../../src/core/fold.ts';
import { importChapter } from '../../src/import/read-documents.ts';
import { answerSection, indented, pageWith } from './fixtures/pages.ts';

/** Lines on which a regular expression that backtracks would need minutes; that they finish is the test. */
const hostile: [string, string][] = [
  ['openers', `${'음'.repeat(1e5)}아니`],
  ['opened images', '!['.repeat(5e4)],
  ['opened links', '[]('.repeat(3e4)],
  ['nested links', `[](${'[]()'.repeat(3e4)}`],
  ['asterisks', '*'.repeat(1e5)],
  ['asterisks with letters', '**a'.repeat(3e4)],
  ['opened callouts', '<aside'.repeat(3e4)],
  ['opened images in HTML', '<img '.repeat(3e4)],
  ['opened breaks', '<br '.repeat(3e4)],
  ['opening parentheses', '('.repeat(1e5)],
  ['opening braces', '{'.repeat(1e5)],
  ['bullets', '- '.repeat(5e4)],
  ['question marks', `${'?.'.repeat(5e4)}a`],
  ['spaces', `a${' '.repeat(1e5)}a`],
  ['numbers', '1. '.repeat(3e4)],
  ['words of a replacement', '모범답안을 '.repeat(2e4)],
  ['words of help', '물어보고 '.repeat(2e4)],
  ['words of ignorance', '모르겠'.repeat(3e4)],
  ['emoji', '👨\u200D'.repeat(3e4)],
];

function tryImport(text: string): void {
  try {
    importChapter(text, 'a.md');
  } catch (error) {
    expect(error).toBeInstanceOf(InputError);
  }
}

describe.each(hostile)('a line of 100 thousand letters and more: %s', (_, line) => {
  test('is judged as an answer', () => {
    expect(natureOf(line)).toBeTypeOf('string');
    expect(declaresHelp(line)).toBe(false);
    expect(isHedged(line)).toBe(false);
    expect(foldText(line)).toBeTypeOf('string');
  });

  test('is imported as answer, heading, question and model answer', () => {
    tryImport(pageWith(line));
    tryImport(pageWith(`<aside>\n${line}\n\n</aside>`));
    tryImport(`# ${line}\n\n## ${line}\n\n- ${line}\n\n${indented('답')}\n\n${answerSection}\n${line}\n`);
  });
});

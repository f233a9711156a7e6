import type { Html, RootContent } from 'mdast';
import { type LineRange, linesOf, textOfLines } from './slice.ts';
import { indentOf } from './toggle-indent.ts';

/** What an icon says about the callout: the member's answer, or something to check it against. */
type CalloutRole = 'answer' | 'check' | 'unknown';

/** Notion's default icon is 💡; groups use ✅ and its kin for what comes after. */
const roleByIcon: Readonly<Record<string, CalloutRole>> = {
  '💡': 'answer',
  '✏': 'answer',
  '✍': 'answer',
  '📝': 'answer',
  '🙋': 'answer',
  '💬': 'answer',
  '✅': 'check',
  '☑': 'check',
  '✔': 'check',
  '⭕': 'check',
  '📌': 'check',
  '🅰': 'check',
  '🔑': 'check',
};

export interface Callout extends LineRange {
  role: CalloutRole;
  text: string;
  closed: boolean;
}

interface Tag {
  closing: boolean;
  line: number;
}

function tagsOf(node: Html): Tag[] {
  const from = linesOf(node).from;
  return node.value.split('\n').flatMap((line, index) =>
    [...line.matchAll(/<(\/?)aside\b[^<>]*>/giu)].map((match) => ({
      closing: match[1] === '/',
      line: from + index,
    })),
  );
}

const closingAtEnd = /<\/aside\s*>$/iu;

/** Closing tags behind the text of a line, which are no HTML nodes; those of a whole callout inside are not meant. */
function tagsInText(node: RootContent, source: readonly string[]): Tag[] {
  if (node.type === 'code') return [];
  const tags: Tag[] = [];
  const { from, to } = linesOf(node);
  let depth = 0;
  let isCode = false;
  for (let line = from; line <= to; line += 1) {
    const text = (source[line - 1] ?? '').trim();
    if (/^(?:```|~~~)/u.test(text)) isCode = !isCode;
    if (isCode) continue;
    if (/^<aside\b/iu.test(text)) depth += 1;
    if (!closingAtEnd.test(text)) continue;
    if (depth > 0) depth -= 1;
    else tags.push({ closing: true, line });
  }
  return tags;
}

const icon =
  /^\s*(?:(\p{Extended_Pictographic})(?:\uFE0F|\p{Emoji_Modifier}|\u200D\p{Extended_Pictographic})*|<img\b[^<>]*>)\s*/u;

function readCallout(source: readonly string[], range: LineRange, closed: boolean): Callout {
  const lines = source.slice(range.from - 1, range.to);
  const indent = indentOf(lines[0] ?? '');
  lines[0] = (lines[0] ?? '').replace(/<aside\b[^<>]*>/iu, '');
  const last = lines.length - 1;
  const end = (lines[last] ?? '').trimEnd();
  lines[last] =
    closed && !closingAtEnd.test(end) ? end.replace(/<\/aside\s*>/iu, '') : end.replace(closingAtEnd, '');
  const first = lines.findIndex((line) => line.trim() !== '');
  const found = first >= 0 ? icon.exec(lines[first] ?? '') : null;
  if (found) lines[first] = ' '.repeat(indent) + (lines[first] ?? '').slice(found[0].length);
  return {
    ...range,
    role: roleByIcon[found?.[1] ?? ''] ?? 'unknown',
    text: textOfLines(lines, indent),
    closed,
  };
}

/**
 * The callouts among sibling nodes, outermost only. Notion writes a callout as an `<aside>` whose opening and
 * closing tags become sibling HTML nodes; they are paired with a stack. One that is never closed ends with
 * `lastLine`, or with a closing tag at the very left of a line up to `searchTo`, and is marked so.
 */
export function findCallouts(
  siblings: readonly RootContent[],
  source: readonly string[],
  lastLine: number,
  searchTo = lastLine,
): Callout[] {
  const callouts: Callout[] = [];
  const open: number[] = [];
  for (const node of siblings) {
    const tags = node.type === 'html' ? tagsOf(node) : open.length > 0 ? tagsInText(node, source) : [];
    for (const tag of tags) {
      if (!tag.closing) open.push(tag.line);
      else {
        const from = open.pop();
        if (from !== undefined && open.length === 0)
          callouts.push(readCallout(source, { from, to: tag.line }, true));
      }
    }
  }
  const unclosed = open[0];
  if (unclosed !== undefined) {
    const behind = source.slice(lastLine, searchTo);
    const atLeft = behind.findIndex((line) => /^<\/aside\b/iu.test(line));
    const isNear = atLeft >= 0 && behind.slice(0, atLeft).every((line) => line.trim() === '');
    callouts.push(
      readCallout(source, { from: unclosed, to: isNear ? lastLine + atLeft + 1 : lastLine }, false),
    );
  }
  return callouts;
}

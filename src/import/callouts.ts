import type { Html, RootContent } from 'mdast';
import { type LineRange, linesOf, textOfLines } from './slice.ts';

/** What an icon says about the callout: the member's answer, or something to check it against. */
export type CalloutRole = 'answer' | 'check' | 'unknown';

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
  return [...node.value.matchAll(/<(\/?)aside\b[^>]*>/giu)].map((match) => ({
    closing: match[1] === '/',
    line: from + node.value.slice(0, match.index).split('\n').length - 1,
  }));
}

const icon = /^\s*(?:(\p{Extended_Pictographic})(?:\uFE0F|\p{Emoji_Modifier})*|<img\b[^>]*>)\s*/u;

function readCallout(source: readonly string[], range: LineRange, closed: boolean): Callout {
  const lines = source.slice(range.from - 1, range.to);
  const indent = /^\s*/u.exec(lines[0] ?? '')?.[0].length ?? 0;
  lines[0] = (lines[0] ?? '').replace(/<aside\b[^>]*>/iu, '');
  const last = lines.length - 1;
  if (closed) lines[last] = (lines[last] ?? '').replace(/<\/aside\s*>/iu, '');
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
 * `lastLine` and is marked so.
 */
export function findCallouts(
  siblings: readonly RootContent[],
  source: readonly string[],
  lastLine: number,
): Callout[] {
  const callouts: Callout[] = [];
  const open: number[] = [];
  for (const node of siblings) {
    if (node.type !== 'html') continue;
    for (const tag of tagsOf(node)) {
      if (!tag.closing) open.push(tag.line);
      else {
        const from = open.pop();
        if (from !== undefined && open.length === 0)
          callouts.push(readCallout(source, { from, to: tag.line }, true));
      }
    }
  }
  const unclosed = open[0];
  if (unclosed !== undefined) callouts.push(readCallout(source, { from: unclosed, to: lastLine }, false));
  return callouts;
}

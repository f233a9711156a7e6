import type { Html, RootContent } from 'mdast';
import { indentOf } from './indent.ts';
import { type LineRange, linesOf, textOfLines } from './slice.ts';

/** What an icon says about the callout: the member's answer, or something to check it against. */
export type CalloutRole = 'answer' | 'check' | 'unknown';

/** Notion's default icon is 💡; groups use ✅ and its kin for what comes after. */
const roleByIcon: ReadonlyMap<string, CalloutRole> = new Map<string, CalloutRole>([
  ['💡', 'answer'],
  ['✏', 'answer'],
  ['✍', 'answer'],
  ['📝', 'answer'],
  ['🙋', 'answer'],
  ['💬', 'answer'],
  ['✅', 'check'],
  ['☑', 'check'],
  ['✔', 'check'],
  ['⭕', 'check'],
  ['📌', 'check'],
  ['🅰', 'check'],
  ['🔑', 'check'],
  ['pencil', 'answer'],
  ['light-bulb', 'answer'],
  ['checkmark', 'check'],
  ['check', 'check'],
  ['checkmark-square', 'check'],
  ['key', 'check'],
]);

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

/** An emoji, an image of Notion's, or the kind of an alert. */
const icon =
  /^\s*(?:(\p{Extended_Pictographic})(?:\uFE0F|\p{Emoji_Modifier}|\u200D\p{Extended_Pictographic})*|(<img\b[^<>]*>)|\[!(\w+)\])\s*/u;

/** Names an icon by its emoji, the name of its image without colour or its text, or the kind of the alert. */
function namesOf([whole, emoji, image, alert]: RegExpExecArray): string[] {
  if (emoji !== undefined) return [emoji, whole.trim()];
  if (alert !== undefined) return [alert, alert.toLowerCase()];
  const name = /\bsrc="[^"]*?([^"/]+?)(?:_[a-z]+)?\.\w+"/iu.exec(image ?? '')?.[1];
  const text = /\balt="([^"]+)"/iu.exec(image ?? '')?.[1];
  return [name, text].filter((found) => found !== undefined);
}

/** Whether a node is the opening tag of a callout, as Markdown or parsePage gives it. */
export function opensCallout(node: RootContent): boolean {
  return node.type === 'html' && /^\s*(?:<!--)?<aside\b/iu.test(node.value);
}

/** What callouts with icons hold, where a person says so. */
export type IconRoles = Readonly<Record<string, CalloutRole>>;

function roleOf(found: RegExpExecArray | null, icons: IconRoles): CalloutRole {
  if (!found) return 'unknown';
  const names = namesOf(found);
  const own = names.find((name) => Object.hasOwn(icons, name));
  if (own !== undefined) return icons[own] ?? 'unknown';
  return names.map((name) => roleByIcon.get(name)).find((role) => role !== undefined) ?? 'unknown';
}

function readCallout(
  source: readonly string[],
  range: LineRange,
  closed: boolean,
  icons: IconRoles,
): Callout {
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
  return { ...range, role: roleOf(found, icons), text: textOfLines(lines, indent), closed };
}

interface Tagged extends LineRange {
  closed: boolean;
}

/** Pairs tags with a stack, outermost only; null where an opening tag is left over. */
function nested(tags: readonly Tag[]): Tagged[] | null {
  const found: Tagged[] = [];
  const open: number[] = [];
  for (const tag of tags) {
    if (!tag.closing) open.push(tag.line);
    else {
      const from = open.pop();
      if (from !== undefined && open.length === 0) found.push({ from, to: tag.line, closed: true });
    }
  }
  return open.length === 0 ? found : null;
}

/** Where a closing tag is missing, the next callout ends the one before it, so that neither takes the other's text. */
function oneByOne(tags: readonly Tag[]): { found: Tagged[]; open: number | null } {
  const found: Tagged[] = [];
  let open: number | null = null;
  for (const tag of tags) {
    if (open !== null)
      found.push({ from: open, to: tag.closing ? tag.line : tag.line - 1, closed: tag.closing });
    open = tag.closing ? null : tag.line;
  }
  return { found, open };
}

/**
 * The callouts among sibling nodes, outermost only. Notion writes a callout as an `<aside>` whose opening and
 * closing tags become sibling HTML nodes; they are paired with a stack. One that is never closed ends where the
 * next one opens, with `lastLine`, or with a closing tag at the very left of a line up to `searchTo`, and is marked so.
 * @param icons what callouts hold by their icons, before the usual ones
 */
export function findCallouts(
  siblings: readonly RootContent[],
  source: readonly string[],
  lastLine: number,
  { searchTo = lastLine, icons = {} }: { searchTo?: number; icons?: IconRoles } = {},
): Callout[] {
  const tags: Tag[] = [];
  let depth = 0;
  for (const node of siblings) {
    const own = node.type === 'html' ? tagsOf(node) : depth > 0 ? tagsInText(node, source) : [];
    for (const tag of own) depth = Math.max(0, depth + (tag.closing ? -1 : 1));
    tags.push(...own);
  }
  const pairs = nested(tags);
  if (pairs) return pairs.map(({ closed, ...range }) => readCallout(source, range, closed, icons));
  const { found, open } = oneByOne(tags);
  if (open !== null) {
    const behind = source.slice(lastLine, searchTo);
    const atLeft = behind.findIndex((line) => /^<\/aside\b/iu.test(line));
    const isNear = atLeft >= 0 && behind.slice(0, atLeft).every((line) => line.trim() === '');
    found.push({ from: open, to: isNear ? lastLine + atLeft + 1 : lastLine, closed: false });
  }
  return found.map(({ closed, ...range }) => readCallout(source, range, closed, icons));
}

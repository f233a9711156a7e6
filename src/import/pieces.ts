import type { Node, RootContent } from 'mdast';
import { linesOf } from './slice.ts';

/** Characters that are parsed at once at least: the parser's time grows faster than the text in places. */
const usualSize = 2048;

/** At the very left, a heading ends everything but open fences and HTML; behind a blank line, so does a letter. */
const heading = /^#{1,6} /u;
const letter = /^\p{L}/u;
/** At the very left it ends what stands above it, or underlines it. */
const rule = /^(?:-{3,}|\*{3,}|_{3,})[ \t]*$/u;

/** Narrower than a trimmed line: an ideographic space is text to Markdown. */
const blank = /^[ \t]*$/u;

/** Where pieces may begin: indexes of lines, the first and the one behind the last among them. */
function borders(lines: readonly string[], pieceSize: number): number[] {
  const found = [0];
  let size = 0;
  for (const [index, line] of lines.entries()) {
    const above = lines[index - 1] ?? '';
    const opensBlock = heading.test(line) || (letter.test(line) && (blank.test(above) || rule.test(above)));
    if (index > 0 && size >= pieceSize && opensBlock) {
      found.push(index);
      size = 0;
    }
    size += line.length + 1;
  }
  return [...found, lines.length];
}

const openingFence = /`{3,}|~{3,}/u;
const closingFence = /^[\s>]*(`{3,}|~{3,})\s*$/u;
/** HTML that ends at a sign of its own, not at a blank line: comments, scripts and the like. */
const lastingHtml = /^<(?:[!?]|(?:script|pre|style|textarea)(?![^\s>]))/iu;

/**
 * Whether a block may go on behind these lines: an open fence, an open comment, HTML without a blank line below, or
 * HTML that blank lines do not end. Inside a list it ends with the list, but where is told by what follows.
 */
function mayGoOn(block: RootContent | undefined, lines: readonly string[]): boolean {
  if (!block) return false;
  if (block.type === 'html') {
    const html = block.value.trimStart();
    if (html.startsWith('<!--')) return !html.includes('-->', 4);
    return !blank.test(lines.at(-1) ?? '') || lastingHtml.test(html);
  }
  if ('children' in block) return mayGoOn(block.children.at(-1), lines);
  if (block.type !== 'code') return false;
  const { from, to } = linesOf(block);
  const opening = openingFence.exec(lines[from - 1] ?? '')?.[0];
  const closing = closingFence.exec(lines[to - 1] ?? '')?.[1];
  return opening !== undefined && (to === from || !closing?.startsWith(opening));
}

function shift(node: Node, lines: number, offset: number): void {
  if (node.position) {
    for (const point of [node.position.start, node.position.end]) {
      point.line += lines;
      point.offset = (point.offset ?? 0) + offset;
    }
  }
  if ('children' in node) for (const child of node.children as Node[]) shift(child, lines, offset);
}

/**
 * Parses a text piece by piece and joins the blocks, their positions shifted. The result is that of parsing the
 * whole: a piece begins where every block before it has ended for certain; where its last block may go on, it is
 * parsed again with as much behind it.
 * @param parse gives the blocks of a text; what stands in one block must not change another
 */
export function parsePieces(
  lines: readonly string[],
  parse: (text: string) => RootContent[],
  size = usualSize,
): RootContent[] {
  const limits = borders(lines, size);
  const blocks: RootContent[] = [];
  let offset = 0;
  let [from, count] = [0, 1];
  while (from < limits.length - 1) {
    const [first, next] = [limits[from] ?? 0, limits[from + count] ?? lines.length];
    const piece = lines.slice(first, next);
    const text = next < lines.length ? `${piece.join('\n')}\n` : piece.join('\n');
    const children = parse(text);
    if (next < lines.length && mayGoOn(children.at(-1), piece)) {
      count *= 2;
      continue;
    }
    for (const child of children) shift(child, first, offset);
    blocks.push(...children);
    offset += text.length;
    from += count;
    count = 1;
  }
  return blocks;
}

import type { Node, RootContent } from 'mdast';
import { linesOf } from './slice.ts';

/** Characters that are parsed at once at least: the parser's time grows faster than the text in places. */
const usualSize = 2048;

/** At the very left behind a blank line, a heading or a letter ends every list, quotation and table. */
const opensBlock = /^(?:#{1,6} |\p{L})/u;

/** Narrower than a trimmed line: an ideographic space is text to Markdown. */
const blank = /^[ \t]*$/u;

/** Where pieces may begin: indexes of lines, the first and the one behind the last among them. */
function borders(lines: readonly string[], pieceSize: number): number[] {
  const found = [0];
  let size = 0;
  for (const [index, line] of lines.entries()) {
    if (index > 0 && size >= pieceSize && blank.test(lines[index - 1] ?? '') && opensBlock.test(line)) {
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
 * Whether a block may go on behind a blank line: an open fence, or HTML of such a kind. Inside a list it ends with
 * the list, but where is told by what follows.
 */
function mayGoOn(block: RootContent | undefined, lines: readonly string[]): boolean {
  if (!block) return false;
  if (block.type === 'html') return lastingHtml.test(block.value.trimStart());
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

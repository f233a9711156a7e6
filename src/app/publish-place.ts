import type { Submission } from '../core/chapter.ts';
import type { NotionPage, NotionPlace } from './notion-pages.ts';

/** Blocks that others may stand in. */
const containers = [
  'bulleted_list_item',
  'numbered_list_item',
  'to_do',
  'toggle',
  'paragraph',
  'quote',
  'callout',
];

/** The index of the line on which a text ends that stands between two lines; -1 where it does not stand there. */
function endOfText(text: string, lines: readonly string[], from: number, to: number): number {
  const wanted = text.split('\n').map((line) => line.trim());
  for (let start = from; start + wanted.length <= to; start += 1)
    if (wanted.every((line, index) => lines[start + index]?.trim() === line))
      return start + wanted.length - 1;
  return -1;
}

/** The block that holds a member's first answer: the callout, or the last one of several that it is made of. */
function answerBlock(
  { text, lineBlocks, blocks }: NotionPage,
  { attempts, lines: [first, last] }: Submission,
): string | null {
  const question = lineBlocks[first - 1];
  const inside = new Set(lineBlocks.slice(first - 1, last));
  const [attempt] = attempts;
  if (attempt?.kind !== 'first')
    return [...inside].find((id) => blocks.get(id)?.type === 'callout') ?? question ?? null;
  const end = endOfText(attempt.text, text.split('\n'), first - 1, last);
  let found = end < 0 ? question : lineBlocks[end];
  while (found !== undefined && found !== question) {
    const { parent, type } = blocks.get(found) ?? {};
    const isPart = type === 'table_row' || (parent !== question && inside.has(parent ?? ''));
    if (parent === undefined || !isPart) break;
    found = parent;
  }
  return found ?? null;
}

/**
 * Where feedback on a submission goes: right behind the member's answer; null where nothing can be put there.
 * @param submission as it was read from the page's text
 */
export function placeOf(page: NotionPage, submission: Submission): NotionPlace | null {
  const answer = answerBlock(page, submission);
  const block = answer === null ? undefined : page.blocks.get(answer);
  if (answer === null || !block) return null;
  if (answer !== page.lineBlocks[submission.lines[0] - 1]) return { parent: block.parent, after: answer };
  return containers.includes(block.type) ? { parent: answer, after: null } : null;
}

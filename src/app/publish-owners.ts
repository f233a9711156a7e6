import type { Submission } from '../core/chapter.ts';
import { ownerIn, ownerLabel, textOfRuns } from '../core/published.ts';
import type { NotionPage, NotionPlace } from './notion-pages.ts';
import { placeOf } from './publish-place.ts';

type Callout = NotionPage['callouts'][number];

/** A page and the submissions that stand on it, those of all chapters. */
export interface ReadPage {
  page: NotionPage;
  /** Where feedback on each goes; null where nothing can be put. */
  places: ReadonlyMap<Submission, NotionPlace | null>;
  /** The callouts with feedback on each. */
  callouts: ReadonlyMap<Submission, Callout[]>;
}

/** The block that feedback is on. */
export function blockOf({ parent, after }: NotionPlace): string {
  return after ?? parent;
}

/** For each block the last line of what is in it. */
function lastLines({ lineBlocks, blocks }: NotionPage): Map<string, number> {
  const last = new Map<string, number>();
  for (const [index, start] of lineBlocks.entries())
    for (let block: string | undefined = start; block !== undefined; block = blocks.get(block)?.parent)
      last.set(block, index + 1);
  return last;
}

/** Whose feedback a callout holds; null where nobody, or more than one, comes into question. */
function calloutOwner(
  { content, line, isOwn }: Callout,
  submissions: readonly Submission[],
  endOf: ReadonlyMap<Submission, number>,
): Submission | null {
  const near = submissions.filter(
    (submission) => submission.lines[0] <= line && line <= (endOf.get(submission) ?? 0),
  );
  const label = ownerIn(textOfRuns(content));
  if (label === null) return near.length === 1 ? (near[0] ?? null) : null;
  // Anybody may copy what we wrote to anywhere.
  const named = (isOwn ? submissions : near).filter((submission) => ownerLabel(submission) === label);
  // Another chapter on the page has the same members and numbers.
  return named.findLast(({ lines: [first] }) => first <= line) ?? named[0] ?? null;
}

/** Finds out where feedback on the submissions of a page goes, and which callouts hold it already. */
export function readPage(page: NotionPage, unordered: readonly Submission[]): ReadPage {
  const submissions = unordered.toSorted((a, b) => a.lines[0] - b.lines[0]);
  const places = new Map(submissions.map((submission) => [submission, placeOf(page, submission)]));
  const last = lastLines(page);
  const endOf = new Map(
    [...places].map(([submission, place]) => {
      const endOfBlock = place ? (last.get(blockOf(place)) ?? 0) : 0;
      return [submission, Math.max(submission.lines[1], endOfBlock)];
    }),
  );
  const callouts = new Map<Submission, Callout[]>();
  for (const callout of page.callouts) {
    const owner = calloutOwner(callout, submissions, endOf);
    if (owner) callouts.set(owner, [...(callouts.get(owner) ?? []), callout]);
  }
  return { page, places, callouts };
}

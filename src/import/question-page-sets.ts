import { folderOf } from './document-links.ts';
import { nameOfFolder, pageTitle } from './document-roles.ts';
import { grouped, listedByPath } from './grouped.ts';
import type { MemberNaming } from './member-naming.ts';
import { maybeName } from './name-shapes.ts';
import { isAnswerSection } from './outline.ts';
import { isAsked } from './question-key.ts';
import type { SourceDocument } from './reader.ts';
import { type QuestionPlace, type TakenApart, takeDocument } from './take-document.ts';

/** A page whose title is a question, with the members' answers inside. */
export interface QuestionPage {
  question: string;
  taken: TakenApart;
}

/** The pages of one chapter, a page for each question. */
export interface PageSet {
  title: string;
  pages: QuestionPage[];
  /** Names that stand on more than one page. */
  names: ReadonlySet<string>;
  naming: MemberNaming;
  parent: SourceDocument | null;
}

const table = /\.(?:csv|tsv|jsonl|ndjson)$/iu;

/** A name before a colon, with what follows it on the line. */
export const named = /^(?<name>[^:：\n]{1,40}?)\s*[:：]\s*(?<rest>[\s\S]*)$/u;

/** The name that a place may be, as written: all of it, or what stands before a bullet's colon. */
export function writtenName({ written, kind }: QuestionPlace): string {
  return kind === 'bullet' ? (named.exec(written)?.groups?.['name'] ?? written) : written;
}

/** The name that a place may be. */
export function nameAt(place: QuestionPlace, { nameOf }: MemberNaming): string {
  return nameOf(writtenName(place));
}

/** Whether a heading or a bullet may be a member's. */
export function maybeMember(place: QuestionPlace, naming: MemberNaming): boolean {
  const name = nameAt(place, naming);
  return place.kind !== 'line' && maybeName(name) && !isAsked(name) && !isAnswerSection(name);
}

/** What may be names on a page: the highest of such headings, as deeper ones head parts of an answer; else bullets. */
function namesOn({ places }: TakenApart, naming: MemberNaming): Set<string> {
  const headings = places.filter(
    (place) => place.kind === 'heading' && (maybeMember(place, naming) || isAnswerSection(place.written)),
  );
  const highest = headings.reduce((level, place) => Math.min(level, place.level), Number.POSITIVE_INFINITY);
  const own = headings.length > 0 ? headings.filter(({ level }) => level === highest) : places;
  const members = own.filter((place) => maybeMember(place, naming));
  return new Set(members.map((place) => nameAt(place, naming)));
}

/** Names that stand on more than one page as headings or bullets. */
function repeatedNames(pages: readonly QuestionPage[], naming: MemberNaming): Set<string> {
  const counts = new Map<string, number>();
  for (const { taken } of pages)
    for (const name of namesOn(taken, naming)) counts.set(name, (counts.get(name) ?? 0) + 1);
  return new Set([...counts].filter(([, count]) => count > 1).map(([name]) => name));
}

/** The sets of pages, in one folder each, whose titles are questions. */
export function pageSets(documents: readonly SourceDocument[], naming: MemberNaming): PageSet[] {
  const byPath = new Map(documents.map((document) => [document.path, document]));
  const asked = documents.filter((document) => {
    const title = pageTitle(document);
    return !table.test(document.path) && title !== null && isAsked(title);
  });
  const byFolder = grouped(listedByPath(asked), ({ path }) => folderOf(path));
  return [...byFolder].flatMap(([folder, own]): PageSet[] => {
    const [first, second] = own;
    if (!first || !second) return [];
    const pages = own.map((document) => ({
      question: pageTitle(document) ?? '',
      taken: takeDocument(document),
    }));
    const names = naming.known ?? repeatedNames(pages, naming);
    const parent = byPath.get(`${folder}.md`) ?? null;
    const title = (parent && pageTitle(parent)) ?? nameOfFolder(first);
    return names.size === 0 ? [] : [{ title, pages, names, naming, parent }];
  });
}

/** How sure it is: pages with names that stand on others as well speak for it. */
export function surenessOfPages({ pages, names, naming }: PageSet): number {
  const holding = pages.filter(({ taken }) =>
    taken.places.some((place) => names.has(nameAt(place, naming))),
  ).length;
  return 0.5 + 0.4 * (holding / pages.length);
}

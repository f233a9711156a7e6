import { bareName, folderOf, linkedDocuments, onlyLinkIn, pageIdOf } from './document-links.ts';
import { memberOfName, nameOfFolder, nameOfPage, pageTitle, roleOfName } from './document-roles.ts';
import { grouped, listedByPath } from './grouped.ts';
import { isChapterName, maybeName } from './name-shapes.ts';
import type { SourceDocument } from './reader.ts';

/** A document that may be a member's. */
interface MemberCandidate {
  document: SourceDocument;
  /** The name as written. */
  name: string;
}

/** Documents that together are a chapter, one of each member. */
export interface MemberSet {
  /** What folder or file say of the chapter. */
  title: string;
  members: MemberCandidate[];
  questions: SourceDocument[];
  answers: SourceDocument[];
  /** The page above the members', which links to them. */
  parent: SourceDocument | null;
  /** Documents beside the members' that are nobody's. */
  others: SourceDocument[];
  /** Questions above several chapters of which it is not known whose they are. */
  unclear?: SourceDocument[];
}

const table = /\.(?:csv|tsv|jsonl|ndjson)$/iu;
const plainAnswer = /^(?:my[-_ ])?(?:answers?|답안?|답변)$/iu;

/** A chapter's name as files spell it: `chapter-01` and `Chapter 1` are one. */
function chapterKey(name: string): string {
  return name
    .toLowerCase()
    .replace(/[\s_.-]+/gu, '')
    .replace(/0+(?=\d)/gu, '');
}

/** A folder and those above it, up to the top. */
function upwards(folder: string): string[] {
  const found = [folder];
  for (let next = folder; next !== ''; ) {
    next = folderOf(next);
    found.push(next);
  }
  return found;
}

/** Documents, to be looked up by where they lie. */
interface Shelf {
  byFolder: ReadonlyMap<string, SourceDocument[]>;
  /** By folder and chapter. */
  byChapter: ReadonlyMap<string, SourceDocument[]>;
  byPath: ReadonlyMap<string, SourceDocument>;
  /** Those in folders such as `questions/`, by the folder above and the chapter. */
  inRoleFolders: ReadonlyMap<string, SourceDocument[]>;
}

function shelve(documents: readonly SourceDocument[]): Shelf {
  const inRole = documents.filter((document) => {
    const role = roleOfName(bareName(folderOf(document.path)));
    return role === 'questions' || role === 'answers';
  });
  return {
    byFolder: grouped(documents, ({ path }) => folderOf(path)),
    byChapter: grouped(documents, ({ path }) => `${folderOf(path)}|${chapterKey(bareName(path))}`),
    byPath: new Map(documents.map((document) => [document.path, document])),
    inRoleFolders: grouped(inRole, ({ path }) => `${folderOf(folderOf(path))}|${chapterKey(bareName(path))}`),
  };
}

function roleOf(document: SourceDocument) {
  const own = roleOfName(nameOfPage(document));
  if (own !== 'member') return own;
  const folder = roleOfName(bareName(folderOf(document.path)));
  return folder === 'questions' || folder === 'answers' ? folder : 'member';
}

/** The questions and model answers of a chapter that lie beside its members' folders, or above them. */
function keysFor(chapter: string, folder: string, shelf: Shelf): SourceDocument[] {
  const key = chapterKey(chapter);
  return upwards(folder).flatMap((above) => [
    ...(shelf.inRoleFolders.get(`${above}|${key}`) ?? []),
    ...(shelf.byChapter.get(`${above}|${key}`) ?? []),
    ...(shelf.byFolder.get(above === '' ? chapter : `${above}/${chapter}`) ?? []).filter((document) =>
      ['questions', 'answers'].includes(roleOfName(bareName(document.path))),
    ),
  ]);
}

/** The nearest questions and model answers above a folder that name no chapter. */
function keysAbove(folder: string, shelf: Shelf): SourceDocument[] {
  for (const above of upwards(folder)) {
    const found = (shelf.byFolder.get(above) ?? []).filter((document) =>
      ['questions', 'answers'].includes(roleOfName(nameOfPage(document))),
    );
    if (found.length > 0) return found;
  }
  return [];
}

/** A chapter of members' folders, with its own questions, or with those above where it is the only one. */
function chapterOf(members: MemberCandidate[], above: string, isOnly: boolean, shelf: Shelf): MemberSet {
  const chapter = bareName(members[0]?.document.path ?? '');
  const own = keysFor(chapter, above, shelf);
  const set = setOf(chapter, members, own);
  if (set.questions.length > 0) return set;
  const general = keysAbove(above, shelf);
  return isOnly ? setOf(chapter, members, [...own, ...general]) : { ...set, unclear: general };
}

function setOf(title: string, members: MemberCandidate[], keys: readonly SourceDocument[]): MemberSet {
  const own = new Set(members.map(({ document }) => document));
  const found = [...new Set(keys)].filter((document) => !own.has(document));
  return {
    title,
    members,
    parent: null,
    others: [],
    answers: found.filter((document) => roleOf(document) === 'answers'),
    questions: found.filter((document) => roleOf(document) !== 'answers'),
  };
}

/** `answers/<member>/chapter-01.md`: a folder for each member, a file for each chapter. */
function foldersOfMembers(shelf: Shelf): MemberSet[] {
  const folders = [...shelf.byFolder.keys()].filter((folder) => folder !== '');
  const isMembers = (folder: string) => {
    const name = bareName(folder);
    return roleOfName(name) === 'member' && maybeName(name);
  };
  const isChapter = ({ path }: SourceDocument) =>
    pageIdOf(path) === null && (isChapterName(bareName(path)) || plainAnswer.test(bareName(path)));
  return [...grouped(folders.filter(isMembers), folderOf)].flatMap(([above, children]) => {
    const documents = children.map((folder) => (shelf.byFolder.get(folder) ?? []).filter(isChapter));
    if (documents.filter((own) => own.length > 0).length < 2) return [];
    const chapters = [...grouped(documents.flat(), ({ path }) => chapterKey(bareName(path)))];
    return chapters.map(([, own]) => {
      const chapter = bareName(own[0]?.path ?? '');
      const members = own.map((document) => ({ document, name: bareName(folderOf(document.path)) }));
      if (!plainAnswer.test(chapter)) return chapterOf(members, above, chapters.length === 1, shelf);
      const beside = [above, folderOf(above)].flatMap((folder) => shelf.byFolder.get(folder) ?? []);
      const keys = beside.filter((document) => ['questions', 'answers'].includes(roleOf(document)));
      const [key] = keys;
      const title = key
        ? nameOfFolder(key)
        : bareName(isChapterName(bareName(above)) ? above : folderOf(above));
      return setOf(title, members, keys);
    });
  });
}

/** How many other documents a page has a line for that is nothing but a link to it. */
function linksOf(document: SourceDocument, find: (target: string, from: string) => SourceDocument | null) {
  const found = document.text.split('\n').map((line) => {
    const target = onlyLinkIn(line);
    return target === null ? null : find(target, document.path);
  });
  return new Set(found.filter((page) => page !== null));
}

/** A folder with a page of each member, and the page above that links to them. */
function foldersOfChapters(shelf: Shelf, taken: ReadonlySet<SourceDocument>, all: readonly SourceDocument[]) {
  const { find } = linkedDocuments(all);
  return [...shelf.byFolder].flatMap(([folder, documents]): MemberSet[] => {
    const own = documents.filter((document) => !taken.has(document));
    const pages = own.filter((document) => roleOf(document) === 'member');
    const above = shelf.byPath.get(`${folder}.md`) ?? null;
    const parent = above ?? pages.find((page) => linksOf(page, find).size > 1) ?? null;
    const members = pages
      .filter((page) => page !== parent)
      .map((document) => ({
        document,
        name: pageIdOf(document.path) === null ? memberOfName(bareName(document.path)) : nameOfPage(document),
      }));
    const [first] = own;
    if (!first || members.length === 0) return [];
    const name = nameOfFolder(first);
    const keys = [...own.filter((page) => roleOf(page) !== 'member'), ...keysFor(name, folder, shelf)];
    const set = setOf((parent && pageTitle(parent)) ?? name, members, keys);
    return [
      {
        ...set,
        parent,
        questions: set.questions.filter((page) => page !== parent && roleOf(page) !== 'other'),
        others: set.questions.filter((page) => page !== parent && roleOf(page) === 'other'),
      },
    ];
  });
}

/** The sets of documents that may be chapters of one document for each member, whatever stands in them. */
export function memberSets(documents: readonly SourceDocument[]): MemberSet[] {
  const pages = listedByPath(documents.filter(({ path }) => !table.test(path)));
  const shelf = shelve(pages);
  const byFolders = foldersOfMembers(shelf);
  const taken = new Set(
    byFolders.flatMap(({ members, questions, answers }) => [
      ...members.map(({ document }) => document),
      ...questions,
      ...answers,
    ]),
  );
  return [...byFolders, ...foldersOfChapters(shelf, taken, pages)];
}

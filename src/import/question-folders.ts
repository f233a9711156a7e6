import { bareName, folderOf, pageIdOf } from './document-links.ts';
import { memberOfName, nameOfFolder, roleOfName } from './document-roles.ts';
import { grouped, listedByPath } from './grouped.ts';
import type { MemberNaming } from './member-naming.ts';
import { isChapterName, maybeName } from './name-shapes.ts';
import { plainName } from './names.ts';
import { isAsked } from './question-key.ts';
import { type NumberedText, readNumberedText } from './question-text.ts';
import type { SourceDocument } from './reader.ts';

/** A folder whose name is a question, with a file of each member's answer. */
export interface QuestionFolder {
  /** With the folder above, where a `/` in the question made one. */
  question: NumberedText;
  documents: SourceDocument[];
}

/** The questions of one chapter, a folder of each. */
export interface FolderSet {
  title: string;
  folders: QuestionFolder[];
  /** Names that stand in more than one folder, or that are known. */
  names: ReadonlySet<string>;
  naming: MemberNaming;
}

const leadingNumber = /^(\d{1,3})(?:[._-]|\s)+(?=\S)/u;
const topicLike =
  /(?:란|차이|차이점|이유|원리|방법|무엇인가|설명|장단점|과정)$|^(?:what|why|how|when|explain|describe|compare)\b/iu;

function questionOf(name: string): NumberedText {
  const written = /\s/u.test(name) ? name : name.replaceAll('_', ' ');
  const own = readNumberedText(written);
  if (own.no !== null) return own;
  const no = leadingNumber.exec(written);
  return { no: no ? Number(no[1]) : null, text: written.replace(leadingNumber, '').trim() };
}

/** A file's name without ending and number. */
export function stemOf({ path }: SourceDocument, { nameOf }: MemberNaming): string {
  return nameOf(memberOfName(bareName(path).replace(leadingNumber, '')));
}

const tag = /^\s*\[[^\]]*\]\s*/u;

/** The member whose file it is: its name, or the one known name in it; null where none can be told. */
export function memberIn(
  document: SourceDocument,
  { names, naming }: Pick<FolderSet, 'names' | 'naming'>,
): string | null {
  const stem = stemOf(document, naming);
  if (names.has(stem)) return stem;
  const inside = [...new Set(stem.split(/[\s_\-[\]().,]+/u).filter((part) => names.has(part)))];
  if (inside.length > 0) return inside.length === 1 ? (inside[0] ?? null) : null;
  if (naming.known) return null;
  const plain = plainName(stem.replace(tag, ''));
  return maybeName(plain) && !/[_[\]]/u.test(plain) ? plain : null;
}

const table = /\.(?:csv|tsv|jsonl|ndjson)$/iu;

function repeatedNames(byFolder: ReadonlyMap<string, SourceDocument[]>, naming: MemberNaming): Set<string> {
  const counts = new Map<string, number>();
  for (const documents of byFolder.values())
    for (const name of new Set(documents.map((document) => stemOf(document, naming))))
      if (roleOfName(name) === 'member' && maybeName(name)) counts.set(name, (counts.get(name) ?? 0) + 1);
  return new Set([...counts].filter(([, count]) => count > 1).map(([name]) => name));
}

/** The chapter's folder and the question of a folder; a `/` in a question made a folder of its beginning. */
function placeOf(
  folder: string,
  children: ReadonlyMap<string, string[]>,
  byFolder: ReadonlyMap<string, unknown>,
): { chapter: string; name: string } {
  const above = folderOf(folder);
  const isSplit =
    above !== '' &&
    !byFolder.has(above) &&
    children.get(above)?.length === 1 &&
    children.has(folderOf(above));
  return isSplit
    ? { chapter: folderOf(above), name: `${bareName(above)}/${bareName(folder)}` }
    : { chapter: above, name: bareName(folder) };
}

/** The sets of folders that may be questions, with files that may be members' answers to them. */
export function folderSets(documents: readonly SourceDocument[], naming: MemberNaming): FolderSet[] {
  const pages = documents.filter(({ path }) => !table.test(path) && pageIdOf(path) === null);
  const byFolder = grouped(listedByPath(pages), ({ path }) => folderOf(path));
  const names = naming.known ?? repeatedNames(byFolder, naming);
  const known = { names, naming };
  const isQuestion = (folder: string) =>
    folder !== '' &&
    !isChapterName(bareName(folder)) &&
    roleOfName(bareName(folder)) === 'member' &&
    (byFolder.get(folder) ?? []).some((document) => names.has(memberIn(document, known) ?? ''));
  const folders = [...byFolder.keys()].filter(isQuestion);
  const children = grouped(folders, folderOf);
  const sets = new Map<string, FolderSet>();
  for (const folder of folders) {
    const { chapter, name } = placeOf(folder, children, byFolder);
    const own = byFolder.get(folder) ?? [];
    const [first] = own;
    if (!first) continue;
    const set = sets.get(chapter) ?? { title: nameOfFolder(first, chapter), folders: [], ...known };
    sets.set(chapter, set);
    set.folders.push({ question: questionOf(name), documents: own });
  }
  return [...sets.values()];
}

/** How sure it is: folders that are asked, and names that stand in several, speak for it. */
export function surenessOfFolders(set: FolderSet): number {
  const { folders, names } = set;
  const asked = folders.filter(
    ({ question }) => isAsked(question.text) || topicLike.test(question.text),
  ).length;
  const files = folders.flatMap(({ documents }) => documents);
  const repeated = files.filter((document) => names.has(memberIn(document, set) ?? '')).length;
  return 0.45 + 0.3 * (asked / folders.length) + 0.2 * (repeated / files.length);
}

import { bareName, folderOf, pageIdOf } from './document-links.ts';
import { isAnswerSection } from './outline.ts';
import type { SourceDocument } from './reader.ts';

const questionsName =
  /^(?:(?:the\s*)?questions?|qa|q\s*&\s*a|질문(?:지|\s*목록|들)?|문제(?:지|\s*목록)?|문항|template|템플릿|양식)$/iu;
const otherName =
  /^(?:readme|index|contributing|licen[cs]e|changelog|notes?|꼬리\s*질문|추가\s*질문|follow-?\s?ups?(?:\s*questions?)?|공지(?:\s*사항)?|목차|참고\s*자료|회의록)$/iu;

/** What a document is to a chapter, by its name: its questions, its model answers, or none of both. */
export type DocumentRole = 'questions' | 'answers' | 'other' | 'member';

/** The role that a name says: `questions`, `모범답안`, `README`; all else may be a member's. */
export function roleOfName(name: string): DocumentRole {
  const words = name.replace(/[-_]+/gu, ' ').trim();
  if (questionsName.test(words)) return 'questions';
  if (isAnswerSection(words)) return 'answers';
  return otherName.test(words) ? 'other' : 'member';
}

const title = /^#\s+(.+)$/u;

/** The heading that a page begins with, if any. */
export function pageTitle({ text }: SourceDocument): string | null {
  const line = /\S.*/u.exec(text)?.[0] ?? '';
  const written = title.exec(line)?.[1];
  return written === undefined
    ? null
    : written
        .replace(/\s*\{[^{}]*\}$/u, '')
        .trim()
        .normalize('NFC');
}

/** What a page is called: its title where Notion cut the name of the file, else the file's name. */
export function nameOfPage(document: SourceDocument): string {
  const own = pageIdOf(document.path) === null ? null : pageTitle(document);
  return own ?? bareName(document.path);
}

/** The name of a folder above a document, the one it lies in at first; at the top, of what was handed in. */
export function nameOfFolder({ path, file }: SourceDocument, folder = folderOf(path)): string {
  if (folder !== '') return bareName(folder);
  const above = file.split(/[/\\]|\.zip!/iu).slice(0, -path.split('/').length);
  return bareName(above.at(-1) ?? '') || 'chapter';
}

const answerAffix = /[-_ ]+(?:answers?|답안?|답변|풀이|제출)$|^(?:answers?|답안?|답변|제출)[-_ ]+/giu;

/** The member whose name a file bears, as written there: `haneul-answers`, `김하늘 답변`, `김하늘 (1조)`. */
export function memberOfName(name: string): string {
  return name.replace(answerAffix, '').trim() || name;
}

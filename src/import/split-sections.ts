import { opensCallout } from './callouts.ts';
import { chapterMarkOf } from './chapter-title.ts';
import { isCommonWord, nameLikeness } from './names.ts';
import { type Section, topLevelItems } from './outline.ts';
import type { PageWords } from './page-words.ts';
import { isAsked, isAskedTitle, isQuestionLine, readNumberedText } from './question-text.ts';
import { linesOf } from './slice.ts';

/** The sections of a page by what they hold. */
export interface Parts {
  title: string;
  /** The section of the title, where the page has one. */
  heading: Section | null;
  members: Section[];
  /** The answer sections, each with the sections of its sub-headings. */
  answers: Section[][];
}

/** A page's file, and the line of its title where that is known. */
export interface PageName {
  file: string;
  titleLine?: number | undefined;
}

function holdsList({ content }: Section): boolean {
  return content.some((node) => node.type === 'list');
}

function isMemberName(title: string, words: PageWords): boolean {
  return words.names.isClosed ? words.names.isListed(title) : nameLikeness(title) === 1;
}

/** A heading that is a chapter's, or of level 1 at the top. With bullets below it may be a member's, where others have its level. */
function isTitle(section: Section, sections: readonly Section[], words: PageWords): boolean {
  const isChapter = chapterMarkOf(section.title) !== null && !isAskedTitle(section.title);
  if (isChapter) return true;
  if (section.level !== 1 || words.isAnswers(section.title)) return false;
  if (!holdsList(section)) return true;
  const others = sections.filter((other) => other !== section && other.title !== '');
  const members = others.filter((other) => !words.isAnswers(other.title) && holdsList(other));
  const isName = nameLikeness(section.title) > 0 || words.names.isListed(section.title);
  return !isName && members.length > 0 && members.every(({ level }) => level > 1);
}

function holdsCallouts(section: Section): boolean {
  return topLevelItems(section).some((item) => item.node.children.some((node) => opensCallout(node)));
}

/** The title that a file's name gives, without folder or archive, ending and the mark that Notion adds. */
export function titleOfFile(file: string): string {
  return file
    .replace(/^.*(?:[/\\]|\.zip!)/iu, '')
    .replace(/(?:\s+[0-9a-f]{32})?\.[^.]*$/iu, '')
    .normalize('NFC');
}

function holdsQuestionLines({ content }: Section, source: readonly string[]): boolean {
  return content.some(
    (node) => node.type === 'paragraph' && isQuestionLine(source[linesOf(node).from - 1] ?? ''),
  );
}

/** A heading that is a question, or at least nobody's name. */
function mayBeAsked(title: string, words: PageWords): boolean {
  if (isAsked(title)) return true;
  return nameLikeness(title) === 0 && !isCommonWord(title) && !words.names.isListed(title);
}

/** Where the headings of sections of model answers stand; one that belongs to a single question opens none. */
function answerStarts(
  heading: Section | null,
  body: readonly Section[],
  words: PageWords,
  source: readonly string[],
): Set<number> {
  const named = new Set(body.filter(({ title }) => words.isAnswers(title)));
  const starts = new Set<number>();
  let asked = heading && isAskedTitle(heading.title) ? heading : null;
  let isInside = false;
  for (const [index, section] of body.entries()) {
    if (named.has(section)) {
      const next = body[index + 1];
      const hasQuestions =
        holdsQuestionLines(section, source) ||
        (!isAsked(asked?.title ?? '') &&
          section.content.some(({ type }) => type === 'list' || type === 'table')) ||
        (next !== undefined && next.level > section.level && isAsked(next.title));
      const isInPlace: boolean =
        asked !== null && !hasQuestions && (section.level > asked.level || named.size > 1);
      if (!isInPlace) starts.add(index);
      isInside = !isInPlace;
    } else if (mayBeAsked(section.title, words)) asked = isInside ? asked : section;
    else isInside = false;
  }
  return starts;
}

/**
 * Tells title, members and model answers apart; without a title the page has its file's name.
 * @param name its file, and the line of its title where that is known
 */
export function splitSections(
  sections: readonly Section[],
  { file, titleLine }: PageName,
  words: PageWords,
  source: readonly string[],
): Parts {
  const first = sections.find(({ title, line }) =>
    titleLine === undefined ? title !== '' : line === titleLine,
  );
  const isGiven = titleLine !== undefined;
  const heading = first && (isGiven || isTitle(first, sections, words)) ? first : null;
  const body = sections.filter((section) => section !== heading);
  const starts = answerStarts(heading, body, words, source);
  const parts: Parts = { title: heading?.title ?? titleOfFile(file), heading, members: [], answers: [] };
  let run: Section[] | null = null;
  for (const [index, section] of body.entries()) {
    const opening: Section | undefined = run?.[0];
    const belongs =
      opening !== undefined &&
      (readNumberedText(section.title).no !== null || section.level > opening.level) &&
      !holdsCallouts(section) &&
      !isMemberName(section.title, words);
    if (starts.has(index)) {
      run = [section];
      parts.answers.push(run);
    } else if (belongs) run?.push(section);
    else {
      run = null;
      parts.members.push(section);
    }
  }
  return parts;
}

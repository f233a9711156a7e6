import { natureOf } from '../core/answer-text.ts';
import { fencedLines } from './fences.ts';
import { cutIndent, indentOf } from './indent.ts';
import { nameLikeness } from './names.ts';
import type { PageWords } from './page-words.ts';
import { isAsked, isQuestionLine } from './question-text.ts';

const heading = /^(#{1,6})\s+(.*)$/u;
const boldAlone = /^\*\*([^*]+)\*\*\s*$/u;
const boldLabel = /^\*\*([^*:：]+)[:：]?\*\*\s*님?\s*(?:[:：]|[-–—]\s)/u;
const bullet = /^[-*+]\s+(?:\[[ xX]\]\s+)?(.*)$/u;
const level = 4;

/** Lines outside of fenced code that stand at the very left. */
function* linesAtLeft(lines: readonly string[]): Generator<[number, string]> {
  const isCode = fencedLines(lines);
  for (const [index, line] of lines.entries()) if (!isCode[index] && /^\S/u.test(line)) yield [index, line];
}

function isName(text: string, words: PageWords): boolean {
  return words.names.isClosed ? words.names.isListed(text) : nameLikeness(text) > 0;
}

function isSureName(text: string, words: PageWords): boolean {
  return words.names.isClosed ? words.names.isListed(text) : nameLikeness(text) === 1;
}

/** Headings beside the title and those of model answers. */
function hasHeadings(lines: readonly string[], words: PageWords): boolean {
  let isFirst = true;
  for (const [, line] of linesAtLeft(lines)) {
    const [, signs, title = ''] = heading.exec(line) ?? [];
    if (signs === undefined) continue;
    if (!words.isAnswers(title) && !(isFirst && signs === '#')) return true;
    isFirst = false;
  }
  return false;
}

/** Names and the model answers' heading, in bold on a line of their own. */
function promoteBold(lines: readonly string[], words: PageWords, isBare: boolean): string[] {
  const result = [...lines];
  const answers: number[] = [];
  const names: [number, string][] = [];
  let [hasAnswers, areLabels] = [false, !isBare];
  for (const [index, line] of linesAtLeft(lines)) {
    const title = boldAlone.exec(line)?.[1]?.trim();
    hasAnswers ||= words.isAnswers(heading.exec(line)?.[2] ?? '');
    areLabels ||= isName(boldLabel.exec(line)?.[1] ?? '', words);
    if (title === undefined) continue;
    if (words.isAnswers(title)) answers.push(index);
    else if (isName(title, words)) names.push([index, title]);
  }
  if (!areLabels) for (const [index, title] of names) result[index] = `## ${title}`;
  const [only] = answers;
  const next = only === undefined ? '' : (lines.slice(only + 1).find((line) => line.trim() !== '') ?? '');
  // Over one answer's text it is a label below its question.
  const isOverQuestions = isAsked(next.replace(/^(?:[-*+]|#{1,6})\s+/u, '')) || next.startsWith('|');
  if (only !== undefined && answers.length === 1 && !hasAnswers && isOverQuestions)
    result[only] = `## ${boldAlone.exec(lines[only] ?? '')?.[1]?.trim()}`;
  return result;
}

interface Top {
  index: number;
  title: string;
  /** The bullets, and questions in bold, right below it. */
  below: string[];
}

/** What a line in bold asks. */
function boldQuestion(line: string): string | undefined {
  return isQuestionLine(line) ? boldAlone.exec(line)?.[1] : undefined;
}

/** The bullets at the very left, with the bullets and questions in bold right below each. */
function topBullets(lines: readonly string[]): Top[] {
  const tops: Top[] = [];
  const isCode = fencedLines(lines);
  for (const [index, line] of lines.entries()) {
    if (isCode[index]) continue;
    const title = bullet.exec(line)?.[1];
    if (title !== undefined) tops.push({ index, title, below: [] });
    else if (indentOf(line) === level) {
      const text = line.trimStart();
      const child = bullet.exec(text)?.[1] ?? boldQuestion(text);
      if (child !== undefined) tops.at(-1)?.below.push(child);
    }
  }
  return tops;
}

/** Names that stand below several bullets that ask; one alone may be a word that is repeated. */
function repeatedNames(tops: readonly Top[], words: PageWords): ReadonlySet<string> {
  const counts = new Map<string, number>();
  for (const { below } of tops.filter(({ title }) => isAsked(title)))
    for (const name of new Set(below.map(nameOfBullet)))
      if (isName(name, words) && natureOf(name) === 'text') counts.set(name, (counts.get(name) ?? 0) + 1);
  const names = [...counts].filter(([, count]) => count > 1).map(([name]) => name);
  return new Set(names.length > 1 ? names : []);
}

function nameOfBullet(text: string): string {
  return text.replace(/[:：].*$/u, '').trim();
}

/** Where every bullet at the left is a name with questions below, or a question with names below, they are headings. */
function promoteBullets(lines: readonly string[], words: PageWords): string[] {
  const tops = topBullets(lines);
  const filled = tops.filter(({ below }) => below.length > 0);
  const repeated = repeatedNames(tops, words);
  const isOfMember = ({ title, below }: Top) =>
    isName(title, words) && (isSureName(title, words) || below.some(isAsked));
  const isOfQuestion = ({ title, below }: Top) =>
    isAsked(title) && below.map(nameOfBullet).some((name) => repeated.has(name) || isSureName(name, words));
  const isChosen = [isOfMember, isOfQuestion].find(
    (is) => tops.some(is) && filled.every((top) => is(top) || words.isAnswers(top.title)),
  );
  const chosen = isChosen && tops.filter((top) => isChosen(top) || words.isAnswers(top.title));
  if (!chosen || filled.length === 0) return [...lines];
  const starts = new Map(chosen.map(({ index, title }) => [index, title]));
  const result = [...lines];
  let isBelow = false;
  for (const [index, line] of lines.entries()) {
    const title = starts.get(index);
    if (title !== undefined) {
      result[index] = `## ${title}`;
      isBelow = true;
    } else if (/^\S/u.test(line)) isBelow = false;
    else if (isBelow) result[index] = cutIndent(line, level);
  }
  return result;
}

/**
 * Makes headings of what stands for them: names in bold on a line of their own, or as bullets around everything of
 * theirs. Keeps the number of lines, and pages whose headings are headings as they are.
 */
export function plainHeadings(lines: readonly string[], words: PageWords): string[] {
  const isBare = !hasHeadings(lines, words);
  const bold = promoteBold(lines, words, isBare);
  return isBare && !hasHeadings(bold, words) ? promoteBullets(bold, words) : bold;
}

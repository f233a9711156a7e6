import type { ImportWarning } from '../core/chapter.ts';
import { assembleChapter } from './chapter-parts.ts';
import { apart } from './distinct-names.ts';
import { LineUses } from './line-uses.ts';
import { asWritten } from './member-naming.ts';
import type { ModelAnswer } from './model-answers.ts';
import { withoutModels } from './models-below.ts';
import { isAnswerSection } from './outline.ts';
import { lackingModelAnswers } from './page-warnings.ts';
import type { PageWords } from './page-words.ts';
import { numbersOf } from './question-key.ts';
import {
  maybeMember,
  nameAt,
  named,
  type PageSet,
  type QuestionPage,
  writtenName,
} from './question-page-sets.ts';
import { besideMembers, besideModelAnswer, guessedMember, noMember } from './question-page-warnings.ts';
import { readNumberedText } from './question-text.ts';
import type { RawSubmission } from './read-item.ts';
import type { ReadChapter, SourceDocument } from './reader.ts';
import { type LineRange, sliceLines, trimRange } from './slice.ts';
import { propertyLines, type QuestionPlace, type TakenApart } from './take-document.ts';
import { rawOf, textRun } from './whole-answer.ts';

/** Where a member's answer, or the model answer, begins. */
interface Opening {
  place: QuestionPlace;
  /** null for the model answer, and for what is nobody's. */
  member: string | null;
  kind: 'member' | 'guess' | 'answer' | 'nobody';
}

/**
 * Headings like the members' that bear a name are members' as well, though it stands on this page only. Where members
 * have headings, bullets are text.
 */
function openingsOf({ places }: TakenApart, { names, naming }: PageSet): Opening[] {
  const sure = places.filter((place) => place.kind !== 'line' && names.has(nameAt(place, naming)));
  const levels = new Set(sure.filter(({ kind }) => kind === 'heading').map(({ level }) => level));
  const openings = places.flatMap((place): Opening[] => {
    const name = nameAt(place, naming);
    if (place.kind === 'line' || (place.kind === 'bullet' && levels.size > 0)) return [];
    if (names.has(name)) return [{ place, member: name, kind: 'member' }];
    if (isAnswerSection(name)) return [{ place, member: null, kind: 'answer' }];
    const isLike = place.kind === 'heading' && levels.has(place.level) && maybeMember(place, naming);
    if (!isLike) return [];
    return naming.known
      ? [{ place, member: null, kind: 'nobody' }]
      : [{ place, member: name, kind: 'guess' }];
  });
  const members = openings.filter(({ member }) => member !== null);
  const told = apart(members.map(({ place }) => asWritten(writtenName(place), naming)));
  const byPlace = new Map(members.map(({ place }, index) => [place, told[index] ?? '']));
  return openings.map((opening) => ({ ...opening, member: byPlace.get(opening.place) ?? null }));
}

interface PageReading {
  raws: RawSubmission[];
  answer: ModelAnswer;
  warnings: ImportWarning[];
  uses: LineUses;
}

/** A member's answer without the model answers that stand below it. */
function apartFromModels(
  raw: RawSubmission,
  { source, title }: TakenApart,
  words: PageWords,
  isShared: boolean,
): { raw: RawSubmission; left: LineRange[] } {
  const { file, question, callouts, notes } = raw;
  const [whole] = callouts;
  // A text without callouts is all one answer.
  const isPlain = whole && callouts.length === 1 && !/<aside\b/iu.test(source[whole.from - 1] ?? '');
  const parts = isPlain ? { callouts: [], notes: [whole] } : { callouts, notes };
  const found = withoutModels(parts, { file, question, line: title?.line ?? 1 }, words, isShared);
  if (found.models.length + found.left.length === 0) return { raw, left: [] };
  const own = isPlain
    ? { callouts: found.notes.map((note) => ({ ...whole, ...note })), notes: [] }
    : { callouts: found.callouts, notes: found.notes };
  return { raw: { ...raw, ...own, models: found.models }, left: found.left };
}

function readPage({ question, taken }: QuestionPage, set: PageSet, words: PageWords): PageReading {
  const { file, source, title, body } = taken;
  const uses = new LineUses(taken.lines);
  const asked = readNumberedText(question);
  const openings = openingsOf(taken, set);
  const properties = propertyLines(taken);
  const line = title?.line ?? 1;
  uses.mark({ from: line, to: line }, { role: 'question' });
  uses.mark(properties, { role: 'property' });
  const before = trimRange(
    { from: Math.max(body.from, properties.to + 1), to: (openings[0]?.place.from ?? body.to + 1) - 1 },
    source,
  );
  uses.mark(before, { role: 'ignored' });
  const warnings = before.from <= before.to ? [besideMembers(file, before.from)] : [];
  const raws: RawSubmission[] = [];
  let answer: ModelAnswer = {
    file,
    ...asked,
    question: asked.text,
    text: '',
    line,
    body: { from: line, to: line - 1 },
  };
  for (const [index, opening] of openings.entries()) {
    const { place, member } = opening;
    const to = (openings[index + 1]?.place.from ?? body.to + 1) - 1;
    const inline = place.kind === 'bullet' && named.test(place.written);
    const range = { from: place.from + (inline ? 0 : 1), to };
    const run = { ...textRun(taken, range, new Set()), indent: place.kind === 'bullet' ? 4 : 0 };
    if (opening.kind === 'nobody') {
      uses.mark({ from: place.from, to }, { role: 'ignored' });
      warnings.push(noMember(opening.place, file));
      continue;
    }
    if (member === null) {
      uses.mark({ from: place.from, to: place.from }, { role: 'heading' });
      if (answer.text === '') answer = { ...answer, text: sliceLines(source, run, run.indent), body: run };
      continue;
    }
    if (opening.kind === 'guess') warnings.push(guessedMember(opening.place, file));
    if (!inline) uses.mark({ from: place.from, to: place.from }, { role: 'member', member });
    const { raw, left } = apartFromModels(
      rawOf(taken, run, { member, question: asked }),
      taken,
      words,
      !inline,
    );
    for (const { from } of left) warnings.push(besideModelAnswer(file, from));
    for (const lines of left) uses.mark(lines, { role: 'ignored' });
    raws.push({
      ...raw,
      from: place.from,
      callouts: inline ? raw.callouts.map((own) => ({ ...own, text: afterName(own.text) })) : raw.callouts,
    });
  }
  const [model, ...others] = answer.text === '' ? raws.flatMap(({ models = [] }) => models) : [];
  if (!model) return { raws, answer, warnings, uses };
  const apart = raws.map((raw) => ({ ...raw, models: others.filter((own) => raw.models?.includes(own)) }));
  return { raws: apart, answer: { ...answer, ...model, no: answer.no }, warnings, uses };
}

/** What stands behind a bullet's name and colon. */
function afterName(text: string): string {
  const plain = text.replace(/^\s*[-*+]\s+/u, '');
  return named.exec(plain)?.groups?.['rest']?.trim() ?? plain;
}

/** Reads the pages of a chapter. */
export function readPages(set: PageSet, words: PageWords): ReadChapter {
  const { title, pages, parent } = set;
  const readings = pages.map((page) => readPage(page, set, words));
  const numbers = numbersOf(readings.map(({ answer }) => answer));
  const numberOf = (index: number) => numbers[index] ?? null;
  const answers = readings.map(({ answer }, index) => ({ ...answer, no: numberOf(index) }));
  const uses = new Map(readings.map(({ answer, uses: own }) => [answer.file, own]));
  if (parent) uses.set(parent.file, markAbove(parent));
  const [file = ''] = uses.keys();
  return assembleChapter({
    title,
    raws: readings.flatMap(({ raws }, index) =>
      raws.map((raw) => ({ ...raw, question: { ...raw.question, no: numberOf(index) } })),
    ),
    answers,
    warnings: [...readings.flatMap(({ warnings }) => warnings), ...lackingModelAnswers(answers, file)],
    uses,
  });
}

/** The page above those of the questions holds their links. */
function markAbove({ text }: SourceDocument): LineUses {
  const lines = text.split('\n');
  const uses = new LineUses(lines);
  uses.mark({ from: 1, to: lines.length }, { role: 'heading' });
  return uses;
}

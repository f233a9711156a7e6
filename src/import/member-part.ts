import { isTemplateLine } from '../core/answer-text.ts';
import { foldLetters } from '../core/fold.ts';
import { takeApartBelow } from './below-question.ts';
import { findCallouts } from './callouts.ts';
import type { PageWords } from './page-words.ts';
import type { KeyQuestion, QuestionKey } from './question-key.ts';
import { type RawSubmission, readItem } from './read-item.ts';
import { type LineRange, sliceLines, trimRange } from './slice.ts';
import { nodesIn, type QuestionPlace, type TakenApart } from './take-document.ts';

/** A question of a document, with everything up to the next one. */
export interface AskedPart extends LineRange {
  place: QuestionPlace;
  question: KeyQuestion;
  /** What stands below the question. */
  body: LineRange;
}

/** Whose document it is, and what is known of it. */
export interface MemberContext {
  member: string;
  words: PageWords;
  key: QuestionKey;
  /** Letters of lines that stood below a question before anybody wrote there. */
  placeholders?: ReadonlySet<string>;
}

const listItem = /^(?:[-*+]|\d{1,9}[.)])\s/u;

/** A callout tag that found no partner. */
const strayTag = /^\s*<\/?aside\b[^>]*>\s*$/iu;

/** A run of lines without the placeholders at its beginning. */
function belowPlaceholders(range: LineRange, source: readonly string[], known: ReadonlySet<string>) {
  const isPlaceholder = (line: string) =>
    isTemplateLine(line) || strayTag.test(line) || known.has(foldLetters(line));
  let run = trimRange(range, source);
  while (run.from <= run.to && isPlaceholder(source[run.from - 1] ?? ''))
    run = trimRange({ from: run.from + 1, to: run.to }, source);
  return run;
}

/** The placeholders that stand above an answer, or for it. */
export function placeholderLines(
  { body }: AskedPart,
  source: readonly string[],
  { placeholders = new Set() }: MemberContext,
): LineRange {
  return { from: body.from, to: belowPlaceholders(body, source, placeholders).from - 1 };
}

/** Reads what a member wrote below a question. */
export function readPart(
  part: AskedPart,
  taken: TakenApart,
  { member, words, placeholders = new Set() }: MemberContext,
): RawSubmission {
  const { place, from, to } = part;
  const { file, source } = taken;
  const letters = new Set([foldLetters(part.question.text)]);
  const isInList = place.item !== null || listItem.test(source[from - 1] ?? '');
  const bullet = place.item ? readItem(place.item, { member, file, words, known: letters }, source) : null;
  const callouts =
    bullet?.callouts ??
    findCallouts(nodesIn(taken, { from: place.from + 1, to }), source, to, { icons: words.icons });
  const runOf = (range: LineRange) => {
    const run = belowPlaceholders(range, source, placeholders);
    return { ...run, text: sliceLines(source, run, isInList ? 4 : 0) };
  };
  const below = (bullet?.asked?.to ?? place.from) + 1;
  const whole = runOf({ from: below, to });
  const placed = { file, question: part.question, line: from };
  // Without callouts everything below the question is the answer, but for a model answer there.
  const written = callouts.length === 0 && whole.text !== '' ? [whole] : [];
  const plain = takeApartBelow({ callouts: [], notes: written }, placed, words, source);
  const own = [
    ...callouts,
    ...plain.notes.map((note) => ({ ...note, role: 'answer' as const, closed: true })),
  ];
  const gaps = [...callouts, { from: to + 1, to }].map((callout, index) => ({
    from: index === 0 ? below : (callouts[index - 1]?.to ?? 0) + 1,
    to: callout.from - 1,
  }));
  const beside = callouts.length === 0 ? [] : gaps.map(runOf).filter(({ text }) => text !== '');
  return {
    file,
    member,
    from,
    to: Math.max(from, trimRange({ from, to }, source).to),
    question: { no: part.question.no, text: part.question.text },
    asked: bullet?.asked ?? { from: place.from, to: place.from },
    callouts: own,
    notes: [...beside, ...plain.left.map(({ from, to }) => ({ from, to, text: '' }))],
    inline: bullet?.inline ?? [],
    later: plain.later,
    models: plain.models,
  };
}

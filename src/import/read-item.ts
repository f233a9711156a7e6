import { foldLetters } from '../core/fold.ts';
import { isPublished } from '../core/published.ts';
import { textLikeness } from '../core/similarity.ts';
import type { TextPart } from './attempt-parts.ts';
import { takeApartBelow } from './below-question.ts';
import { type Callout, findCallouts } from './callouts.ts';
import { type InlineModelAnswer, type ModelAnswer, readInlineModelAnswer } from './model-answers.ts';
import type { Item } from './outline.ts';
import type { PageWords } from './page-words.ts';
import { type NumberedText, readNumberedText } from './question-text.ts';
import { type LineRange, linesOf, sliceLines, textOfLines, trimRange } from './slice.ts';

/** A question bullet taken apart, before its question is known. */
export interface RawSubmission extends LineRange {
  /** The document that holds it. */
  file: string;
  member: string;
  question: NumberedText;
  /** The lines on which the question stands; none where it stands elsewhere. */
  asked: LineRange | null;
  callouts: Callout[];
  /** Text of the item outside its callouts, in runs. */
  notes: TextPart[];
  inline: InlineModelAnswer[];
  /** Parts of callouts and notes that are marked as written later. */
  later?: TextPart[];
  /** Model answers that stand below the question itself. */
  models?: ModelAnswer[];
  /** Whether answers on this page stand without callouts as a rule. */
  isPlain?: boolean;
}

/** A callout tag that found no partner. */
const strayTag = /^\s*<\/?aside\b[^>]*>\s*$/iu;

function notesOf(
  item: Item,
  callouts: readonly Callout[],
  source: readonly string[],
  start: number,
): RawSubmission['notes'] {
  const runs: LineRange[] = [];
  let from = start;
  for (const callout of callouts) {
    runs.push({ from, to: callout.from - 1 });
    from = callout.to + 1;
  }
  runs.push({ from, to: item.contentTo });
  return runs
    .map((run) => trimRange(run, source))
    .filter((run) => run.from <= run.to)
    .map((run) => {
      const lines = source.slice(run.from - 1, run.to).filter((line) => !strayTag.test(line));
      return { ...run, text: textOfLines(lines, item.indent) };
    })
    .filter((run) => run.text !== '');
}

const endsAsQuestion = /(?:\?|(?:요|오|라)\.)[\s*]*$/u;

/** Lines of a question at most. */
const longestQuestion = 12;

/** How many first lines of a bullet's paragraph are the question; what follows is an answer put right below. */
function questionLines(lines: readonly string[], known: ReadonlySet<string>): number {
  for (let count = Math.min(lines.length, longestQuestion); count > 0; count -= 1) {
    const { text } = readNumberedText(lines.slice(0, count).join('\n'));
    if (known.has(foldLetters(text))) return count;
  }
  return endsAsQuestion.test(lines[0] ?? '') ? 1 : lines.length;
}

/** A heading inside a callout is the question from this likeness on; less, and it heads the member's own text. */
const sameQuestion = 0.85;

/** What is known of a question bullet from its page. */
export interface ItemContext extends Pick<RawSubmission, 'member' | 'file'> {
  words: PageWords;
  /** Folded letters of the questions that have model answers. */
  known: ReadonlySet<string>;
  /** The number of its place in an ordered list; null where that says nothing. */
  ordinal?: number | null;
}

/** Takes a question bullet apart into question, callouts and notes. */
export function readItem(item: Item, context: ItemContext, source: readonly string[]): RawSubmission {
  const { member, file, words, known, ordinal = null } = context;
  const [first, ...children] = item.node.children;
  const head = first?.type === 'paragraph' ? linesOf(first) : { from: item.from, to: item.from };
  const written = sliceLines(source, head, 0).replace(/^(?:[-*+]|\d{1,9}[.)])\s+(?:\[[ xX]\]\s+)?/u, '');
  const lines = textOfLines(written.split('\n'), item.indent).split('\n');
  const asked = questionLines(lines, known);
  const read = readNumberedText(lines.slice(0, asked).join('\n'));
  const question = { ...read, no: read.no ?? ordinal };
  const found = findCallouts(children, source, item.contentTo, { searchTo: item.to, icons: words.icons });
  const { left: _, ...below } = takeApartBelow(
    {
      callouts: found.filter(({ text }) => !isPublished(text)),
      notes: notesOf(item, found, source, head.from + asked),
    },
    { file, question, line: item.from },
    words,
    source,
  );
  return {
    file,
    member,
    from: item.from,
    to: item.to,
    question,
    asked: { from: item.from, to: head.from + asked - 1 },
    ...below,
    // A member's own answer may begin with the question; only what is there to check against is a model answer.
    inline: below.callouts
      .filter((callout) => callout.role !== 'answer')
      .map((callout) => readInlineModelAnswer(callout.text, callout.from))
      .filter((answer) => answer !== null)
      .filter((answer) => textLikeness(answer.question, question.text) >= sameQuestion),
  };
}

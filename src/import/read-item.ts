import { foldLetters } from '../core/fold.ts';
import { textLikeness } from '../core/similarity.ts';
import { type Callout, findCallouts } from './callouts.ts';
import { type InlineModelAnswer, readInlineModelAnswer } from './model-answers.ts';
import type { Item } from './outline.ts';
import { type NumberedText, readNumberedText } from './question-text.ts';
import { type LineRange, linesOf, sliceLines, textOfLines, trimRange } from './slice.ts';

/** A question bullet taken apart, before its question is known. */
export interface RawSubmission extends LineRange {
  member: string;
  question: NumberedText;
  callouts: Callout[];
  /** Text of the item outside its callouts, in runs. */
  notes: (LineRange & { text: string })[];
  inline: InlineModelAnswer[];
}

/** A callout tag that found no partner. */
const strayTag = /^\s*<\/?aside\b[^>]*>\s*$/iu;

/** Column at which a list item's content starts. */
const itemIndent = 4;

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
      return { ...run, text: textOfLines(lines, itemIndent) };
    })
    .filter((run) => run.text !== '');
}

const endsAsQuestion = /(?:\?|(?:요|오|라)\.)[\s*]*$/u;

/** How many first lines of a bullet's paragraph are the question; what follows is an answer put right below. */
function questionLines(lines: readonly string[], known: ReadonlySet<string>): number {
  for (let count = lines.length; count > 0; count -= 1) {
    const { text } = readNumberedText(lines.slice(0, count).join('\n'));
    if (known.has(foldLetters(text))) return count;
  }
  return endsAsQuestion.test(lines[0] ?? '') ? 1 : lines.length;
}

/** A heading inside a callout is the question from this likeness on; less, and it heads the member's own text. */
const sameQuestion = 0.85;

/**
 * Takes a question bullet apart into question, callouts and notes.
 * @param known folded letters of the questions that have model answers
 */
export function readItem(
  item: Item,
  member: string,
  source: readonly string[],
  known: ReadonlySet<string>,
): RawSubmission {
  const [first, ...children] = item.node.children;
  const head = first?.type === 'paragraph' ? linesOf(first) : { from: item.from, to: item.from };
  const written = sliceLines(source, head, 0).replace(/^(?:[-*+]|\d{1,9}[.)])\s+(?:\[[ xX]\]\s+)?/u, '');
  const lines = textOfLines(written.split('\n'), itemIndent).split('\n');
  const asked = questionLines(lines, known);
  const question = readNumberedText(lines.slice(0, asked).join('\n'));
  const callouts = findCallouts(children, source, item.contentTo, item.to);
  return {
    member,
    from: item.from,
    to: item.to,
    question,
    callouts,
    notes: notesOf(item, callouts, source, head.from + asked),
    // A member's own answer may begin with the question; only what is there to check against is a model answer.
    inline: callouts
      .filter((callout) => callout.role !== 'answer')
      .map((callout) => readInlineModelAnswer(callout.text, callout.from))
      .filter((answer) => answer !== null)
      .filter((answer) => textLikeness(answer.question, question.text) >= sameQuestion),
  };
}

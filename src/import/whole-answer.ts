import { foldLetters } from '../core/fold.ts';
import { findCallouts } from './callouts.ts';
import type { RawSubmission } from './read-item.ts';
import { type LineRange, sliceLines, trimRange } from './slice.ts';
import { nodesIn, type TakenApart } from './take-document.ts';

const listItem = /^\s{0,3}(?:[-*+]|\d{1,9}[.)])\s/u;

/** A run of lines that is somebody's text, with the columns that all of it is moved in by. */
interface TextRun extends LineRange {
  indent: number;
}

/**
 * The text of a document, or of lines in it, without lines at its beginning that only repeat a question or a name.
 * @param repeated letters of what may be repeated
 */
export function textRun(
  { source }: Pick<TakenApart, 'source'>,
  range: LineRange,
  repeated: ReadonlySet<string>,
): TextRun {
  let [run, indent] = [trimRange(range, source), 0];
  while (run.from <= run.to) {
    const line = source[run.from - 1] ?? '';
    const letters = foldLetters(line).replace(/^\d{1,3}(?=\p{L})/u, '');
    if (letters === '' || !repeated.has(letters)) break;
    // What stood below a bullet is moved in.
    if (listItem.test(line)) indent = 4;
    run = trimRange({ from: run.from + 1, to: run.to }, source);
  }
  return { ...run, indent };
}

/** Makes a submission of lines that are all one member's answer to one question. */
export function rawOf(
  taken: TakenApart,
  { from, to, indent }: TextRun,
  who: Pick<RawSubmission, 'member' | 'question'>,
): RawSubmission {
  const { source, file } = taken;
  const callouts = findCallouts(nodesIn(taken, { from, to }), source, to);
  const textOf = (range: LineRange) => ({
    ...trimRange(range, source),
    text: sliceLines(source, trimRange(range, source), indent),
  });
  const whole = textOf({ from, to });
  const gaps = [...callouts, { from: to + 1, to }].map((callout, index) => ({
    from: index === 0 ? from : (callouts[index - 1]?.to ?? 0) + 1,
    to: callout.from - 1,
  }));
  const isPlain = callouts.length === 0 && whole.text !== '';
  return {
    ...who,
    file,
    from: Math.min(from, Math.max(1, to)),
    to: Math.max(1, to),
    asked: null,
    callouts: isPlain ? [{ ...whole, role: 'answer', closed: true }] : callouts,
    notes: isPlain ? [] : gaps.map(textOf).filter(({ text }) => text !== ''),
    inline: [],
  };
}

import { attemptsIn, type TextPart } from './attempt-parts.ts';
import { isLetterA } from './label-kinds.ts';
import { shapesIn } from './labels.ts';
import { type PlacedQuestion, type WithoutModels, withoutModels } from './models-below.ts';
import { isOwnLabel } from './outline.ts';
import type { PageWords } from './page-words.ts';
import type { Body } from './read-body.ts';

/** What stands below a question, told apart. */
interface Below extends WithoutModels {
  later: TextPart[];
}

/** What follows a label such as `답:` or `A.` at the beginning of a text. */
export function withoutOwnLabel(part: TextPart): TextPart {
  const lines = part.text.split('\n');
  const [first = '', ...others] = lines;
  const [shape] = shapesIn([first], { from: 1, to: 1 });
  if (!shape) return part;
  const isLetter = (label: string) => label !== shape.whole && isLetterA(label, shape, lines);
  const cut = shape.cuts.find(({ label }) => isOwnLabel(label) || isLetter(label));
  if (!cut) return part;
  // A word alone may be the answer; a heading or a letter with its sign is none.
  const isWord = shape.form !== 'heading' && !isLetter(cut.label);
  if (isWord && others.length === 0 && cut.rest === '') return part;
  return { ...part, text: [cut.rest, ...others].join('\n').replace(/^\s*\n/u, '') };
}

/** What is known of the place where a member writes. */
interface OwnPlace {
  /** Whether labels such as `답:` are taken off already, so that another one is the member's own word. */
  hasLabels?: boolean;
  /** Whether what stands below a model answer may be anybody's. */
  isShared?: boolean;
}

/** Tells what a member wrote below a question from model answers there, and first attempts from later ones. */
export function takeApartBelow(
  body: Body,
  question: PlacedQuestion,
  words: PageWords,
  source: readonly string[],
  { hasLabels = false, isShared = false }: OwnPlace = {},
): Below {
  const { callouts, notes, models, left } = withoutModels(body, question, words, isShared);
  const below: Below = { callouts: [], notes: [], models, left, later: [] };
  const keepFirst = <T extends TextPart>(part: T): T => {
    const { first, later } = attemptsIn(part, source);
    below.later.push(...later);
    return { ...part, text: first?.text ?? '' };
  };
  for (const callout of callouts)
    below.callouts.push(callout.role === 'check' ? callout : keepFirst(callout));
  for (const note of notes) below.notes.push(keepFirst(hasLabels ? note : withoutOwnLabel(note)));
  return below;
}

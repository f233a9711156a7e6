import { attemptsIn, type TextPart } from './attempt-parts.ts';
import { type Shape, shapesIn } from './labels.ts';
import { type PlacedQuestion, type WithoutModels, withoutModels } from './models-below.ts';
import { isOwnLabel } from './outline.ts';
import type { PageWords } from './page-words.ts';
import type { Body } from './read-body.ts';

/** What stands below a question, told apart. */
interface Below extends WithoutModels {
  later: TextPart[];
}

/** What follows a label such as `답:` at the beginning of a text. */
function withoutOwnLabel(part: TextPart): TextPart {
  const [first = '', ...others] = part.text.split('\n');
  const [shape]: Shape[] = [...shapesIn([first], { from: 1, to: 1 })];
  const cut = shape?.cuts.find(({ label }) => isOwnLabel(label));
  if (!cut || (others.length === 0 && cut.rest === '')) return part;
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

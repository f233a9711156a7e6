import type { ModelAnswer } from './model-answers.ts';
import { type PlacedQuestion, withoutModels } from './models-below.ts';
import type { PageWords } from './page-words.ts';
import { type BodyLines, readBody } from './read-body.ts';
import type { LineRange } from './slice.ts';

/** All text of lines, whatever callouts it stands in. */
export function wholeText(source: readonly string[], body: BodyLines, words: PageWords): string {
  const { callouts, notes } = readBody(source, body, words.icons);
  const parts = [...callouts, ...notes].sort((a, b) => a.from - b.from);
  return parts.map(({ text }) => text).join('\n\n');
}

/** The model answers among lines below a question that are no member's; null where there are none. */
export function modelsAmong(
  source: readonly string[],
  lines: LineRange,
  question: PlacedQuestion,
  words: PageWords,
): { models: ModelAnswer[]; others: LineRange[] } | null {
  const { models, ...found } = withoutModels(readBody(source, lines, words.icons), question, words, true);
  if (models.length === 0) return null;
  const others = [...found.callouts, ...found.notes, ...found.left].sort((a, b) => a.from - b.from);
  return { models, others: others.map(({ from, to }) => ({ from, to })) };
}

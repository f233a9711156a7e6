import type { Question } from '../core/chapter.ts';
import { foldLetters } from '../core/fold.ts';
import type { MarkedExample, Rubric } from '../core/rubric.ts';
import { textLikeness } from '../core/similarity.ts';
import type { ShownExample } from './judge.ts';

/** Examples by likeness to an answer, the most alike first, without the answer itself. */
function mostAlike<T extends { answer: string }>(examples: readonly T[], answer: string): T[] {
  const own = foldLetters(answer);
  return examples
    .filter((example) => foldLetters(example.answer) !== own)
    .map((example) => ({ example, likeness: textLikeness(example.answer, answer) }))
    .sort((a, b) => b.likeness - a.likeness)
    .map(({ example }) => example);
}

/**
 * An example to another question, as far as it says something there: its levels for key points would name points
 * that are not listed, and a bare score says nothing of how strict the leader is.
 */
function fromOtherQuestion(example: MarkedExample, text: string): ShownExample | null {
  const general = Object.entries(example.levels ?? {}).filter(([id]) => !/^k\d+$/u.test(id));
  if (general.length === 0) return null;
  return { ...example, levels: Object.fromEntries(general), score: undefined, otherQuestion: text };
}

/**
 * The marked examples to show beside an answer: those to the same question first, the most alike first among
 * them; never the answer itself.
 * @param most how many at most
 */
export function nearestExamples(
  rubric: Rubric,
  question: number,
  answer: string,
  questions: readonly Pick<Question, 'no' | 'text'>[],
  most: number,
): ShownExample[] {
  if (most === 0) return [];
  const same = mostAlike(rubric.questions[question]?.examples ?? [], answer)
    .slice(0, most)
    .map((example): ShownExample => ({ ...example, otherQuestion: null }));
  if (same.length === most) return same;
  const others = questions
    .filter(({ no }) => no !== question)
    .flatMap(({ no, text }) =>
      (rubric.questions[no]?.examples ?? []).flatMap((example) => fromOtherQuestion(example, text) ?? []),
    );
  return [...same, ...mostAlike(others, answer).slice(0, most - same.length)];
}

import { foldLetters } from '../core/fold.ts';
import type { KeyQuestion } from './question-key.ts';
import { looksAsked, questionAt } from './set-key.ts';
import type { QuestionPlace, TakenApart } from './take-document.ts';
import { textIndex } from './text-index.ts';

/** A question with how many documents hold it. */
interface Held {
  question: KeyQuestion;
  form: string | null;
  count: number;
}

const wordFirst = /^(?:\\?\[\s*)?(?:Q|문제|질문|문항)\s*\d/iu;

/** How a question is written that is told by the word before it; null for others. */
function formOf({ kind, written }: QuestionPlace): string | null {
  return kind === 'text' || (kind === 'bullet' && wordFirst.test(written)) ? kind : null;
}

function heldQuestions(documents: readonly TakenApart[]): Held[] {
  const holders = new Map<string, Held>();
  for (const { places } of documents) {
    const own = new Set<string>();
    for (const place of places.filter(looksAsked)) {
      const question = questionAt(place);
      const letters = foldLetters(question.text);
      if (letters === '' || own.has(letters)) continue;
      own.add(letters);
      const known = holders.get(letters);
      if (known) known.count += 1;
      else holders.set(letters, { question, form: formOf(place), count: 1 });
    }
  }
  return [...holders.values()];
}

/** From this likeness on, and so much ahead of others, two questions are one, with a slip. */
const [likeEnough, clearlyAhead] = [0.85, 0.05];

/** What one document alone holds, written as the shared questions are. */
function alikeOnes(held: readonly Held[]): Set<Held> {
  const shared = held.filter(({ count }) => count > 1);
  const forms = new Set(shared.map(({ form }) => form));
  const index = textIndex(shared.map(({ question }) => question.text));
  const found = held.filter(({ count, form, question: { text } }) => {
    if (count > 1 || form === null || !forms.has(form)) return false;
    const { likeness = 0, second = 0 } = index.closest(text) ?? {};
    if (likeness >= likeEnough && likeness - second >= clearlyAhead) return false;
    index.add(text);
    return true;
  });
  return new Set(found);
}

/**
 * The questions that at least two of some documents hold, and what is written as these are with the word for a
 * question before it. One that bears the number of another gets a number of its own.
 */
export function sharedQuestions(documents: readonly TakenApart[]): KeyQuestion[] {
  const held = heldQuestions(documents);
  const alike = alikeOnes(held);
  const taken = new Set(held.filter(({ count }) => count > 1).map(({ question }) => question.no));
  let last = Math.max(0, ...held.map(({ question }) => question.no ?? 0));
  return held.flatMap((own): KeyQuestion[] => {
    const { question, count } = own;
    if (count > 1) return [question];
    if (!alike.has(own)) return [];
    const isTaken = question.no !== null && taken.has(question.no);
    if (isTaken) last += 1;
    const no = isTaken ? last : question.no;
    taken.add(no);
    return [{ ...question, no }];
  });
}

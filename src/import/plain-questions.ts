import { asksInPlainText } from './label-kinds.ts';
import { shapesIn } from './labels.ts';
import type { QuestionPlace, TakenApart } from './take-document.ts';

/** The lines without markup that are questions: `Q1. …`, `문제 2) …`. */
function plainQuestions({ source, body, places }: TakenApart): QuestionPlace[] {
  const known = new Set(places.map(({ from }) => from));
  const headings = places.filter(({ kind }) => kind === 'heading');
  let [next, under] = [0, ''];
  return [...shapesIn(source, body)].flatMap(({ line, form, whole }): QuestionPlace[] => {
    for (; (headings[next]?.from ?? line) < line; next += 1) under = headings[next]?.written ?? '';
    if (form === 'heading' || form === 'bullet' || known.has(line) || !asksInPlainText(whole)) return [];
    return [{ from: line, to: line, written: whole, kind: 'text', level: 0, item: null, under }];
  });
}

/** A document in which questions may stand on lines without markup as well. */
export function withPlainQuestions(taken: TakenApart): TakenApart {
  const places = [...taken.places, ...plainQuestions(taken)].sort((a, b) => a.from - b.from);
  return { ...taken, places };
}

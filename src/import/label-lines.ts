import type { LabelForm } from './labels.ts';
import { endsAsQuestion } from './question-text.ts';
import type { BodyLines } from './read-body.ts';

/** Whether a line at the very left begins something else: behind a blank line, as a bullet, or as a tag. */
function beginsAnew(source: readonly string[], line: number): boolean {
  const written = source[line - 1] ?? '';
  if (/^(?:\s|<\/?aside\b)/iu.test(written)) return false;
  return source[line - 2]?.trim() === '' || /^(?:(?:[-*+]|\d{1,9}[.)])\s|<)/u.test(written);
}

/** The lines below a label that belong to it. Below a bullet that holds a text, what stands at the left does not. */
export function ownLines(source: readonly string[], body: BodyLines, form: LabelForm): BodyLines {
  if (form !== 'bullet') return body;
  let hasText = (body.rest ?? '') !== '';
  for (let line = body.from + 1; line <= body.to; line += 1) {
    if (source[line - 1]?.trim() === '') continue;
    if (hasText && beginsAnew(source, line)) return { ...body, to: line - 1 };
    hasText = true;
  }
  return body;
}

/** The line of a question that stands below its number, in a paragraph of its own; null where there is none. */
export function questionBelow(source: readonly string[], line: number): number | null {
  const below = [line + 1, line + 2].find((next) => (source[next - 1] ?? '').trim() !== '');
  if (below === undefined || !endsAsQuestion(source[below - 1] ?? '')) return null;
  return (source[below] ?? '').trim() === '' ? below : null;
}

import type { ChapterParts } from './chapter-parts.ts';
import type { ModelAnswer } from './model-answers.ts';
import type { RawSubmission } from './read-item.ts';
import type { LineRange } from './slice.ts';

type LineOf = (line: number) => number;

function shifted<T extends LineRange>(range: T, lineOf: LineOf): T {
  return { ...range, from: lineOf(range.from), to: lineOf(range.to) };
}

function shiftedAnswer(answer: ModelAnswer, lineOf: LineOf): ModelAnswer {
  return { ...answer, line: lineOf(answer.line), body: shifted(answer.body, lineOf) };
}

function shiftedRaw(raw: RawSubmission, lineOf: LineOf): RawSubmission {
  return {
    ...shifted(raw, lineOf),
    asked: raw.asked && shifted(raw.asked, lineOf),
    callouts: raw.callouts.map((callout) => shifted(callout, lineOf)),
    notes: raw.notes.map((note) => shifted(note, lineOf)),
    inline: raw.inline.map((answer) => ({ ...answer, line: lineOf(answer.line) })),
    later: (raw.later ?? []).map((part) => shifted(part, lineOf)),
    models: (raw.models ?? []).map((answer) => shiftedAnswer(answer, lineOf)),
  };
}

/** What was found in a document that is a part of a page, with the page's lines. */
export function shiftParts(parts: ChapterParts): ChapterParts {
  const { pageLines } = parts;
  if (!pageLines) return parts;
  const lineOf: LineOf = (line) => pageLines[line - 1] ?? line;
  return {
    ...parts,
    raws: parts.raws.map((raw) => shiftedRaw(raw, lineOf)),
    answers: parts.answers.map((answer) => shiftedAnswer(answer, lineOf)),
    warnings: parts.warnings.map((warning) => ({ ...warning, line: lineOf(warning.line) })),
  };
}

import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type MarkedAnswer, readMarkedAnswers } from '../../src/import/marked-answers.ts';

const file = 'marked.jsonl';

/** Texts that are not blank; a lone carriage return is a line end to some programs, so it is left out. */
const written = fc
  .string({ unit: 'grapheme' })
  .map((text) => text.replaceAll('\r', ''))
  .filter((text) => text.trim() !== '');
const point = written.map((text) => text.replace(/[|\n]/gu, '').trim()).filter((text) => text !== '');
const answer = fc.record({
  question: written,
  questionText: written,
  reference: written,
  answer: fc.oneof(written, fc.constant('')),
  score: fc.double({ min: 0, max: 4, noNaN: true }).map(Math.abs),
  maxScore: fc.integer({ min: 4, max: 100 }),
  second: fc.option(fc.integer({ min: 0, max: 4 })),
  keyPoints: fc.array(point, { maxLength: 3 }),
  guide: fc.option(written),
  reason: fc.option(written),
});
const answers = fc
  .array(answer, { minLength: 1, maxLength: 5 })
  .map((items) => items.map((item, index) => ({ ...item, id: `answer ${index}` })));

function recordOf(item: Omit<MarkedAnswer, 'line'>): Record<string, unknown> {
  return {
    id: item.id,
    question_id: item.question,
    question: item.questionText,
    reference: item.reference,
    answer: item.answer,
    score: item.score,
    max_score: item.maxScore,
    score2: item.second,
    key_points: item.keyPoints,
    guide: item.guide,
    feedback: item.reason,
  };
}

function withoutLines(items: readonly MarkedAnswer[]): unknown[] {
  return items.map(({ line: _, ...item }) => item);
}

test('what is written as JSONL comes back the same', () => {
  fc.assert(
    fc.property(answers, (items) => {
      expect(
        withoutLines(readMarkedAnswers(items.map((item) => JSON.stringify(recordOf(item))).join('\n'), file)),
      ).toEqual(items);
    }),
  );
});

test('what is written as CSV comes back the same', () => {
  fc.assert(
    fc.property(
      answers,
      fc.constantFrom(',', ';', '\t'),
      fc.constantFrom('|', '\n'),
      (items, delimiter, bar) => {
        const records = items.map((item) => ({ ...recordOf(item), key_points: item.keyPoints.join(bar) }));
        const text = stringify(records, { header: true, bom: true, delimiter });
        expect(withoutLines(readMarkedAnswers(text, file))).toEqual(items);
      },
    ),
  );
});

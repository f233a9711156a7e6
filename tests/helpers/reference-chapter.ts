import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import type { Chapter } from '../../src/core/chapter.ts';
import type { RubricInput } from '../../src/core/rubric.ts';
import { decodeDocument } from '../../src/import/decode.ts';
import { importChapter } from '../../src/import/read-documents.ts';

/** The group's own material. It is not part of the project; tests that need it skip without it. */
const shared = new URL('../../../shared/', import.meta.url);

export const hasReferenceChapter = existsSync(new URL('gold/01단원.reference-marks.json', shared));
export const whySkipped = 'needs the real chapter in ../shared beside the repository, which is not there';

const marksSchema = z.object({
  attempts: z.record(
    z.string(),
    z.object({
      question: z.coerce.number(),
      attempt: z.enum(['first', 'revised']),
      score: z.number(),
    }),
  ),
});

const readJson = (path: string): unknown => JSON.parse(readFileSync(new URL(path, shared), 'utf8'));

export function referenceChapter(): Chapter {
  const file = '01단원.md';
  return importChapter(decodeDocument(readFileSync(new URL(`seeds/${file}`, shared)), file), file);
}

/** Marks from 0 to 100 by attempt: `q1-first`, `q1-revised`, … */
export function referenceMarks(): Map<string, number> {
  const { attempts } = marksSchema.parse(readJson('gold/01단원.reference-marks.json'));
  return new Map(
    Object.values(attempts).map(({ question, attempt, score }) => [`q${question}-${attempt}`, score]),
  );
}

/** The chapter's key points as a rubric. */
export function referenceRubric(): RubricInput {
  const points = z.record(z.string(), z.array(z.string())).parse(readJson('gold/01단원.key-points.json'));
  return {
    questions: Object.fromEntries(Object.entries(points).map(([no, keyPoints]) => [no, { keyPoints }])),
  };
}

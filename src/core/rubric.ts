import { z } from 'zod';
import type { Localized } from './localized.ts';

const text = z.string().trim().min(1);
/** A text for readers: `{ko, en}`, or one string for both. */
const localized = z
  .union([text, z.strictObject({ ko: text, en: text })])
  .transform((value): Localized => (typeof value === 'string' ? { ko: value, en: value } : value));

const identifier = z.string().regex(/^[a-z][a-z0-9_]*$/, 'an id is lower-case letters, digits and _');
const weight = z.number().positive();

const level = z.strictObject({
  id: identifier,
  /** Share of the criterion's points that this level is worth, 0 to 1. */
  share: z.number().min(0).max(1),
  name: localized,
  description: text,
});

const levels = z
  .array(level)
  .min(2)
  .refine((list) => list[0]?.share === 0, 'the first level must have share 0')
  .refine((list) => list.at(-1)?.share === 1, 'the last level must have share 1')
  .refine(
    (list) => list.every((item, index) => index === 0 || item.share > (list[index - 1]?.share ?? 0)),
    'shares must rise from level to level',
  )
  .refine((list) => new Set(list.map((item) => item.id)).size === list.length, 'level ids must differ');

const generalCriterion = z.strictObject({
  id: identifier,
  name: localized,
  weight,
  description: text,
  levels,
});

const keyPoint = z
  .union([text, z.strictObject({ text, weight: weight.default(1) })])
  .transform((value) => (typeof value === 'string' ? { text: value, weight: 1 } : value));

/** An answer with what the group's leader gave for it: levels, or a score out of 100. Shown to a model as a guide. */
const markedExample = z
  .strictObject({
    answer: text,
    levels: z.record(identifier, identifier).optional(),
    score: z.number().min(0).max(100).optional(),
    why: text.optional(),
  })
  .refine(
    (example) => example.levels !== undefined || example.score !== undefined,
    'an example needs levels or a score',
  );

const questionRubric = z
  .strictObject({
    keyPoints: z.array(keyPoint).min(1).optional(),
    /** What the question counts on the scoreboard, relative to the others; 1 when left out. */
    points: weight.optional(),
    /** The leader's grading notes, in free words. */
    guide: text.optional(),
    examples: z.array(markedExample).min(1).optional(),
  })
  .refine((question) => Object.keys(question).length > 0, 'a question needs at least one setting');

const band = z.strictObject({ from: z.number().min(0).max(100), name: localized });

/** What a rubric file may hold. A file with `extends` overrides the settings of the one it names. */
export const rubricFileSchema = z.strictObject({
  extends: text.optional(),
  language: z.enum(['auto', 'ko', 'en']).optional(),
  attempt: z.enum(['first', 'revised', 'best']).optional(),
  copies: z.enum(['not_attempted', 'review', 'grade']).optional(),
  evidence: z.enum(['review', 'lower']).optional(),
  disagreement: z.number().min(0).max(100).optional(),
  examplesShown: z.number().int().min(0).optional(),
  bands: z.array(band).min(1).optional(),
  criteria: z
    .array(generalCriterion)
    .refine((list) => new Set(list.map((item) => item.id)).size === list.length, 'criterion ids must differ')
    .refine(
      (list) => list.every((item) => !/^k\d+$|^coverage$/.test(item.id)),
      'k1, k2 … and coverage are taken',
    )
    .optional(),
  keyPoints: z.strictObject({ weight, levels }).optional(),
  coverage: z.strictObject({ name: localized, description: text, levels }).optional(),
  questions: z
    .record(z.string().regex(/^[1-9]\d*$/, 'a question is named by its number'), questionRubric)
    .optional(),
});
export type RubricFile = z.infer<typeof rubricFileSchema>;
/** A rubric file's content as a person writes it. */
export type RubricInput = z.input<typeof rubricFileSchema>;

/** A rubric with everything that grading needs. */
export type Rubric = { [K in Exclude<keyof RubricFile, 'extends'>]-?: NonNullable<RubricFile[K]> };
export type Level = z.infer<typeof level>;
export type MarkedExample = z.infer<typeof markedExample>;

/** A criterion as it applies to one question, with the points it is worth there. */
export interface Criterion {
  id: string;
  kind: 'key_point' | 'coverage' | 'general';
  name: Localized;
  description: string;
  /** Points at the highest level; over all criteria of a question they add up to 100. */
  maxPoints: number;
  /** From worst to best. */
  levels: Level[];
}

/** Lays a rubric file over the one it extends: settings replace, questions and what is said of each add up. */
export function extendRubric(base: RubricFile, file: RubricFile): RubricFile {
  const { extends: _, ...own } = file;
  const questions = { ...base.questions };
  for (const [no, question] of Object.entries(own.questions ?? {})) {
    const examples = [...(questions[no]?.examples ?? []), ...(question.examples ?? [])];
    questions[no] = { ...questions[no], ...question, ...(examples.length > 0 ? { examples } : {}) };
  }
  return { ...base, ...own, questions };
}

/** The settings that a rubric still lacks after everything it extends; empty when it is complete. */
export function missingSettings(file: RubricFile): string[] {
  const required = [
    'language',
    'attempt',
    'copies',
    'evidence',
    'disagreement',
    'examplesShown',
    'bands',
    'criteria',
    'keyPoints',
    'coverage',
  ] as const;
  return required.filter((key) => file[key] === undefined);
}

/** Narrows a complete rubric file (`missingSettings` is empty) to a rubric. */
export function completeRubric(file: RubricFile): Rubric {
  const { extends: _, ...rest } = file;
  return { questions: {}, ...rest } as Rubric;
}

/**
 * The criteria of one question: its key points (or, where it has none, the coverage of the model answer)
 * followed by the general criteria. Points are shared out by weight to a total of 100.
 */
export function criteriaFor(rubric: Rubric, questionNo: number): Criterion[] {
  const total = rubric.keyPoints.weight + rubric.criteria.reduce((sum, item) => sum + item.weight, 0);
  const contentPoints = (100 * rubric.keyPoints.weight) / total;
  const keyPoints = rubric.questions[questionNo]?.keyPoints ?? [];
  const keyPointWeight = keyPoints.reduce((sum, item) => sum + item.weight, 0);

  const content: Criterion[] =
    keyPoints.length === 0
      ? [{ ...rubric.coverage, id: 'coverage', kind: 'coverage', maxPoints: contentPoints }]
      : keyPoints.map((item, index) => ({
          id: `k${index + 1}`,
          kind: 'key_point',
          name: { ko: item.text, en: item.text },
          description: item.text,
          maxPoints: (contentPoints * item.weight) / keyPointWeight,
          levels: rubric.keyPoints.levels,
        }));
  const general = rubric.criteria.map(
    ({ weight: own, ...criterion }): Criterion => ({
      ...criterion,
      kind: 'general',
      maxPoints: (100 * own) / total,
    }),
  );
  return [...content, ...general];
}

/** The name of the band a score falls into. */
export function bandOf(rubric: Rubric, score: number): Localized {
  const reached = rubric.bands.filter((item) => score >= item.from).sort((a, b) => b.from - a.from);
  return reached[0]?.name ?? { ko: '', en: '' };
}

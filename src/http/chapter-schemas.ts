import { z } from '@hono/zod-openapi';
import type { KnownChapter } from '../app/grading-service.ts';
import type { importDocument } from '../app/import-document.ts';
import type { ScoreboardRow } from '../core/scoreboard.ts';

export const chapterNameSchema = z.object({ id: z.string(), title: z.string() }).openapi('ChapterName');

export const knownChapterSchema = z
  .object({ id: z.string(), title: z.string(), isUploaded: z.boolean(), isGraded: z.boolean() })
  .openapi('KnownChapter') satisfies z.ZodType<KnownChapter>;

const documentName = z
  .string()
  .optional()
  .openapi({ description: 'the document, where the chapter was read from several' });

const submissionSchema = z
  .object({
    member: z.string(),
    question: z.int(),
    status: z.enum(['answered', 'unanswered', 'dont_know', 'replaced_by_model_answer', 'not_gradable']),
    attempts: z.array(z.object({ kind: z.enum(['first', 'revised']), text: z.string() })),
    flags: z.array(
      z.enum(['declared_help', 'hedged', 'model_answer_copy', 'undeclared_copy', 'own_summary']),
    ),
    lines: z.tuple([z.int(), z.int()]).openapi({
      type: 'array',
      items: { type: 'integer' },
      minItems: 2,
      maxItems: 2,
      description: 'first and last line in the document, counted from 1',
    }),
    file: documentName,
  })
  .openapi('Submission');

/** A chapter as `import --json` shows it. */
export const importResultSchema = z
  .object({
    chapter: chapterNameSchema,
    questions: z.array(
      z.object({ no: z.int(), text: z.string(), modelAnswer: z.string().nullable() }).openapi('Question'),
    ),
    submissions: z.array(submissionSchema),
    warnings: z.array(
      z
        .object({ code: z.string(), line: z.int(), file: documentName, message: z.string() })
        .openapi('ImportWarning'),
    ),
  })
  .openapi('ImportResult') satisfies z.ZodType<ReturnType<typeof importDocument>>;

export const scoreboardRowSchema = z
  .object({
    rank: z.int().nullable(),
    member: z.string(),
    score: z.number().nullable(),
    answeredScore: z.number().nullable(),
    assigned: z.int(),
    answered: z.int(),
    graded: z.int(),
    ungraded: z.int(),
    needsReview: z.int(),
    revisedScore: z.number().nullable(),
    stale: z.int(),
    provisional: z.boolean(),
    chapters: z.record(z.string(), z.number().nullable()),
    trend: z.number().nullable(),
  })
  .openapi('ScoreboardRow') satisfies z.ZodType<ScoreboardRow>;

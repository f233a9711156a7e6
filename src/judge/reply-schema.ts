import { z } from 'zod';
import type { Criterion } from '../core/rubric.ts';
import type { Verdict } from '../core/verdict.ts';

/**
 * The form of a verdict for these criteria: each one required, its evidence and reason before its level, the
 * level one of those the rubric names. No judgement has a default.
 */
export function verdictSchema(criteria: readonly Criterion[]): z.ZodType<Verdict> {
  const opinions = criteria.map((criterion) => {
    const [first = '', ...rest] = criterion.levels.map((level) => level.id);
    return [
      criterion.id,
      z.strictObject({ evidence: z.array(z.string()), reason: z.string(), level: z.enum([first, ...rest]) }),
    ] as const;
  });
  return z.strictObject({
    criteria: z.strictObject(Object.fromEntries(opinions)),
    addressesGrader: z.boolean(),
    feedback: z.strictObject({
      summary: z.string(),
      strengths: z.array(z.string()),
      improvements: z.array(z.string()),
      nextStep: z.string(),
    }),
  });
}

/** The same form as a JSON schema that providers accept in strict mode. */
export function replyJsonSchema(criteria: readonly Criterion[]): Record<string, unknown> {
  const { $schema: _, ...schema } = z.toJSONSchema(verdictSchema(criteria));
  return schema;
}

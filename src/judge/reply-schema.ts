import { z } from 'zod';
import type { Criterion } from '../core/rubric.ts';
import type { Verdict } from '../core/verdict.ts';

/**
 * The form of a verdict for these criteria: each one required, its evidence and reason before its level, the
 * level one of those the rubric names. No judgement has a default.
 */
export function verdictSchema(criteria: readonly Criterion[]): z.ZodType<Verdict> {
  const known = schemas.get(criteria);
  if (known) return known;
  const schema = schemaFor(criteria);
  schemas.set(criteria, schema);
  return schema;
}

/** All answers to a question share its list of criteria, and a schema takes longer to make than to use. */
const schemas = new WeakMap<readonly Criterion[], z.ZodType<Verdict>>();

function schemaFor(criteria: readonly Criterion[]): z.ZodType<Verdict> {
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
  const known = jsonSchemas.get(criteria);
  if (known) return known;
  const { $schema: _, ...schema } = z.toJSONSchema(verdictSchema(criteria));
  jsonSchemas.set(criteria, schema);
  return schema;
}

const jsonSchemas = new WeakMap<readonly Criterion[], Record<string, unknown>>();

import { z } from '@hono/zod-openapi';
import { type ProblemCode, problemCodes, problemKinds } from './problem-kinds.ts';

const problemSchema = z
  .object({
    type: z.literal('about:blank'),
    title: z.string(),
    status: z.int(),
    code: z.enum(problemCodes),
    detail: z.string().openapi({ description: 'one sentence in the language of Accept-Language' }),
    errors: z
      .array(z.object({ pointer: z.string(), message: z.string() }))
      .optional()
      .openapi({ description: 'what does not fit, by JSON Pointer or parameter' }),
  })
  .openapi('Problem');

const problem = { content: { 'application/problem+json': { schema: problemSchema } } };

/** What every route may answer, for reasons that lie before it. */
const everywhere: readonly ProblemCode[] = ['malformed_address', 'internal', 'took_too_long'];
/** What every route may answer that is not for everybody. */
const guarded: readonly ProblemCode[] = ['not_signed_in', 'wrong_host', 'too_many_requests'];
/** What every route may answer that changes something or takes a body. */
const withBody: readonly ProblemCode[] = [
  'malformed_body',
  'foreign_origin',
  'too_large',
  'wrong_content_type',
  'invalid',
];

const ofKind = { open: [], read: guarded, write: [...guarded, ...withBody] } as const;

/**
 * The problems of a route, for its description.
 * @param kind `open`: for everybody; `read`: without a body
 * @param own what only this route may answer
 */
export function problems(kind: keyof typeof ofKind, ...own: readonly ProblemCode[]) {
  const codes = [...everywhere, ...ofKind[kind], ...own];
  const byStatus = Map.groupBy(codes, (code) => problemKinds[code].status);
  const responses = [...byStatus].map(([status, those]): [string, { description: string }] => [
    String(status),
    { ...problem, description: those.map((code) => problemKinds[code].text.en).join(' ') },
  ]);
  return Object.fromEntries(responses);
}

/** A successful reply in JSON, for a route's description. */
export function jsonReply<Schema extends z.ZodType>(description: string, schema: Schema) {
  return { description, content: { 'application/json': { schema } } };
}

/** A successful reply in JSON that is written piece by piece, so that its form is not checked by type. */
export function jsonStreamReply(description: string, schema: z.ZodType) {
  const content: Record<string, { schema: z.ZodType }> = { 'application/json': { schema } };
  return { description, content };
}

/** A body in JSON, for a route's description. */
export function jsonBody<Schema extends z.ZodType>(schema: Schema, required = true) {
  return { body: { required, content: { 'application/json': { schema } } } };
}

/** A document as this API sends it: with the number of its form in front. */
export function versioned<Shape extends z.ZodRawShape>(schema: z.ZodObject<Shape>) {
  return z.object({ schemaVersion: z.literal(1), ...schema.shape });
}

export const chapterParams = z.object({
  id: z
    .string()
    .openapi({ description: "a chapter's id, percent-encoded", example: '02장-데이터베이스-기초' }),
});

/** No such number is an address where nothing is, so a text that is no number is not found as well. */
export const numberParams = z.object({
  id: z
    .string()
    .regex(/^[1-9][0-9]{0,14}$/)
    .transform(Number)
    .openapi({ type: 'integer', minimum: 1 }),
});

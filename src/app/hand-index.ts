import { z } from 'zod';
import { InputError } from '../core/errors.ts';
import type { Criterion } from '../core/rubric.ts';
import type { ChatRequest } from '../judge/chat-model.ts';
import { requestKey } from '../judge/request-key.ts';

/** The index's name in its folder. */
export const indexName = 'index.json';

/** An answer on a page, with everything that reading its reply takes. */
export interface HandAnswer {
  /** Short, and no other answer's. */
  id: string;
  /** The request's identity. */
  key: string;
  member: string;
  question: number;
  /** The answer as it is shown, for quotes. */
  answer: string;
  criteria: Criterion[];
  request: ChatRequest;
}

export interface HandSheet {
  file: string;
  /** Stands in the line below which the reply goes; nobody who wrote an answer can know it. */
  token: string;
  answers: HandAnswer[];
}

export interface HandIndex {
  schemaVersion: 1;
  model: string;
  pages: HandSheet[];
}

const localized = z.object({ ko: z.string(), en: z.string() });
const level = z.object({ id: z.string(), share: z.number(), name: localized, description: z.string() });
const criterion = z.object({
  id: z.string(),
  kind: z.enum(['key_point', 'coverage', 'general']),
  name: localized,
  description: z.string(),
  maxPoints: z.number(),
  levels: z.array(level).min(1),
});
const request = z.object({
  model: z.string(),
  messages: z.array(z.object({ role: z.enum(['system', 'user', 'assistant']), content: z.string() })),
  schema: z.object({ name: z.string(), schema: z.record(z.string(), z.unknown()) }),
  maxOutputTokens: z.number(),
  nonce: z.string(),
  sample: z.number(),
  endpoint: z.string().exactOptional(),
  varied: z.literal(true).exactOptional(),
});
const answer = z
  .object({
    id: z.string().min(1),
    key: z.string(),
    member: z.string(),
    question: z.number(),
    answer: z.string(),
    criteria: z.array(criterion).min(1),
    request,
  })
  .refine((item) => requestKey(item.request) === item.key);
const indexSchema = z.object({
  schemaVersion: z.literal(1),
  model: z.string(),
  pages: z.array(z.object({ file: z.string(), token: z.string().min(1), answers: z.array(answer).min(1) })),
});

/**
 * Reads the index of exported pages.
 * @param file its path, for messages
 * @throws InputError when it is not as the export wrote it
 */
export function readIndex(text: string, file: string): HandIndex {
  try {
    return indexSchema.parse(JSON.parse(text));
  } catch (error) {
    throw new InputError(
      {
        ko: 'batch export가 쓴 그대로가 아니어서 읽을 수 없습니다. 새 폴더에 다시 내보내세요.',
        en: 'it is not as "batch export" wrote it; export again into a new folder.',
      },
      { place: { file }, cause: error },
    );
  }
}

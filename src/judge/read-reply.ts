import type { z } from 'zod';
import type { Criterion } from '../core/rubric.ts';
import type { Verdict } from '../core/verdict.ts';
import type { ChatReply } from './chat-model.ts';
import { verdictSchema } from './reply-schema.ts';

export type ReadReply =
  | { verdict: Verdict }
  | { failure: 'truncated' | 'refused' | 'filtered' }
  | { failure: 'malformed_reply'; problem: string };

/** Where a JSON object that starts at `start` ends, or -1; braces inside strings do not count. */
function objectEnd(text: string, start: number): number {
  let depth = 0;
  let inString = false;
  for (let index = start; index < text.length; index += 1) {
    const character = text[index];
    if (inString) {
      if (character === '\\') index += 1;
      else if (character === '"') inString = false;
    } else if (character === '"') inString = true;
    else if (character === '{') depth += 1;
    else if (character === '}') {
      depth -= 1;
      if (depth === 0) return index + 1;
    }
  }
  return -1;
}

/**
 * The JSON objects that stand side by side in a text with fences or chatter around them. Null when something
 * that looks like an object is broken: looking for objects inside it could find a verdict that the answer forged.
 */
export function topLevelObjects(text: string): unknown[] | null {
  const found: unknown[] = [];
  let start = text.indexOf('{');
  while (start >= 0) {
    const end = objectEnd(text, start);
    const segment = text.slice(start, end < 0 ? undefined : end);
    try {
      found.push(JSON.parse(segment));
    } catch {
      if (segment.includes('"')) return null;
    }
    start = end < 0 ? -1 : text.indexOf('{', end);
  }
  return found;
}

function problemOf(error: z.ZodError): string {
  return error.issues.map((issue) => `${issue.path.join('.') || 'the object'}: ${issue.message}`).join('; ');
}

/**
 * Reads a model's reply. Why the model stopped is looked at before the text. The text must hold exactly one
 * object of the required form: two verdicts are none.
 */
export function readReply(reply: ChatReply, criteria: readonly Criterion[]): ReadReply {
  if (reply.finish.reason === 'refused') return { failure: 'refused' };
  if (reply.finish.reason === 'filtered') return { failure: 'filtered' };
  if (reply.finish.reason === 'length') return { failure: 'truncated' };

  const text = reply.text.replace(/^\s*<think>[\s\S]*?<\/think>/u, '');
  const objects = topLevelObjects(text);
  if (objects === null) return { failure: 'malformed_reply', problem: 'the JSON in the reply is broken' };
  if (objects.length === 0)
    return { failure: 'malformed_reply', problem: 'there is no JSON object in the reply' };
  const schema = verdictSchema(criteria);
  const results = objects.map((object) => schema.safeParse(object));
  const valid = results.filter((result) => result.success);
  if (valid.length > 1)
    return { failure: 'malformed_reply', problem: 'there is more than one verdict in the reply' };
  const verdict = valid[0]?.data;
  if (verdict) return { verdict };
  const error = results.at(-1)?.error;
  return {
    failure: 'malformed_reply',
    problem: error ? problemOf(error) : 'the object does not have the required form',
  };
}

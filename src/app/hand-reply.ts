import { topLevelObjects } from '../judge/read-reply.ts';

/** Verdicts as they were pasted, not checked yet. */
export interface PastedReplies {
  /** By the id of the answer they name; several where an id came more than once. */
  named: Map<string, object[]>;
  /** Those that name no answer. */
  unnamed: object[];
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Ids are compared without the signs that a chat may put around them. */
function plainId(id: string): string {
  return id
    .trim()
    .replace(/^(?:answer\s+|#)/iu, '')
    .toLowerCase();
}

function note(replies: PastedReplies, id: string, { id: _, ...verdict }: Record<string, unknown>): void {
  const own = plainId(id);
  const before = replies.named.get(own) ?? [];
  // Said twice in the same words, it was said once.
  if (!before.some((other) => JSON.stringify(other) === JSON.stringify(verdict))) before.push(verdict);
  replies.named.set(own, before);
}

/** Takes verdicts out of a value: one with an id, an object of them by id, or a list in a wrapper. */
function collect(value: Record<string, unknown>, ids: ReadonlySet<string>, replies: PastedReplies): void {
  const id = value['id'];
  if (typeof id === 'string' || typeof id === 'number') {
    note(replies, String(id), value);
    return;
  }
  if ('criteria' in value) {
    replies.unnamed.push(value);
    return;
  }
  const byId = Object.entries(value).filter(([key, item]) => ids.has(plainId(key)) && isObject(item));
  if (byId.length > 0) {
    for (const [key, item] of byId) if (isObject(item)) note(replies, key, item);
    return;
  }
  const [list, ...others] = Object.values(value);
  if (Array.isArray(list) && others.length === 0) {
    for (const item of list) if (isObject(item)) collect(item, ids, replies);
    return;
  }
  // A wrapper around the object by id or around a single verdict.
  if (isObject(list) && others.length === 0) {
    collect(list, ids, replies);
    return;
  }
  replies.unnamed.push(value);
}

/**
 * The verdicts in a text that was pasted from a chat, with fences and chatter around them.
 * @param ids every answer's id
 * @returns null when something that looks like JSON is broken
 */
export function pastedReplies(text: string, ids: ReadonlySet<string>): PastedReplies | null {
  const objects = topLevelObjects(text);
  if (objects === null) return null;
  const replies: PastedReplies = { named: new Map(), unnamed: [] };
  for (const value of objects) if (isObject(value)) collect(value, ids, replies);
  return replies;
}

import { createHash } from 'node:crypto';

/**
 * JSON with the keys of objects in order.
 * @param known the JSON of objects that stand in many values
 */
export function canonicalJson(value: unknown, known?: WeakMap<object, string>): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const there = known?.get(value);
  if (there !== undefined) return there;
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item ?? null, known)).join(',')}]`;
  const entries = Object.entries(value)
    .filter(([, item]) => item !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, item]) => `${JSON.stringify(key)}:${canonicalJson(item, known)}`);
  return `{${entries.join(',')}}`;
}

/** SHA-256 of a text in hexadecimal. */
export function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** SHA-256 of a JSON value, the same whatever the order of its keys, in hexadecimal. */
export function fingerprint(value: unknown): string {
  return hashOf(canonicalJson(value));
}

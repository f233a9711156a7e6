import { types } from 'pg';

/**
 * PostgreSQL's texts cannot hold the character U+0000, which documents may: it and the one that stands for it are
 * kept as two characters each. Other texts are kept as they are.
 */
function encoded(text: string): string {
  return text.replaceAll('\u0001', '\u0001b').replaceAll('\u0000', '\u0001a');
}

function decoded(text: string): string {
  return text.includes('\u0001')
    ? text.replaceAll('\u0001a', '\u0000').replaceAll('\u0001b', '\u0001')
    : text;
}

/** A value as PostgreSQL can keep it. */
export function keepable(value: unknown): unknown {
  if (typeof value === 'string') return encoded(value);
  return Array.isArray(value) ? value.map(keepable) : value;
}

/** How what comes from the database is read: whole numbers as numbers, texts as they were before {@link keepable}. */
export const readers = {
  getTypeParser(type: number, format?: 'text' | 'binary') {
    if (type === types.builtins.INT8) return Number;
    if (type === types.builtins.TEXT) return decoded;
    return types.getTypeParser(type, format);
  },
};

import type { Context } from 'hono';
import { parseAccept } from 'hono/utils/accept';
import { type Language, languages } from '../core/localized.ts';

/** The language a client likes best by its Accept-Language; the given one where it names none of ours. */
export function languageAsked(context: Context, otherwise: Language): Language {
  const asked = parseAccept(context.req.header('accept-language') ?? '')
    .filter(({ q }) => q > 0)
    .sort((a, b) => b.q - a.q)
    .map(({ type }) => languages.find((language) => language === type.toLowerCase().split('-')[0]));
  return asked.find((language) => language !== undefined) ?? otherwise;
}

import { z } from '@hono/zod-openapi';
import type { Language } from '../core/localized.ts';
import { koreanIssue } from './korean-issues.ts';
import type { ValueError } from './problem.ts';
import { valueTexts } from './value-texts.ts';

type Issue = z.core.$ZodIssue;

/** Of several forms that a value might have, the one it comes nearest to says what is wrong. */
function plainIssues(issue: Issue): Issue[] {
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) return [issue];
  const [nearest = []] = issue.errors.toSorted((a, b) => a.length - b.length);
  return nearest.flatMap((inner) => plainIssues({ ...inner, path: [...issue.path, ...inner.path] }));
}

function pointerTo(path: readonly PropertyKey[]): string {
  return path.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

function valueAt(data: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined),
    data,
  );
}

const englishIssue = z.locales.en().localeError;

function messageOf(issue: Issue, data: unknown, language: Language): string {
  const own = Object.values(valueTexts).find(({ en }) => en === issue.message);
  if (own) return own[language];
  const input = valueAt(data, issue.path);
  if (issue.code === 'invalid_type' && input === undefined) return valueTexts.missing[language];
  if (language === 'ko') return koreanIssue(issue);
  // zod takes the sentences of one language only, and has written them when it is known who asks.
  const said = englishIssue({ ...issue, input } as z.core.$ZodRawIssue);
  return (typeof said === 'string' ? said : said?.message) ?? issue.message;
}

const mostErrors = 20;

/**
 * What does not fit, one by one; of very many the first ones.
 * @param data what was checked
 */
export function valueErrors(error: z.ZodError, data: unknown, language: Language): ValueError[] {
  return error.issues
    .flatMap(plainIssues)
    .slice(0, mostErrors)
    .map((issue) => ({ pointer: pointerTo(issue.path), message: messageOf(issue, data, language) }));
}

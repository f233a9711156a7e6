import type { Hook } from '@hono/zod-openapi';
import type { Env } from 'hono';
import type { Language } from '../core/localized.ts';
import { languageAsked } from './language.ts';
import { HttpProblem } from './problem.ts';
import { valueErrors } from './value-errors.ts';

/**
 * Answers requests that do not fit their schema: values with what is wrong, addresses with "not there".
 * @param language for clients that ask for none
 */
export function refuseInvalid(language: Language): Hook<unknown, Env, string, undefined> {
  return (result, context) => {
    if (result.success) return;
    if (result.target === 'param') throw new HttpProblem('not_found');
    // The validator gives it, though the type of hooks does not say so.
    const data = 'data' in result ? result.data : undefined;
    const errors = valueErrors(result.error, data, languageAsked(context, language));
    throw new HttpProblem('invalid', { errors });
  };
}

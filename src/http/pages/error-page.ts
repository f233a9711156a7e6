import type { Context } from 'hono';
import { GraderError, StoreError } from '../../core/errors.ts';
import { html } from '../../reports/html/html.ts';
import { type HttpProblem, problemOf } from '../problem.ts';
import type { AppSettings } from '../settings.ts';
import { pageHtml } from './layout.ts';
import { viewFor } from './page-view.ts';
import { asSentence } from './parts.ts';
import { words } from './words.ts';

/** A page that says what went wrong, without what only a programmer should see, and leads back. */
export function pageError(context: Context, problem: HttpProblem): Response | Promise<Response> {
  const view = viewFor(context);
  const own = words[view.language];
  const sentence =
    problem.cause === undefined && problem.status === 404 ? own.notFound : problem.text[view.language];
  const body = html`<p class="problem">${asSentence(sentence)}</p>
<p><a class="button" href="/">${own.back}</a></p>`;
  return context.html(pageHtml({ title: own.errorTitle, body }, view), problem.status, {
    ...problem.headers,
  });
}

/**
 * An error that whoever filled in a form can act on, to be shown beside the form.
 * @throws the error itself where it is of another kind
 */
export function formProblem(error: unknown, { log }: AppSettings): HttpProblem {
  if (!(error instanceof GraderError) || error instanceof StoreError) throw error;
  return problemOf(error, log);
}

import { Hono, type MiddlewareHandler } from 'hono';
import type { GradingService } from '../../app/grading-service.ts';
import { HttpProblem, problemOf } from '../problem.ts';
import { requestId } from '../served-requests.ts';
import type { AppSettings } from '../settings.ts';
import { chapterRoutes } from './chapter-routes.ts';
import { pageError } from './error-page.ts';
import { pageStyle } from './page-style.ts';
import { type PageEnv, viewMiddleware } from './page-view.ts';
import { resultRoutes } from './result-routes.ts';
import { reviewRoutes } from './review-routes.ts';
import { runRoutes } from './run-routes.ts';
import { sessionRoutes } from './session-routes.ts';

/** Under the usual policy, no-referrer, browsers keep to themselves where a form comes from, and the guard refuses it. */
const tellOwnOrigin: MiddlewareHandler = async (context, next) => {
  context.header('Referrer-Policy', 'same-origin');
  await next();
};

function emptyPages(settings: AppSettings): Hono<PageEnv> {
  const routes = new Hono<PageEnv>();
  routes.onError((error, context) => pageError(context, problemOf(error, settings.log, requestId(context))));
  routes.notFound((context) => pageError(context, new HttpProblem('not_found')));
  return routes;
}

/** What is the same whoever asks: style, script, and the pages by which people come in and go. */
export function outsidePageRoutes(settings: AppSettings): Hono<PageEnv> {
  const routes = emptyPages(settings);
  routes.get('/assets/style.css', (context) =>
    context.body(pageStyle, 200, { 'Content-Type': 'text/css; charset=utf-8' }),
  );
  routes.get('/assets/page.js', (context) =>
    context.body(settings.script, 200, { 'Content-Type': 'text/javascript; charset=utf-8' }),
  );
  for (const path of ['/login', '/logout']) routes.use(path, tellOwnOrigin, ...viewMiddleware(settings));
  routes.route('/', sessionRoutes(settings));
  return routes;
}

/** The web pages on what a group keeps, for people with a browser; their errors are pages too. */
export function pageRoutes(service: GradingService, settings: AppSettings): Hono<PageEnv> {
  const routes = emptyPages(settings);
  routes.use(tellOwnOrigin, ...viewMiddleware(settings));
  routes.route('/', chapterRoutes(service, settings));
  routes.route('/', runRoutes(service));
  routes.route('/', resultRoutes(service, settings));
  routes.route('/', reviewRoutes(service, settings));
  return routes;
}

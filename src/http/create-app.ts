import { OpenAPIHono } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { methodNotAllowed } from 'hono/method-not-allowed';
import type { GradingService } from '../app/grading-service.ts';
import type { Awaitable } from '../core/awaitable.ts';
import { chapterRoutes } from './chapter-routes.ts';
import { describeApi } from './describe-api.ts';
import { feedbackRoutes } from './feedback-routes.ts';
import { gradeRoutes } from './grade-routes.ts';
import { handToGroup } from './group-apps.ts';
import { languageAsked } from './language.ts';
import { pageError } from './pages/error-page.ts';
import { outsidePageRoutes, pageRoutes } from './pages/page-routes.ts';
import { HttpProblem, problemOf, problemResponse } from './problem.ts';
import { limitGroupRate, limitRate } from './rate-limit.ts';
import { refuseInvalid } from './refuse-invalid.ts';
import { securityHeaders, storeNothing } from './reply-headers.ts';
import {
  isForPrograms,
  onlyForHosts,
  refuseForeignOrigins,
  refuseMalformedAddresses,
} from './request-guards.ts';
import { limitBodies, limitTime } from './request-limits.ts';
import { reviewRoutes } from './review-routes.ts';
import { runRoutes } from './run-routes.ts';
import { noteServed, requestId } from './served-requests.ts';
import { descriptionRoutes, signOfLifeRoutes } from './service-routes.ts';
import type { AppSettings } from './settings.ts';
import { onlyWithToken } from './token-guard.ts';

function answer(context: Context, error: unknown, { log, language }: AppSettings) {
  const problem = problemOf(error, log, requestId(context));
  if (!isForPrograms(context.req.path)) return pageError(context, problem);
  return problemResponse(context, problem, languageAsked(context, language));
}

function emptyApp(settings: AppSettings): OpenAPIHono {
  const app = new OpenAPIHono({ defaultHook: refuseInvalid(settings.language) });
  app.onError((error, context) => answer(context, error, settings));
  app.notFound((context) => answer(context, new HttpProblem('not_found'), settings));
  return app;
}

/** Adds every route that shows or changes what one group keeps. */
function addGroupRoutes(app: OpenAPIHono, service: GradingService, settings: AppSettings) {
  app.route('/', feedbackRoutes(service, settings));
  app.route('/', chapterRoutes(service, settings));
  app.route('/', runRoutes(service, settings));
  app.route('/', gradeRoutes(service, settings));
  app.route('/', reviewRoutes(service, settings));
  app.route('/', pageRoutes(service, settings));
  return app;
}

/** Routes are made on it to be described and counted; no request ever comes to them. */
const nobodysService = {} as GradingService;

/**
 * The whole service over HTTP: its interface for programs under /v1, and its pages.
 * @param serviceOf the service of a group, by the group's number; asked once for each
 */
export function createApp(
  serviceOf: (group: number) => Awaitable<GradingService>,
  settings: AppSettings,
): OpenAPIHono {
  const { access, requestsPerMinute, now, version } = settings;
  const app = emptyApp(settings);
  app.use(noteServed(settings), securityHeaders, storeNothing);
  app.use(limitRate(requestsPerMinute, now, settings.addressOf));
  app.use(refuseMalformedAddresses, onlyForHosts(settings.hosts));
  app.use(onlyWithToken(access), refuseForeignOrigins);
  if (access.kind === 'groups') app.use(limitGroupRate(requestsPerMinute, now));
  app.use(limitBodies(settings.maxUploadBytes), limitTime(settings.times.reply));
  const onMethodNotAllowed = (context: Context, methods: readonly string[]) =>
    answer(
      context,
      new HttpProblem('method_not_allowed', { headers: { Allow: methods.join(', ') } }),
      settings,
    );
  app.use(methodNotAllowed({ app, onMethodNotAllowed }));
  app.route('/', signOfLifeRoutes(settings));
  app.route(
    '/',
    descriptionRoutes(() => describeApi(app, version)),
  );
  app.route('/', outsidePageRoutes(settings));
  app.use(handToGroup(async (group) => addGroupRoutes(emptyApp(settings), await serviceOf(group), settings)));
  return addGroupRoutes(app, nobodysService, settings);
}

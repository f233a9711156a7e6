import { Hono } from 'hono';
import type { GradingService, KnownChapter } from '../../app/grading-service.ts';
import type { HttpProblem } from '../problem.ts';
import type { AppSettings } from '../settings.ts';
import { chapterPage } from './chapter-page.ts';
import { chaptersPage } from './chapters-page.ts';
import { formProblem } from './error-page.ts';
import { fieldOf, sentForm } from './forms.ts';
import { pageHtml } from './layout.ts';
import type { PageContext, PageEnv } from './page-view.ts';
import { chapterPath } from './parts.ts';
import { type RunForm, runForm, runOptions } from './run-form.ts';
import { handIn } from './upload.ts';

/** The chapter by its id, as it is known; `uploaded` says what is wrong where it is not. */
async function knownChapter(service: GradingService, id: string): Promise<KnownChapter> {
  const known = (await service.chapters()).find((chapter) => chapter.id === id);
  if (known) return known;
  const { title } = await service.uploaded(id);
  return { id, title, isUploaded: true, isGraded: false };
}

async function uploadedWith(
  service: GradingService,
  { id, isGraded }: KnownChapter,
  form: RunForm,
  problem: string | null,
  isEstimated: boolean,
) {
  const { models, maxCostUsd } = service;
  const estimate = isEstimated ? await service.estimate(id, runOptions(form)) : null;
  const rubrics = await service.rubrics();
  const shown = { chapterId: id, form, rubrics, models, maxCostUsd, estimate, isGraded, problem };
  return { chapter: await service.uploaded(id), form: shown };
}

/** The routes of the first page and of the pages of chapters as they were handed in. */
export function chapterRoutes(service: GradingService, settings: AppSettings): Hono<PageEnv> {
  const routes = new Hono<PageEnv>();

  /** @param failed what was wrong with the form, whose fields stay as they were */
  async function chapterReply(
    context: PageContext,
    form: RunForm,
    failed: HttpProblem | null,
  ): Promise<Response> {
    const view = context.get('view');
    const known = await knownChapter(service, context.req.param('id') ?? '');
    const problem = failed?.text[view.language] ?? null;
    const isEstimated = problem === null && context.req.query('estimate') !== undefined;
    const uploaded = known.isUploaded ? await uploadedWith(service, known, form, problem, isEstimated) : null;
    const page = chapterPage({ known, uploaded, runs: await service.runs(known.id) }, view.language);
    return context.html(pageHtml(page, view), failed?.status ?? 200);
  }

  routes.get('/', async (context) => {
    const view = context.get('view');
    return context.html(pageHtml(chaptersPage(await service.chapters(), null, view.language), view));
  });

  routes.post('/chapters', async (context) => {
    const view = context.get('view');
    const { ids, failed } = await handIn(service, await sentForm(context), settings, view.language);
    const [only] = ids;
    if (failed === null) return context.redirect(ids.length === 1 && only ? chapterPath(only) : '/', 303);
    return context.html(pageHtml(chaptersPage(await service.chapters(), failed, view.language), view), 422);
  });

  routes.get('/chapters/:id', async (context) => {
    const form = runForm((name) => context.req.query(name)?.trim() ?? '');
    try {
      return await chapterReply(context, form, null);
    } catch (error) {
      const problem = formProblem(error, settings);
      if (problem.status === 404) throw error;
      return chapterReply(context, form, problem);
    }
  });

  routes.post('/chapters/:id/runs', async (context) => {
    const sent = await sentForm(context);
    const form = runForm((name) => fieldOf(sent, name));
    try {
      const run = await service.startRun(context.req.param('id'), runOptions(form));
      return context.redirect(`/runs/${run.id}`, 303);
    } catch (error) {
      const problem = formProblem(error, settings);
      if (problem.status === 404) throw error;
      return chapterReply(context, form, problem);
    }
  });

  return routes;
}

import { Hono } from 'hono';
import type { GradingService } from '../../app/grading-service.ts';
import { pageHtml } from './layout.ts';
import type { PageEnv } from './page-view.ts';
import { runPage } from './run-page.ts';

/** The routes of the pages of runs. */
export function runRoutes(service: GradingService): Hono<PageEnv> {
  const routes = new Hono<PageEnv>();

  routes.get('/runs/:run{[1-9][0-9]{0,14}}', async (context) => {
    const view = context.get('view');
    const run = await service.run(Number(context.req.param('run')));
    const chapters = await service.chapters();
    const title = chapters.find(({ id }) => id === run.chapter)?.title ?? run.chapter;
    return context.html(pageHtml(runPage(run, title, view.language, new Date()), view));
  });

  routes.post('/runs/:run{[1-9][0-9]{0,14}}/stop', async (context) => {
    const { id } = await service.stopRun(Number(context.req.param('run')));
    return context.redirect(`/runs/${id}`, 303);
  });

  return routes;
}

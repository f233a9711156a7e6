import { createHash } from 'node:crypto';
import { Hono } from 'hono';
import type { GradingService } from '../../app/grading-service.ts';
import { NotFoundError } from '../../core/errors.ts';
import { chapterReport } from '../../reports/html/chapter-report.ts';
import type { ChapterReport, MemberAnswers } from '../../reports/html/report-data.ts';
import { reportStyle } from '../../reports/html/style.ts';
import type { AppSettings } from '../settings.ts';
import { streamed } from '../streamed.ts';
import { attachmentHeader, exportOf } from './exports.ts';
import { gradingWords } from './grading-words.ts';
import { pageHtml } from './layout.ts';
import type { PageEnv } from './page-view.ts';
import { memberPage, scoreboardPage, wholeScoreboardPage } from './result-pages.ts';

/** The report is a page of its own, whose only style is the one inside it. */
const reportPolicy = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(reportStyle).digest('base64')}'`,
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

async function answersAt(place: number, { rows, answersOf }: ChapterReport): Promise<MemberAnswers> {
  const member = rows[place]?.member;
  const answers = member === undefined ? null : await answersOf(member);
  if (answers) return answers;
  throw new NotFoundError({ ko: gradingWords.ko.noMember, en: gradingWords.en.noMember });
}

/** The routes of the pages that show what was graded. */
export function resultRoutes(service: GradingService, { log }: AppSettings): Hono<PageEnv> {
  const routes = new Hono<PageEnv>();

  routes.get('/scoreboard', async (context) => {
    const view = context.get('view');
    const isGraded = (await service.chapters()).some((chapter) => chapter.isGraded);
    const scoreboard = isGraded ? await service.scoreboard([]) : null;
    return context.html(pageHtml(wholeScoreboardPage(scoreboard, view.language), view));
  });

  routes.get('/chapters/:id/scoreboard', async (context) => {
    const view = context.get('view');
    const report = await service.report(context.req.param('id'), { language: view.language });
    return context.html(pageHtml(scoreboardPage(report), view));
  });

  routes.get('/chapters/:id/members/:place{[1-9][0-9]{0,8}}', async (context) => {
    const view = context.get('view');
    const report = await service.report(context.req.param('id'), { language: view.language });
    const place = Number(context.req.param('place')) - 1;
    const answers = await answersAt(place, report);
    return context.html(pageHtml(memberPage(report, answers, place), view));
  });

  routes.get('/chapters/:id/report', async (context) => {
    const anonymous = context.req.query('anonymous') !== undefined;
    const { language } = context.get('view');
    const report = await service.report(context.req.param('id'), { anonymous, language });
    const headers = { 'Content-Type': 'text/html; charset=utf-8', 'Content-Security-Policy': reportPolicy };
    return context.body(await streamed(chapterReport(report), log), 200, headers);
  });

  routes.get('/chapters/:id/export/:name', async (context) => {
    const name = context.req.param('name');
    const { title, type, pieces } = await exportOf(service, context.req.param('id'), name);
    const headers = { 'Content-Type': type, 'Content-Disposition': attachmentHeader(title, name) };
    return context.body(await streamed(pieces, log), 200, headers);
  });

  return routes;
}

import { Hono } from 'hono';
import { getCookie, setCookie } from 'hono/cookie';
import type { GradeInFull, GradingService } from '../../app/grading-service.ts';
import type { HttpProblem } from '../problem.ts';
import type { AppSettings } from '../settings.ts';
import {
  type DecisionFields,
  DecisionProblem,
  decisionIn,
  freshDecision,
  sentDecision,
  takenBackBy,
} from './decision-form.ts';
import type { ShownProblem } from './decision-section.ts';
import { formProblem } from './error-page.ts';
import { fieldOf, sentForm } from './forms.ts';
import { gradePage } from './grade-page.ts';
import { pageHtml } from './layout.ts';
import { type PageContext, type PageEnv, rememberedCookie, reviewerCookie } from './page-view.ts';
import { chapterPath } from './parts.ts';
import { reviewNotice } from './review-notice.ts';
import { isOpen, reviewPage } from './review-page.ts';

const gradePath = '/grades/:grade{[1-9][0-9]{0,14}}';

/** A decision that could not be taken. */
interface Failed {
  problem: HttpProblem;
  shown: ShownProblem;
}

async function neighboursOf(service: GradingService, { chapter, grade }: GradeInFull) {
  const queue = await service.reviewQueue(chapter.id);
  const index = queue.findIndex(({ id }) => id === grade.id);
  const before = index < 0 ? undefined : queue[index - 1];
  return { previous: before?.id ?? null, next: queue[index + 1]?.id ?? null };
}

/** Where to go on after a decision: to the next grade that waits, or to the list where none does. */
async function pathAfter(service: GradingService, { chapter, grade }: GradeInFull): Promise<string> {
  const queue = await service.reviewQueue(chapter.id);
  const index = queue.findIndex(({ id }) => id === grade.id);
  const others = [...queue.slice(index + 1), ...queue.slice(0, Math.max(0, index))];
  const next = others.find((other) => isOpen(other));
  return next ? `/grades/${next.id}` : chapterPath(chapter.id, '/review');
}

/** The routes of the pages where a person decides. */
export function reviewRoutes(service: GradingService, settings: AppSettings): Hono<PageEnv> {
  const routes = new Hono<PageEnv>();

  function problemFor(error: unknown, { language }: PageContext['var']['view']): Failed {
    const problem = formProblem(error, settings);
    if (!(error instanceof DecisionProblem))
      return { problem, shown: { sentences: [problem.text[language]], fields: [] } };
    const sentences = error.sentences.map((sentence) => sentence[language]);
    return { problem, shown: { sentences, fields: error.fields } };
  }

  async function gradeReply(
    context: PageContext,
    full: GradeInFull,
    fields: DecisionFields,
    failed: Failed | null,
  ): Promise<Response> {
    const view = context.get('view');
    const notice = await reviewNotice(service, (name) => context.req.query(name), view.language);
    const decision = { grade: full.grade, criteria: full.criteria, fields, problem: failed?.shown ?? null };
    const data = { full, decision, notice, neighbours: await neighboursOf(service, full) };
    return context.html(pageHtml(gradePage(data, view.language), view), failed?.problem.status ?? 200);
  }

  routes.get('/chapters/:id/review', async (context) => {
    const view = context.get('view');
    const id = context.req.param('id');
    const queue = await service.reviewQueue(id);
    const chapters = await service.chapters();
    const title = chapters.find((chapter) => chapter.id === id)?.title ?? id;
    const notice = await reviewNotice(service, (name) => context.req.query(name), view.language);
    return context.html(pageHtml(reviewPage({ id, title }, queue, notice, view.language), view));
  });

  routes.get(gradePath, async (context) => {
    const id = Number(context.req.param('grade'));
    const full = await service.grade(id);
    if (full.grade.id !== id) return context.redirect(`/grades/${full.grade.id}`, 303);
    const fields = freshDecision(full.grade, full.criteria, getCookie(context, reviewerCookie) ?? '');
    return gradeReply(context, full, fields, null);
  });

  routes.post(`${gradePath}/review`, async (context) => {
    const id = Number(context.req.param('grade'));
    const full = await service.grade(id);
    const { criteria } = full;
    const form = await sentForm(context);
    const fields = sentDecision((name) => fieldOf(form, name), criteria);
    try {
      const { by, reason } = fields;
      const decision = decisionIn(fields, full.grade, criteria);
      const path = await pathAfter(service, full);
      await service.review(id, decision, { by, reason });
      setCookie(context, reviewerCookie, by, rememberedCookie);
      return context.redirect(`${path}?decided=${full.grade.id}`, 303);
    } catch (error) {
      return gradeReply(context, full, fields, problemFor(error, context.get('view')));
    }
  });

  routes.post(`${gradePath}/review/clear`, async (context) => {
    const id = Number(context.req.param('grade'));
    const full = await service.grade(id);
    const by = fieldOf(await sentForm(context), 'by');
    try {
      await service.clearReview(id, { by: takenBackBy(by), reason: '' });
      setCookie(context, reviewerCookie, by, rememberedCookie);
      return context.redirect(`/grades/${full.grade.id}?undone=1`, 303);
    } catch (error) {
      const fields = freshDecision(full.grade, full.criteria, by);
      return gradeReply(context, full, fields, problemFor(error, context.get('view')));
    }
  });

  routes.post(`${gradePath}/review/undo`, async (context) => {
    const form = await sentForm(context);
    const undone = { by: fieldOf(form, 'by'), at: fieldOf(form, 'at') };
    const { id, override } = await service.undoReview(Number(context.req.param('grade')), undone);
    return context.redirect(`/grades/${id}?${override === null ? 'undone' : 'restored'}=1`, 303);
  });

  return routes;
}

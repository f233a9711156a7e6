import type { GradingService } from '../../app/grading-service.ts';
import { NotFoundError } from '../../core/errors.ts';
import type { Language } from '../../core/localized.ts';
import { type Html, html } from '../../reports/html/html.ts';
import { outcomeLabel } from '../../reports/labels.ts';
import { reviewWords } from './review-words.ts';

async function decidedNotice(service: GradingService, id: number, language: Language): Promise<Html | null> {
  const own = reviewWords[language];
  const { grade } = await service.grade(id);
  if (grade.override === null) return null;
  const { by, at } = grade.override;
  const what = `${own.answerOf(grade.member, grade.question)}, ${outcomeLabel(grade, language)} (${by})`;
  return html`<div class="notice" role="status"><form method="post" action="/grades/${grade.id}/review/undo">
<input type="hidden" name="by" value="${by}"><input type="hidden" name="at" value="${at}">
<p>${own.done(what)} <button>${own.undo}</button></p></form></div>
`;
}

/**
 * What was decided or taken back a moment ago, by the address of the page that follows, with a way to undo it.
 * @param query finds a value of the page's address
 */
export async function reviewNotice(
  service: GradingService,
  query: (name: string) => string | undefined,
  language: Language,
): Promise<Html | null> {
  if (query('undone') !== undefined)
    return html`<p class="notice" role="status">${reviewWords[language].undone}</p>\n`;
  if (query('restored') !== undefined)
    return html`<p class="notice" role="status">${reviewWords[language].restored}</p>\n`;
  const decided = query('decided') ?? '';
  if (!/^[1-9]\d{0,14}$/u.test(decided)) return null;
  try {
    return await decidedNotice(service, Number(decided), language);
  } catch (error) {
    if (error instanceof NotFoundError) return null;
    throw error;
  }
}

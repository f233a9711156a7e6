import type { Grade } from '../core/grade.ts';
import type { Language, Localized } from '../core/localized.ts';
import { shorten, withoutEmphasis } from '../core/sentences.ts';
import type { Miss, StudyItem, StudyPoint } from '../core/study-list.ts';
import { judgeNotice } from './labels.ts';
import { inlineMarkdown } from './markdown.ts';

/** Characters of a question and of what a member lacks that the page shows, to keep it short. */
export const longestShown = 120;

/** A question for a heading: on one line, cut, without marks for bold. */
export function questionTitle(text: string): string {
  return shorten(withoutEmphasis(text), longestShown);
}

/** A member with the level reached, and whether the revised answer has what was missing. */
export function missLabel(miss: Miss, language: Language): string {
  return `${miss.member}: ${missText(miss, language)}`;
}

function missText({ level, mended }: Miss, language: Language): string {
  const ko = language === 'ko';
  const how = level ?? (ko ? '답하지 않음' : 'not attempted');
  const after = mended ? (ko ? ', 고쳐 쓴 답에서 채움' : ', there after revision') : '';
  return how + after;
}

function pointMarkdown({ text, missedBy }: StudyPoint, outOf: number, language: Language): string[] {
  const label = (miss: Miss) => inlineMarkdown(missLabel(miss, language));
  if (text !== null)
    return [`- ${inlineMarkdown(text)} (${missedBy.length}/${outOf}, ${missedBy.map(label).join('; ')})`];
  return missedBy.flatMap((miss) => [
    `- ${label(miss)}`,
    ...(miss.lacks ?? []).map((lack) => `    - ${inlineMarkdown(shorten(lack, longestShown))}`),
  ]);
}

/** What the list is called. */
export const studyTitle: Localized = { ko: '함께 다시 볼 것', en: 'To read again together' };

/** How to read the list, or that there is nothing on it. */
export function studyIntro(items: readonly StudyItem[], language: Language): string {
  const ko = language === 'ko';
  const points = items.flatMap((item) => item.points);
  const lacks = points.flatMap((point) => point.missedBy.flatMap((miss) => miss.lacks ?? []));
  const intro = ko
    ? '모임이 가장 많이 놓친 질문부터, 놓친 핵심 내용과 놓친 사람(놓친 수/답을 맡은 수)을 적었습니다.'
    : 'The question missed most comes first, with the key points missed and who missed them (missed / asked).';
  const whole = ko
    ? '핵심 내용을 정하지 않은 질문에는 멤버마다 모범답안을 얼마나 담았는지와, 빠졌거나 일부만 보이는 것을 적었습니다.'
    : 'Where a question has no key points, each member is listed with how much of the model answer is there and what is missing or there in part.';
  const quoted = ko
    ? '따옴표 안은 모범답안의 한 부분입니다.'
    : 'What is quoted is a part of the model answer.';
  const intros = [
    ...(points.some((point) => point.text !== null) ? [intro] : []),
    ...(points.some((point) => point.text === null) ? [whole] : []),
    ...(lacks.length > 0 && lacks.every((lack) => lack.endsWith('”')) ? [quoted] : []),
  ];
  const none = ko ? '놓친 핵심 내용이 없습니다.' : 'Nothing was missed.';
  return items.length > 0 ? intros.join(' ') : none;
}

/** The group study list as a Markdown page: questions most missed first, each with what was missed. */
export function studyListMarkdown(
  title: string,
  items: readonly StudyItem[],
  grades: readonly Pick<Grade, 'judge'>[],
  language: Language,
): string {
  const sections = items.flatMap((item) => [
    `## ${item.question}. ${inlineMarkdown(questionTitle(item.questionText))}`,
    '',
    ...item.points.flatMap((point) => pointMarkdown(point, item.outOf, language)),
    '',
  ]);
  const head = `# ${inlineMarkdown(`${studyTitle[language]}: ${title}`)}`;
  const notices = judgeNotice(grades, language).flatMap((notice) => [`> ${inlineMarkdown(notice)}`, '']);
  return [head, '', ...notices, studyIntro(items, language), '', ...sections].join('\n');
}

/** What was missed in a question, on one line: key points, else what members lack, else who lacks something. */
function itemText({ points }: StudyItem, language: Language): string {
  const missedBy = points.flatMap((point) => point.missedBy);
  const texts = points.flatMap((point) => point.text ?? []);
  const lacks = [...new Set(missedBy.flatMap((miss) => miss.lacks ?? []))];
  const [first, ...rest] = texts.length > 0 ? texts : lacks;
  // The question's number stands in front, with a colon of its own.
  if (first === undefined)
    return missedBy.map((miss) => `${miss.member} (${missText(miss, language)})`).join(', ');
  const more =
    rest.length === 0 ? '' : language === 'ko' ? ` 외 ${rest.length}개` : ` and ${rest.length} more`;
  return `${shorten(first, longestShown)}${more}`;
}

/** The head of the list for the terminal; empty when nothing was missed. */
export function studyListText(items: readonly StudyItem[], most: number, language: Language): string {
  if (items.length === 0) return '';
  const ko = language === 'ko';
  // "4." would look like a list that begins at 4.
  const lines = items
    .slice(0, most)
    .map(
      (item) => `  ${ko ? `${item.question}번` : `question ${item.question}`}: ${itemText(item, language)}`,
    );
  const left = items.length - most;
  if (left > 0)
    lines.push(ko ? `  … 질문 ${left}개 더` : `  … and ${left} more question${left === 1 ? '' : 's'}`);
  return [
    ko ? '함께 다시 볼 것 (가장 많이 놓친 질문부터)' : 'To read again together (most missed first)',
    ...lines,
    '',
  ].join('\n');
}

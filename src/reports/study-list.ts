import type { Language } from '../core/localized.ts';
import type { Miss, StudyItem } from '../core/study-list.ts';
import { inlineMarkdown } from './markdown.ts';

function missLabel({ member, level, mended }: Miss, language: Language): string {
  const ko = language === 'ko';
  const how = level ?? (ko ? '답하지 않음' : 'not attempted');
  const after = mended ? (ko ? ', 고쳐 쓴 답에서 채움' : ', there after revision') : '';
  return `${inlineMarkdown(member)}: ${how}${after}`;
}

/** The group study list as a Markdown page: questions most missed first, each with the key points missed. */
export function studyListMarkdown(title: string, items: readonly StudyItem[], language: Language): string {
  const ko = language === 'ko';
  const intro = ko
    ? '모임이 가장 많이 놓친 질문부터, 놓친 핵심 내용과 놓친 사람(놓친 수/답을 맡은 수)을 적었습니다.'
    : 'The question missed most comes first, with the key points missed and who missed them (missed / asked).';
  const none = ko ? '놓친 핵심 내용이 없습니다.' : 'Nothing was missed.';
  const sections = items.flatMap((item) => [
    `## ${item.question}. ${inlineMarkdown(item.questionText)}`,
    '',
    ...item.points.map((point) => {
      const who = point.missedBy.map((miss) => missLabel(miss, language)).join('; ');
      return `- ${inlineMarkdown(point.text)} (${point.missedBy.length}/${item.outOf}, ${who})`;
    }),
    '',
  ]);
  const head = ko ? `# 함께 다시 볼 것: ${title}` : `# To read again together: ${title}`;
  return [head, '', items.length > 0 ? intro : none, '', ...sections].join('\n');
}

/** The head of the list for the terminal; empty when nothing was missed. */
export function studyListText(items: readonly StudyItem[], most: number, language: Language): string {
  if (items.length === 0) return '';
  const ko = language === 'ko';
  const lines = items.slice(0, most).map((item) => {
    const [point] = item.points;
    const rest = item.points.length - 1;
    const more = rest > 0 ? (ko ? ` 외 ${rest}개` : ` and ${rest} more`) : '';
    return `  ${item.question}. ${point?.text ?? ''}${more}`;
  });
  const left = items.length - most;
  if (left > 0) lines.push(ko ? `  … 질문 ${left}개 더` : `  … and ${left} more questions`);
  return [
    ko ? '함께 다시 볼 것 (가장 많이 놓친 질문부터)' : 'To read again together (most missed first)',
    ...lines,
    '',
  ].join('\n');
}

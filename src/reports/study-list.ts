import type { Language } from '../core/localized.ts';
import type { StudyItem } from '../core/study-list.ts';

function missedBy(item: StudyItem, language: Language): string {
  const open = language === 'ko' ? '답하지 않음' : 'not attempted';
  return item.missedBy.map(({ member, level }) => `${member} (${level ?? open})`).join(', ');
}

function share(item: StudyItem): string {
  return `${item.missedBy.length}/${item.outOf}`;
}

/** The group study list as a Markdown page. */
export function studyListMarkdown(title: string, items: readonly StudyItem[], language: Language): string {
  const ko = language === 'ko';
  const intro = ko
    ? '모임이 가장 많이 놓친 핵심 내용부터 적었습니다. 숫자는 놓친 사람/답을 맡은 사람입니다.'
    : 'What the group missed most comes first. The figures are members who missed it / members who were asked.';
  const none = ko ? '놓친 핵심 내용이 없습니다.' : 'Nothing was missed.';
  const lines = items.map(
    (item) =>
      `${item.missing === 1 ? '- **' : '- '}${item.criterion}${item.missing === 1 ? '**' : ''} (${ko ? `${item.question}번` : `question ${item.question}`}, ${share(item)}: ${missedBy(item, language)})`,
  );
  return [
    ko ? `# 함께 다시 볼 것: ${title}` : `# To read again together: ${title}`,
    '',
    items.length > 0 ? intro : none,
    '',
    ...lines,
    '',
  ].join('\n');
}

/** The first items of the list for the terminal; empty when nothing was missed. */
export function studyListText(items: readonly StudyItem[], most: number, language: Language): string {
  if (items.length === 0) return '';
  const head =
    language === 'ko'
      ? '함께 다시 볼 것 (가장 많이 놓친 내용부터)'
      : 'To read again together (most missed first)';
  const lines = items.slice(0, most).map((item) => `  ${item.question}. ${item.criterion} (${share(item)})`);
  const rest = items.length - most;
  const more = rest > 0 ? [language === 'ko' ? `  … 외 ${rest}개` : `  … and ${rest} more`] : [];
  return [head, ...lines, ...more, ''].join('\n');
}

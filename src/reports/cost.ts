import { addUsage, type Grade, noUsage, type Usage } from '../core/grade.ts';
import type { Language } from '../core/localized.ts';
import { inlineMarkdown } from './markdown.ts';
import { markdownTable } from './table.ts';

function row(name: string, { inputTokens, cachedInputTokens, outputTokens, costUsd }: Usage): string[] {
  const cost = costUsd === null ? '?' : `$${costUsd.toFixed(4)}`;
  return [inlineMarkdown(name), String(inputTokens), String(cachedInputTokens), String(outputTokens), cost];
}

function sumOf(grades: readonly Grade[]): Usage {
  return grades.reduce((sum, grade) => addUsage(sum, grade.usage), noUsage);
}

function table(head: string, groups: Map<string, Grade[]>, language: Language): string {
  const ko = language === 'ko';
  const names = ko
    ? [head, '입력 토큰', '그중 캐시', '출력 토큰', '비용']
    : [head, 'input tokens', 'of these cached', 'output tokens', 'cost'];
  const rows = [...groups].map(([name, grades]) => row(name, sumOf(grades)));
  return markdownTable(names, rows, ['left', 'right', 'right', 'right', 'right']);
}

/** Whether a model took tokens for any of these grades. */
export function hasCost(grades: readonly Grade[]): boolean {
  return grades.some(({ usage }) => usage.inputTokens + usage.outputTokens > 0);
}

/** What the grades of a chapter took, whenever they were paid for: by member, by question and in all. */
export function costMarkdown(title: string, grades: readonly Grade[], language: Language): string {
  const ko = language === 'ko';
  const byMember = Map.groupBy(grades, (grade) => grade.member);
  const byQuestion = Map.groupBy(
    grades.toSorted((a, b) => a.question - b.question),
    (grade) => String(grade.question),
  );
  const all = new Map([[ko ? '모두' : 'all', [...grades]]]);
  return [
    `# ${inlineMarkdown(ko ? `든 비용: ${title}` : `What it took: ${title}`)}`,
    '',
    ko
      ? '지금 남아 있는 점수를 매기는 데 든 토큰과 비용입니다(정가 기준, 배치로 받은 응답은 그 절반). 저장된 응답을 다시 쓴 것은 처음 낸 비용입니다.'
      : 'Tokens and cost (list prices, half of them for replies from a batch) of the grades that stand now; a kept reply counts with what it cost at first.',
    '',
    table('', all, language),
    '',
    table(ko ? '멤버' : 'member', byMember, language),
    '',
    table(ko ? '질문' : 'question', byQuestion, language),
    '',
  ].join('\n');
}

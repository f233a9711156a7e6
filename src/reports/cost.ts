import { addUsage, type Grade, noUsage, type Usage } from '../core/grade.ts';
import type { Language } from '../core/localized.ts';
import { inlineMarkdown } from './markdown.ts';
import { markdownTable } from './table.ts';

function row(name: string, { inputTokens, cachedInputTokens, outputTokens, costUsd }: Usage): string[] {
  const cost = costUsd === null ? '?' : `$${costUsd.toFixed(4)}`;
  return [inlineMarkdown(name), String(inputTokens), String(cachedInputTokens), String(outputTokens), cost];
}

type Usages = ReadonlyMap<string, Usage>;

function table(head: string, usages: Usages, language: Language): string {
  const ko = language === 'ko';
  const names = ko
    ? [head, '입력 토큰', '그중 캐시', '출력 토큰', '비용']
    : [head, 'input tokens', 'of these cached', 'output tokens', 'cost'];
  const rows = [...usages].map(([name, usage]) => row(name, usage));
  return markdownTable(names, rows, ['left', 'right', 'right', 'right', 'right']);
}

/** What grades took, whenever they were paid for. */
export interface Costs {
  all: Usage;
  byMember: Usages;
  byQuestion: ReadonlyMap<number, Usage>;
}

/**
 * Adds up what grades took, in all, by member and by question. Equal answers to a question share a reply, which
 * counts once, for the first of them.
 */
export async function costsOf(grades: Iterable<Grade> | AsyncIterable<Grade>): Promise<Costs> {
  let all = noUsage;
  const counted = new Set<string>();
  const byMember = new Map<string, Usage>();
  const byQuestion = new Map<number, Usage>();
  for await (const { member, question, answerHash, judge, usage } of grades) {
    const reply = JSON.stringify([question, answerHash, judge.models]);
    if (counted.has(reply)) continue;
    counted.add(reply);
    all = addUsage(all, usage);
    byMember.set(member, addUsage(byMember.get(member) ?? noUsage, usage));
    byQuestion.set(question, addUsage(byQuestion.get(question) ?? noUsage, usage));
  }
  return { all, byMember, byQuestion };
}

/** Whether a model took tokens for any of the grades. */
export function hasCost({ all }: Costs): boolean {
  return all.inputTokens + all.outputTokens > 0;
}

/** What the grades of a chapter took: by member, by question and in all. */
export function costMarkdown(title: string, costs: Costs, language: Language): string {
  const ko = language === 'ko';
  const byQuestion = [...costs.byQuestion].sort(([a], [b]) => a - b);
  return [
    `# ${inlineMarkdown(ko ? `든 비용: ${title}` : `What it took: ${title}`)}`,
    '',
    ko
      ? '지금 남아 있는 점수를 매기는 데 든 토큰과 비용입니다(정가 기준, 배치로 받은 응답은 그 절반). 저장된 응답을 다시 쓴 것은 처음 낸 비용이고, 같은 답은 한 번만 묻고 한 번만 셉니다.'
      : 'Tokens and cost (list prices, half of them for replies from a batch) of the grades that stand now; a kept reply counts with what it cost at first, and equal answers share one.',
    '',
    table('', new Map([[ko ? '모두' : 'all', costs.all]]), language),
    '',
    table(ko ? '멤버' : 'member', costs.byMember, language),
    '',
    table(ko ? '질문' : 'question', new Map(byQuestion.map(([no, usage]) => [String(no), usage])), language),
    '',
  ].join('\n');
}

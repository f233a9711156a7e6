import type { ChangeCause } from '../core/changes.ts';
import type { Estimate, EstimatedRequest, Remake } from '../core/estimate.ts';
import type { Language } from '../core/localized.ts';
import { attemptLabel, causesLabel } from './labels.ts';
import { terminalTable } from './table.ts';

function dollars(value: number): string {
  return `$${value < 0.01 ? value.toFixed(5) : value.toFixed(3)}`;
}

/** The requests for one attempt together. */
interface AttemptRequests extends Remake {
  toSend: number;
  inputTokens: number;
}

function byAttempt(requests: readonly EstimatedRequest[]): AttemptRequests[] {
  const attempts = new Map<string, AttemptRequests>();
  for (const { member, question, attempt, stored, inputTokens, causes } of requests) {
    const key = JSON.stringify([member, question, attempt]);
    const sum = attempts.get(key) ?? { member, question, attempt, causes, toSend: 0, inputTokens: 0 };
    if (!stored) {
      sum.toSend += 1;
      sum.inputTokens += inputTokens;
    }
    attempts.set(key, sum);
  }
  return [...attempts.values()];
}

function whyLabel(toSend: number, causes: readonly ChangeCause[], language: Language): string {
  if (toSend === 0) return language === 'ko' ? '저장된 응답 사용 (무료)' : 'kept reply, nothing sent';
  return causesLabel(causes, language);
}

/** What a run would cost, in one sentence. */
export function costText({ models, costUsd, mostCostUsd }: Estimate, language: Language): string {
  const ko = language === 'ko';
  if (costUsd === null || mostCostUsd === null) {
    const names = models.map((model) => `"${model}"`).join(', ');
    return ko
      ? `${names}의 가격을 몰라 비용은 알 수 없습니다.`
      : `The price of ${names} is not known, so the cost cannot be told.`;
  }
  return ko
    ? `예상 비용 약 ${dollars(costUsd)}, 최대 ${dollars(mostCostUsd)} (재요청 제외, 정가 기준)`
    : `Estimated cost ${dollars(costUsd)}, at most ${dollars(mostCostUsd)} (list prices, without repeated requests)`;
}

/** Whose grade would be made again, without a model. */
export function remakesText(title: string, remakes: readonly Remake[], language: Language): string {
  const ko = language === 'ko';
  const head = ko
    ? ['멤버', '질문', '답', '다시 채점하는 이유']
    : ['member', 'question', 'attempt', 'graded again for'];
  const changed = remakes.filter((remake) => remake.causes.length > 0);
  const rows = changed.map(({ member, question, attempt, causes }) => [
    member,
    String(question),
    attemptLabel(attempt, language),
    causesLabel(causes, language),
  ]);
  const same = remakes.length - changed.length;
  return [
    ko ? `${title}: 다시 채점할 답 미리 보기` : `${title}: what would be graded again`,
    '',
    ...(rows.length > 0 ? [terminalTable(head, rows, ['left', 'right', 'left', 'left']), ''] : []),
    ko ? `바뀐 것 ${changed.length}개, 그대로 ${same}개` : `${changed.length} changed, ${same} as before`,
    '',
  ].join('\n');
}

/** Answers that the table shows; of a course nobody reads more. */
const mostRows = 300;

/** What a run would send and cost, with one request word for word. */
export function estimateText(
  title: string,
  report: Estimate,
  baseUrls: readonly string[],
  language: Language,
): string {
  const ko = language === 'ko';
  const head = ko
    ? ['멤버', '질문', '답', '요청', '입력 토큰', '이유']
    : ['member', 'question', 'attempt', 'requests', 'input tokens', 'why'];
  const rows = byAttempt(report.requests).map(
    ({ member, question, attempt, toSend, inputTokens, causes }) => [
      member,
      String(question),
      attemptLabel(attempt, language),
      String(toSend),
      String(inputTokens),
      whyLabel(toSend, causes, language),
    ],
  );
  const settledRows = report.settledRemakes.map(({ member, question, attempt, causes }) => [
    member,
    String(question),
    attemptLabel(attempt, language),
    '0',
    '0',
    causesLabel(causes, language),
  ]);
  const all = [...rows, ...settledRows];
  const shown = all.slice(0, mostRows);
  const left = all.length - shown.length;
  const kept = report.requests.length - report.toSend;
  const models = report.models.join(', ');
  const addresses = [...new Set(baseUrls)].join(', ');
  const example = report.requests.find((request) => !request.stored) ?? report.requests[0];
  return [
    ko
      ? `${title}: 보낼 요청 미리 보기 (아무것도 보내지 않음)`
      : `${title}: what would be sent (nothing is sent)`,
    '',
    terminalTable(head, shown, ['left', 'right', 'left', 'right', 'right', 'left']),
    ...(left > 0 ? [ko ? `… 답 ${left}개 더 (--json)` : `… and ${left} more (--json)`] : []),
    '',
    ko
      ? `${addresses}의 ${models}: 요청 ${report.toSend}개, 저장된 응답 ${kept}개, 모델 없이 처리한 답 ${report.settled}개`
      : `${models} at ${addresses}: ${report.toSend} requests, ${kept} kept replies, ${report.settled} settled by code`,
    ko
      ? `입력 토큰 ${report.inputTokens}개, 출력 토큰 약 ${report.outputTokens}개`
      : `${report.inputTokens} input tokens, about ${report.outputTokens} output tokens`,
    costText(report, language),
    '',
    ...(example
      ? [
          ko ? '요청 하나의 전문(--json은 모두):' : 'One request, word for word (--json shows all):',
          ...example.messages.flatMap((message) => ['', `--- ${message.role} ---`, message.content]),
          '',
        ]
      : []),
  ].join('\n');
}

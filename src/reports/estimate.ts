import type { Estimate } from '../core/estimate.ts';
import type { Language } from '../core/localized.ts';
import { attemptLabel } from './labels.ts';
import { terminalTable } from './table.ts';

function dollars(value: number): string {
  return `$${value < 0.01 ? value.toFixed(5) : value.toFixed(3)}`;
}

/** What a run would send and cost, with one request word for word. */
export function estimateText(title: string, report: Estimate, baseUrl: string, language: Language): string {
  const ko = language === 'ko';
  const head = ko
    ? ['멤버', '질문', '답', '입력 토큰', '']
    : ['member', 'question', 'attempt', 'input tokens', ''];
  const rows = report.requests.map((request) => [
    request.member,
    String(request.question),
    attemptLabel(request.attempt, language),
    String(request.inputTokens),
    request.stored ? (ko ? '저장된 응답 사용 (무료)' : 'kept reply, nothing sent') : '',
  ]);
  const cost =
    report.costUsd === null || report.mostCostUsd === null
      ? ko
        ? `"${report.model}"의 가격을 몰라 비용은 알 수 없습니다.`
        : `The price of "${report.model}" is not known, so the cost cannot be told.`
      : ko
        ? `예상 비용 약 ${dollars(report.costUsd)}, 최대 ${dollars(report.mostCostUsd)} (재요청 제외, 정가 기준)`
        : `Estimated cost ${dollars(report.costUsd)}, at most ${dollars(report.mostCostUsd)} (list prices, without repeated requests)`;
  const example = report.requests.find((request) => !request.stored) ?? report.requests[0];
  return [
    ko
      ? `${title}: 보낼 요청 미리 보기 (아무것도 보내지 않음)`
      : `${title}: what would be sent (nothing is sent)`,
    '',
    terminalTable(head, rows, ['left', 'right', 'left', 'right', 'left']),
    '',
    ko
      ? `${baseUrl}의 ${report.model}: 요청 ${report.toSend}개, 저장된 응답 ${report.requests.length - report.toSend}개, 모델 없이 처리한 답 ${report.settled}개`
      : `${report.model} at ${baseUrl}: ${report.toSend} requests, ${report.requests.length - report.toSend} kept replies, ${report.settled} settled by code`,
    ko
      ? `입력 토큰 ${report.inputTokens}개, 출력 토큰 약 ${report.outputTokens}개`
      : `${report.inputTokens} input tokens, about ${report.outputTokens} output tokens`,
    cost,
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

import type { Estimate, EstimatedRequest } from '../core/estimate.ts';
import type { ReplyStore } from '../judge/chat-model.ts';
import { maxOutputTokens } from '../judge/llm-judge.ts';
import type { PriceList, TokenCounter } from '../judge/pricing.ts';
import { buildRequest } from '../judge/prompt.ts';
import { requestKey } from '../judge/request-key.ts';
import type { PlannedAttempt } from './plan.ts';

/** Tokens of a usual verdict: a quote, a sentence and a level for each criterion, and the feedback. */
const outputTokensPerCriterion = 120;
const outputTokensForFeedback = 300;

/** Estimates a run of a language model over planned attempts. Sends nothing. */
export function estimateRun(
  planned: readonly PlannedAttempt[],
  model: string,
  replies: Pick<ReplyStore, 'findReply'>,
  prices: PriceList,
  countTokens: TokenCounter,
  fresh: boolean,
): Estimate {
  const toJudge = planned.filter((attempt) => attempt.triage.decision === 'judge');
  const requests = toJudge.map((attempt): EstimatedRequest & { outputTokens: number } => {
    const request = buildRequest(attempt.material, model, 0, maxOutputTokens);
    const sent =
      request.messages.map((message) => message.content).join('\n') + JSON.stringify(request.schema);
    return {
      member: attempt.member,
      question: attempt.question,
      attempt: attempt.attempt,
      stored: !fresh && replies.findReply(requestKey(request)) !== null,
      inputTokens: countTokens(sent),
      messages: request.messages,
      outputTokens: outputTokensForFeedback + outputTokensPerCriterion * attempt.material.criteria.length,
    };
  });
  const toSend = requests.filter((request) => !request.stored);
  const inputTokens = toSend.reduce((sum, request) => sum + request.inputTokens, 0);
  const outputTokens = toSend.reduce((sum, request) => sum + request.outputTokens, 0);
  const cost = (output: number) =>
    toSend.length === 0
      ? 0
      : prices.costOf(model, { inputTokens, cachedInputTokens: 0, outputTokens: output });
  return {
    model,
    settled: planned.length - toJudge.length,
    requests: requests.map(({ outputTokens: _, ...request }) => request),
    toSend: toSend.length,
    inputTokens,
    outputTokens,
    costUsd: cost(outputTokens),
    mostCostUsd: cost(toSend.length * maxOutputTokens),
  };
}

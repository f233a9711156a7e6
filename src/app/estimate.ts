import type { ReplyStore } from '../judge/chat-model.ts';
import { maxOutputTokens } from '../judge/llm-judge.ts';
import type { PriceList, TokenCounter } from '../judge/pricing.ts';
import { buildRequest } from '../judge/prompt.ts';
import { requestKey } from '../judge/request-key.ts';
import type { PlannedAttempt } from './plan.ts';

/** One request that a run would send. */
export interface EstimatedRequest {
  member: string;
  question: number;
  attempt: string;
  /** A kept reply answers it, so nothing is sent. */
  stored: boolean;
  inputTokens: number;
  messages: { role: string; content: string }[];
}

/** What a run would send and cost, before anything is sent. */
export interface Estimate {
  model: string;
  /** Attempts that code settles without a request. */
  settled: number;
  requests: EstimatedRequest[];
  /** Requests that would really be sent. */
  toSend: number;
  inputTokens: number;
  /** What verdicts of this form usually take; models that think at length take more. */
  outputTokens: number;
  /** US dollars; null when the model's price is not known. */
  costUsd: number | null;
  /** The cost if every reply took all the room it is given. */
  mostCostUsd: number | null;
}

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
    prices.costOf(model, { inputTokens, cachedInputTokens: 0, outputTokens: output });
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

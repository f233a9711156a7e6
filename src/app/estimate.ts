import { type AttemptMap, byAttempt } from '../core/attempt-map.ts';
import { type ChangeCause, causesBetween } from '../core/changes.ts';
import type { Estimate, EstimatedRequest, Remake } from '../core/estimate.ts';
import type { JudgeRecord } from '../core/grade.ts';
import type { GradeSummary } from '../core/grade-summary.ts';
import { remembered } from '../core/remembered.ts';
import type { ChatRequest, ReplyStore } from '../judge/chat-model.ts';
import { maxOutputTokens } from '../judge/llm-judge.ts';
import { baselineVersion } from '../judge/offline-judge.ts';
import type { PriceList, TokenCounter } from '../judge/pricing.ts';
import { buildRequest, promptVersion } from '../judge/prompt.ts';
import { requestKey } from '../judge/request-key.ts';
import type { PlannedAttempt } from './plan.ts';

/** Tokens of a usual verdict: a quote, a sentence and a level for each criterion, and the feedback. */
const outputTokensPerCriterion = 120;
const outputTokensForFeedback = 300;

/** A model that a run would ask. */
export interface AskedModel {
  model: string;
  prices: PriceList;
  /** Its address, where the user tells several apart. */
  endpoint: string | undefined;
}

/** What a run depends on besides the chapter. */
export interface EstimateContext {
  models: readonly AskedModel[];
  /** How often each model is asked. */
  samples: number;
  replies: Pick<ReplyStore, 'findReply'>;
  countTokens: TokenCounter;
  fresh: boolean;
  /** The last grade of each attempt. */
  earlier: readonly GradeSummary[];
}

/** Who would judge, as far as it tells whether a grade would be the same. */
type AskedJudge = Pick<JudgeRecord, 'kind' | 'asked' | 'samples' | 'promptVersion'>;

interface CountedRequest extends EstimatedRequest {
  outputTokens: number;
  prices: PriceList;
}

/** Why an attempt would be graded again, by what its last grade rests on. */
function remakeCauses(
  attempt: PlannedAttempt,
  earlier: AttemptMap<GradeSummary>,
  judge: AskedJudge,
): ChangeCause[] {
  const last = earlier.get(attempt);
  return last ? causesBetween(last, { ...attempt, judge }) : ['new'];
}

function remakesOf(
  planned: readonly PlannedAttempt[],
  earlier: AttemptMap<GradeSummary>,
  judge: AskedJudge,
): Remake[] {
  return planned.map((attempt) => ({
    member: attempt.member,
    question: attempt.question,
    attempt: attempt.attempt,
    causes: remakeCauses(attempt, earlier, judge),
  }));
}

/** What the baseline would grade again, and why. */
export function offlineRemakes(
  planned: readonly PlannedAttempt[],
  earlier: readonly GradeSummary[],
): Remake[] {
  const judge = { kind: 'offline' as const, asked: [], samples: 1, promptVersion: baselineVersion };
  return remakesOf(planned, byAttempt(earlier), judge);
}

function judgeOf({ models, samples }: EstimateContext): AskedJudge {
  const asked = [...new Set(models.map((item) => item.model))];
  return { kind: 'llm', asked, samples, promptVersion };
}

/** What is the same over all requests of an estimate. */
interface Counting {
  /** Identities of the requests so far: equal answers to a question share a reply. */
  sent: Set<string>;
  tokensOf: (request: ChatRequest) => number;
}

/** Counts tokens; what all answers to a question have in common is counted once. */
function tokenCounting(countTokens: TokenCounter): Counting['tokensOf'] {
  const countOnce = remembered(countTokens);
  return ({ messages, schema }) => {
    const own = messages.at(-1)?.content ?? '';
    const before = messages.slice(0, -1).map(({ content }) => `${content}\n`);
    return countOnce(before.join('')) + countTokens(own) + countOnce(JSON.stringify(schema));
  };
}

async function requestsFor(
  attempt: PlannedAttempt,
  earlier: AttemptMap<GradeSummary>,
  context: EstimateContext,
  { sent, tokensOf }: Counting,
): Promise<CountedRequest[]> {
  const { models, samples, replies, fresh } = context;
  const causes = remakeCauses(attempt, earlier, judgeOf(context));
  const requests: CountedRequest[] = [];
  for (const { model, prices, endpoint } of models) {
    for (let sample = 0; sample < samples; sample += 1) {
      const varied = samples > 1;
      const own = { sample, varied, endpoint, maxOutputTokens };
      const request = buildRequest(attempt.material, model, own);
      const key = requestKey(request);
      const isShared = sent.has(key);
      sent.add(key);
      requests.push({
        member: attempt.member,
        question: attempt.question,
        attempt: attempt.attempt,
        model,
        stored: isShared || (!fresh && (await replies.findReply(key)) !== null),
        causes,
        inputTokens: tokensOf(request),
        messages: request.messages,
        outputTokens: outputTokensForFeedback + outputTokensPerCriterion * attempt.material.criteria.length,
        prices,
      });
    }
  }
  return requests;
}

/** The cost of requests at list prices; null when a price is not known. */
function costOf(
  requests: readonly CountedRequest[],
  outputOf: (request: CountedRequest) => number,
): number | null {
  let total = 0;
  for (const request of requests) {
    const usage = {
      inputTokens: request.inputTokens,
      cachedInputTokens: 0,
      outputTokens: outputOf(request),
    };
    const cost = request.prices.costOf(request.model, usage);
    if (cost === null) return null;
    total += cost;
  }
  return total;
}

/** Estimates a run of language models over planned attempts. Sends nothing. */
export async function estimateRun(
  planned: readonly PlannedAttempt[],
  context: EstimateContext,
): Promise<Estimate> {
  const toJudge = planned.filter((attempt) => attempt.triage.decision === 'judge');
  const settled = planned.filter((attempt) => attempt.triage.decision !== 'judge');
  const earlier = byAttempt(context.earlier);
  const counting: Counting = { sent: new Set(), tokensOf: tokenCounting(context.countTokens) };
  const requests: CountedRequest[] = [];
  for (const attempt of toJudge) requests.push(...(await requestsFor(attempt, earlier, context, counting)));
  const toSend = requests.filter((request) => !request.stored);
  const sum = (pick: (request: CountedRequest) => number) =>
    toSend.reduce((total, request) => total + pick(request), 0);
  return {
    models: [...new Set(context.models.map((item) => item.model))],
    settled: settled.length,
    settledRemakes: remakesOf(settled, earlier, judgeOf(context)).filter(({ causes }) =>
      causes.some((cause) => cause !== 'new'),
    ),
    requests: requests.map(({ outputTokens: _, prices: __, ...request }) => request),
    toSend: toSend.length,
    inputTokens: sum((request) => request.inputTokens),
    outputTokens: sum((request) => request.outputTokens),
    costUsd: costOf(toSend, (request) => request.outputTokens),
    mostCostUsd: costOf(toSend, () => maxOutputTokens),
  };
}

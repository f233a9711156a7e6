import type { AttemptKind } from './chapter.ts';
import type { Localized } from './localized.ts';
import type { Feedback } from './verdict.ts';

/** Why an answer has no grade. None of these is ever turned into a mark. */
export type UngradedReason =
  | 'not_gradable'
  | 'no_reference'
  | 'awaiting_review'
  | 'truncated'
  | 'refused'
  | 'filtered'
  | 'malformed_reply'
  | 'request_failed'
  | 'awaiting_reply'
  | 'stopped';

export interface ScoredCriterion {
  id: string;
  name: string;
  level: string;
  levelName: string;
  points: number;
  maxPoints: number;
  reason: string;
  evidence: string[];
  /** Every quote stands in the answer. */
  evidenceVerified: boolean;
}

/** What produced a grade. `triage` is code that needed no judge (blank, "don't know", declared copy). */
export interface JudgeRecord {
  kind: 'llm' | 'offline' | 'triage';
  /** The models as their replies name them. */
  models: string[];
  /** The models asked for. */
  asked: string[];
  /** How often each model was asked. */
  samples: number;
  promptVersion: string;
  rubricHash: string;
}

/** One of several opinions behind a grade. */
export interface Opinion {
  /** The model as its reply names it. */
  model: string;
  sample: number;
  /** 0 to 100; null when it gave no verdict. */
  score: number | null;
  /** Level by criterion. */
  levels: Record<string, string>;
}

/** What has changed since a grade or an override was made. */
export type StaleReason = 'answer' | 'model_answer' | 'rubric';

/** A person's decision that stands in place of the machine's. */
export interface Override {
  score: number;
  /** Levels that the person chose; empty when only a score was given. */
  levels: Record<string, string>;
  reason: string;
  by: string;
  at: string;
  /** What changed since; the override stands, but should be looked at again. */
  stale: StaleReason[];
  /** What the machine says now. */
  machine: Pick<Grade, 'state' | 'score' | 'criteria' | 'keyPoints'>;
}

export interface Usage {
  /** Requests sent during this run; stored replies cost none. */
  requests: number;
  inputTokens: number;
  cachedInputTokens: number;
  outputTokens: number;
  /** US dollars; null when the model's price is not known. */
  costUsd: number | null;
}

export const noUsage: Usage = {
  requests: 0,
  inputTokens: 0,
  cachedInputTokens: 0,
  outputTokens: 0,
  costUsd: 0,
};

/** The grade of one attempt. */
export interface Grade {
  chapter: string;
  member: string;
  question: number;
  attempt: AttemptKind;
  state: 'graded' | 'ungraded' | 'not_attempted';
  /** 0 to 100; null when ungraded. Not attempted is 0. */
  score: number | null;
  ungradedReason: UngradedReason | null;
  /** What the endpoint said, where the reason is a failed request. */
  ungradedDetail: string | null;
  /** General criteria, and coverage where the question has no key points. */
  criteria: ScoredCriterion[];
  keyPoints: ScoredCriterion[];
  feedback: Feedback | null;
  flags: string[];
  needsReview: boolean;
  reviewReasons: string[];
  /** Members whose answer to the question is nearly the same. A hint for the leader, never shown to members. */
  similarTo: string[];
  /** What each of several samples or models said; empty when one was asked once. */
  opinions: Opinion[];
  /** Highest minus lowest score among the opinions; null with fewer than two. */
  spread: number | null;
  /** Empty while answer, model answer and rubric are those it was made under. */
  stale: StaleReason[];
  /** null while nobody decided otherwise. */
  override: Override | null;
  judge: JudgeRecord;
  /** What the replies behind this grade took, whenever they were paid for. */
  usage: Usage;
  /** Fingerprint of the attempt's text: a grade counts only while the text is the same. */
  answerHash: string;
  /** Fingerprint of the question and its model answer. */
  referenceHash: string;
  /** Fingerprint of what the rubric says about the question. */
  criteriaHash: string;
  gradedAt: string;
}

/** What was added to a usage since an earlier state of it. */
export function usageSince(now: Usage, before: Usage): Usage {
  return {
    requests: now.requests - before.requests,
    inputTokens: now.inputTokens - before.inputTokens,
    cachedInputTokens: now.cachedInputTokens - before.cachedInputTokens,
    outputTokens: now.outputTokens - before.outputTokens,
    costUsd: now.costUsd === null || before.costUsd === null ? null : now.costUsd - before.costUsd,
  };
}

export function addUsage(a: Usage, b: Usage): Usage {
  return {
    requests: a.requests + b.requests,
    inputTokens: a.inputTokens + b.inputTokens,
    cachedInputTokens: a.cachedInputTokens + b.cachedInputTokens,
    outputTokens: a.outputTokens + b.outputTokens,
    costUsd: a.costUsd === null || b.costUsd === null ? null : a.costUsd + b.costUsd,
  };
}

const ungradedTexts: Record<UngradedReason, Localized> = {
  not_gradable: { ko: '글이 아니라서(이미지·링크) 채점할 수 없음', en: 'not text (image or link only)' },
  no_reference: {
    ko: '모범답안도 핵심 내용도 없음',
    en: 'neither a model answer nor key points to grade against',
  },
  awaiting_review: {
    ko: '모범답안과 같아 사람의 확인이 필요함',
    en: 'equals the model answer; a person must decide',
  },
  truncated: {
    ko: '모델의 응답이 길이 제한에서 잘림',
    en: "the model's reply was cut off at its length limit",
  },
  refused: { ko: '모델이 응답을 거부함', en: 'the model refused to reply' },
  filtered: { ko: '모델 제공자의 필터에 걸림', en: "stopped by the provider's content filter" },
  malformed_reply: {
    ko: '모델의 응답이 정해진 형식이 아님',
    en: "the model's reply did not have the required form",
  },
  request_failed: { ko: '모델에서 응답을 받지 못함', en: 'the request to the model failed' },
  awaiting_reply: {
    ko: '아직 응답이 없음(배치를 기다리거나 묻지 않음)',
    en: 'no reply yet (in a batch, or not asked)',
  },
  stopped: { ko: '실행이 중단됨', en: 'the run was stopped before it' },
};

/** Nothing was asked about the answer, so there is nothing to keep and nothing for a person to decide. */
export function isStillToCome(reason: UngradedReason | null): boolean {
  return reason === 'stopped' || reason === 'awaiting_reply';
}

/** An ungraded reason in words. */
export function ungradedText(reason: UngradedReason): Localized {
  return ungradedTexts[reason];
}

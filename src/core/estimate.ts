import type { AttemptKind } from './chapter.ts';

/** One request that a run would send. */
export interface EstimatedRequest {
  member: string;
  question: number;
  attempt: AttemptKind;
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

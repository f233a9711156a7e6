import type { ChangeCause } from './changes.ts';
import type { AttemptKind } from './chapter.ts';

/** An attempt that would be graded again, and why; without a cause the grade would be the same. */
export interface Remake {
  member: string;
  question: number;
  attempt: AttemptKind;
  causes: ChangeCause[];
}

/** One request that a run would send. */
export interface EstimatedRequest {
  member: string;
  question: number;
  attempt: AttemptKind;
  model: string;
  /** A kept reply answers it, or that to an equal request before it, so nothing is sent. */
  stored: boolean;
  /** What differs from the last grade; empty when nothing does. */
  causes: ChangeCause[];
  inputTokens: number;
  messages: { role: string; content: string }[];
}

/** What a run would send and cost, before anything is sent. */
export interface Estimate {
  models: string[];
  /** Attempts that code settles without a request. */
  settled: number;
  /** Those of them that were graded otherwise before, and what changed. */
  settledRemakes: Remake[];
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

import type { LoadRequest } from '../app/load-chapters.ts';
import type { CommonOptions } from './io.ts';

/** Options of every command that judges. */
export interface JudgingOptions extends CommonOptions {
  judge: 'auto' | 'llm' | 'offline';
  model?: string[];
  samples?: number;
  baseUrl?: string;
  config?: string;
  fresh?: boolean;
  rubric?: string;
  db: string;
}

export interface GradeOptions extends JudgingOptions, LoadRequest {
  /** How answers are asked about: at once, in a batch, or not at all. */
  via: 'direct' | 'batch' | 'stored';
  wait?: boolean;
  concurrency: number;
  maxCost?: number;
  maxRequests?: number;
  dryRun?: boolean;
  member?: string;
  question?: number;
  out: string;
  anonymous?: boolean;
  failUnder?: number;
}

export interface CalibrateOptions extends JudgingOptions {
  /** A graded chapter whose overrides are the people's marks. */
  chapter?: string;
  /** `offline`, a model, or an earlier calibration.json. */
  against?: string;
  examples?: number;
  limit?: number;
  concurrency: number;
  maxCost?: number;
  maxRequests?: number;
  out: string;
}

export interface FeedbackOptions extends JudgingOptions {
  member?: string;
  /** A number with a chapter file, a text without. */
  question?: string;
  modelAnswer?: string;
  answer?: string;
  format: 'text' | 'md';
}

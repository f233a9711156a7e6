import type { CommonOptions } from './io.ts';

/** Options of every command that judges. */
interface JudgingOptions extends CommonOptions {
  judge: 'auto' | 'llm' | 'offline';
  model?: string;
  baseUrl?: string;
  fresh?: boolean;
  rubric?: string;
  db: string;
}

export interface GradeOptions extends JudgingOptions {
  concurrency: number;
  maxCost?: number;
  dryRun?: boolean;
  member?: string;
  question?: number;
  out: string;
  failUnder?: number;
}

export interface FeedbackOptions extends JudgingOptions {
  member?: string;
  /** A number with a chapter file, a text without. */
  question?: string;
  modelAnswer?: string;
  answer?: string;
  format: 'text' | 'md';
}

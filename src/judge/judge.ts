import type { AttemptKind } from '../core/chapter.ts';
import type { Opinion, UngradedReason, Usage } from '../core/grade.ts';
import type { Language, Localized } from '../core/localized.ts';
import type { Criterion, MarkedExample } from '../core/rubric.ts';
import type { Verdict } from '../core/verdict.ts';

/** One attempt to be judged. What goes to a model is only what stands in `material`. */
export interface Task {
  member: string;
  question: number;
  attempt: AttemptKind;
  material: Material;
}

/** What a judge reads. Holds no member name. */
export interface Material {
  question: string;
  modelAnswer: string | null;
  answer: string;
  criteria: Criterion[];
  /** The leader's grading notes on the question. */
  guide: string | null;
  /** Other answers with what the leader gave for them, nearest first. */
  examples: ShownExample[];
  /** The language the feedback is to be written in. */
  language: Language;
}

/** A marked example as a judge sees it. */
export interface ShownExample extends MarkedExample {
  /** The text of its question, where that is another one; null when it is the same. */
  otherQuestion: string | null;
}

/** A judge's result: a verdict, or the reason why there is none. */
export type Judgement = {
  /** The models as their replies name them. */
  models: string[];
  usage: Usage;
  /** Something kept it from being all that it could be, such as a failure of one of several models. */
  isPartial?: boolean;
} & ({ verdict: Verdict; opinions: Opinion[] } | { ungraded: UngradedReason; detail: Localized | null });

/** Port: whatever gives verdicts. */
export interface Judge {
  kind: 'llm' | 'offline';
  /** The models it asks; empty for the baseline. */
  asked: string[];
  /** Who is behind them, as far as the user tells several addresses apart: another list, other replies. */
  addresses?: readonly string[];
  promptVersion: string;
  samples: number;
  /** @throws ModelError when every further request would fail as well */
  judge(material: Material, signal: AbortSignal): Promise<Judgement>;
}

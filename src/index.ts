export type { GradingResult, Progress, RunSummary, Totals } from './app/grade-chapter.ts';
export type { SingleAnswer } from './app/single-answer.ts';
export { openMemoryStore, openStore } from './compose.ts';
export type {
  Attempt,
  AttemptKind,
  Chapter,
  ImportWarning,
  Question,
  Submission,
  SubmissionFlag,
  SubmissionStatus,
} from './core/chapter.ts';
export { ConfigError, GraderError, InputError, ModelError, StoreError } from './core/errors.ts';
export type { Grade, JudgeRecord, ScoredCriterion, UngradedReason, Usage } from './core/grade.ts';
export type { Language, Localized } from './core/localized.ts';
export type { RubricInput } from './core/rubric.ts';
export type { ScoreboardRow } from './core/scoreboard.ts';
export type { Feedback } from './core/verdict.ts';
export { decodeDocument } from './import/decode.ts';
export { importChapter } from './import/read-documents.ts';
export { type GradingOptions, giveFeedback, gradeChapter } from './library.ts';
export type { GradeStore } from './store/store.ts';

import { chooseJudge } from './app/config.ts';
import {
  type GradingResult,
  gradeChapter as gradePrepared,
  languageOf,
  type Progress,
} from './app/grade-chapter.ts';
import { type LoadedRubric, loadRubric, rubricFrom } from './app/load-rubric.ts';
import { chapterOfSingleAnswer, type SingleAnswer } from './app/single-answer.ts';
import { files, openMemoryStore, rubricPlaces } from './compose.ts';
import { openJudging } from './compose-judging.ts';
import type { Chapter } from './core/chapter.ts';
import type { Grade } from './core/grade.ts';
import type { Language } from './core/localized.ts';
import type { RubricInput } from './core/rubric.ts';
import { createRunControl } from './judge/run-control.ts';
import type { GradeStore } from './store/store.ts';

/** How to grade. Everything may be left out. */
export interface GradingOptions {
  /** `auto` (the default): the model when a key or an address is known, else the offline baseline. */
  judge?: 'auto' | 'llm' | 'offline';
  /** Else `OPENAI_API_KEY`. */
  apiKey?: string;
  /** Else `OPENAI_BASE_URL`. */
  baseUrl?: string;
  /** Else `ANSWER_GRADER_MODEL`, else a current small model. Several are a panel. */
  model?: string | readonly string[];
  /** How often each model is asked; 1 when left out. */
  samples?: number;
  /** A rubric file's path (it may say `extends: default.yaml`), or settings laid over the default rubric. */
  rubric?: string | RubricInput;
  /** Language of the feedback; the chapter's when left out. */
  language?: Language;
  member?: string;
  question?: number;
  /** Requests in flight at most; 8 when left out. */
  concurrency?: number;
  /** US dollars that a run may cost at most. */
  maxCostUsd?: number;
  /** Requests that a run may send at most, repeated ones included. */
  maxRequests?: number;
  /** Where grades and replies are kept; forgotten after the call when left out. */
  store?: GradeStore;
  /** Stops the run: requests in flight are given up, the rest stays ungraded. */
  signal?: AbortSignal;
  onProgress?: (progress: Progress) => void;
}

async function rubricOf(rubric: GradingOptions['rubric']): Promise<LoadedRubric> {
  const places = rubricPlaces();
  if (typeof rubric === 'string') return loadRubric(rubric, files, places);
  return rubricFrom(rubric ?? {}, files, places);
}

/**
 * Grades a chapter, or the part of it that `member` and `question` name.
 * @returns the grades of this run, the scoreboard, and what it took; answers without a grade have the state
 *   `ungraded` and a reason, never a score
 * @throws ConfigError for options that do not fit, InputError when member or question are not in the chapter,
 *   ModelError when the model failed before anything was graded
 */
export async function gradeChapter(chapter: Chapter, options: GradingOptions = {}): Promise<GradingResult> {
  const { member, question, concurrency = 8, onProgress, signal } = options;
  const env = { ...process.env, ...(options.apiKey === undefined ? {} : { OPENAI_API_KEY: options.apiKey }) };
  const config = chooseJudge(
    {
      judge: options.judge ?? 'auto',
      model: options.model === undefined ? undefined : [options.model].flat(),
      baseUrl: options.baseUrl,
      samples: options.samples,
    },
    env,
  );
  const rubric = await rubricOf(options.rubric);
  const store = options.store ?? openMemoryStore();
  const control = createRunControl();
  const abandon = () => control.abandon();
  if (signal?.aborted) abandon();
  signal?.addEventListener('abort', abandon);
  try {
    const { judgeFor, spent } = await openJudging(config, {
      concurrency,
      maxCostUsd: options.maxCostUsd,
      maxRequests: options.maxRequests,
      fresh: false,
      replies: store,
      control,
    });
    const result = await gradePrepared({
      judge: judgeFor(chapter),
      spent,
      chapter,
      file: chapter.title,
      rubric,
      language: languageOf(chapter, rubric.rubric, options.language),
      selection: { member, question },
      store,
      control,
      concurrency,
      ...(onProgress ? { onProgress } : {}),
    });
    if (result.failure && result.totals.graded === 0) throw result.failure;
    return result;
  } finally {
    signal?.removeEventListener('abort', abandon);
  }
}

/**
 * Grades one answer that belongs to no chapter.
 * @throws ConfigError when question or model answer is blank; ModelError when the model failed
 */
export async function giveFeedback(
  answer: SingleAnswer,
  options: Omit<GradingOptions, 'member' | 'question' | 'onProgress'> = {},
): Promise<Grade> {
  const kept = options.store;
  // Its replies are worth keeping; a chapter of one answer has no place on a scoreboard.
  const { findReply, keepReplies, timesKept, claimReplies, releaseReplies, beat } = kept ?? openMemoryStore();
  const replies = { findReply, keepReplies, timesKept, claimReplies, releaseReplies, beat };
  const store = { ...openMemoryStore(), ...replies };
  const result = await gradeChapter(chapterOfSingleAnswer(answer), { ...options, store });
  const [grade] = await result.grades();
  if (!grade) throw new Error('a single answer has exactly one grade');
  return grade;
}

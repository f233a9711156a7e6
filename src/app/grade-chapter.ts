import { changesBetween, type ScoreChange } from '../core/changes.ts';
import type { Chapter } from '../core/chapter.ts';
import type { ModelError } from '../core/errors.ts';
import type { Grade, Usage } from '../core/grade.ts';
import { isStillToCome, noUsage, usageSince } from '../core/grade.ts';
import { inGroups } from '../core/in-groups.ts';
import { detectLanguage, type Language } from '../core/localized.ts';
import { withReviews } from '../core/review.ts';
import type { Rubric } from '../core/rubric.ts';
import { type ChapterStanding, type ScoreboardRow, scoreboardOf } from '../core/scoreboard.ts';
import { gradeBatch } from '../judge/grade-batch.ts';
import type { Judge } from '../judge/judge.ts';
import type { RunControl } from '../judge/run-control.ts';
import type { GradeStore } from '../store/store.ts';
import type { LoadedRubric } from './load-rubric.ts';
import { gradeFromJudgement, gradeFromTriage } from './make-grade.ts';
import { countAttempts, type PlannedAttempt, planInTurn } from './plan.ts';
import type { Selection } from './selection.ts';
import { earlierGrades, standingOf, storedChapterOf } from './standing.ts';

/** What a grading run needs. */
export interface GradingRequest {
  chapter: Chapter;
  /** The chapter's document, for messages. */
  file: string;
  rubric: LoadedRubric;
  judge: Judge;
  language: Language;
  selection?: Selection;
  /** Names to take out of answers; the members' when left out. */
  names?: readonly string[];
  store: GradeStore;
  control: RunControl;
  /** Requests in flight at most; 8 when left out. */
  concurrency?: number;
  /** What has been spent so far, earlier chapters included; nothing for judges that cost nothing. */
  spent?: () => Usage;
  onProgress?: (progress: Progress) => void;
  now?: () => Date;
}

/** How far a run is; counts attempts, also those that need no judge. */
export interface Progress {
  done: number;
  total: number;
  spent: Usage;
}

/** Sums over the grades of a run; tokens and cost are those of this run, stored replies cost nothing. */
export interface Totals extends Usage {
  attempts: number;
  graded: number;
  ungraded: number;
  notAttempted: number;
  needsReview: number;
}

export interface RunSummary {
  id: number;
  startedAt: string;
  finishedAt: string;
  judge: 'llm' | 'offline';
  /** The models asked for, with commas between them; null for the baseline. */
  model: string | null;
  /** Ended before everything was judged. */
  stopped: boolean;
}

export interface GradingResult {
  run: RunSummary;
  chapter: Chapter;
  rubric: LoadedRubric;
  language: Language;
  /** The grades of this run, people's decisions over them. */
  grades: Grade[];
  /** Nothing came back for any answer that needed a model. */
  nothingCameBack: boolean;
  /** Scores that moved since the chapter was last graded. */
  changes: ScoreChange[];
  /** The chapter as it stands now, grades of earlier runs included. */
  standing: ChapterStanding;
  scoreboard: ScoreboardRow[];
  totals: Totals;
  /** What stopped the run, when it was not the user. */
  failure: ModelError | null;
}

/** The language of feedback and reports: asked for, else the rubric's, else the chapter's own. */
export function languageOf(chapter: Chapter, rubric: Rubric, asked: Language | undefined): Language {
  if (asked) return asked;
  if (rubric.language !== 'auto') return rubric.language;
  return detectLanguage(
    chapter.questions.map((question) => `${question.text}\n${question.modelAnswer ?? ''}`).join('\n'),
  );
}

/** Whether every answer that needed the model failed at its endpoint. */
function nothingCameBack(made: readonly Grade[]): boolean {
  const judged = made.filter((grade) => grade.judge.kind !== 'triage');
  return judged.length > 0 && judged.every((grade) => grade.ungradedReason === 'request_failed');
}

/**
 * @param made the grades as this run made them
 * @param standing the same with people's decisions, which leave nothing to review
 */
function totalsOf(made: readonly Grade[], standing: readonly Grade[], spent: Usage): Totals {
  const count = (state: Grade['state']) => made.filter((grade) => grade.state === state).length;
  return {
    attempts: made.length,
    graded: count('graded'),
    ungraded: count('ungraded'),
    notAttempted: count('not_attempted'),
    needsReview: standing.filter((grade) => grade.needsReview).length,
    ...spent,
  };
}

/**
 * Grades a chapter: code settles what needs no judge, the judge gives verdicts on the rest, code turns them
 * into points. Every grade is stored as soon as it is there.
 * @throws InputError when the selection names nobody; StoreError when a grade cannot be stored
 */
export async function gradeChapter(request: GradingRequest): Promise<GradingResult> {
  const { chapter, file, rubric, judge, language, store, control, concurrency = 8, onProgress } = request;
  const now = request.now ?? (() => new Date());
  const spentByAll = request.spent ?? (() => noUsage);
  const atStart = spentByAll();
  const spent = () => usageSince(spentByAll(), atStart);
  const selection = request.selection ?? {};
  const planned = planInTurn(chapter, rubric.rubric, language, selection, file, request.names);
  const stored = storedChapterOf(chapter, rubric, language);
  const before = earlierGrades(chapter.id, store);
  store.saveChapter(stored);
  const startedAt = now().toISOString();
  const model = judge.asked.join(', ') || null;
  const run = store.startRun({ chapter: chapter.id, startedAt, judge: judge.kind, model });

  const context = { chapter: chapter.id, judge, rubricHash: rubric.hash, now };
  const inPlace: Grade[] = [];
  const settled: Grade[] = [];
  const keep = inGroups((grades: readonly Grade[]) =>
    store.addGrades(run, [...settled.splice(0), ...grades]),
  );

  const total = countAttempts(chapter, selection);
  let done = 0;
  const tell = () => onProgress?.({ done, total, spent: spent() });

  /** The attempts that need a judge; the others are settled on the way. */
  function* toJudge(): Generator<PlannedAttempt> {
    for (const attempt of planned) {
      const grade = gradeFromTriage(attempt, context);
      if (grade === null) {
        yield attempt;
        continue;
      }
      inPlace[attempt.place] = grade;
      settled.push(grade);
      done += 1;
    }
  }

  tell();
  const failure = await gradeBatch(toJudge(), judge, control, concurrency, async (attempt, judgement) => {
    const grade = gradeFromJudgement(attempt, judgement, context);
    inPlace[attempt.place] = grade;
    if (isStillToCome(grade.ungradedReason)) return;
    await keep(grade);
    done += 1;
    tell();
  });
  if (settled.length > 0) {
    store.addGrades(run, settled.splice(0));
    tell();
  }

  const made = inPlace.filter((grade) => grade !== undefined);
  const stopped = made.some((grade) => grade.ungradedReason === 'stopped');
  const finishedAt = now().toISOString();
  store.finishRun(run, stopped ? 'stopped' : 'finished', finishedAt);
  const standing = standingOf(stored, store);
  const all = withReviews(made, [], store.reviewsOf(chapter.id), made);
  return {
    run: { id: run, startedAt, finishedAt, judge: judge.kind, model, stopped },
    chapter,
    rubric,
    language,
    grades: all,
    nothingCameBack: nothingCameBack(made),
    changes: changesBetween(before, standing.grades),
    standing,
    scoreboard: scoreboardOf([standing]),
    totals: totalsOf(made, all, spent()),
    failure,
  };
}

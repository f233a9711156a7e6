import { changesBetween, type ScoreChange } from '../core/changes.ts';
import type { Chapter } from '../core/chapter.ts';
import type { ModelError } from '../core/errors.ts';
import type { Grade, Usage } from '../core/grade.ts';
import { noUsage, usageSince } from '../core/grade.ts';
import { detectLanguage, type Language } from '../core/localized.ts';
import type { Rubric } from '../core/rubric.ts';
import { type ScoreboardRow, scoreboardOf } from '../core/scoreboard.ts';
import { gradeBatch } from '../judge/grade-batch.ts';
import type { Judge } from '../judge/judge.ts';
import type { RunControl } from '../judge/run-control.ts';
import type { GradeStore } from '../store/store.ts';
import { basesOf, unchangedQuestions, withinSelection } from './basis.ts';
import type { LoadedRubric } from './load-rubric.ts';
import { gradeFromJudgement, gradeFromTriage } from './make-grade.ts';
import { countAttempts, type PlannedAttempt, placesIn, planInTurn } from './plan.ts';
import { createRunRecord } from './run-record.ts';
import type { Selection } from './selection.ts';
import { earlierGrades, type ReadableStanding, readableStanding, storedChapterOf } from './standing.ts';

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
  /** Grade anew also what has not changed since it was graded. */
  fresh?: boolean;
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
  /** The grades of this run, people's decisions over them, read from the store one by one as they are gone through. */
  gradesInTurn: AsyncIterable<Grade>;
  /** The same, all at once: read from the store whenever they are asked for, so do that before it is closed. */
  grades(): Promise<Grade[]>;
  /** Nothing came back for any answer that needed a model. */
  nothingCameBack: boolean;
  /** Scores that moved since the chapter was last graded. */
  changes: ScoreChange[];
  /** The chapter as it stands now, grades of earlier runs included. */
  standing: ReadableStanding;
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

/**
 * Grades a chapter: code settles what needs no judge, the judge gives verdicts on the rest, code turns them
 * into points. Grades are stored in groups while others are made.
 * @throws InputError when the selection names nobody; StoreError when a grade cannot be stored
 */
export async function gradeChapter(request: GradingRequest): Promise<GradingResult> {
  const { chapter, file, rubric, judge, language, store, control, concurrency = 8, onProgress } = request;
  const now = request.now ?? (() => new Date());
  const spentByAll = request.spent ?? (() => noUsage);
  const atStart = spentByAll();
  const spent = () => usageSince(spentByAll(), atStart);
  const selection = request.selection ?? {};
  const bases = basesOf(request);
  const unchanged = request.fresh ? new Map<number, number>() : await unchangedQuestions(bases, request);
  const without = new Set(unchanged.keys());
  const planned = planInTurn(chapter, rubric.rubric, language, selection, file, request.names, without);
  const before = await earlierGrades(chapter.id, store);
  await store.saveChapter(storedChapterOf(chapter, rubric, language));
  const startedAt = now().toISOString();
  const model = judge.asked.join(', ') || null;
  const run = await store.startRun({ chapter: chapter.id, startedAt, judge: judge.kind, model });

  const context = { chapter: chapter.id, judge, rubricHash: rubric.hash, now };
  const places = placesIn(chapter.submissions);
  const total = countAttempts(chapter, selection);
  const record = createRunRecord(run, chapter.id, total, store, (name) => places.get(name) ?? 0);
  let told = -1;
  function tell(): void {
    const done = record.done();
    if (done === told) return;
    told = done;
    onProgress?.({ done, total, spent: spent() });
  }

  /** The attempts that need a judge; the others are settled on the way. */
  async function* toJudge(): AsyncGenerator<PlannedAttempt> {
    for (const attempt of planned) {
      const grade = gradeFromTriage(attempt, context);
      if (grade === null) yield attempt;
      else await record.settled(grade);
    }
  }

  for (const [question, origin] of unchanged)
    await record.takeOver(question, origin, countAttempts(chapter, { question }));
  tell();
  const failure = await gradeBatch(toJudge(), judge, control, concurrency, async (attempt, judgement) => {
    await record.judged(gradeFromJudgement(attempt, judgement, context), judgement.isPartial);
    tell();
  });
  await record.finish();
  tell();
  await store.settleQuestions(
    run,
    withinSelection(bases, selection).filter(({ question }) => record.isSettled(question)),
  );

  const stopped = record.isStopped();
  const finishedAt = now().toISOString();
  await store.finishRun(run, stopped ? 'stopped' : 'finished', finishedAt);
  const outline = await store.chapter(chapter.id);
  if (!outline) throw new Error(`chapter ${chapter.id} has gone from the store`);
  const standing = await readableStanding(outline, store);
  const { graded, ungraded, not_attempted: notAttempted, needsReview } = await record.counts();
  return {
    run: { id: run, startedAt, finishedAt, judge: judge.kind, model, stopped },
    chapter,
    rubric,
    language,
    gradesInTurn: { [Symbol.asyncIterator]: record.grades },
    grades: () => Array.fromAsync(record.grades()),
    nothingCameBack: record.nothingCameBack(),
    changes: changesBetween(before, standing.grades),
    standing,
    scoreboard: scoreboardOf([standing]),
    totals: {
      attempts: total,
      graded,
      ungraded,
      notAttempted,
      needsReview,
      ...spent(),
    },
    failure,
  };
}

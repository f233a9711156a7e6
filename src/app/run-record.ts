import type { Awaitable } from '../core/awaitable.ts';
import { type Grade, isStillToCome } from '../core/grade.ts';
import { inGroups } from '../core/in-groups.ts';
import { readAhead } from '../core/read-ahead.ts';
import { standingGrades, standingSummary } from '../core/review.ts';
import type { PortionOutcome } from '../core/run-plan.ts';
import type { GradeStore } from '../store/store.ts';
import { wholeGrade } from './standing.ts';

/** What a run has made so far. Grades go to the store and are counted here, since a course has too many to hold. */
export interface RunRecord {
  /** Takes a grade that needed no judge; stored along with the next one that did, or with many others. */
  settled(grade: Grade): Promise<void>;
  /**
   * Takes a grade that a judge gave, and resolves when it is stored.
   * @param isPartial the judge might say more the next time
   */
  judged(grade: Grade, isPartial?: boolean): Promise<void>;
  /** Takes over what an earlier run made of a question's so many attempts. */
  takeOver(question: number, origin: number, attempts: number): Promise<void>;
  /** Stores what was settled since the last judged grade. */
  finish(): Promise<void>;
  /** Whether every attempt of a question that the run took up has a grade that would come out the same again. */
  isSettled(question: number): boolean;
  /** Attempts whose outcome is stored, or about to be. */
  done(): number;
  /** The run's grades by state as a machine gave them, and how many a person should look at, decided ones left out. */
  counts(): Promise<Record<Grade['state'] | 'needsReview', number>>;
  /** Every answer that needed a judge failed at its endpoint. */
  nothingCameBack(): boolean;
  /** What became of those that needed a judge. */
  outcome(): PortionOutcome;
  /** Some answers were left because the run was stopped. */
  isStopped(): boolean;
  /** The run's grades in the order of their attempts, people's decisions over them, read as they are gone through. */
  grades(): AsyncGenerator<Grade>;
}

/** How long a grade waits for others to be stored with it. */
const mostWaitMs = 20;
const gradesAtOnce = 30;
/** Where nothing needs a judge, no judged grade takes the others along. */
const mostWaiting = 1000;

/**
 * @param total how many grades there will be: the last one waits for nobody
 * @param placeOf the place of a grade's attempt among those of the chapter
 */
export function createRunRecord(
  run: number,
  chapter: string,
  total: number,
  store: Pick<GradeStore, 'addGrades' | 'summariesOfRun' | 'grade' | 'reviewsOf' | 'takeOver'>,
  placeOf: (grade: Pick<Grade, 'member' | 'question' | 'attempt'>) => number,
): RunRecord {
  const waiting: Grade[] = [];
  /** Nothing was asked about these, so there is nothing to store. */
  const left: Grade[] = [];
  let [done, judgedCount, failedCount] = [0, 0, 0];
  const takenOver = new Set<number>();
  const unsettled = new Set<number>();
  // Their replies are safe already, so grades may wait for each other.
  const keep = inGroups(
    (grades: readonly Grade[]) => store.addGrades(run, [...waiting.splice(0), ...grades]),
    { later: (work) => setTimeout(work, mostWaitMs), most: Math.min(gradesAtOnce, total) },
  );

  async function standings() {
    const stored = [...(await store.summariesOfRun(run))];
    return standingGrades(stored, [], await store.reviewsOf(chapter), stored);
  }

  /** For what it took over, the run sent nothing. */
  function asOfThisRun(grade: Grade): Grade {
    return takenOver.has(grade.question) ? { ...grade, usage: { ...grade.usage, requests: 0 } } : grade;
  }

  async function* grades(): AsyncGenerator<Grade> {
    const read = (await standings()).map((standing) => ({
      place: placeOf(standing.now),
      whole: async () => asOfThisRun(await wholeGrade(standing, store)),
    }));
    const kept = left.map((grade) => ({ place: placeOf(grade), whole: () => grade }));
    const inOrder = [...read, ...kept].sort((a, b) => a.place - b.place);
    yield* readAhead(inOrder, ({ whole }): Awaitable<Grade> => whole());
  }

  return {
    async settled(grade) {
      done += 1;
      waiting.push(grade);
      if (waiting.length >= mostWaiting) await store.addGrades(run, waiting.splice(0));
    },
    async judged(grade, isPartial = false) {
      judgedCount += 1;
      // Whatever keeps a judge from a verdict may be gone the next time.
      if (grade.state === 'ungraded' || isPartial) unsettled.add(grade.question);
      if (grade.ungradedReason === 'request_failed') failedCount += 1;
      if (isStillToCome(grade.ungradedReason)) {
        left.push(grade);
        return;
      }
      await keep(grade);
      done += 1;
    },
    async takeOver(question, origin, attempts) {
      await store.takeOver(run, question, origin);
      takenOver.add(question);
      done += attempts;
    },
    async finish() {
      if (waiting.length > 0) await store.addGrades(run, waiting.splice(0));
    },
    done: () => done,
    isSettled: (question) => !takenOver.has(question) && !unsettled.has(question),
    async counts() {
      const counts = { graded: 0, ungraded: left.length, not_attempted: 0, needsReview: 0 };
      for (const standing of await standings()) {
        counts[standing.grade.state] += 1;
        if (standingSummary(standing).needsReview) counts.needsReview += 1;
      }
      return counts;
    },
    nothingCameBack: () => takenOver.size === 0 && judgedCount > 0 && failedCount === judgedCount,
    outcome: () => ({
      judged: judgedCount,
      failed: failedCount,
      left: left.filter(({ ungradedReason }) => ungradedReason === 'stopped').length,
      unsettled: [...unsettled],
    }),
    isStopped: () => left.some((grade) => grade.ungradedReason === 'stopped'),
    grades,
  };
}

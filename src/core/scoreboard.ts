import { countingGrade, type StandingSubmission } from './counting-grade.ts';
import type { Grade } from './grade.ts';
import type { GradeSummary } from './grade-summary.ts';
import type { Rubric } from './rubric.ts';
import { roundScore } from './scoring.ts';

/** A graded chapter: who was assigned what, and the grades that count now. */
export interface ChapterStanding<G extends GradeSummary = Grade> {
  chapter: { id: string; title: string };
  submissions: readonly StandingSubmission[];
  grades: readonly G[];
  /** Which attempt counts. */
  attempt: Rubric['attempt'];
}

export interface ScoreboardRow {
  /** Equal scores share a rank (1, 1, 3); null while the member has no score. */
  rank: number | null;
  member: string;
  /** Mean over assigned questions, not attempted = 0, ungraded left out; null when nothing has a score. */
  score: number | null;
  /** Mean over answered questions. */
  answeredScore: number | null;
  assigned: number;
  answered: number;
  graded: number;
  ungraded: number;
  needsReview: number;
  /** The score with revised attempts counted where there are any; null when there are none. */
  revisedScore: number | null;
  /** Grades made under another rubric or model answer than the one that stands now. */
  stale: number;
  /** Some answers are ungraded, so score and rank may change. */
  provisional: boolean;
  /** Score per chapter id; a chapter the member had no question in is absent. */
  chapters: Record<string, number | null>;
  /** Last chapter's score minus the first's; null with fewer than two. */
  trend: number | null;
}

/** Whether some questions count more than others. */
export function isWeighted(standings: readonly ChapterStanding<GradeSummary>[]): boolean {
  const points = standings.flatMap((standing) => standing.submissions.map((item) => item.points ?? 1));
  return points.some((own) => own !== points[0]);
}

/** What the grade that counts for a submission adds to a row; no more of it is held. */
interface Counting {
  /** ungraded as well where there is no grade yet. */
  state: Grade['state'];
  score: number | null;
  points: number;
  needsReview: boolean;
  isStale: boolean;
  isRevised: boolean;
}

function countingOf(grade: GradeSummary | undefined, points = 1): Counting {
  return {
    state: grade?.state ?? 'ungraded',
    score: grade?.score ?? null,
    points,
    needsReview: grade?.needsReview ?? false,
    isStale: grade !== undefined && grade.stale.length > 0,
    isRevised: grade?.attempt === 'revised',
  };
}

/** The mean of the scores that are there, weighted by the questions' points. */
function mean(counting: readonly Counting[]): number | null {
  let sum = 0;
  let all = 0;
  for (const { score, points } of counting) {
    if (score === null) continue;
    sum += score * points;
    all += points;
  }
  return all === 0 ? null : roundScore(sum / all);
}

/** A member's part in a chapter. */
interface Part {
  chapter: string;
  counting: Counting[];
  /** The same with revised attempts counted where there are any. */
  revised: Counting[];
}

function partOf(
  { chapter, attempt }: Pick<ChapterStanding, 'chapter' | 'attempt'>,
  submissions: readonly StandingSubmission[],
  grades: readonly GradeSummary[],
): Part {
  const byQuestion = Map.groupBy(grades, (grade) => grade.question);
  const pairs = submissions.map((item) => {
    const own = byQuestion.get(item.question) ?? [];
    const [grade, revised] = [countingGrade(own, item, attempt), countingGrade(own, item, 'revised')];
    const counting = countingOf(grade, item.points);
    return { counting, revised: revised === grade ? counting : countingOf(revised, item.points) };
  });
  const counting = pairs.map((pair) => pair.counting);
  const isSame = pairs.every((pair) => pair.revised === pair.counting);
  return { chapter: chapter.id, counting, revised: isSame ? counting : pairs.map((pair) => pair.revised) };
}

function rowOf(member: string, parts: readonly Part[]): ScoreboardRow {
  const counting = parts.flatMap((part) => part.counting);
  const revised = parts.flatMap((part) => part.revised);
  const graded = counting.filter(({ state }) => state === 'graded');
  const notAttempted = counting.filter(({ state }) => state === 'not_attempted').length;
  const ungraded = counting.length - graded.length - notAttempted;
  const perChapterScores = parts.map((part) => [part.chapter, mean(part.counting)] as const);
  // Not from the object: its keys that look like numbers ("10", "2") come out sorted.
  const scores = perChapterScores.map(([, score]) => score).filter((score) => score !== null);
  const first = scores[0];
  const last = scores.at(-1);
  return {
    rank: null,
    member,
    score: mean(counting),
    answeredScore: mean(graded),
    assigned: counting.length,
    answered: counting.length - notAttempted,
    graded: graded.length,
    ungraded,
    needsReview: counting.filter(({ needsReview }) => needsReview).length,
    revisedScore: revised.some(({ isRevised }) => isRevised) ? mean(revised) : null,
    stale: counting.filter(({ isStale }) => isStale).length,
    provisional: ungraded > 0,
    chapters: Object.fromEntries(perChapterScores),
    trend: scores.length > 1 && first !== undefined && last !== undefined ? roundScore(last - first) : null,
  };
}

const collator = new Intl.Collator('ko');

function rankedRows(members: ReadonlyMap<string, readonly Part[]>): ScoreboardRow[] {
  const rows = [...members]
    .map(([member, parts]) => rowOf(member, parts))
    .sort(
      (a, b) =>
        (b.score ?? -1) - (a.score ?? -1) || b.answered - a.answered || collator.compare(a.member, b.member),
    );
  rows.forEach((row, index) => {
    const above = rows[index - 1];
    if (row.score !== null) row.rank = above && above.score === row.score ? above.rank : index + 1;
  });
  return rows;
}

/** A scoreboard that grows by one chapter at a time and holds none of their grades. */
export interface GrowingScoreboard {
  add(standing: ChapterStanding<GradeSummary>): void;
  /**
   * The members side by side, best first, among equals those who answered more questions; members without a
   * score last. Members may have been dealt different questions, so only means are compared, never totals.
   */
  rows(): ScoreboardRow[];
}

export function createScoreboard(): GrowingScoreboard {
  const members = new Map<string, Part[]>();
  return {
    add: (standing) => {
      const grades = Map.groupBy(standing.grades, (grade) => grade.member);
      for (const [member, submissions] of Map.groupBy(standing.submissions, (item) => item.member)) {
        const part = partOf(standing, submissions, grades.get(member) ?? []);
        const parts = members.get(member);
        if (parts) parts.push(part);
        else members.set(member, [part]);
      }
    },
    rows: () => rankedRows(members),
  };
}

/** The scoreboard over chapters; see {@link GrowingScoreboard}. */
export function scoreboardOf(standings: Iterable<ChapterStanding<GradeSummary>>): ScoreboardRow[] {
  const scoreboard = createScoreboard();
  for (const standing of standings) scoreboard.add(standing);
  return scoreboard.rows();
}

import type { MarkedResult } from '../core/calibration.ts';
import type { ModelError } from '../core/errors.ts';
import type { Grade, Usage } from '../core/grade.ts';
import type { Language } from '../core/localized.ts';
import type { Rubric } from '../core/rubric.ts';
import type { MarkedAnswer } from '../import/marked-answers.ts';
import { fingerprint } from '../judge/fingerprint.ts';
import type { Judge } from '../judge/judge.ts';
import type { RunControl } from '../judge/run-control.ts';
import type { ChapterOutline, GradeStore } from '../store/store.ts';
import { gradeChapter, type Progress } from './grade-chapter.ts';
import { chapterOfMarked } from './marked-chapter.ts';
import { pickChapters } from './pick-chapters.ts';
import { readableStanding } from './standing.ts';

/** What a calibration needs. */
export interface CalibrationRequest {
  marked: readonly MarkedAnswer[];
  /** Name of the data, for messages. */
  title: string;
  /** Criteria and levels to judge by. */
  rubric: Rubric;
  judgeFor: (chapter: Parameters<typeof gradeChapter>[0]['chapter']) => Judge;
  /** How many other marked answers a judge is shown beside each, 0 for none, and where they are taken from. */
  examples: { shown: number; from: readonly MarkedAnswer[] };
  language: Language;
  /** A store that is forgotten afterwards: these grades belong on no scoreboard. */
  store: GradeStore;
  control: RunControl;
  /** Requests in flight at most. */
  concurrency: number;
  spent: () => Usage;
  onProgress?: (progress: Progress) => void;
}

export interface CalibratedJudge {
  results: MarkedResult[];
  judge: Grade['judge'] | null;
  /** What stopped the run, when it was not the user. */
  failure: ModelError | null;
}

/** What the judge said, in one text: the summary, then level and reason of each criterion. */
function reasonOf(grade: Grade): string | null {
  if (grade.state === 'not_attempted') return grade.flags.join(', ');
  const reasons = [...grade.keyPoints, ...grade.criteria]
    .filter((item) => item.reason !== '')
    .map((item) => `${item.id} ${item.levelName}: ${item.reason}`);
  const parts = [grade.feedback?.summary ?? '', ...reasons].filter((part) => part !== '');
  return parts.length === 0 ? null : parts.join(' · ');
}

function resultOf(marked: MarkedAnswer, grade: Grade | undefined): MarkedResult {
  const { id, question, questionText, answer, reference, score, maxScore, second, reason } = marked;
  return {
    id,
    question,
    questionText,
    answer,
    reference,
    human: score / maxScore,
    second: second === null ? null : second / maxScore,
    machine: grade?.score == null ? null : grade.score / 100,
    ungradedReason: grade?.ungradedReason ?? null,
    needsReview: grade?.needsReview ?? false,
    humanReason: reason,
    machineReason: grade ? reasonOf(grade) : null,
  };
}

/** Grades marked answers and puts each person's mark beside the judge's. */
export async function calibrate(request: CalibrationRequest): Promise<CalibratedJudge> {
  const { marked, title, rubric: base, judgeFor, examples, language, store, control, spent } = request;
  const { chapter, rubric, memberOf } = chapterOfMarked(marked, title, base, examples);
  const result = await gradeChapter({
    chapter,
    names: [],
    file: title,
    rubric: { rubric, file: title, path: null, hash: fingerprint(rubric).slice(0, 16) },
    judge: judgeFor(chapter),
    language,
    store,
    control,
    concurrency: request.concurrency,
    spent,
    ...(request.onProgress ? { onProgress: request.onProgress } : {}),
  });
  const grades = await result.grades();
  const byMember = new Map(grades.map((grade) => [grade.member, grade]));
  return {
    results: marked.map((item) => resultOf(item, byMember.get(memberOf.get(item) ?? ''))),
    judge: grades.find((grade) => grade.judge.kind !== 'triage')?.judge ?? null,
    failure: result.failure,
  };
}

/** An answer that a person decided on, as far as the decision is about the answer as it stands. */
async function overriddenResult(
  grade: Grade,
  stored: ChapterOutline,
  store: GradeStore,
): Promise<MarkedResult | null> {
  const { override, member, question, attempt } = grade;
  if (override === null || override.stale.length > 0) return null;
  const asked = stored.questions.find((item) => item.no === question);
  const submission = stored.submissions.find((item) => item.member === member && item.question === question);
  const made = submission?.attempts.find((item) => item.kind === attempt);
  return {
    id: `${stored.id}/${member}/${question}/${attempt}`,
    question: `${stored.id}/${question}`,
    questionText: asked?.text ?? '',
    answer: made ? await store.answerText(stored.id, made.answerHash) : '',
    reference: asked?.modelAnswer ?? null,
    human: override.score / 100,
    second: null,
    machine: override.machine.score === null ? null : override.machine.score / 100,
    ungradedReason: override.machine.state === 'ungraded' ? 'ungraded' : null,
    needsReview: false,
    humanReason: override.reason,
    machineReason: reasonOf({ ...grade, ...override.machine }),
  };
}

/** The answers of graded chapters that a person decided on, with the machine's grade beside the decision. */
export async function overriddenResults(
  store: GradeStore,
  names: readonly string[],
): Promise<MarkedResult[]> {
  const results: MarkedResult[] = [];
  for (const stored of await pickChapters(store, names)) {
    const standing = await readableStanding(stored, store);
    for await (const grade of standing.whole(({ override }) => override !== null)) {
      const result = await overriddenResult(grade, stored, store);
      if (result !== null) results.push(result);
    }
  }
  return results;
}

import { createAttemptMap } from '../core/attempt-map.ts';
import { ConfigError, InputError } from '../core/errors.ts';
import type { Grade } from '../core/grade.ts';
import type { GradeSummary } from '../core/grade-summary.ts';
import type { Rubric } from '../core/rubric.ts';
import type { Files } from '../files.ts';
import { type ReviewedRow, readReviewRows } from '../import/review-rows.ts';
import { redact } from '../judge/redact.ts';
import type { ReviewRow } from '../reports/review-csv.ts';
import type { ChapterOutline, GradeStore } from '../store/store.ts';
import { attemptFinder, type FoundAttempt } from './find-attempt.ts';
import type { RubricPlaces } from './load-rubric.ts';
import { pickChapters } from './pick-chapters.ts';
import { type Signature, setReview } from './review.ts';
import { attemptStates, readableStanding } from './standing.ts';

interface ChapterGrade {
  stored: ChapterOutline;
  grade: Grade;
  answer: string;
  question: ChapterOutline['questions'][number] | undefined;
}

async function gradesOf(
  store: GradeStore,
  names: readonly string[],
  isMeant: (summary: GradeSummary) => boolean,
): Promise<ChapterGrade[]> {
  const found: ChapterGrade[] = [];
  for (const stored of await pickChapters(store, names)) {
    const hashes = createAttemptMap<string>();
    for (const state of attemptStates(stored)) hashes.set(state, state.answerHash);
    const standing = await readableStanding(stored, store);
    for await (const grade of standing.whole(isMeant)) {
      const answer = await store.answerText(stored.id, hashes.get(grade) ?? '');
      const question = stored.questions.find((item) => item.no === grade.question);
      found.push({ stored, grade, answer, question });
    }
  }
  return found;
}

/** Every grade of the chapters with its texts, for a review sheet. */
export async function reviewRows(store: GradeStore, names: readonly string[]): Promise<ReviewRow[]> {
  const grades = await gradesOf(store, names, () => true);
  return grades.map(({ stored, grade, answer, question }) => ({
    chapter: stored.title,
    questionText: question?.text ?? '',
    answer,
    grade,
  }));
}

/**
 * People's decisions as marked answers that `calibrate` reads, one JSON object a line; members' names are not
 * in it.
 * @param rubricOf a chapter's rubric as it is now, or null
 */
export async function goldLines(
  store: GradeStore,
  names: readonly string[],
  rubricOf: (stored: ChapterOutline) => Rubric | null,
): Promise<string[]> {
  const decided = await gradesOf(store, names, ({ override }) => override?.stale.length === 0);
  const gradable = decided.filter(({ stored, grade, question }) => {
    const rubric = rubricOf(stored)?.questions[grade.question];
    const hasModelAnswer = (question?.modelAnswer ?? null) !== null;
    return hasModelAnswer || rubric?.keyPoints !== undefined || rubric?.guide !== undefined;
  });
  return gradable.map(({ stored, grade, answer, question }, index) => {
    const rubric = rubricOf(stored)?.questions[grade.question];
    const { text = '', modelAnswer = null } = question ?? {};
    const members = [...new Set(stored.submissions.map((item) => item.member))];
    const nameless = (own: string) => redact(own, members, `${text}\n${modelAnswer ?? ''}`);
    return JSON.stringify({
      id: `${stored.id}-${grade.question}-${index + 1}`,
      question_id: `${stored.id}-${grade.question}`,
      question: text,
      reference: modelAnswer,
      answer: nameless(answer),
      score: grade.override?.score,
      max_score: 100,
      ...(rubric?.keyPoints ? { key_points: rubric.keyPoints.map((point) => point.text) } : {}),
      ...(rubric?.guide === undefined ? {} : { guide: rubric.guide }),
      feedback: nameless(grade.override?.reason ?? ''),
    });
  });
}

/** What a review sheet changed. */
export interface SheetResult {
  set: number;
  /** Rows that say what already stands. */
  unchanged: number;
  /** Those of them whose decision is stale: a sheet that is handed back as it was confirms nothing. */
  stale: number;
  /** Rows left alone since somebody decided anew after the sheet was made. */
  overtaken: number;
}

interface SheetDecision {
  found: FoundAttempt;
  row: ReviewedRow;
  signature: Signature;
}

function isUnchanged({ found, row }: SheetDecision): boolean {
  const { override } = found.grade;
  return override?.score === row.override && override.reason === row.reason;
}

function isOvertaken({ found, row }: SheetDecision): boolean {
  return row.decidedAt !== null && row.decidedAt !== (found.grade.override?.at ?? '');
}

function signatureOf(row: ReviewedRow, file: string, by: string | undefined, at: Date): Signature {
  const signer = row.by || by;
  if (signer === undefined) {
    throw new ConfigError(
      {
        ko: '누가 정했는지 by 칸이나 --by로 알려 주세요.',
        en: 'say who decided in the column by, or with --by.',
      },
      { place: { file, line: row.line } },
    );
  }
  return { by: signer, reason: row.reason, at, answerHash: row.answerVersion ?? undefined };
}

/**
 * Takes over the decisions of a review sheet: all of them, or none when a row is wrong.
 * @param by who decided, where the sheet names nobody
 * @throws InputError or ConfigError naming the row
 */
export async function importReviewSheet(
  store: GradeStore,
  sheet: { text: string; file: string },
  signer: { by: string | undefined; at: Date },
  files: Files,
  places: RubricPlaces,
): Promise<SheetResult> {
  const decisions: SheetDecision[] = [];
  const find = attemptFinder(store, files, places);
  for (const row of readReviewRows(sheet.text, sheet.file)) {
    const { member, question, attempt, chapter } = row;
    const target = { member, question, attempt, ...(chapter === '' ? {} : { chapter }) };
    const found = await find(target).catch((error: unknown) => {
      if (!(error instanceof InputError)) throw error;
      throw new InputError(error.text, { place: { file: sheet.file, line: row.line }, cause: error });
    });
    decisions.push({ found, row, signature: signatureOf(row, sheet.file, signer.by, signer.at) });
  }
  const changed = decisions.filter((decision) => !isUnchanged(decision));
  const fresh = changed.filter((decision) => !isOvertaken(decision));
  for (const { found, row, signature } of fresh)
    await setReview(store, found, { score: row.override }, signature, null);
  const unchanged = decisions.filter(isUnchanged);
  return {
    set: fresh.length,
    unchanged: unchanged.length,
    stale: unchanged.filter(({ found }) => (found.grade.override?.stale.length ?? 0) > 0).length,
    overtaken: changed.length - fresh.length,
  };
}

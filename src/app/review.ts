import { ConfigError, InputError } from '../core/errors.ts';
import type { Grade, ScoredCriterion } from '../core/grade.ts';
import { type Review, reviewsOfAttempt } from '../core/review.ts';
import { type Criterion, criteriaFor, type Rubric } from '../core/rubric.ts';
import { roundScore, scoreVerdict } from '../core/scoring.ts';
import type { CriterionVerdict, Verdict } from '../core/verdict.ts';
import type { GradeStore } from '../store/store.ts';
import type { FoundAttempt } from './find-attempt.ts';
import { criteriaHashOf } from './standard.ts';

/** What a person decides: a score, or levels from which code computes it. */
export type Decision = { score: number } | { levels: Readonly<Record<string, string>> };

/** Who decides, why, and when. */
export interface Signature {
  by: string;
  reason: string;
  at: Date;
  /** Fingerprint of the text that was looked at, where that was not today's. */
  answerHash?: string | undefined;
}

function unknownLevel(id: string, level: string, criteria: readonly Criterion[]): ConfigError {
  const criterion = criteria.find((item) => item.id === id);
  const offered = (criterion?.levels ?? []).map((item) => item.id).join(', ');
  const ids = criteria.map((item) => item.id).join(', ');
  return criterion
    ? new ConfigError({
        ko: `${id}에 "${level}" 수준은 없습니다. 수준: ${offered}.`,
        en: `${id} has no level "${level}"; its levels are ${offered}.`,
      })
    : new ConfigError({
        ko: `이 질문에 "${id}" 항목은 없습니다. 항목: ${ids}.`,
        en: `this question has no criterion "${id}"; its criteria are ${ids}.`,
      });
}

/** What the machine said on a criterion as it is now; nothing where the rubric has changed under it. */
function machineLevel(
  criterion: Criterion,
  { keyPoints, criteria }: Pick<Grade, 'keyPoints' | 'criteria'>,
): ScoredCriterion | undefined {
  const said =
    criterion.kind === 'key_point'
      ? keyPoints.find((item) => item.name === criterion.description)
      : criteria.find((item) => item.id === criterion.id);
  return criterion.levels.some((level) => level.id === said?.level) ? said : undefined;
}

/** The verdict that a person's levels make, the machine's levels standing where the person said nothing. */
function verdictFrom(
  criteria: readonly Criterion[],
  levels: Readonly<Record<string, string>>,
  grade: Grade,
  reason: string,
): Verdict {
  for (const [id, level] of Object.entries(levels)) {
    const known = criteria.find((criterion) => criterion.id === id)?.levels ?? [];
    if (!known.some((item) => item.id === level)) throw unknownLevel(id, level, criteria);
  }
  const opinions = criteria.map((criterion): [string, CriterionVerdict | null] => {
    const chosen = levels[criterion.id];
    const own = machineLevel(criterion, grade.override?.machine ?? grade);
    if (chosen !== undefined && chosen !== own?.level)
      return [criterion.id, { level: chosen, reason, evidence: [] }];
    return [criterion.id, own ? { level: own.level, reason: own.reason, evidence: own.evidence } : null];
  });
  const open = opinions.flatMap(([id, opinion]) => (opinion === null ? [id] : []));
  if (open.length > 0) {
    throw new ConfigError({
      ko: `${open.join(', ')}의 수준을 알 수 없습니다. 함께 정하거나 점수를 바로 주세요.`,
      en: `the levels of ${open.join(', ')} are not known; give them as well, or a score instead.`,
    });
  }
  const given = opinions.flatMap(([id, opinion]) => (opinion === null ? [] : [[id, opinion] as const]));
  const feedback = grade.feedback ?? { summary: '', strengths: [], improvements: [], nextStep: '' };
  return { criteria: Object.fromEntries(given), feedback, addressesGrader: false };
}

function record(
  found: FoundAttempt,
  { by, reason, at, answerHash }: Signature,
): Omit<Review, 'action' | 'score'> {
  const { grade, stored, question } = found;
  return {
    chapter: stored.id,
    member: grade.member,
    question: grade.question,
    attempt: grade.attempt,
    levels: {},
    criteria: [],
    keyPoints: [],
    reason,
    by,
    at: at.toISOString(),
    answerHash: answerHash ?? found.answerHash,
    referenceHash: question.referenceHash,
    criteriaHash: question.criteriaHash,
  };
}

/**
 * Puts a person's decision in the place of the machine's grade.
 * @param rubric the chapter's rubric as it is now; needed for levels
 * @throws ConfigError when a level is not known, or the rubric is needed and not there
 */
export async function setReview(
  store: GradeStore,
  found: FoundAttempt,
  decision: Decision,
  signature: Signature,
  rubric: Rubric | null,
): Promise<Review> {
  const base = record(found, signature);
  if ('score' in decision) {
    const review: Review = { ...base, action: 'set', score: roundScore(decision.score) };
    await store.addReview(review);
    return review;
  }
  if (rubric === null) {
    throw new ConfigError({
      ko: '이 단원의 루브릭 파일을 찾을 수 없어 수준을 점수로 바꿀 수 없습니다. 점수를 바로 주세요.',
      en: "the chapter's rubric file cannot be found, so levels cannot be turned into points; give a score instead.",
    });
  }
  const { grade, stored } = found;
  const criteria = criteriaFor(rubric, grade.question);
  const verdict = verdictFrom(criteria, decision.levels, grade, signature.reason);
  const scored = scoreVerdict(criteria, verdict, () => true, stored.language);
  const review: Review = {
    ...base,
    ...scored,
    action: 'set',
    levels: { ...decision.levels },
    criteriaHash: criteriaHashOf(rubric, grade.question),
  };
  await store.addReview(review);
  return review;
}

/**
 * The record of taking a person's decision back.
 * @throws InputError when nobody decided anything
 */
export function clearingReview(found: FoundAttempt, signature: Signature): Review {
  const { grade } = found;
  if (grade.override === null) {
    throw new InputError({
      ko: `${grade.member} 님의 ${grade.question}번에는 사람이 정한 점수가 없습니다.`,
      en: `nobody has overridden ${grade.member}'s question ${grade.question}.`,
    });
  }
  return { ...record(found, signature), action: 'clear', score: null };
}

/**
 * Takes a person's decision back; the machine's grade counts again. The history stays.
 * @throws InputError when nobody decided anything
 */
export async function clearReview(
  store: Pick<GradeStore, 'addReview'>,
  found: FoundAttempt,
  signature: Signature,
): Promise<Review> {
  const review = clearingReview(found, signature);
  await store.addReview(review);
  return review;
}

/** Everything that people decided about an attempt, oldest first. */
export async function reviewHistory(
  store: Pick<GradeStore, 'reviewsOf'>,
  { grade, stored }: FoundAttempt,
): Promise<Review[]> {
  return reviewsOfAttempt(await store.reviewsOf(stored.id), grade);
}

import type { AttemptKind } from '../core/chapter.ts';
import { countingGrade } from '../core/counting-grade.ts';
import { InputError } from '../core/errors.ts';
import type { Grade } from '../core/grade.ts';
import { remembered } from '../core/remembered.ts';
import type { Review } from '../core/review.ts';
import type { Files } from '../files.ts';
import type { ChapterOutline, GradeStore } from '../store/store.ts';
import type { RubricPlaces } from './load-rubric.ts';
import { pickChapters } from './pick-chapters.ts';
import { gradesOfAnswer } from './standing.ts';
import { underCurrentRubric } from './stored-rubric.ts';

/** Which attempt is meant. */
export interface AttemptTarget {
  /** Id or title; may be left out where only one chapter has it. */
  chapter?: string | undefined;
  member: string;
  question: number;
  /** The attempt that counts when left out. */
  attempt?: AttemptKind | undefined;
}

/** A graded attempt with its chapter. */
export interface FoundAttempt {
  stored: ChapterOutline;
  grade: Grade;
  /** The number of the grade that counts now. */
  gradeId: number;
  /** What was written; empty where an older version did not keep it. */
  answer: string;
  /** Fingerprint of the attempt's text as it is now. */
  answerHash: string;
  question: ChapterOutline['questions'][number];
}

function notThere(
  { member, question, chapter }: AttemptTarget,
  stored: readonly ChapterOutline[],
): InputError {
  const submissions = stored.flatMap((item) => item.submissions);
  const own = submissions.filter((item) => item.member === member);
  if (own.length === 0) {
    const members = [...new Set(submissions.map((item) => item.member))].join(', ');
    return new InputError({
      ko: `채점한 단원${chapter === undefined ? '' : ` "${chapter}"`}에 "${member}" 멤버가 없습니다. 멤버: ${members}.`,
      en: `no graded chapter${chapter === undefined ? '' : ` "${chapter}"`} has a member "${member}"; the members are ${members}.`,
    });
  }
  const numbers = [...new Set(own.map((item) => item.question))].sort((a, b) => a - b).join(', ');
  return new InputError({
    ko: `${question}번은 ${member} 님의 질문이 아닙니다. 질문: ${numbers}.`,
    en: `question ${question} is not one of ${member}'s, which are ${numbers}.`,
  });
}

function onlyOne(candidates: readonly Searched[], target: AttemptTarget): Searched | undefined {
  const [first, ...others] = candidates;
  if (others.length === 0) return first;
  const titles = candidates.map(({ stored }) => stored.title).join(', ');
  throw new InputError({
    ko: `${target.member} 님의 ${target.question}번은 여러 단원에 있습니다. --chapter로 고르세요: ${titles}.`,
    en: `${target.member} has a question ${target.question} in several chapters; choose with --chapter: ${titles}.`,
  });
}

function notGraded({ member, question, attempt }: AttemptTarget, isWritten: boolean): InputError {
  return new InputError(
    isWritten
      ? {
          ko: `${member} 님의 ${question}번에는 아직 점수가 없습니다. 먼저 채점하세요.`,
          en: `${member}'s question ${question} has no grade yet; grade it first.`,
        }
      : {
          ko: `${member} 님은 ${question}번에 그런 답(${attempt})을 쓰지 않았습니다.`,
          en: `${member} wrote no ${attempt} attempt at question ${question}.`,
        },
  );
}

/** A chapter with what is looked up in it for every attempt. */
interface Searched {
  stored: ChapterOutline;
  byMember: Map<string, ChapterOutline['submissions']>;
}

/** What the standing of a chapter's attempts rests on. */
interface Basis {
  /** The chapter under its rubric as it is now. */
  now: ChapterOutline;
  reviews: Map<string, Review[]>;
}

/**
 * Finds graded attempts. What it has read once is not read again, so it serves as long as nothing is written.
 * @returns a function that gives the attempt that is meant, or throws an InputError naming what there is, when
 *   nothing or more than one fits
 */
export function attemptFinder(
  store: GradeStore,
  files: Files,
  places: RubricPlaces,
): (target: AttemptTarget) => Promise<FoundAttempt> {
  const searched = new Map<string, Searched>();
  const bases = new Map<string, Promise<Basis>>();
  const search = (stored: ChapterOutline): Searched => {
    const byMember = () => Map.groupBy(stored.submissions, (item) => item.member);
    const made = searched.get(stored.id) ?? { stored, byMember: byMember() };
    searched.set(stored.id, made);
    return made;
  };
  const read = async (stored: ChapterOutline): Promise<Basis> => ({
    now: await underCurrentRubric(stored, files, places),
    reviews: Map.groupBy(await store.reviewsOf(stored.id), (review) => review.member),
  });
  const basisOf = (stored: ChapterOutline): Promise<Basis> => {
    const basis = bases.get(stored.id) ?? read(stored);
    bases.set(stored.id, basis);
    return basis;
  };
  const chaptersNamed = remembered(async (name) =>
    (await pickChapters(store, name === '' ? [] : [name])).map(search),
  );

  return async (target) => {
    const { member, question: no, attempt } = target;
    const chapters = await chaptersNamed(target.chapter ?? '');
    const ownIn = ({ byMember }: Searched) =>
      (byMember.get(member) ?? []).filter((item) => item.question === no);
    const found = onlyOne(
      chapters.filter((item) => ownIn(item).length > 0),
      target,
    );
    const basis = found && (await basisOf(found.stored));
    const stored = basis?.now;
    const submissions = found ? ownIn(found) : [];
    const [submission] = submissions;
    const question = stored?.questions.find((item) => item.no === no);
    if (!basis || !stored || !submission || !question) {
      throw notThere(
        target,
        chapters.map((item) => item.stored),
      );
    }
    const grades = await gradesOfAnswer({ ...stored, submissions }, store, basis.reviews.get(member) ?? []);
    const counting =
      attempt === undefined
        ? countingGrade(grades, submission, stored.attempt)
        : grades.find((item) => item.attempt === attempt);
    if (!counting) {
      const isWritten = attempt === undefined || submission.attempts.some((item) => item.kind === attempt);
      throw notGraded(target, isWritten);
    }
    const { id: gradeId, ...grade } = counting;
    const made = submission.attempts.find((item) => item.kind === grade.attempt);
    const answerHash = made?.answerHash ?? grade.answerHash;
    const answer = made ? await store.answerText(stored.id, made.answerHash) : '';
    return { stored, grade, gradeId, answer, answerHash, question };
  };
}

/**
 * The graded attempt that is meant.
 * @throws InputError naming what there is, when nothing or more than one fits
 */
export function findAttempt(
  store: GradeStore,
  target: AttemptTarget,
  files: Files,
  places: RubricPlaces,
): Promise<FoundAttempt> {
  return attemptFinder(store, files, places)(target);
}

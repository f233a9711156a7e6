import type { AttemptKind } from '../core/chapter.ts';
import { InputError } from '../core/errors.ts';
import type { Grade } from '../core/grade.ts';
import { countingGrade } from '../core/scoreboard.ts';
import type { Files } from '../files.ts';
import type { GradeStore, StoredChapter } from '../store/store.ts';
import type { RubricPlaces } from './load-rubric.ts';
import { pickChapters } from './pick-chapters.ts';
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
  stored: StoredChapter;
  grade: Grade;
  /** What was written; empty where an older version did not keep it. */
  answer: string;
  question: StoredChapter['questions'][number];
}

function notThere(
  { member, question, chapter }: AttemptTarget,
  stored: readonly StoredChapter[],
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

function onlyOne(candidates: readonly StoredChapter[], target: AttemptTarget): StoredChapter | undefined {
  const [first, ...others] = candidates;
  if (others.length === 0) return first;
  const titles = candidates.map(({ title }) => title).join(', ');
  throw new InputError({
    ko: `${target.member} 님의 ${target.question}번은 여러 단원에 있습니다. --chapter로 고르세요: ${titles}.`,
    en: `${target.member} has a question ${target.question} in several chapters; choose with --chapter: ${titles}.`,
  });
}

/**
 * The graded attempt that is meant.
 * @throws InputError naming what there is, when nothing or more than one fits
 */
export async function findAttempt(
  store: GradeStore,
  target: AttemptTarget,
  files: Files,
  places: RubricPlaces,
): Promise<FoundAttempt> {
  const { member, question: no, attempt } = target;
  const chapters = pickChapters(store, target.chapter === undefined ? [] : [target.chapter]);
  const named = onlyOne(
    chapters.filter(({ submissions }) =>
      submissions.some((item) => item.member === member && item.question === no),
    ),
    target,
  );
  const found = named && (await underCurrentRubric(named, store, files, places));
  const submission = found?.stored.submissions.find((item) => item.member === member && item.question === no);
  const question = found?.stored.questions.find((item) => item.no === no);
  if (!found || !submission || !question) throw notThere(target, chapters);
  const { grades } = found.standing;
  const grade =
    attempt === undefined
      ? countingGrade(grades, submission, found.stored.attempt)
      : grades.find((item) => item.member === member && item.question === no && item.attempt === attempt);
  if (!grade) {
    const isWritten = attempt === undefined || submission.attempts.some((item) => item.kind === attempt);
    throw new InputError(
      isWritten
        ? {
            ko: `${member} 님의 ${no}번에는 아직 점수가 없습니다. 먼저 채점하세요.`,
            en: `${member}'s question ${no} has no grade yet; grade it first.`,
          }
        : {
            ko: `${member} 님은 ${no}번에 그런 답(${attempt})을 쓰지 않았습니다.`,
            en: `${member} wrote no ${attempt} attempt at question ${no}.`,
          },
    );
  }
  const answer = submission.attempts.find((item) => item.kind === grade.attempt)?.text ?? '';
  return { stored: found.stored, grade, answer, question };
}

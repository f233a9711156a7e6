import { type Chapter, membersOf, type Submission } from '../core/chapter.ts';
import type { Language } from '../core/localized.ts';
import { fingerprint, hashOf } from '../judge/fingerprint.ts';
import type { Judge } from '../judge/judge.ts';
import type { SettledQuestion, SettledQuestions } from '../store/store.ts';
import type { LoadedRubric } from './load-rubric.ts';
import type { Selection } from './selection.ts';

/** Raised whenever our code makes other grades of the same replies, so that all are made anew once. */
const gradingVersion = 1;

/** What the grades of a chapter follow from. */
export interface GradingBasis {
  chapter: Chapter;
  rubric: LoadedRubric;
  judge: Judge;
  language: Language;
  /** Names to take out of answers; the members' when left out. */
  names?: readonly string[] | undefined;
}

function commonBasis({ chapter, rubric, judge, language, names }: GradingBasis): string {
  const { kind, asked, addresses, samples, promptVersion } = judge;
  return fingerprint({
    gradingVersion,
    judge: { kind, asked, addresses, samples, promptVersion },
    rubric: rubric.rubric,
    language,
    names: names ?? membersOf(chapter),
    // All of them: rare words and marked examples are looked for in the whole chapter.
    questions: chapter.questions,
  });
}

function answersOf(submissions: readonly Submission[]): string {
  return JSON.stringify(
    submissions.map(({ member, status, flags, attempts }) => [member, status, flags, attempts]),
  );
}

/**
 * Fingerprints, by question, of all that the grades of its answers follow from: while a question's is the same,
 * grading it again would give the same.
 */
export function basesOf(basis: GradingBasis): Map<number, string> {
  const common = commonBasis(basis);
  const byQuestion = Map.groupBy(basis.chapter.submissions, (submission) => submission.question);
  return new Map(
    [...byQuestion].map(([question, submissions]) => [
      question,
      hashOf(`${common} ${answersOf(submissions)}`),
    ]),
  );
}

/** The questions that a selection takes up whole: part of a question's answers says nothing of the rest. */
export function withinSelection(
  bases: ReadonlyMap<number, string>,
  { member, question: only }: Selection,
): SettledQuestion[] {
  if (member !== undefined) return [];
  return [...bases]
    .filter(([question]) => only === undefined || only === question)
    .map(([question, basis]) => ({ question, basis }));
}

/** The questions to be graded of which nothing has changed since a run graded them, with that run. */
export async function unchangedQuestions(
  bases: ReadonlyMap<number, string>,
  { chapter, store, selection = {} }: { chapter: Chapter; store: SettledQuestions; selection?: Selection },
): Promise<Map<number, number>> {
  const asked = new Map(withinSelection(bases, selection).map(({ question, basis }) => [question, basis]));
  const settled = await store.settledQuestions(chapter.id);
  return new Map(
    settled
      .filter(({ question, basis }) => asked.get(question) === basis)
      .map(({ question, run }) => [question, run]),
  );
}

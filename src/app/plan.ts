import { type AttemptMap, createAttemptMap } from '../core/attempt-map.ts';
import type { AttemptKind, Chapter, Submission } from '../core/chapter.ts';
import { membersOf } from '../core/chapter.ts';
import type { AttemptState } from '../core/current-grades.ts';
import { likeAnswers } from '../core/like-answers.ts';
import type { Language } from '../core/localized.ts';
import type { Rubric } from '../core/rubric.ts';
import { nearestExamples } from '../judge/examples.ts';
import { fingerprint } from '../judge/fingerprint.ts';
import type { Material, Task } from '../judge/judge.ts';
import { redact } from '../judge/redact.ts';
import type { Triage } from '../judge/triage.ts';
import { planQuestion, type QuestionPlan, triageOf } from './plan-question.ts';
import { checkSelection, isWithin, type Selection } from './selection.ts';

/** An attempt with what is to become of it. */
export interface PlannedAttempt extends Task, AttemptState {
  submission: Submission;
  triage: Triage;
  /** Members whose answer to the question is nearly the same. */
  similarTo: string[];
  /** Its place among the chapter's attempts, from 0. */
  place: number;
  /** How a level without evidence is treated, and from which spread on a person should look. */
  rules: Pick<Rubric, 'evidence' | 'disagreement'>;
}

/** Fingerprint of an attempt's text. */
export function answerHashOf(text: string): string {
  return fingerprint(text).slice(0, 16);
}

/** The attempts of a submission as they are graded: one empty first attempt when nothing was written. */
export function attemptsOf(submission: Pick<Submission, 'attempts'>): { kind: AttemptKind; text: string }[] {
  return submission.attempts.length > 0 ? submission.attempts : [{ kind: 'first', text: '' }];
}

/** Members with nearly the same answer, for each first attempt of a question. */
function similarMembers(submissions: readonly Submission[]): Map<string, string[]> {
  const answers = submissions.flatMap(({ member, attempts }) =>
    attempts.slice(0, 1).map(({ text }) => ({ member, text })),
  );
  return new Map(
    [...likeAnswers(answers)].flatMap(([index, members]) => {
      const member = answers[index]?.member;
      return member === undefined ? [] : [[member, members] as const];
    }),
  );
}

/** What a plan is made from. */
interface PlanBasis {
  chapter: Chapter;
  rubric: Rubric;
  language: Language;
  /** What to take out of answers. */
  names: readonly string[];
  /** Questions that are left out. */
  without: ReadonlySet<number>;
}

function planAttempt(
  { kind, text }: { kind: AttemptKind; text: string },
  question: QuestionPlan,
  { chapter, rubric, language, names }: PlanBasis,
): Pick<PlannedAttempt, 'answerHash' | 'triage' | 'material' | 'attempt'> {
  const { no, asked, criteria } = question;
  const answer = redact(text, names, question.reference);
  const material: Material = {
    ...asked,
    answer,
    criteria,
    guide: rubric.questions[no]?.guide ?? null,
    examples: nearestExamples(rubric, no, answer, chapter.questions, rubric.examplesShown),
    language,
  };
  return {
    attempt: kind,
    answerHash: answerHashOf(text),
    triage: triageOf(text, question, rubric),
    material,
  };
}

/** Submissions with the place of their first attempt among all that the chapter has. */
function* placed(submissions: readonly Submission[]): Generator<{ submission: Submission; place: number }> {
  let place = 0;
  for (const submission of submissions) {
    yield { submission, place };
    place += attemptsOf(submission).length;
  }
}

/** The place of each attempt among all that a chapter has, from 0. */
export function placesIn(submissions: readonly Submission[]): AttemptMap<number> {
  const places = createAttemptMap<number>();
  for (const { submission, place } of placed(submissions))
    for (const [index, { kind }] of attemptsOf(submission).entries())
      places.set({ ...submission, attempt: kind }, place + index);
  return places;
}

/** The question of each attempt, by its place among all that a chapter has. */
export function questionsByPlace(submissions: readonly Submission[]): number[] {
  return submissions.flatMap((submission) => attemptsOf(submission).map(() => submission.question));
}

function* plannedInTurn(basis: PlanBasis, selection: Selection): Generator<PlannedAttempt> {
  const { chapter, rubric } = basis;
  const byQuestion = Map.groupBy(placed(chapter.submissions), ({ submission }) => submission.question);
  for (const [no, all] of [...byQuestion].sort(([a], [b]) => a - b)) {
    if (basis.without.has(no)) continue;
    const question = planQuestion(chapter, rubric, no);
    const { referenceHash, criteriaHash } = question;
    const similar = similarMembers(all.map(({ submission }) => submission));
    for (const { submission, place } of all.filter((item) => isWithin(selection, item.submission))) {
      const { member } = submission;
      for (const [index, attempt] of attemptsOf(submission).entries()) {
        const similarTo = index === 0 ? (similar.get(member) ?? []) : [];
        const own = { submission, member, question: no, referenceHash, criteriaHash, similarTo };
        yield { ...own, ...planAttempt(attempt, question, basis), place: place + index, rules: rubric };
      }
    }
  }
}

/**
 * What grading a chapter, or a part of it, means attempt by attempt: question by question, so that equal beginnings
 * of requests meet the provider's cache, and each only when it is asked for.
 * @param file the chapter's document, for messages
 * @param names what to take out of answers; the members' names when left out
 * @param without questions that are left out
 * @throws InputError when the selection names nobody
 */
export function planInTurn(
  chapter: Chapter,
  rubric: Rubric,
  language: Language,
  selection: Selection,
  file: string,
  names: readonly string[] = membersOf(chapter),
  without: ReadonlySet<number> = new Set(),
): Generator<PlannedAttempt> {
  checkSelection(chapter, selection, file);
  return plannedInTurn({ chapter, rubric, language, names, without }, selection);
}

/** How many attempts {@link planInTurn} gives. */
export function countAttempts(chapter: Chapter, selection: Selection): number {
  return chapter.submissions
    .filter((submission) => isWithin(selection, submission))
    .reduce((sum, submission) => sum + attemptsOf(submission).length, 0);
}

/** The whole plan at once, in the chapter's order; what goes in is as for {@link planInTurn}. */
export function planGrading(...basis: Parameters<typeof planInTurn>): PlannedAttempt[] {
  return [...planInTurn(...basis)].sort((a, b) => a.place - b.place);
}

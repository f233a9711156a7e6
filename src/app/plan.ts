import type { AttemptKind, Chapter, Submission } from '../core/chapter.ts';
import { membersOf } from '../core/chapter.ts';
import type { AttemptState } from '../core/current-grades.ts';
import { likeAnswers } from '../core/like-answers.ts';
import type { Language } from '../core/localized.ts';
import { type Criterion, criteriaFor, type Rubric } from '../core/rubric.ts';
import { nearestExamples } from '../judge/examples.ts';
import { fingerprint } from '../judge/fingerprint.ts';
import type { Material, Task } from '../judge/judge.ts';
import { instructions } from '../judge/prompt.ts';
import { redact, redactEmail } from '../judge/redact.ts';
import { type Triage, triage } from '../judge/triage.ts';
import { checkSelection, isWithin, type Selection } from './selection.ts';
import { criteriaHashOf, referenceHashOf } from './standard.ts';

/** An attempt with what is to become of it. */
export interface PlannedAttempt extends Task, AttemptState {
  submission: Submission;
  triage: Triage;
  /** Members whose answer to the question is nearly the same. */
  similarTo: string[];
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

/** The key points among criteria, and what an answer could echo besides: the prompt's words, and descriptions. */
function rubricTexts(criteria: readonly Criterion[]): { keyPoints: string[]; ruleTexts: string[] } {
  const isKeyPoint = (criterion: Criterion) => criterion.kind === 'key_point';
  return {
    keyPoints: criteria.filter(isKeyPoint).map((point) => point.description),
    ruleTexts: [
      instructions,
      ...criteria.flatMap((criterion) => [
        ...(isKeyPoint(criterion) ? [] : [criterion.description]),
        ...criterion.levels.map((level) => level.description),
      ]),
    ],
  };
}

/** What is known of a question before any answer to it is looked at. */
interface QuestionPlan {
  no: number;
  text: string;
  modelAnswer: string | null;
  criteria: Criterion[];
  referenceHash: string;
  criteriaHash: string;
}

function planQuestion(chapter: Chapter, rubric: Rubric, no: number): QuestionPlan {
  const question = chapter.questions.find((item) => item.no === no);
  const { text, modelAnswer } = question ?? { text: '', modelAnswer: null };
  return {
    no,
    text,
    modelAnswer,
    criteria: criteriaFor(rubric, no),
    referenceHash: referenceHashOf({ text, modelAnswer }),
    criteriaHash: criteriaHashOf(rubric, no),
  };
}

function triageOf(answer: string, question: QuestionPlan, rubric: Rubric): Triage {
  const { text, modelAnswer, criteria } = question;
  return triage(answer, {
    question: text,
    modelAnswer,
    ...rubricTexts(criteria),
    guide: rubric.questions[question.no]?.guide ?? null,
    copies: rubric.copies,
  });
}

/** Members with nearly the same answer, for each first attempt of a question. */
function similarMembers(chapter: Chapter, no: number): Map<string, string[]> {
  const answers = chapter.submissions
    .filter((submission) => submission.question === no)
    .flatMap(({ member, attempts }) => attempts.slice(0, 1).map(({ text }) => ({ member, text })));
  return new Map(
    [...likeAnswers(answers)].flatMap(([index, members]) => {
      const member = answers[index]?.member;
      return member === undefined ? [] : [[member, members] as const];
    }),
  );
}

/**
 * What grading a chapter, or a part of it, means attempt by attempt.
 * @param file the chapter's document, for messages
 * @param names what to take out of answers; the members' names when left out
 * @throws InputError when the selection names nobody
 */
export function planGrading(
  chapter: Chapter,
  rubric: Rubric,
  language: Language,
  selection: Selection,
  file: string,
  names: readonly string[] = membersOf(chapter),
): PlannedAttempt[] {
  checkSelection(chapter, selection, file);
  const numbers = new Set(chapter.submissions.map((submission) => submission.question));
  const plans = new Map([...numbers].map((no) => [no, planQuestion(chapter, rubric, no)]));
  const similar = new Map([...numbers].map((no) => [no, similarMembers(chapter, no)]));
  return chapter.submissions
    .filter((submission) => isWithin(selection, submission))
    .flatMap((submission) => {
      const question = plans.get(submission.question) ?? planQuestion(chapter, rubric, submission.question);
      const { no, text: asked, modelAnswer, criteria, referenceHash, criteriaHash } = question;
      const reference = `${asked}\n${modelAnswer ?? ''}`;
      return attemptsOf(submission).map(({ kind, text }, index): PlannedAttempt => {
        const answer = redact(text, names, reference);
        const material: Material = {
          question: redactEmail(asked),
          modelAnswer: modelAnswer === null ? null : redactEmail(modelAnswer),
          answer,
          criteria,
          guide: rubric.questions[no]?.guide ?? null,
          examples: nearestExamples(rubric, no, answer, chapter.questions, rubric.examplesShown),
          language,
        };
        return {
          submission,
          member: submission.member,
          question: no,
          attempt: kind,
          answerHash: answerHashOf(text),
          referenceHash,
          criteriaHash,
          triage: triageOf(text, question, rubric),
          similarTo: index === 0 ? (similar.get(no)?.get(submission.member) ?? []) : [],
          rules: rubric,
          material,
        };
      });
    });
}

import type { AttemptKind, Chapter, Submission } from '../core/chapter.ts';
import { membersOf } from '../core/chapter.ts';
import type { KnownAttempt } from '../core/current-grades.ts';
import { InputError } from '../core/errors.ts';
import type { Language } from '../core/localized.ts';
import { criteriaFor, type Rubric } from '../core/rubric.ts';
import { fingerprint } from '../judge/fingerprint.ts';
import type { Material, Task } from '../judge/judge.ts';
import { redact, redactEmail } from '../judge/redact.ts';
import { type Triage, triage } from '../judge/triage.ts';

/** An attempt with what is to become of it. */
export interface PlannedAttempt extends Task, KnownAttempt {
  submission: Submission;
  triage: Triage;
}

/** Which part of a chapter is meant; everything when left out. */
export interface Selection {
  member?: string | undefined;
  question?: number | undefined;
}

/** Fingerprint of an attempt's text. */
export function answerHashOf(text: string): string {
  return fingerprint(text).slice(0, 16);
}

/** The attempts of a submission as they are graded: one empty first attempt when nothing was written. */
function attemptsOf(submission: Submission): { kind: AttemptKind; text: string }[] {
  return submission.attempts.length > 0 ? submission.attempts : [{ kind: 'first', text: '' }];
}

/** Every attempt of a chapter with the fingerprint of its text. */
export function knownAttempts(submissions: readonly Submission[]): KnownAttempt[] {
  return submissions.flatMap((submission) =>
    attemptsOf(submission).map(({ kind, text }) => ({
      member: submission.member,
      question: submission.question,
      attempt: kind,
      answerHash: answerHashOf(text),
    })),
  );
}

/** Whether a chapter has a submission that a selection is about. */
export function isSelected(chapter: Chapter, { member, question }: Selection): boolean {
  return chapter.submissions.some(
    (item) =>
      (member === undefined || item.member === member) &&
      (question === undefined || item.question === question),
  );
}

/**
 * Checks that the selected member and question are in the chapter.
 * @throws InputError naming those that are
 */
function checkSelection(chapter: Chapter, { member, question }: Selection, file: string): void {
  const members = membersOf(chapter);
  if (member !== undefined && !members.includes(member)) {
    throw new InputError(
      {
        ko: `"${member}" 멤버가 없습니다. 이 단원의 멤버: ${members.join(', ')}.`,
        en: `there is no member "${member}"; the members of this chapter are ${members.join(', ')}.`,
      },
      { place: { file } },
    );
  }
  const own = chapter.submissions.filter((item) => member === undefined || item.member === member);
  const numbers = [...new Set(own.map((item) => item.question))].sort((a, b) => a - b);
  if (question !== undefined && !numbers.includes(question)) {
    throw new InputError(
      {
        ko: `${question}번은 ${member ? `${member} 님의` : '이 단원의'} 질문이 아닙니다. 질문: ${numbers.join(', ')}.`,
        en: `question ${question} is not one of ${member ? `${member}'s` : "this chapter's"} questions, which are ${numbers.join(', ')}.`,
      },
      { place: { file } },
    );
  }
}

/**
 * What grading a chapter, or a part of it, means attempt by attempt.
 * @param file the chapter's document, for messages
 * @throws InputError when the selection names nobody
 */
export function planGrading(
  chapter: Chapter,
  rubric: Rubric,
  language: Language,
  selection: Selection,
  file: string,
): PlannedAttempt[] {
  checkSelection(chapter, selection, file);
  const members = membersOf(chapter);
  return chapter.submissions
    .filter((item) => selection.member === undefined || item.member === selection.member)
    .filter((item) => selection.question === undefined || item.question === selection.question)
    .flatMap((submission) => {
      const question = chapter.questions.find((item) => item.no === submission.question);
      const modelAnswer = question?.modelAnswer ?? null;
      const criteria = criteriaFor(rubric, submission.question);
      const hasKeyPoints = criteria.some((criterion) => criterion.kind === 'key_point');
      const reference = `${question?.text ?? ''}\n${modelAnswer ?? ''}`;
      return attemptsOf(submission).map(({ kind, text }): PlannedAttempt => {
        const answer = redact(text, members, reference);
        const material: Material = {
          question: redactEmail(question?.text ?? ''),
          modelAnswer: modelAnswer === null ? null : redactEmail(modelAnswer),
          answer,
          criteria,
          language,
        };
        return {
          submission,
          member: submission.member,
          question: submission.question,
          attempt: kind,
          answerHash: answerHashOf(text),
          triage: triage(text, modelAnswer, hasKeyPoints, rubric.copies),
          material,
        };
      });
    });
}

import { type Chapter, membersOf, type Submission } from '../core/chapter.ts';
import { InputError } from '../core/errors.ts';

/** Which part of a chapter is meant; everything when left out. */
export interface Selection {
  member?: string | undefined;
  question?: number | undefined;
}

/** Whether a submission is within a selection. */
export function isWithin({ member, question }: Selection, submission: Submission): boolean {
  return (
    (member === undefined || submission.member === member) &&
    (question === undefined || submission.question === question)
  );
}

/** Whether a chapter has a submission that a selection is about. */
export function isSelected(chapter: Chapter, selection: Selection): boolean {
  return chapter.submissions.some((submission) => isWithin(selection, submission));
}

/**
 * Checks that the selected member and question are in the chapter.
 * @throws InputError naming those that are
 */
export function checkSelection(chapter: Chapter, { member, question }: Selection, file: string): void {
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

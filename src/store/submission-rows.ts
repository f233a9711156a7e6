import type { AttemptKind, SubmissionStatus } from '../core/chapter.ts';
import type { ChapterOutline } from './store.ts';

/** An attempt as databases keep it; a submission without any has one row that names none. */
export type AttemptRow = [
  submission: number,
  member: string,
  question: number,
  status: SubmissionStatus,
  isFirst: 0 | 1 | null,
  answerHash: string,
];

/** The submissions that attempts are of, each after the other. */
export function submissionsIn(rows: readonly AttemptRow[]): ChapterOutline['submissions'] {
  const submissions: ChapterOutline['submissions'] = [];
  let place = -1;
  for (const [submission, member, question, status, isFirst, answerHash] of rows) {
    const before = submissions.at(-1);
    const attempts: { kind: AttemptKind; answerHash: string }[] =
      isFirst === null ? [] : [{ kind: isFirst === 1 ? 'first' : 'revised', answerHash }];
    if (before && submission === place) before.attempts.push(...attempts);
    // One string for a name that stands in many rows one after the other.
    else
      submissions.push({
        member: before?.member === member ? before.member : member,
        question,
        status,
        attempts,
      });
    place = submission;
  }
  return submissions;
}

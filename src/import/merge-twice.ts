import type { Attempt, SubmissionStatus } from '../core/chapter.ts';
import type { ReadSubmission } from './submissions.ts';

/** What two pieces of work on one question amount to together: the one that says most. */
const byContent: readonly SubmissionStatus[] = [
  'unanswered',
  'dont_know',
  'replaced_by_model_answer',
  'not_gradable',
  'answered',
];

function mergeAttempts(first: readonly Attempt[], later: readonly Attempt[]): Attempt[] {
  const [head] = first;
  if (!head) return [...later];
  const opening = head.kind === 'first' ? [head] : [];
  const rest = [...first.filter((attempt) => attempt !== opening[0]), ...later];
  const text = rest.map((attempt) => attempt.text).join('\n\n');
  return [...opening, ...(rest.length > 0 ? [{ kind: 'revised' as const, text }] : [])];
}

function merge(first: ReadSubmission, second: ReadSubmission): ReadSubmission {
  const [a, b] = [first.submission, second.submission];
  // A copy of the model answer is nobody's attempt, the second time as the first.
  const later = b.flags.includes('undeclared_copy')
    ? b.attempts.filter((attempt) => attempt.kind === 'revised')
    : b.attempts;
  const status = byContent.indexOf(b.status) > byContent.indexOf(a.status) ? b.status : a.status;
  const warnings = [...first.warnings, ...second.warnings].filter(
    (warning) => warning.code !== 'unanswered' || status === 'unanswered',
  );
  return {
    submission: {
      ...a,
      status,
      attempts: mergeAttempts(a.attempts, later),
      flags: [...new Set([...a.flags, ...b.flags])],
      lines: [a.lines[0], b.lines[1]],
    },
    used: first.used,
    warnings: [
      ...warnings,
      {
        code: 'question_twice',
        line: b.lines[0],
        ...(b.file === undefined ? {} : { file: b.file }),
        message: {
          ko: `${b.question}번 ${b.member}: 같은 질문이 두 번 나와 하나로 합쳤습니다. 뒤의 글은 고쳐 쓴 답으로 읽었습니다.`,
          en: `question ${b.question}, ${b.member}: the question appears twice and was merged; the later text is read as the revised attempt.`,
        },
      },
    ],
  };
}

/** Makes one submission of those that a member has for the same question. */
export function mergeTwice(read: readonly ReadSubmission[]): ReadSubmission[] {
  const merged = new Map<string, ReadSubmission>();
  for (const item of read) {
    const key = JSON.stringify([item.submission.member, item.submission.question]);
    const earlier = merged.get(key);
    merged.set(key, earlier ? merge(earlier, item) : item);
  }
  return [...merged.values()];
}

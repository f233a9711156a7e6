import type { ImportWarning, Submission } from '../core/chapter.ts';
import { readSubmission } from './submissions.ts';

/** What a model answer that becomes known later says anew of a submission. */
const toldByModel = ['undeclared_copy', 'model_answer_copy'];

/**
 * Decides a submission again, now that the model answer is known.
 * @param submission with its document
 * @returns with what was not known before
 */
export function readAgain(
  submission: Submission,
  modelAnswer: string | null,
): { submission: Submission; warnings: ImportWarning[] } {
  if (modelAnswer === null) return { submission, warnings: [] };
  const { member, question, attempts, file, lines } = submission;
  const [from, to] = lines;
  const textOf = (kind: 'first' | 'revised') => attempts.find((attempt) => attempt.kind === kind)?.text;
  const [first = '', revised] = [textOf('first'), textOf('revised')];
  const read = readSubmission(
    {
      ...{
        file: file ?? '',
        member,
        from,
        to,
        question: { no: question, text: '' },
        asked: null,
        inline: [],
      },
      callouts: [{ from, to, role: 'answer', text: first, closed: true }],
      notes: revised === undefined ? [] : [{ from: to, to, text: revised }],
    },
    question,
    modelAnswer,
  );
  const told = read.warnings.filter(({ code }) => toldByModel.includes(code));
  return {
    submission: { ...submission, ...read.submission },
    warnings: told.map((warning) => (file === undefined ? warning : { ...warning, file })),
  };
}

import { natureOf as decideNature, declaresHelp, isHedged } from '../core/answer-text.ts';
import type {
  Attempt,
  ImportWarning,
  Submission,
  SubmissionFlag,
  SubmissionStatus,
} from '../core/chapter.ts';
import { foldLetters } from '../core/fold.ts';
import type { Localized } from '../core/localized.ts';
import { remembered } from '../core/remembered.ts';
import { isContainedIn, isCopyOf } from '../core/similarity.ts';
import type { Callout } from './callouts.ts';
import type { RawSubmission } from './read-item.ts';
import type { LineRange } from './slice.ts';

/** Asked several times of each text. */
const natureOf = remembered(decideNature);

interface Part extends LineRange {
  text: string;
}

function statusOf(attempts: readonly Attempt[], isUndeclaredCopy: boolean): SubmissionStatus {
  const natures = attempts.map((attempt) => natureOf(attempt.text));
  if (isUndeclaredCopy)
    return attempts.some((attempt) => attempt.kind === 'revised') ? 'answered' : 'replaced_by_model_answer';
  if (natures.includes('text') || natures.includes('contentless')) return 'answered';
  if (natures.includes('not_text')) return 'not_gradable';
  if (natures.includes('declared_replacement')) return 'replaced_by_model_answer';
  return natures.includes('dont_know') ? 'dont_know' : 'unanswered';
}

interface Sorted {
  first: Part | null;
  revised: Part[];
  copies: Part[];
  ownSummary: boolean;
}

/** Which part is the first attempt, which are revisions, and which only copy the model answer. */
function sortParts(raw: RawSubmission, modelAnswer: string | null): Sorted {
  const isCopy = (text: string) => modelAnswer !== null && isContainedIn(text, modelAnswer);
  const checks = raw.callouts.filter((callout) => callout.role === 'check');
  const answers = raw.callouts.filter((callout) => callout.role === 'answer');
  const unknown = raw.callouts.filter((callout) => callout.role === 'unknown');
  const [note] = raw.notes;
  const isBefore = raw.isPlain && note && note.from < (checks[0]?.from ?? 0);
  const first = answers[0] ?? unknown[0] ?? (checks.length === 0 || isBefore ? note : undefined) ?? null;
  const rest = [...raw.callouts, ...raw.notes, ...(raw.later ?? [])]
    .filter((part) => part !== first && natureOf(part.text) !== 'blank')
    .sort((a, b) => a.from - b.from);
  const sure = rest.filter(
    (part) => raw.inline.some((answer) => answer.line === part.from) || isCopy(part.text),
  );
  // A piece too short to be told from a phrase is a copy where it spilled out of one.
  const whole = foldLetters(modelAnswer ?? '');
  const copies =
    sure.length === 0
      ? sure
      : rest.filter((part) => sure.includes(part) || whole.includes(foldLetters(part.text)));
  const revised = rest.filter((part) => !copies.includes(part));
  return { first, revised, copies, ownSummary: revised.some((part) => checks.includes(part as Callout)) };
}

/** A run of lines with what it was taken for. */
interface UsedLines extends LineRange {
  role: 'question' | 'answer' | 'revised' | 'copy' | 'model_answer' | 'markup';
}

/** A submission and what a person should know about how it was read. */
export interface ReadSubmission {
  submission: Submission;
  warnings: ImportWarning[];
  /** What its lines were taken for. */
  used: UsedLines[];
}

/** What is said of a question without an answer. @param modelLine where text in its place is a model answer */
function noAnswer(modelLine: number | null): Localized {
  if (modelLine === null) return { ko: '답이 없습니다.', en: 'there is no answer.' };
  return {
    ko: `답이 없습니다. ${modelLine}행부터는 모범답안이라는 말로 시작해 모범답안으로 읽었습니다. 멤버의 답이면 그 말을 지우세요.`,
    en: `there is no answer; from line ${modelLine} on, the text is introduced as a model answer and read as one. If it is the member's, remove that word.`,
  };
}

/**
 * Decides attempts, status and flags of a question bullet, once its question is known.
 * @param modelLine where the model answer begins that stands in the answer's place; null where none does
 */
export function readSubmission(
  raw: RawSubmission,
  no: number,
  modelAnswer: string | null,
  modelLine: number | null = raw.models?.[0]?.body.from ?? null,
): ReadSubmission {
  const { first, revised, copies, ownSummary } = sortParts(raw, modelAnswer);
  const warnings: ImportWarning[] = [];
  const warn = (code: string, line: number, ko: string, en: string) =>
    warnings.push({
      code,
      line,
      message: { ko: `${no}번 ${raw.member}: ${ko}`, en: `question ${no}, ${raw.member}: ${en}` },
    });

  const attempts: Attempt[] = [];
  if (first && natureOf(first.text) !== 'blank') attempts.push({ kind: 'first', text: first.text });
  if (revised.length > 0)
    attempts.push({ kind: 'revised', text: revised.map((part) => part.text).join('\n\n') });

  const flags: SubmissionFlag[] = [];
  const isUndeclaredCopy = first !== null && modelAnswer !== null && isCopyOf(first.text, modelAnswer);
  const status = statusOf(attempts, isUndeclaredCopy);

  if (status === 'unanswered') {
    const { ko, en } = noAnswer(modelLine);
    warn('unanswered', raw.from, ko, en);
  }
  if (status === 'not_gradable') {
    warn(
      'not_gradable',
      first?.from ?? raw.from,
      '글이 아니라 그림이나 링크뿐이어서 채점할 수 없습니다.',
      'holds only an image or a link, which cannot be graded.',
    );
  }
  if (isUndeclaredCopy) {
    flags.push('undeclared_copy');
    warn(
      'undeclared_copy',
      first.from,
      '답이 모범답안과 같습니다. 누구의 답으로도 치지 않습니다.',
      'the answer equals the model answer and is credited to nobody.',
    );
  } else if (first && natureOf(first.text) === 'declared_replacement') {
    warn(
      'declared_replacement',
      first.from,
      '모범답안으로 대신한다고 적었습니다. 채점하지 않습니다.',
      'says that the model answer stands in for an answer; not graded.',
    );
  }
  if (first && declaresHelp(first.text)) {
    flags.push('declared_help');
    warn(
      'declared_help',
      first.from,
      '다른 도구의 도움을 받았다고 적었습니다.',
      'says that a tool helped with the answer.',
    );
  }
  if (first && isHedged(first.text)) flags.push('hedged');
  for (const copy of copies) {
    if (!flags.includes('model_answer_copy')) flags.push('model_answer_copy');
    warn(
      'model_answer_copy',
      copy.from,
      `모범답안의 사본(${copy.from}-${copy.to}행)은 답으로 치지 않습니다.`,
      `a copy of the model answer (lines ${copy.from}-${copy.to}) is not taken as an answer.`,
    );
  }
  for (const part of revised) {
    warn(
      'revised_attempt',
      part.from,
      `${part.from}-${part.to}행을 고쳐 쓴 답으로 읽었습니다.`,
      `lines ${part.from}-${part.to} are read as the revised attempt.`,
    );
  }
  for (const callout of raw.callouts.filter((item) => !item.closed)) {
    warn(
      'callout_not_closed',
      callout.from,
      '콜아웃이 닫히지 않아 다음 콜아웃이나 이 질문의 끝까지로 읽었습니다.',
      'the callout is never closed; read up to the next one or the end of this question.',
    );
  }
  if (raw.callouts.length === 0 && first && !raw.isPlain) {
    warn(
      'answer_without_callout',
      first.from,
      '콜아웃 없이 쓴 글을 답으로 읽었습니다.',
      'text without a callout is read as the answer.',
    );
  }
  if (ownSummary) flags.push('own_summary');
  return {
    submission: { member: raw.member, question: no, status, attempts, flags, lines: [raw.from, raw.to] },
    warnings,
    used: [
      ...(raw.asked ? [{ ...raw.asked, role: 'question' as const }] : []),
      ...(raw.models ?? []).map(({ body }) => ({ ...body, role: 'model_answer' as const })),
      ...revised
        .filter(({ from }) => first && from > first.from && from <= first.to)
        .map(({ from, to }) => ({ from, to, role: 'revised' as const })),
      ...(first ? [{ from: first.from, to: first.to, role: 'answer' as const }] : []),
      ...copies.map(({ from, to }) => ({ from, to, role: 'copy' as const })),
      ...revised.map(({ from, to }) => ({ from, to, role: 'revised' as const })),
      // What is left says nothing: signs of a blank answer.
      ...[...raw.callouts, ...raw.notes].map(({ from, to }) => ({ from, to, role: 'markup' as const })),
    ],
  };
}

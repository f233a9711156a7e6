import type { Chapter, Submission, SubmissionStatus } from '../core/chapter.ts';
import type { Language } from '../core/localized.ts';
import { counted } from '../core/plural.ts';
import type { Reading } from '../core/reading.ts';
import { attemptLabel, remarkLabel, statusLabel } from './labels.ts';
import { terminalTable } from './table.ts';

const firstWords = 24;

function beginning(text: string): string {
  const line = text.replace(/\s+/gu, ' ').trim();
  const characters = [...line];
  return characters.length > firstWords ? `${characters.slice(0, firstWords).join('')}…` : line;
}

/** Up to so many submissions are all shown. */
const mostShown = 300;
/** Of more, only the first. */
const firstShown = 20;
const mostNotes = 50;
const mostQuestions = 100;

type SubmissionStatuses = Map<SubmissionStatus, number>;

const statuses: readonly SubmissionStatus[] = [
  'answered',
  'unanswered',
  'dont_know',
  'replaced_by_model_answer',
  'not_gradable',
];

function submissionTable(submissions: readonly Submission[], language: Language): string {
  const head =
    language === 'ko'
      ? ['멤버', '질문', '상태', '답', '첫 부분', '행']
      : ['member', 'question', 'status', 'attempts', 'begins', 'lines'];
  const rows = submissions.map((submission) => [
    submission.member,
    String(submission.question),
    statusLabel(submission.status, language),
    submission.attempts.map((attempt) => attemptLabel(attempt.kind, language)).join(' + '),
    beginning(submission.attempts[0]?.text ?? ''),
    submission.lines.join('–'),
  ]);
  return terminalTable(head, rows, ['left', 'right', 'left', 'left', 'left', 'left']);
}

/** How many submissions of each status there are to each question. */
function questionTable({ questions, submissions }: Chapter, language: Language): string {
  const counts = new Map<number, SubmissionStatuses>();
  for (const { question, status } of submissions) {
    const own = counts.get(question) ?? new Map();
    counts.set(question, own.set(status, (own.get(status) ?? 0) + 1));
  }
  const all = [...counts.values()];
  const there = statuses.filter((status) => all.some((own) => own.has(status)));
  const head = language === 'ko' ? ['질문', '첫 부분', '제출'] : ['question', 'begins', 'submissions'];
  const rows = questions.slice(0, mostQuestions).map(({ no, text }) => {
    const own: SubmissionStatuses = counts.get(no) ?? new Map();
    const total = [...own.values()].reduce((sum, count) => sum + count, 0);
    return [no, beginning(text), total, ...there.map((status) => own.get(status) ?? 0)].map(String);
  });
  const table = terminalTable([...head, ...there.map((status) => statusLabel(status, language))], rows, [
    'right',
    'left',
    'right',
    ...there.map(() => 'right' as const),
  ]);
  const rest = questions.length - rows.length;
  return rest > 0 ? `${table}\n${moreLine(rest, language)}` : table;
}

function moreLine(rest: number, language: Language): string {
  return language === 'ko'
    ? `  … ${rest}개 더 있습니다. --json에 모두 나옵니다.`
    : `  … and ${rest} more; --json has all.`;
}

/** The first of some lines, and how many more there are. */
function firstOf(lines: readonly string[], most: number, language: Language): string[] {
  const rest = lines.length - most;
  if (rest <= 0) return [...lines];
  return [...lines.slice(0, most), moreLine(rest, language)];
}

function tables(chapter: Chapter, language: Language): string[] {
  const { submissions } = chapter;
  if (submissions.length <= mostShown) return [submissionTable(submissions, language), ''];
  return [
    questionTable(chapter, language),
    '',
    language === 'ko'
      ? `제출 ${submissions.length}개 가운데 처음 ${firstShown}개 (--json에 모두 나옵니다)`
      : `The first ${firstShown} of ${submissions.length} submissions (--json has all)`,
    '',
    submissionTable(submissions.slice(0, firstShown), language),
    '',
  ];
}

function summaryOf({ title, questions, submissions }: Chapter, language: Language): string {
  const members = new Set(submissions.map((submission) => submission.member)).size;
  const without = questions.filter((question) => question.modelAnswer === null).length;
  return language === 'ko'
    ? `${title}: 멤버 ${members}명, 질문 ${questions.length}개, 제출 ${submissions.length}개${without > 0 ? `, 모범답안 없는 질문 ${without}개` : ''}`
    : `${title}: ${counted(members, 'member')}, ${counted(questions.length, 'question')}, ${counted(submissions.length, 'submission')}${without > 0 ? `, ${counted(without, 'question')} without a model answer` : ''}`;
}

function readingLine({ reader, sureness, why }: Reading, language: Language): string {
  const share = `${Math.round(100 * sureness)} %`;
  // Nothing but a person's word is wholly sure.
  const isTold = sureness === 1;
  return language === 'ko'
    ? `읽은 방식: ${reader} (${isTold ? '정해 준 대로' : `확실한 정도 ${share}`}). ${why.ko}`
    : `Read as ${reader} (${isTold ? 'as told' : `${share} sure`}): ${why.en}`;
}

/**
 * What was understood of a chapter, for a person to confirm: every submission, then every warning. Of more than
 * some hundred submissions the counts by question and the first; of more than fifty remarks the first.
 */
export function importTable(chapter: Chapter, file: string, reading: Reading, language: Language): string {
  const ko = language === 'ko';
  const warnings = chapter.warnings.map(
    (warning) => `  ${warning.file ?? file}:${warning.line}: ${warning.message[language]}`,
  );
  const notes = chapter.submissions
    .filter((submission) => submission.flags.length > 0)
    .map(
      (item) =>
        `  ${item.question}. ${item.member}: ${item.flags.map((flag) => remarkLabel(flag, language)).join(', ')}`,
    );
  return [
    summaryOf(chapter, language),
    readingLine(reading, language),
    '',
    ...tables(chapter, language),
    ...(notes.length > 0 ? [ko ? '표시' : 'Flags', ...firstOf(notes, mostNotes, language), ''] : []),
    ko ? `확인할 것 ${warnings.length}개` : counted(warnings.length, 'thing to check', 'things to check'),
    ...firstOf(warnings, mostNotes, language),
    '',
  ].join('\n');
}

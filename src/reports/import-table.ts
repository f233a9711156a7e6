import type { Chapter } from '../core/chapter.ts';
import type { Language } from '../core/localized.ts';
import { counted } from '../core/plural.ts';
import { attemptLabel, remarkLabel, statusLabel } from './labels.ts';
import { terminalTable } from './table.ts';

const firstWords = 24;

function beginning(text: string): string {
  const line = text.replace(/\s+/gu, ' ').trim();
  const characters = [...line];
  return characters.length > firstWords ? `${characters.slice(0, firstWords).join('')}…` : line;
}

/** What was understood of a chapter, for a person to confirm: every submission, then every warning. */
export function importTable(chapter: Chapter, file: string, language: Language): string {
  const ko = language === 'ko';
  const members = new Set(chapter.submissions.map((submission) => submission.member)).size;
  const head = ko
    ? ['멤버', '질문', '상태', '답', '첫 부분', '행']
    : ['member', 'question', 'status', 'attempts', 'begins', 'lines'];
  const rows = chapter.submissions.map((submission) => [
    submission.member,
    String(submission.question),
    statusLabel(submission.status, language),
    submission.attempts.map((attempt) => attemptLabel(attempt.kind, language)).join(' + '),
    beginning(submission.attempts[0]?.text ?? ''),
    submission.lines.join('–'),
  ]);
  const withoutAnswer = chapter.questions.filter((question) => question.modelAnswer === null).length;
  const summary = ko
    ? `${chapter.title}: 멤버 ${members}명, 질문 ${chapter.questions.length}개, 제출 ${chapter.submissions.length}개${withoutAnswer > 0 ? `, 모범답안 없는 질문 ${withoutAnswer}개` : ''}`
    : `${chapter.title}: ${counted(members, 'member')}, ${counted(chapter.questions.length, 'question')}, ${counted(chapter.submissions.length, 'submission')}${withoutAnswer > 0 ? `, ${counted(withoutAnswer, 'question')} without a model answer` : ''}`;
  const warnings = chapter.warnings.map(
    (warning) => `  ${file}:${warning.line}: ${warning.message[language]}`,
  );
  const notes = chapter.submissions
    .filter((submission) => submission.flags.length > 0)
    .map(
      (item) =>
        `  ${item.question}. ${item.member}: ${item.flags.map((flag) => remarkLabel(flag, language)).join(', ')}`,
    );
  return [
    summary,
    '',
    terminalTable(head, rows, ['left', 'right', 'left', 'left', 'left', 'left']),
    '',
    ...(notes.length > 0 ? [ko ? '표시' : 'Flags', ...notes, ''] : []),
    ko ? `확인할 것 ${warnings.length}개` : counted(warnings.length, 'thing to check', 'things to check'),
    ...warnings,
    '',
  ].join('\n');
}

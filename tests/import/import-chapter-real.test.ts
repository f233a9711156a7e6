import { existsSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Attempt, Chapter } from '../../src/core/chapter.ts';
import { decodeDocument } from '../../src/import/decode.ts';
import { importChapter } from '../../src/import/read-documents.ts';

const shared = new URL('../../../shared/', import.meta.url);
const document = new URL('seeds/01단원.md', shared);
const expectation = new URL('gold/01단원.expected-import.json', shared);
const isThere = existsSync(document) && existsSync(expectation);

interface ExpectedAnswer {
  question_no: number;
  question: string;
  status: string;
  answer_text: string | null;
  notes_text: string | null;
  inline_model_answer_text: string | null;
}

interface Expected {
  chapter: string;
  members: { name: string; answers: ExpectedAnswer[] }[];
  model_answers: { no: number; question: string; text: string }[];
}

const lines: Record<number, [number, number]> = {
  1: [6, 17],
  2: [18, 30],
  3: [31, 40],
  4: [43, 68],
  5: [69, 79],
  6: [80, 90],
  7: [93, 117],
  8: [118, 130],
  9: [131, 140],
  10: [143, 166],
  11: [167, 196],
  12: [197, 233],
  13: [236, 252],
  14: [253, 278],
  15: [281, 283],
  16: [284, 287],
};

function statusOf(status: string): string {
  return ['revised', 'answered_with_help'].includes(status) ? 'answered' : status;
}

/** The ✅ callout of question 4 is the member's own summary; the others are copies and nobody's attempt. */
function attemptsOf(answer: ExpectedAnswer): Attempt[] {
  const revised = answer.question_no === 4 ? answer.inline_model_answer_text : answer.notes_text;
  return [
    ...(answer.answer_text ? [{ kind: 'first' as const, text: answer.answer_text }] : []),
    ...(revised ? [{ kind: 'revised' as const, text: revised }] : []),
  ];
}

const expected: Expected = isThere
  ? JSON.parse(readFileSync(expectation, 'utf8'))
  : { chapter: '', members: [], model_answers: [] };
const text = isThere ? decodeDocument(readFileSync(document), '01단원.md') : '';

const note = isThere ? '' : ' (skipped: ../shared with the real input is not beside the repository)';

describe.skipIf(!isThere)(`the real input${note}`, () => {
  let chapter: Chapter;
  beforeAll(() => {
    chapter = importChapter(text, '01단원.md');
  });

  test('has the title and id 01단원', () => {
    expect([chapter.id, chapter.title]).toEqual(['01단원', '01단원']);
  });

  test('holds 16 questions with the expected texts and model answers', () => {
    expect(chapter.questions).toHaveLength(16);
    expect(chapter.questions).toEqual(
      expected.model_answers.map(({ no, question, text }) => ({ no, text: question, modelAnswer: text })),
    );
  });

  test('holds 16 submissions with the expected members, statuses, attempts and lines', () => {
    const wanted = expected.members.flatMap((member) =>
      member.answers.map((answer) => ({
        member: member.name,
        question: answer.question_no,
        status: statusOf(answer.status),
        attempts: attemptsOf(answer),
        lines: lines[answer.question_no],
      })),
    );
    expect(wanted).toHaveLength(16);
    expect(chapter.submissions.map(({ flags: _, ...rest }) => rest)).toEqual(wanted);
  });

  test('flags guesses, declared help, the own summary and the copies', () => {
    const flagged = chapter.submissions.filter((submission) => submission.flags.length > 0);
    expect(flagged.map(({ question, flags }) => [question, flags])).toEqual([
      [1, ['hedged']],
      [2, ['hedged']],
      [4, ['own_summary']],
      [7, ['declared_help']],
      [9, ['hedged']],
      [10, ['model_answer_copy']],
      [11, ['model_answer_copy']],
      [12, ['model_answer_copy']],
      [14, ['model_answer_copy']],
    ]);
  });

  test('recovers the heading of model answer 10 at line 367', () => {
    const recovered = chapter.warnings.filter((item) => item.code === 'model_answer_heading_recovered');
    expect(recovered.map((item) => item.line)).toEqual([367]);
  });

  test('warns about the stray bold mark, the mixed headings, the copies and the empty answers by line', () => {
    expect(chapter.warnings.map(({ line, code }) => [line, code])).toEqual([
      [15, 'revised_attempt'],
      [27, 'revised_attempt'],
      [52, 'revised_attempt'],
      [95, 'declared_help'],
      [111, 'stray_markup'],
      [154, 'model_answer_copy'],
      [179, 'model_answer_copy'],
      [216, 'model_answer_copy'],
      [234, 'mixed_heading_levels'],
      [255, 'declared_replacement'],
      [264, 'model_answer_copy'],
      [270, 'model_answer_copy'],
      [281, 'unanswered'],
      [284, 'unanswered'],
      [367, 'model_answer_heading_recovered'],
    ]);
  });

  test('reads the same with a byte order mark and CRLF', () => {
    const windows = `\uFEFF${text.replaceAll('\n', '\r\n')}`;
    expect(
      importChapter(decodeDocument(new TextEncoder().encode(windows), '01단원.md'), '01단원.md'),
    ).toEqual(chapter);
  });

  test('reads the same without the indentation of the toggle heading', () => {
    const flat = text.replace(/^ {4}/gmu, '');
    expect(importChapter(flat, '01단원.md')).toEqual(chapter);
  });
});

import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { membersOf } from '../../src/core/chapter.ts';
import { decodeDocument } from '../../src/import/decode.ts';
import { importChapter } from '../../src/import/read-documents.ts';

const file = '02장-데이터베이스-기초.md';
const bytes = readFileSync(new URL(`../../answers/${file}`, import.meta.url));
const text = decodeDocument(bytes, file);
const chapter = importChapter(text, file);

function attemptOf(question: number, kind: 'first' | 'revised'): string {
  const submission = chapter.submissions.find((item) => item.question === question);
  return submission?.attempts.find((attempt) => attempt.kind === kind)?.text ?? '';
}

describe('the sample chapter', () => {
  test('takes its title from the first heading and its id from the title', () => {
    expect([chapter.title, chapter.id]).toEqual(['02장 데이터베이스 기초', '02장-데이터베이스-기초']);
  });

  test('has its members in order of appearance', () => {
    expect(membersOf(chapter)).toEqual(['서다온', '남기훈', '배솔', '문채린', '오하람']);
  });

  test('has ten questions, each with a model answer', () => {
    expect(chapter.questions.map((question) => [question.no, question.modelAnswer !== null])).toEqual(
      Array.from({ length: 10 }, (_, index) => [index + 1, true]),
    );
  });

  test('has the statuses that its members gave cause for', () => {
    const statuses = chapter.submissions.map(({ member, question, status }) => [member, question, status]);
    expect(statuses).toEqual([
      ['서다온', 1, 'answered'],
      ['서다온', 2, 'answered'],
      ['남기훈', 3, 'answered'],
      ['남기훈', 4, 'dont_know'],
      ['배솔', 5, 'answered'],
      ['배솔', 6, 'answered'],
      ['문채린', 7, 'answered'],
      ['문채린', 8, 'answered'],
      ['오하람', 9, 'replaced_by_model_answer'],
      ['오하람', 10, 'unanswered'],
    ]);
  });

  test('has a first attempt wherever something was written, and a revised one where it was corrected', () => {
    const kinds = chapter.submissions.map(({ question, attempts }) => [
      question,
      ...attempts.map((attempt) => attempt.kind),
    ]);
    expect(kinds).toEqual([
      [1, 'first', 'revised'],
      [2, 'first'],
      [3, 'first', 'revised'],
      [4, 'first'],
      [5, 'first'],
      [6, 'first', 'revised'],
      [7, 'first'],
      [8, 'first'],
      [9, 'first'],
      [10],
    ]);
  });

  test('cuts a first attempt out of its callout, without icon and indentation', () => {
    expect(attemptOf(1, 'first')).toBe(
      '데이터를 압축해서 작게 만들어 두니까 읽을 게 줄어드는 것 아닐까요…? 찍어봅니다ㅎㅎ',
    );
  });

  test('keeps the structure of an answer: lists, soft line breaks, paragraphs below a bullet', () => {
    const answer = attemptOf(8, 'first').split('\n');
    expect(answer[0]).toMatch(/^서로 상대방이 쥔 락을/u);
    expect(answer.filter((line) => /^ {4}\d\. /u.test(line))).toHaveLength(3);
    expect(attemptOf(2, 'first').split('\n')).toContain('    예시: 잔액은 마이너스 금지라는 규칙');
  });

  test('takes the bullets below the callout as the revised attempt', () => {
    const revised = attemptOf(6, 'revised').split('\n');
    expect(revised[0]).toBe('- 완전 딴 얘기를 써놨네요 미안합니다.. 6절 다시 읽고 고쳐 씁니다');
    expect(revised).toHaveLength(3);
  });

  test('flags declared help, the own summary and the copies of model answers', () => {
    const flagged = chapter.submissions.filter((submission) => submission.flags.length > 0);
    expect(flagged.map(({ question, flags }) => [question, flags])).toEqual([
      [2, ['declared_help']],
      [3, ['own_summary']],
      [7, ['model_answer_copy']],
      [8, ['model_answer_copy']],
      [9, ['model_answer_copy']],
    ]);
  });

  test('recovers the heading of model answer 7 from the copy below an answer', () => {
    const recovered = chapter.warnings.filter((item) => item.code === 'model_answer_heading_recovered');
    const line = text
      .split('\n')
      .lastIndexOf(
        '    복제는 같은 데이터를 여러 서버에 두어 장애에 대비하고 읽기 부하를 나누는 기술입니다.',
      );
    expect(recovered.map((item) => item.line)).toEqual([line + 1]);
  });

  test('splits the recovered model answer off the one above it', () => {
    const [sixth, seventh] = chapter.questions.slice(5, 7);
    expect(sixth?.modelAnswer).toMatch(/업무에 필요한 만큼만 높이는 것이 좋습니다\.$/u);
    expect(seventh?.modelAnswer).toMatch(/^복제는 같은 데이터를/u);
    expect(seventh?.text).toMatch(/^데이터베이스 복제\(replication\)에서/u);
  });

  test('has submissions that cover the lines of their members without overlap', () => {
    const ranges = chapter.submissions.map((submission) => submission.lines);
    expect(ranges.every(([from, to], index) => from <= to && from > (ranges[index - 1]?.[1] ?? 0))).toBe(
      true,
    );
  });

  test('has warnings in the order of their lines', () => {
    const lines = chapter.warnings.map((item) => item.line);
    expect(lines).toEqual(lines.toSorted((a, b) => a - b));
  });
});

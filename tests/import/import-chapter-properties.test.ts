import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Chapter } from '../../src/core/chapter.ts';
import { InputError } from '../../src/core/errors.ts';
import { importChapter } from '../../src/import/read-documents.ts';
import { tokenAnswer, tokenQuestion, vectorAnswer, vectorQuestion } from './fixtures/pages.ts';

const piece = fc.constantFrom(
  '# 1장',
  '## 서다온',
  '### 남기훈',
  '## 모범답안',
  '### 2. 제목',
  `- ${tokenQuestion}`,
  `- ${vectorQuestion}`,
  '- 2. 다른 질문',
  '- 하나',
  '1. 둘',
  '- [ ]  할 일',
  `**1. ${tokenQuestion}**`,
  `**2. ${vectorQuestion}**`,
  '**굵게** 시작하는 글',
  tokenAnswer,
  vectorAnswer,
  '<aside>',
  '</aside>',
  '<aside>💡 짧은 글</aside>',
  '💡',
  '✅',
  '💡 글과 함께',
  '글을 나눈 조각?..',
  '모르겠음',
  '![그림](a.png)',
  '---',
  '```',
  '> 인용',
  '| 가 | 나 |',
  '****',
);
const indent = fc.constantFrom('', '', '    ', '        ', '            ', '  ', '\t', '\t\t');
const line = fc.oneof(
  { weight: 6, arbitrary: fc.tuple(indent, piece).map(([space, text]) => space + text) },
  { weight: 3, arbitrary: fc.constantFrom('', '    ', '        ') },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 20 }) },
);
/** Pages that begin as a chapter does, so that many of them are one. */
const page = fc
  .tuple(fc.boolean(), fc.array(line, { maxLength: 60 }))
  .map(([begins, lines]) =>
    [...(begins ? ['# 1장', '', '## 배솔', '', `- ${tokenQuestion}`, ''] : []), ...lines].join('\n'),
  )
  .map((text) => text.replace(/\r\n?/gu, '\n'));

function tryImport(text: string): Chapter | null {
  try {
    return importChapter(text, '1장.md');
  } catch (error) {
    if (error instanceof InputError) return null;
    throw error;
  }
}

/** Every code point, lone surrogates among them. */
const anyCharacter = fc.integer({ min: 0, max: 0x10ffff }).map((code) => String.fromCodePoint(code));

const runs = { numRuns: 120 };

describe('importChapter on arbitrary pages', () => {
  test('gives a chapter or an InputError, never anything else', () => {
    let chapters = 0;
    fc.assert(
      fc.property(page, (text) => {
        if (tryImport(text)) chapters += 1;
      }),
      runs,
    );
    expect(chapters).toBeGreaterThan(20);
  });

  test('does so on arbitrary strings too', () => {
    fc.assert(
      fc.property(fc.string({ unit: anyCharacter, maxLength: 200 }), (text) => {
        expect(tryImport(text.replace(/\r\n?/gu, '\n'))?.submissions).not.toEqual([]);
      }),
      runs,
    );
  });

  test('writes nothing into an attempt that does not stand in the source', () => {
    fc.assert(
      fc.property(page, (text) => {
        const attempts = tryImport(text)?.submissions.flatMap((submission) => submission.attempts) ?? [];
        const lines = attempts.flatMap((attempt) => attempt.text.split('\n'));
        expect(lines.filter((item) => !text.includes(item.trim()))).toEqual([]);
      }),
      runs,
    );
  });

  test('gives every submission a question that exists and lines within the document', () => {
    fc.assert(
      fc.property(page, (text) => {
        const chapter = tryImport(text);
        if (!chapter) return;
        const numbers = chapter.questions.map((question) => question.no);
        const last = text.split('\n').length;
        expect(new Set(numbers).size).toBe(numbers.length);
        for (const { question, lines, attempts, member } of chapter.submissions) {
          expect(numbers).toContain(question);
          expect(member).not.toBe('');
          expect(lines[0]).toBeGreaterThanOrEqual(1);
          expect(lines[1]).toBeGreaterThanOrEqual(lines[0]);
          expect(lines[1]).toBeLessThanOrEqual(last);
          const kinds = attempts.map((attempt) => attempt.kind);
          expect([[], ['first'], ['revised'], ['first', 'revised']]).toContainEqual(kinds);
        }
      }),
      runs,
    );
  });

  test('gives answered submissions an attempt, and every warning a line of the document', () => {
    fc.assert(
      fc.property(page, (text) => {
        const chapter = tryImport(text);
        const answered = chapter?.submissions.filter((submission) => submission.status === 'answered') ?? [];
        expect(answered.filter((submission) => submission.attempts.length === 0)).toEqual([]);
        const last = text.split('\n').length;
        const outside = chapter?.warnings.filter((item) => item.line < 1 || item.line > last) ?? [];
        expect(outside).toEqual([]);
      }),
      runs,
    );
  });
});

const sentence = fc
  .array(
    fc.constantFrom(
      '토큰은',
      '낱말을',
      '잘게',
      '나눈',
      '조각이고',
      '모델이',
      '읽는',
      '단위다',
      '`x`',
      '**꼭**',
    ),
    {
      minLength: 3,
      maxLength: 8,
    },
  )
  .map((words) => words.join(' '));
const paragraphs = fc.array(sentence, { minLength: 1, maxLength: 4 });

describe('importChapter on pages written as members write them', () => {
  test('loses nothing: the callout is the first attempt, what stands below it the revised one', () => {
    fc.assert(
      fc.property(paragraphs, fc.array(sentence, { maxLength: 3 }), (first, below) => {
        const callout = ['<aside>', '💡', '', first.join('\n\n'), '', '</aside>'].join('\n');
        const content = [callout, ...below].join('\n\n').replace(/^(?=.)/gmu, '    ');
        const text = `# 1장\n\n## 배솔\n\n- ${tokenQuestion}\n\n${content}\n\n## 모범답안\n\n**1. ${tokenQuestion}**\n\n짧음\n`;
        expect(importChapter(text, 'a.md').submissions[0]?.attempts).toEqual([
          { kind: 'first', text: first.join('\n\n') },
          ...(below.length > 0 ? [{ kind: 'revised', text: below.join('\n\n') }] : []),
        ]);
      }),
      { numRuns: 60 },
    );
  });
});

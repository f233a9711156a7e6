import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Chapter, chapterIdOf, membersOf } from '../../src/core/chapter.ts';

/** Every code point, lone surrogates among them. */
const anyCharacter = fc.integer({ min: 0, max: 0x10ffff }).map((code) => String.fromCodePoint(code));

describe('chapterIdOf', () => {
  test.each([
    ['01단원', '01단원'],
    ['02장 데이터베이스 기초', '02장-데이터베이스-기초'],
    ['  3장   검색 ', '3장-검색'],
    ['4장: A/B 테스트?', '4장-A-B-테스트'],
    ['C:\\temp\\5장', 'C-temp-5장'],
    ['100% 이해 #1', '100-이해-1'],
    ['../../etc/passwd', 'etc-passwd'],
    ['.숨김', '숨김'],
    ['끝.', '끝'],
    ['가\u200B나\u0000다', '가-나-다'],
    ['가\u00A0나\u2028다', '가-나-다'],
    ['단원'.normalize('NFD'), '단원'.normalize('NFC')],
    ['(1장) v1.2', '(1장)-v1.2'],
    ['CON', '_CON'],
    ['aux.md', '_aux.md'],
    ['com1', '_com1'],
    ['console', 'console'],
    [`${'가'.repeat(79)} 나`, '가'.repeat(79)],
    ['😀'.repeat(100), '😀'.repeat(80)],
  ])('of %j is %j', (title, id) => {
    expect(chapterIdOf(title)).toBe(id);
  });

  test.each(['', '   ', '...', '///', '-', '\u0000'])('of %j is "chapter"', (title) => {
    expect(chapterIdOf(title)).toBe('chapter');
  });

  test('is at most 80 characters long', () => {
    expect(chapterIdOf('가'.repeat(200))).toBe('가'.repeat(80));
  });

  test('of an id is that id', () => {
    const title = fc.string({
      unit: fc.constantFrom('가', 'é', 'a', '1', '.', '-', ' ', '/', '%'),
      maxLength: 80,
    });
    fc.assert(
      fc.property(title, (value) => {
        const id = chapterIdOf(value);
        expect(chapterIdOf(id)).toBe(id);
      }),
      { numRuns: 300 },
    );
  });

  test('never holds separators, reserved or control characters, spaces, or a leading dot', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: anyCharacter }),
          fc.string({ unit: fc.constantFrom('.', '/', '\\', ' ', '-', '가', ':') }),
        ),
        (value) => {
          const id = chapterIdOf(value);
          expect(id).not.toMatch(/[\p{Cc}<>:"/\\|?*\s]/u);
          expect(id).not.toMatch(/^[.-]/u);
          expect(id).not.toBe('');
          expect(id.length).toBeLessThanOrEqual(80);
        },
      ),
      { numRuns: 500 },
    );
  });
});

test('membersOf gives each member once, in order of appearance', () => {
  const submission = {
    status: 'answered' as const,
    attempts: [],
    flags: [],
    lines: [1, 1] as [number, number],
  };
  const chapter: Chapter = {
    id: '1장',
    title: '1장',
    questions: [],
    submissions: [
      { ...submission, member: '서다온', question: 1 },
      { ...submission, member: '배솔', question: 2 },
      { ...submission, member: '서다온', question: 3 },
    ],
    warnings: [],
  };
  expect(membersOf(chapter)).toEqual(['서다온', '배솔']);
});

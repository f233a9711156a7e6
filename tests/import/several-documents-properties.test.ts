import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/core/errors.ts';
import { readDocuments } from '../../src/import/read-documents.ts';
import type { SourceDocument } from '../../src/import/reader.ts';

const id = (no: number) => no.toString(16).padStart(2, '0').repeat(16);

const folders = [
  '',
  '3주차',
  `3주차 ${id(1)}`,
  'ch1',
  'answers/온유',
  'answers/이든',
  '저장/샤딩이란?',
  '저장/왜/복제하나요?',
];
const names = [
  ...['온유.md', '이든', `하람 ${id(2)}.md`, `온유 ${id(3)}.md`, 'onyu-answers.md', 'chapter-01.md'],
  ...[
    'questions.md',
    '모범답안.md',
    'README.md',
    `3주차 ${id(1)}.md`,
    `답변 ${id(4)}.csv`,
    `답변 ${id(4)}_all.csv`,
  ],
];
const lines = [
  ...[
    '# 온유',
    '# 3주차',
    '# Q1. 샤딩이란 무엇인가요?',
    '## 1. 샤딩이란 무엇인가요?',
    '## 왜 복제하나요?',
    '### 온유',
  ],
  ...[
    '### 이든',
    '## 모범답안',
    '**2. 왜 복제하나요?**',
    '- 왜 복제하나요?',
    '    ',
    '    <aside>',
    '    💡',
    '    </aside>',
  ],
  ...[
    '<aside>',
    '</aside>',
    '```',
    '---',
    '나누는 것',
    '- 하나',
    '1. 둘',
    '담당: 온유',
    '이름,번호,답',
    '온유,1,"나누는',
    '이든,2,것"',
  ],
  ...[
    `[답](3%EC%A3%BC%EC%B0%A8/%ED%95%98%EB%9E%8C%20${id(2)}.md)`,
    '-- YOUR ANSWER HERE --',
    '',
    '',
    '| a | b |',
    '\u00a0',
    '\t',
  ],
];

const text = fc.array(fc.constantFrom(...lines), { maxLength: 14 }).map((own) => own.join('\n'));
const path = fc
  .tuple(fc.constantFrom(...folders), fc.constantFrom(...names))
  .map(([folder, name]) => (folder === '' ? name : `${folder}/${name}`));
const documents = fc
  .uniqueArray(fc.record({ path, text }), { selector: ({ path: own }) => own, minLength: 2, maxLength: 12 })
  .map((own) => own.map((document): SourceDocument => ({ ...document, file: document.path })));

/** The same inputs in every run need not be many; a search says how many. */
const numRuns = Number(process.env['FUZZ_RUNS'] ?? 200);

/** What was read; null where the documents are refused in words. */
function readOrRefused(given: readonly SourceDocument[]) {
  try {
    return readDocuments(given);
  } catch (error) {
    if (error instanceof InputError) return null;
    throw error;
  }
}

describe('of whatever documents', () => {
  it('each is read for a chapter or skipped with a reason, and every line of it has a use', () => {
    let chapters = 0;
    fc.assert(
      fc.property(documents, (given) => {
        const read = readOrRefused(given);
        if (!read) return;
        chapters += read.chapters.length;
        const used = new Map(read.chapters.flatMap(({ uses }) => [...uses]));
        const skipped = new Set(read.skipped.map(({ file }) => file));
        for (const { file, text: own } of given) {
          const uses = used.get(file);
          expect(uses !== undefined || skipped.has(file), file).toBe(true);
          if (!uses) continue;
          const written = own.split('\n').flatMap((line, index) => (line.trim() === '' ? [] : [index + 1]));
          expect([...uses.entries()].map(({ line }) => line)).toEqual(written);
        }
      }),
      { numRuns },
    );
    expect(chapters).toBeGreaterThan(numRuns / 6);
  });

  it('every answer is text of the documents', () => {
    fc.assert(
      fc.property(documents, (given) => {
        const read = readOrRefused(given);
        if (!read) return;
        for (const { chapter, uses } of read.chapters) {
          const whole = given
            .filter(({ file }) => uses.has(file))
            .map(({ text: own }) => own.replace(/\s+/gu, ' '))
            .join(' ');
          for (const { attempts } of chapter.submissions)
            for (const line of attempts.flatMap(({ text: own }) => own.split('\n')))
              expect(whole).toContain(line.replace(/\s+/gu, ' ').trim());
        }
      }),
      { numRuns: 200 },
    );
  });
});

import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InputError } from '../../src/core/errors.ts';
import type { UsedLine } from '../../src/core/line-use.ts';
import { decodeDocument } from '../../src/import/decode.ts';
import { type ChapterWithReading, readDocument } from '../../src/import/read-documents.ts';

/** How many pages are tried; the variable asks for more. */
const numRuns = Number(process.env['FUZZ_RUNS'] ?? 40);

const strange = fc.constantFrom(
  ...[
    '<aside>',
    '</aside>',
    '💡',
    '✅',
    '<aside>💡 짧은 글</aside>',
    '<details>',
    '<summary>1. 무엇?</summary>',
  ],
  ...[
    '## 새 멤버',
    '# 2장',
    '## 모범답안',
    '**1. 무엇인가요?**',
    '- 무엇인가요?',
    'Q3. 왜?',
    'A. 그래서',
    '답: 그래서',
  ],
  ...[
    '```',
    '~~~',
    '---',
    '> 💡 인용',
    '| 질문 | 김 |',
    '|---|---|',
    '::: callout {icon="💡"}',
    ':::',
    '-',
    '- [ ]  ',
  ],
  ...['모르겠음', '![](a.png)', '\u200b', '\u00a0', 'Q', '상태: 완료', '서다온: 그렇습니다', '1.', '①'],
);

/** A change of a page as people and programs make them; places are shares of its length. */
const change = fc.oneof(
  fc.record({
    kind: fc.constantFrom('delete', 'double', 'swap', 'indent', 'outdent', 'join', 'cut'),
    at: fc.nat(9999),
  }),
  fc.record({ kind: fc.constant('insert'), at: fc.nat(9999), text: strange }),
  fc.record({ kind: fc.constant('move'), at: fc.nat(9999), to: fc.nat(9999) }),
);
type Change = typeof change extends fc.Arbitrary<infer T> ? T : never;

function changed(lines: readonly string[], one: Change): string[] {
  const at = Math.floor((one.at / 10_000) * lines.length);
  const [before, line = '', after] = [lines.slice(0, at), lines[at], lines.slice(at + 1)];
  if ('text' in one) return [...before, one.text, line, ...after];
  if ('to' in one)
    return [...before, ...after].toSpliced(Math.floor((one.to / 10_000) * lines.length), 0, line);
  switch (one.kind) {
    case 'delete':
      return [...before, ...after];
    case 'double':
      return [...before, line, line, ...after];
    case 'swap':
      return [...before, ...after.slice(0, 1), line, ...after.slice(1)];
    case 'indent':
      return [...before, `    ${line}`, ...after];
    case 'outdent':
      return [...before, line.replace(/^ {1,4}/u, ''), ...after];
    case 'join':
      return [...before, `${line}${after[0] ?? ''}`, ...after.slice(1)];
    default:
      return before;
  }
}

function read(text: string): ChapterWithReading[] | null {
  try {
    return readDocument({ path: 'a.md', file: 'a.md', text });
  } catch (error) {
    if (error instanceof InputError) return null;
    throw error;
  }
}

function usedLines(chapters: readonly ChapterWithReading[]): UsedLine[] {
  return chapters.flatMap(({ uses }) => [...uses.values()].flatMap((own) => [...own.entries()]));
}

/** What stands on a line, whatever marks it. */
function content(line: string): string {
  return line.replace(/[^\p{L}\p{N}]/gu, '');
}

function expectAccounted(text: string, chapters: readonly ChapterWithReading[]): void {
  const lines = text.split('\n');
  const used = usedLines(chapters);
  const known = new Set(used.map(({ line }) => line));
  const missing = lines.flatMap((line, index) =>
    line.trim() === '' || known.has(index + 1) ? [] : [index + 1],
  );
  expect(missing).toEqual([]);
  const warned = new Set(chapters.flatMap(({ chapter }) => chapter.warnings.map(({ line }) => line)));
  const from = (line: number) => {
    let first = line;
    while (first > 1 && !warned.has(first)) first -= 1;
    return first;
  };
  for (const { line, use } of used)
    if (use.role === 'unread' || use.role === 'ignored') expect(warned.has(from(line))).toBe(true);
}

/** Each line of what a member is credited with was taken for this member's answer to this question. */
function expectOwn(chapters: readonly ChapterWithReading[]): void {
  for (const one of chapters) {
    const own = new Map<string, Set<string>>();
    for (const { text, use } of usedLines([one])) {
      if (use.role !== 'answer' && use.role !== 'revised') continue;
      const key = JSON.stringify([use.member, use.question]);
      own.set(key, (own.get(key) ?? new Set()).add(content(text)));
    }
    for (const { member, question, attempts } of one.chapter.submissions) {
      const texts = [...(own.get(JSON.stringify([member, question])) ?? [])];
      for (const line of attempts.flatMap(({ text }) => text.split('\n').map(content)))
        expect(line === '' || texts.some((text) => text.includes(line))).toBe(true);
    }
  }
}

const sample = new URL('../../answers/02장-데이터베이스-기초.md', import.meta.url);
const real = new URL('../../../shared/seeds/01단원.md', import.meta.url);

describe.each([
  ['the sample chapter', sample],
  ['the real input', real],
])('%s, changed in any way', (_, url) => {
  test.skipIf(!existsSync(url))('is read with every line accounted for, or refused', () => {
    const lines = decodeDocument(readFileSync(url), 'a.md').split('\n');
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 25 }), (changes) => {
        const text = changes.reduce<string[]>(changed, lines).join('\n');
        const chapters = read(text);
        if (chapters === null) return;
        expectAccounted(text, chapters);
        expectOwn(chapters);
      }),
      { numRuns },
    );
  });
});

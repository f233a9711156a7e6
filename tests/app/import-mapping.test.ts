import { describe, expect, test } from 'vitest';
import { readingOptionsFor } from '../../src/app/import-mapping.ts';
import { memoryFiles } from '../helpers/memory-files.ts';

const full = `
format: member-sections
members: [서다온, 남기훈]
aliases: { 다온이: 서다온 }
icons: { "🧠": answer, "🎯": check }
headings: { modelAnswers: [선생님 풀이], ignored: [회의록] }
columns: { member: 누가, answer: 쓴 글 }
`;

describe('how documents are to be read', () => {
  test('stands in import.yaml beside a document', async () => {
    const files = memoryFiles({ '/group/answers/a.md': '# A', '/group/answers/import.yaml': full });
    expect(await readingOptionsFor('/group/answers/a.md', {}, files)).toEqual({
      format: 'member-sections',
      hints: {
        members: ['서다온', '남기훈'],
        aliases: { 다온이: '서다온' },
        icons: { '🧠': 'answer', '🎯': 'check' },
        headings: { modelAnswers: ['선생님 풀이'], ignored: ['회의록'] },
        columns: { member: '누가', answer: '쓴 글' },
      },
    });
  });

  test('is open where there is no such file', async () => {
    const files = memoryFiles({ '/group/a.md': '# A' });
    expect(await readingOptionsFor('/group/a.md', {}, files)).toEqual({ format: undefined, hints: {} });
  });

  test('stands in another file where one is named, and an option goes before it', async () => {
    const files = memoryFiles({
      '/group/a.md': '# A',
      '/group/import.yaml': full,
      '/other.yaml': 'members: [김]',
    });
    const request = { mapping: '/other.yaml', format: 'member-sections' };
    expect(await readingOptionsFor('/group/a.md', request, files)).toEqual({
      format: 'member-sections',
      hints: { members: ['김'] },
    });
  });

  test.each([
    [
      'a format that there is not',
      'format: somehow',
      /import\.yaml: there is no format "somehow"; there are /u,
    ],
    ['a setting that there is not', 'membres: [a]', /import\.yaml:1: .*there is no setting "membres"/u],
    ['an icon for something else', 'icons: { "🧠": question }', /import\.yaml:1: .*icons › 🧠/u],
  ])('is refused with %s', async (_, text, sentence) => {
    const files = memoryFiles({ '/group/a.md': '# A', '/group/import.yaml': text });
    const error = await readingOptionsFor('/group/a.md', {}, files).catch((caught: unknown) => caught);
    expect((error as { sentence(language: string): string }).sentence('en')).toMatch(sentence);
  });
});

import { describe, expect, test } from 'vitest';
import { pickChapters } from '../../src/app/pick-chapters.ts';
import { InputError } from '../../src/core/errors.ts';
import { createMemoryStore } from '../../src/store/memory-store.ts';
import { storedChapter } from '../helpers/stored-chapter.ts';

const store = createMemoryStore();
for (const title of ['10 Locks', '2 장: 뷰', '1 Indexes']) store.saveChapter(storedChapter(title));

const titlesOf = (names: readonly string[]) => pickChapters(store, names).map(({ title }) => title);

describe('pickChapters', () => {
  test('takes all chapters when none is named, as a person would count', () => {
    expect(titlesOf([])).toEqual(['1 Indexes', '2 장: 뷰', '10 Locks']);
  });

  test.each([
    ['by id', ['2-장-뷰']],
    ['by title', ['2 장: 뷰']],
    ['by a title as macOS writes it, with a space too much', [' 2 장: 뷰'.normalize('NFD')]],
  ])('finds a chapter %s', (_name, names) => {
    expect(titlesOf(names)).toEqual(['2 장: 뷰']);
  });

  test('shows a chapter once, and in the order of the chapters', () => {
    expect(titlesOf(['10 Locks', '1-Indexes', '10-Locks'])).toEqual(['1 Indexes', '10 Locks']);
  });

  test('names the chapters there are when one is not', () => {
    const picking = () => pickChapters(store, ['1 Indexes', '3 Views']);
    expect(picking).toThrow(InputError);
    expect(picking).toThrow(
      '"3 Views" is not among the graded chapters; they are 1 Indexes, 2 장: 뷰, 10 Locks.',
    );
  });

  test.each([null, createMemoryStore()])('says how to begin when nothing was graded', (empty) => {
    expect(() => pickChapters(empty, [])).toThrow(/grade one first with "answer-grader grade FILE"/u);
  });
});

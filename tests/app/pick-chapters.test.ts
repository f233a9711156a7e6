import { describe, expect, test } from 'vitest';
import { pickChapters } from '../../src/app/pick-chapters.ts';
import { InputError } from '../../src/core/errors.ts';
import { createMemoryStore } from '../../src/store/memory-store.ts';
import { later } from '../helpers/later.ts';
import { storedChapter } from '../helpers/stored-chapter.ts';

const store = createMemoryStore();
for (const title of ['10 Locks', '2 장: 뷰', '1 Indexes']) store.saveChapter(storedChapter(title));

const titlesOf = async (names: readonly string[]) =>
  (await pickChapters(later(store), names)).map(({ title }) => title);

describe('pickChapters', () => {
  test('takes all chapters when none is named, as a person would count', async () => {
    expect(await titlesOf([])).toEqual(['1 Indexes', '2 장: 뷰', '10 Locks']);
  });

  test.each([
    ['by id', ['2-장-뷰']],
    ['by title', ['2 장: 뷰']],
    ['by a title as macOS writes it, with a space too much', [' 2 장: 뷰'.normalize('NFD')]],
  ])('finds a chapter %s', async (_name, names) => {
    expect(await titlesOf(names)).toEqual(['2 장: 뷰']);
  });

  test('shows a chapter once, and in the order of the chapters', async () => {
    expect(await titlesOf(['10 Locks', '1-Indexes', '10-Locks'])).toEqual(['1 Indexes', '10 Locks']);
  });

  test('names the chapters there are when one is not', async () => {
    const picking = () => pickChapters(store, ['1 Indexes', '3 Views']);
    await expect(picking()).rejects.toThrow(InputError);
    await expect(picking()).rejects.toThrow(
      '"3 Views" is not among the graded chapters; they are 1 Indexes, 2 장: 뷰, 10 Locks.',
    );
  });

  test.each([null, createMemoryStore()])('says how to begin when nothing was graded', async (empty) => {
    await expect(pickChapters(empty, [])).rejects.toThrow(/grade one first with "answer-grader grade FILE"/u);
  });
});

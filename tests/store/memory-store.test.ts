import { expect, it } from 'vitest';
import { createMemoryStore } from '../../src/store/memory-store.ts';
import { describeStore, storedChapter } from './store-contract.ts';

describeStore('memory store', createMemoryStore);

it('one memory store knows nothing of another', () => {
  createMemoryStore().saveChapter(storedChapter());
  expect(createMemoryStore().chapters()).toEqual([]);
});

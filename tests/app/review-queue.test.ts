import { describe, expect, test, vi } from 'vitest';
import { gradesToReview } from '../../src/app/review-queue.ts';
import type { Grade } from '../../src/core/grade.ts';
import { createMemoryStore } from '../../src/store/memory-store.ts';
import { gradeOf } from '../core/builders.ts';
import { later } from '../helpers/later.ts';
import { storedChapter } from '../helpers/stored-chapter.ts';
import { sampleReview } from '../store/store-contract.ts';

const [ann] = storedChapter('1 Indexes').submissions;
if (!ann) throw new Error('the chapter has a submission');

const cases: [string, Partial<Grade>][] = [
  ['Sure', {}],
  ['Doubtful', { needsReview: true, reviewReasons: ['judges_disagree'] }],
  ['Similar', { similarTo: ['Sure'] }],
  ['Stale', { criteriaHash: 'before' }],
  ['Decided', {}],
];

const store = createMemoryStore();
store.saveChapter(storedChapter('1 Indexes', { submissions: cases.map(([member]) => ({ ...ann, member })) }));
store.addGrades(
  1,
  cases.map(([member, overrides]) => gradeOf({ chapter: '1-Indexes', member, ...overrides })),
);
const decision = { chapter: '1-Indexes', member: 'Decided', question: 1, answerHash: 'hash' };
store.addReview(sampleReview({ ...decision, referenceHash: 'reference', criteriaHash: 'criteria' }));

const stored = store.chapter('1-Indexes');
if (!stored) throw new Error('the chapter is there');

describe('gradesToReview', () => {
  test('are those in doubt, with a hint, or decided on; of the others only who judged', async () => {
    const { grades, judged } = await gradesToReview(stored, later(store));
    expect(grades.map(({ member, override }) => [member, override?.score ?? null])).toEqual([
      ['Doubtful', null],
      ['Similar', null],
      ['Stale', null],
      ['Decided', 85],
    ]);
    expect(judged.map(({ member }) => member)).toEqual(cases.map(([member]) => member));
  });

  test('are the only ones read whole', async () => {
    const read = vi.fn(store.grade);
    await gradesToReview(stored, { ...store, grade: read });
    expect(read).toHaveBeenCalledTimes(4);
  });
});

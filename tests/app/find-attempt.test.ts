import { describe, expect, test } from 'vitest';
import { type AttemptTarget, findAttempt } from '../../src/app/find-attempt.ts';
import { InputError } from '../../src/core/errors.ts';
import { createMemoryStore } from '../../src/store/memory-store.ts';
import type { GradeStore, StoredChapter } from '../../src/store/store.ts';
import { gradeOf } from '../core/builders.ts';
import { later } from '../helpers/later.ts';
import { memoryFiles } from '../helpers/memory-files.ts';
import { storedChapter } from '../helpers/stored-chapter.ts';

const twoAttempts: StoredChapter['submissions'] = [
  {
    member: 'Ann',
    question: 1,
    status: 'answered',
    attempts: [
      { kind: 'first', text: 'It is sorted.', answerHash: 'first' },
      { kind: 'revised', text: 'It is sorted, and costs space.', answerHash: 'revised' },
    ],
  },
];

/** Two chapters with a question 1 for Ann; in the first she answered twice, in the second Ben has one too. */
function groupOf(attempt: StoredChapter['attempt'] = 'first'): GradeStore {
  const store = createMemoryStore();
  const [ann] = storedChapter('2 Locks').submissions;
  if (!ann) throw new Error('the chapter has a submission');
  store.saveChapter(storedChapter('1 Indexes', { attempt, submissions: twoAttempts }));
  store.saveChapter(storedChapter('2 Locks', { submissions: [ann, { ...ann, member: 'Ben' }] }));
  const run = store.startRun({ chapter: '1-Indexes', startedAt: '', judge: 'llm', model: 'm' });
  for (const [kind, score] of [
    ['first', 40],
    ['revised', 70],
  ] as const)
    store.addGrades(run, [
      gradeOf({ chapter: '1-Indexes', member: 'Ann', attempt: kind, score, answerHash: kind }),
    ]);
  store.addGrades(run, [gradeOf({ chapter: '2-Locks', member: 'Ann', score: 90 })]);
  return later(store);
}

const found = (target: AttemptTarget, attempt?: StoredChapter['attempt']) =>
  findAttempt(groupOf(attempt), target, memoryFiles(), { folder: '/group', builtIn: '/program/rubrics' });

const problemOf = async (target: AttemptTarget): Promise<string> => {
  try {
    await found(target);
  } catch (error) {
    if (error instanceof InputError) return error.sentence('en');
    throw error;
  }
  throw new Error('it was found');
};

describe('findAttempt', () => {
  test('comes with chapter, question and text', async () => {
    const target = { chapter: '2 Locks', member: 'Ann', question: 1 };
    const { stored, grade, answer, question } = await found(target);
    expect(stored.id).toBe('2-Locks');
    expect(grade.score).toBe(90);
    expect(answer).toBe('It is sorted.');
    expect(question.text).toBe('What is an index?');
  });

  test.each([
    ['first', 'first', 40],
    ['revised', 'revised', 70],
    ['best', 'revised', 70],
  ] as const)(
    'takes the attempt that counts where the chapter counts the %s',
    async (rule, attempt, score) => {
      const { grade, answer } = await found(
        {
          chapter: '1-Indexes',
          member: 'Ann',
          question: 1,
        },
        rule,
      );
      expect(grade).toMatchObject({ attempt, score });
      expect(answer).toBe(attempt === 'first' ? 'It is sorted.' : 'It is sorted, and costs space.');
    },
  );

  test.each(['first', 'revised'] as const)('takes the %s attempt when asked for it', async (attempt) => {
    const target = { chapter: '1 Indexes', member: 'Ann', question: 1, attempt };
    expect((await found(target)).grade.attempt).toBe(attempt);
  });

  test.each<[string, AttemptTarget, string]>([
    [
      'a member nobody knows',
      { member: 'Zoe', question: 1 },
      'no graded chapter has a member "Zoe"; the members are Ann, Ben.',
    ],
    [
      'a member who is in another chapter',
      { chapter: '1 Indexes', member: 'Ben', question: 1 },
      'no graded chapter "1 Indexes" has a member "Ben"; the members are Ann.',
    ],
    [
      'a question that is not the member’s',
      { member: 'Ann', question: 2 },
      "question 2 is not one of Ann's, which are 1.",
    ],
    [
      'a chapter nobody graded',
      { chapter: '3 Views', member: 'Ann', question: 1 },
      '"3 Views" is not among the graded chapters; they are 1 Indexes, 2 Locks.',
    ],
    [
      'a question in several chapters',
      { member: 'Ann', question: 1 },
      'Ann has a question 1 in several chapters; choose with --chapter: 1 Indexes, 2 Locks.',
    ],
    [
      'an attempt that was not made',
      { chapter: '2 Locks', member: 'Ann', question: 1, attempt: 'revised' },
      'Ann wrote no revised attempt at question 1.',
    ],
    [
      'an answer that was not graded yet',
      { member: 'Ben', question: 1 },
      "Ben's question 1 has no grade yet; grade it first.",
    ],
  ])('says what there is instead: %s', async (_name, target, sentence) => {
    expect(await problemOf(target)).toBe(sentence);
  });
});

import { beforeEach, describe, expect, test } from 'vitest';
import { clearReview, reviewHistory, type Signature, setReview } from '../../src/app/review.ts';
import { criteriaHashOf } from '../../src/app/standard.ts';
import { rubricOfStored } from '../../src/app/stored-rubric.ts';
import { ConfigError, InputError } from '../../src/core/errors.ts';
import type { Rubric } from '../../src/core/rubric.ts';
import {
  cachingRubric,
  cachingRubricText,
  type GradedGroup,
  gradedGroup,
} from '../helpers/graded-chapter.ts';

const signature = (parts: Partial<Signature> = {}): Signature => ({
  by: 'Lea',
  reason: 'says it in other words',
  at: new Date('2026-03-01T10:00:00.000Z'),
  ...parts,
});

let group: GradedGroup;
let rubric: Rubric | null;
beforeEach(async () => {
  group = await gradedGroup();
  rubric = await rubricOfStored((await group.find('Ann', 1)).stored, group.files, group.places);
});

const decide = async (member: string, question: number, decision: Parameters<typeof setReview>[2]) =>
  setReview(group.store, await group.find(member, question), decision, signature(), rubric);

describe('a score', () => {
  test('stands in place of the machine’s, which stays beside it', async () => {
    const machine = (await group.find('Ann', 1)).grade;
    await setReview(group.store, await group.find('Ann', 1), { score: 88.26 }, signature(), null);
    const { grade } = await group.find('Ann', 1);
    expect(grade).toMatchObject({ state: 'graded', score: 88.3, stale: [], needsReview: false });
    expect(grade.override).toEqual({
      score: 88.3,
      levels: {},
      by: 'Lea',
      reason: 'says it in other words',
      at: '2026-03-01T10:00:00.000Z',
      stale: [],
      machine: {
        state: 'graded',
        score: machine.score,
        criteria: machine.criteria,
        keyPoints: machine.keyPoints,
      },
    });
    expect([grade.keyPoints, grade.criteria]).toEqual([machine.keyPoints, machine.criteria]);
  });

  test('may be given to what was not attempted', async () => {
    await decide('Ann', 2, { score: 40 });
    const { grade } = await group.find('Ann', 2);
    expect(grade).toMatchObject({ state: 'graded', score: 40 });
    expect(grade.override?.machine).toMatchObject({ state: 'not_attempted', score: 0 });
  });

  test('outlives every run', async () => {
    await decide('Ann', 1, { score: 88 });
    const { grade: before } = await group.find('Ann', 1);
    await group.grade();
    await group.grade();
    const { gradedAt: _now, ...after } = (await group.find('Ann', 1)).grade;
    const { gradedAt: _then, ...first } = before;
    expect(after).toEqual(first);
  });

  test('on an older text of the answer is stale from the start', async () => {
    const found = await group.find('Ann', 1);
    await setReview(group.store, found, { score: 88 }, signature({ answerHash: 'older' }), null);
    expect((await group.find('Ann', 1)).grade.override?.stale).toEqual(['answer']);
  });
});

describe('levels', () => {
  test('become points by the rubric; the machine’s stand where the person says nothing', async () => {
    const machine = (await group.find('Benedict', 1)).grade;
    expect(machine.keyPoints.map(({ id, level }) => [id, level])).toEqual([
      ['k1', 'missing'],
      ['k2', 'partial'],
    ]);
    await decide('Benedict', 1, { levels: { k1: 'covered' } });
    const { grade } = await group.find('Benedict', 1);
    // Two key points share 75 of 100.
    expect(grade.score).toBe((machine.score ?? 0) + 37.5);
    expect(grade.override?.levels).toEqual({ k1: 'covered' });
    const [k1, k2] = grade.keyPoints;
    expect(k1).toMatchObject({
      level: 'covered',
      points: 37.5,
      reason: 'says it in other words',
      evidence: [],
      evidenceVerified: true,
    });
    expect(k2).toEqual(machine.keyPoints[1]);
    expect(grade.criteria).toEqual(machine.criteria);
  });

  test('that equal the machine’s keep its evidence', async () => {
    const machine = (await group.find('Ann', 1)).grade;
    await decide('Ann', 1, { levels: { k1: 'covered', k2: 'covered' } });
    expect((await group.find('Ann', 1)).grade.keyPoints[0]).toEqual(machine.keyPoints[0]);
  });

  test('left out are the machine’s, whatever was decided before', async () => {
    const machine = (await group.find('Benedict', 1)).grade;
    await decide('Benedict', 1, { levels: { k1: 'covered' } });
    await decide('Benedict', 1, { levels: { k2: 'covered' } });
    const { override, keyPoints } = (await group.find('Benedict', 1)).grade;
    expect(override?.levels).toEqual({ k2: 'covered' });
    expect(keyPoints[0]).toEqual(machine.keyPoints[0]);
    expect(keyPoints[1]?.level).toBe('covered');
  });

  test('are about the rubric that they were chosen from', async () => {
    const found = await group.find('Ann', 1);
    const changed = cachingRubricText.replace('Examples from daily life', 'No examples');
    await group.files.write(`/group/${cachingRubric}`, changed);
    const now = await rubricOfStored(found.stored, group.files, group.places);
    if (now === null) throw new Error('the rubric is there');
    const { criteriaHash } = await setReview(
      group.store,
      found,
      { levels: { k2: 'covered' } },
      signature(),
      now,
    );
    expect(criteriaHash).toBe(criteriaHashOf(now, 1));
    expect(criteriaHash).not.toBe(found.question.criteriaHash);
  });

  test.each<[string, string, number, Record<string, string>, string]>([
    [
      'an unknown criterion',
      'Ann',
      1,
      { k9: 'covered' },
      'this question has no criterion "k9"; its criteria are k1, k2, accuracy, explanation.',
    ],
    [
      'an unknown level',
      'Ann',
      1,
      { k1: 'covered', accuracy: 'fine' },
      'accuracy has no level "fine"; its levels are wrong, flawed, mostly_right, right.',
    ],
    [
      'too few levels where the machine gave none',
      'Ann',
      2,
      { k1: 'covered' },
      'the levels of accuracy, explanation are not known; give them as well, or a score instead.',
    ],
  ])('are refused: %s', async (_name, member, question, levels, sentence) => {
    const deciding = () => decide(member, question, { levels });
    await expect(deciding()).rejects.toThrow(ConfigError);
    await expect(deciding()).rejects.toThrow(sentence);
    expect(await group.store.reviewsOf('5-Caching')).toEqual([]);
  });

  test('need the rubric', async () => {
    const found = await group.find('Ann', 1);
    const deciding = setReview(group.store, found, { levels: { k1: 'covered' } }, signature(), null);
    await expect(deciding).rejects.toThrow(
      "the chapter's rubric file cannot be found, so levels cannot be turned into points; give a score instead.",
    );
  });
});

describe('clearReview', () => {
  test('lets the machine’s grade count again; the history stays', async () => {
    const machine = (await group.find('Ann', 1)).grade;
    await decide('Ann', 1, { score: 88 });
    await decide('Ann', 1, { levels: { k2: 'covered' } });
    await decide('Benedict', 1, { score: 1 });
    await decide('Ann', 2, { score: 2 });
    await clearReview(group.store, await group.find('Ann', 1), signature({ reason: 'a mistake' }));
    expect((await group.find('Ann', 1)).grade).toEqual(machine);
    const history = await reviewHistory(group.store, await group.find('Ann', 1));
    expect(history.map(({ action, score, reason }) => [action, score, reason])).toEqual([
      ['set', 88, 'says it in other words'],
      ['set', 91.8, 'says it in other words'],
      ['clear', null, 'a mistake'],
    ]);
  });

  test('is refused where nobody decided anything, and a second time', async () => {
    const clearing = async () => clearReview(group.store, await group.find('Ann', 1), signature());
    await expect(clearing()).rejects.toThrow(InputError);
    await decide('Ann', 1, { score: 88 });
    await clearing();
    await expect(clearing()).rejects.toThrow("nobody has overridden Ann's question 1.");
  });
});

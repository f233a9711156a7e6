import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import { beforeEach, describe, expect, test } from 'vitest';
import { setReview } from '../../src/app/review.ts';
import { goldLines, importReviewSheet, reviewRows } from '../../src/app/review-sheet.ts';
import { rubricOfStored } from '../../src/app/stored-rubric.ts';
import { GraderError } from '../../src/core/errors.ts';
import { readMarkedAnswers } from '../../src/import/marked-answers.ts';
import { reviewCsv } from '../../src/reports/review-csv.ts';
import { type GradedGroup, gradedGroup, withAnswer } from '../helpers/graded-chapter.ts';

const at = new Date('2026-03-01T10:00:00.000Z');
type SheetRow = Record<string, string>;

let group: GradedGroup;
beforeEach(async () => {
  group = await gradedGroup();
});

async function exported(): Promise<SheetRow[]> {
  return parse(reviewCsv(await reviewRows(group.store, []), 'en'), { columns: true, bom: true });
}

/** The sheet as a person leaves it. */
async function filledIn(decisions: Readonly<Record<string, Partial<SheetRow>>>): Promise<string> {
  const rows = (await exported()).map((row) => ({
    ...row,
    ...decisions[`${row['member']} ${row['question']}`],
  }));
  return stringify(rows, { header: true });
}

function importing(text: string, by?: string) {
  const { store, files, places } = group;
  return importReviewSheet(store, { text, file: 'sheet.csv' }, { by, at }, files, places);
}

async function problemOf(sheet: string): Promise<string> {
  try {
    await importing(sheet);
  } catch (error) {
    if (error instanceof GraderError) return error.sentence('en');
    throw error;
  }
  throw new Error('it was taken over');
}

const decision = { override: '80', reason: 'clear', by: 'Lea' };

describe('importReviewSheet', async () => {
  test('takes over what was filled in', async () => {
    const sheet = await filledIn({
      'Ann 1': decision,
      "'=Cem 2": { override: '12.5', reason: '=1+1', by: 'Max' },
    });
    expect(await importing(sheet)).toEqual({ set: 2, unchanged: 0, stale: 0, overtaken: 0 });
    expect((await group.find('Ann', 1)).grade.override).toMatchObject({
      score: 80,
      reason: 'clear',
      by: 'Lea',
      at: at.toISOString(),
      stale: [],
    });
    expect((await group.find('=Cem', 2)).grade.override).toMatchObject({
      score: 12.5,
      reason: '=1+1',
      by: 'Max',
    });
    expect((await group.find('Benedict', 1)).grade.override).toBeNull();
  });

  test('changes nothing the second time', async () => {
    const sheet = await filledIn({ 'Ann 1': decision });
    await importing(sheet);
    const reviews = await group.store.reviewsOf('5-Caching');
    expect(await importing(sheet)).toEqual({ set: 0, unchanged: 1, stale: 0, overtaken: 0 });
    expect(await group.store.reviewsOf('5-Caching')).toEqual(reviews);
  });

  test('changes nothing when a sheet comes back as it was exported', async () => {
    for (const [member, question, reason] of [
      ['Ann', 1, '=SUM(A1)'],
      ['Benedict', 2, '"quoted", and\non two lines'],
      ['=Cem', 2, '－5 for the slip'],
    ] as const)
      await setReview(
        group.store,
        await group.find(member, question),
        { score: 33.3 },
        { by: 'Lea', reason, at },
        null,
      );
    expect(await importing(reviewCsv(await reviewRows(group.store, []), 'ko'))).toEqual({
      set: 0,
      unchanged: 3,
      stale: 0,
      overtaken: 0,
    });
  });

  test('confirms nothing stale when it comes back as it was exported, and says so', async () => {
    await importing(await filledIn({ 'Ann 1': decision }));
    await group.grade(withAnswer('Ann', 1, 'A small store for copies.'));
    const sheet = reviewCsv(await reviewRows(group.store, []), 'en');
    expect(await importing(sheet)).toEqual({ set: 0, unchanged: 1, stale: 1, overtaken: 0 });
    expect((await group.find('Ann', 1)).grade.override?.stale).toEqual(['answer']);
  });

  test('leaves alone what was decided anew since the sheet was made', async () => {
    const sheet = await filledIn({ 'Ann 1': decision, 'Benedict 1': decision });
    const later = { by: 'Max', reason: 'on second thought', at: new Date('2026-04-01') };
    await setReview(group.store, await group.find('Ann', 1), { score: 20 }, later, null);
    expect(await importing(sheet)).toEqual({ set: 1, unchanged: 0, stale: 0, overtaken: 1 });
    expect((await group.find('Ann', 1)).grade.override).toMatchObject({ score: 20, by: 'Max' });
  });

  test('names who decided by the option where the sheet does not', async () => {
    await importing(await filledIn({ 'Ann 1': { ...decision, by: '' }, 'Benedict 1': decision }), 'Max');
    expect((await group.find('Ann', 1)).grade.override?.by).toBe('Max');
    expect((await group.find('Benedict', 1)).grade.override?.by).toBe('Lea');
  });

  test('marks a decision about an older text as stale', async () => {
    const sheet = await filledIn({ 'Ann 1': decision, 'Benedict 1': decision });
    await group.grade(withAnswer('Ann', 1, 'A small store for copies.'));
    expect(await importing(sheet)).toEqual({ set: 2, unchanged: 0, stale: 0, overtaken: 0 });
    expect((await group.find('Ann', 1)).grade.override?.stale).toEqual(['answer']);
    expect((await group.find('Benedict', 1)).grade.override?.stale).toEqual([]);
  });

  const wrong: [name: string, row: Partial<SheetRow>, sentence: RegExp][] = [
    ['a bad number', { override: 'good' }, /^sheet\.csv:4: the column override takes a score/u],
    ['no reason', { reason: '' }, /^sheet\.csv:4: a row with an override needs a reason\.$/u],
    ['nobody to name', { by: '' }, /^sheet\.csv:4: say who decided in the column by, or with --by\.$/u],
  ];
  test.each(wrong)('takes over nothing when one row has %s', async (_name, parts, sentence) => {
    const sheet = await filledIn({ 'Ann 1': decision, 'Benedict 1': { ...decision, ...parts } });
    expect(await problemOf(sheet)).toMatch(sentence);
    expect(await group.store.reviewsOf('5-Caching')).toEqual([]);
  });

  test('takes over nothing when one row is about nobody', async () => {
    const sheet = await filledIn({ 'Ann 1': decision, 'Benedict 1': { ...decision, member: 'Zoe' } });
    expect(await problemOf(sheet)).toContain('no graded chapter "5 Caching" has a member "Zoe"');
    expect(await group.store.reviewsOf('5-Caching')).toEqual([]);
  });
});

describe('goldLines', async () => {
  const gold = async () => {
    const rubric = await rubricOfStored((await group.find('Ann', 1)).stored, group.files, group.places);
    return goldLines(group.store, [], () => rubric);
  };

  test('are marked answers with what to grade them against', async () => {
    await importing(await filledIn({ 'Ann 1': decision, 'Benedict 2': { ...decision, override: '95' } }));
    const [first, second, ...others] = readMarkedAnswers((await gold()).join('\n'), 'gold.jsonl');
    expect(others).toEqual([]);
    expect(first).toMatchObject({
      id: '5-Caching-1-1',
      question: '5-Caching-1',
      questionText: 'What is a cache?',
      reference: 'A small fast store that keeps copies of data, so that reading them again is quicker.',
      answer: 'A small fast store that keeps copies of data, as [member] showed me.',
      score: 80,
      maxScore: 100,
      keyPoints: ['A small fast store keeps copies of data', 'Price: the copies may be out of date'],
      guide: 'Examples from daily life count.',
      reason: 'clear',
    });
    expect(second).toMatchObject({ question: '5-Caching-2', score: 95, guide: null });
  });

  test('name no member', async () => {
    await importing(await filledIn({ 'Ann 1': decision, 'Benedict 1': decision, "'=Cem 2": decision }));
    const text = (await gold()).join('\n');
    for (const member of ['Ann', 'Benedict', 'Cem']) expect(text).not.toContain(member);
  });

  test('name no member in the reason, either', async () => {
    await importing(await filledIn({ 'Ann 1': { ...decision, reason: 'as good as that of Benedict' } }));
    const [answer] = readMarkedAnswers((await gold()).join('\n'), 'gold.jsonl');
    expect(answer?.reason).toBe('as good as that of [member]');
  });

  test('leave out what was decided about an older text', async () => {
    await importing(await filledIn({ 'Ann 1': decision, 'Benedict 1': decision }));
    await group.grade(withAnswer('Ann', 1, 'A small store for copies.'));
    const answers = readMarkedAnswers((await gold()).join('\n'), 'gold.jsonl');
    expect(answers.map(({ answer }) => answer)).toEqual(['Something about bananas, I believe.']);
  });

  test('are there without a rubric, too', async () => {
    await importing(await filledIn({ 'Ann 1': decision }));
    const [line = ''] = await goldLines(group.store, ['5 Caching'], () => null);
    expect(JSON.parse(line)).not.toHaveProperty('key_points');
    expect(readMarkedAnswers(line, 'gold.jsonl')).toHaveLength(1);
  });

  test('are none while nobody decided', async () => {
    expect(await gold()).toEqual([]);
  });
});

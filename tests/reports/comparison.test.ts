import { describe, expect, test } from 'vitest';
import type { ScoreChange } from '../../src/core/changes.ts';
import {
  comparisonText,
  runsTable,
  type ShownComparison,
  type ShownRun,
} from '../../src/reports/comparison.ts';

function runOf(parts: Partial<ShownRun>): ShownRun {
  return {
    id: 1,
    chapter: '1장-인덱스',
    judge: 'llm',
    model: 'model-1',
    startedAt: '2026-03-01T09:08:07.000Z',
    outcome: 'finished',
    ...parts,
  };
}

function changeOf(parts: Partial<ScoreChange>): ScoreChange {
  return {
    chapter: '1장-인덱스',
    member: 'Ann',
    question: 1,
    attempt: 'first',
    from: { state: 'graded', score: 40 },
    to: { state: 'graded', score: 62.5 },
    difference: 22.5,
    causes: ['rubric'],
    ...parts,
  };
}

const comparison: ShownComparison = {
  before: runOf({ judge: 'offline', model: null }),
  after: runOf({ id: 12 }),
  shared: 9,
  onlyBefore: 2,
  onlyAfter: 1,
  meanDifference: -3.4,
  changes: [
    changeOf({
      member: '서다온',
      from: { state: 'ungraded', score: null },
      difference: null,
      causes: ['model_answer', 'model'],
    }),
    changeOf({}),
    changeOf({
      attempt: 'revised',
      from: { state: 'graded', score: 30 },
      to: { state: 'not_attempted', score: 0 },
      difference: -30,
      causes: ['answer', 'prompt'],
    }),
    changeOf({ to: { state: 'not_attempted', score: 40 }, difference: 0, causes: [] }),
  ],
};

describe.each(['ko', 'en'] as const)('in %s', (language) => {
  test('the runs of a database', () => {
    const runs = [
      runOf({ judge: 'offline', model: null }),
      runOf({ id: 2, model: 'model-1, model-2', outcome: 'stopped' }),
      runOf({ id: 10, chapter: '2장', outcome: null }),
    ];
    expect(runsTable(runs, language)).toMatchSnapshot();
  });

  test('two runs in which scores moved', () => {
    expect(comparisonText(comparison, language)).toMatchSnapshot();
  });

  test('two runs in which none did', () => {
    const still = { ...comparison, onlyBefore: 0, onlyAfter: 0, meanDifference: 0, changes: [] };
    expect(comparisonText(still, language)).toMatchSnapshot();
  });

  test('two runs that share nothing', () => {
    const apart = { ...comparison, shared: 0, meanDifference: null, changes: [] };
    expect(comparisonText(apart, language)).toMatchSnapshot();
  });
});

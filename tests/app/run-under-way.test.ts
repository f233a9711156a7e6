import { describe, expect, it } from 'vitest';
import type { JudgeConfig } from '../../src/app/config.ts';
import { configToMake } from '../../src/app/run-under-way.ts';
import { oneModel } from '../helpers/grading-service.ts';

const baseline: JudgeConfig = { kind: 'offline', byDefault: true };

describe('whoever makes a run', () => {
  it('asks the models that were meant', () => {
    expect(configToMake({ judge: 'llm', models: ['judge-1'] }, oneModel)).toBe(oneModel);
    expect(configToMake({}, oneModel)).toBe(oneModel);
  });

  it('needs none where the baseline was meant', () => {
    expect(configToMake({ judge: 'offline', models: [] }, oneModel)).toEqual({
      kind: 'offline',
      byDefault: false,
    });
  });

  it.each([
    [['judge-2'], oneModel, 'asked for with judge-2, but whatever makes it now has judge-1;'],
    [['judge-1', 'judge-2'], oneModel, 'asked for with judge-1, judge-2, but whatever'],
    [['judge-1'], baseline, 'but whatever makes it now has no model;'],
    [[], oneModel, 'asked for with no model, but whatever'],
  ])('is refused where it would ask others: %j', (models, own, sentence) => {
    expect(() => configToMake({ judge: 'llm', models }, own)).toThrow(sentence);
  });
});

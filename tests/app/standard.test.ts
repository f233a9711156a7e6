import { describe, expect, it } from 'vitest';
import { criteriaHashOf, referenceHashOf } from '../../src/app/standard.ts';
import type { Rubric } from '../../src/core/rubric.ts';
import { sampleRubric } from '../helpers/sample-material.ts';

describe('referenceHashOf', () => {
  const reference = { text: '질문', modelAnswer: '모범답안' };

  it('is the same for the same question and model answer', () => {
    expect(referenceHashOf(reference)).toMatch(/^[0-9a-f]{16}$/u);
    expect(referenceHashOf({ ...reference })).toBe(referenceHashOf(reference));
  });

  it('depends on both, and on which is which', () => {
    const others = [
      { ...reference, text: '다른 질문' },
      { ...reference, modelAnswer: '다른 모범답안' },
      { ...reference, modelAnswer: null },
      { text: '모범답안', modelAnswer: '질문' },
    ];
    expect(new Set([reference, ...others].map(referenceHashOf)).size).toBe(5);
  });
});

describe('criteriaHashOf', () => {
  const base = sampleRubric();
  const points = base.questions[1]?.keyPoints ?? [];
  const hashOf = (overrides: Partial<Rubric>, question = 1) =>
    criteriaHashOf({ ...base, ...overrides }, question);
  const own = hashOf({});

  it.each<[string, Partial<Rubric>]>([
    [
      "a key point's text",
      { questions: { 1: { keyPoints: [{ text: '다른 내용', weight: 1 }, ...points.slice(1)] } } },
    ],
    [
      "a key point's weight",
      { questions: { 1: { keyPoints: points.map((point, index) => ({ ...point, weight: 1 + index })) } } },
    ],
    ['one key point more', { questions: { 1: { keyPoints: [...points, { text: '셋째', weight: 1 }] } } }],
    ['what key points are worth', { keyPoints: { ...base.keyPoints, weight: 50 } }],
    ['a level', { keyPoints: { ...base.keyPoints, levels: base.keyPoints.levels.toSpliced(1, 1) } }],
    ['a general criterion', { criteria: base.criteria.slice(1) }],
    ['grading notes', { questions: { 1: { keyPoints: points, guide: '예시도 본다' } } }],
    ['what becomes of levels without evidence', { evidence: 'lower' }],
    ['what becomes of copies', { copies: 'review' }],
  ])('changes with %s', (_name, change) => {
    expect(hashOf(change)).not.toBe(own);
  });

  it.each<[string, Partial<Rubric>]>([
    ['another question', { questions: { ...base.questions, 2: { keyPoints: [{ text: '둘', weight: 1 }] } } }],
    ['marked examples', { questions: { 1: { keyPoints: points, examples: [{ answer: '답', score: 50 }] } } }],
    ['how many examples are shown', { examplesShown: 0 }],
    ['what the question counts', { questions: { 1: { keyPoints: points, points: 5 } } }],
    ['which attempt counts', { attempt: 'best' }],
    ['from when on judges disagree', { disagreement: 5 }],
    ['names of bands', { bands: base.bands.slice(1) }],
    [
      'coverage, which a question with key points does not use',
      { coverage: { ...base.coverage, description: '다름' } },
    ],
  ])('does not change with %s', (_name, change) => {
    expect(hashOf(change)).toBe(own);
  });

  it('changes with coverage where a question has no key points', () => {
    const coverage = { ...base.coverage, description: '다름' };
    expect(hashOf({ coverage }, 2)).not.toBe(hashOf({}, 2));
    expect(hashOf({}, 2)).toBe(hashOf({}, 3));
  });
});

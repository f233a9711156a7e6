import { describe, expect, test } from 'vitest';
import { unknownExampleLevel } from '../../src/core/rubric-examples.ts';
import { rubricOf } from './builders.ts';

describe('unknownExampleLevel', () => {
  const withExamples = (...examples: { answer: string; levels?: Record<string, string>; score?: number }[]) =>
    rubricOf({ questions: { 1: { keyPoints: [{ text: '첫째', weight: 1 }] }, 2: { examples } } });

  test('finds nothing where all ids are known, levels are left out, or there are no examples', () => {
    expect(unknownExampleLevel(rubricOf())).toBeNull();
    const known = { answer: '답', levels: { coverage: 'half', accuracy: 'right' } };
    expect(unknownExampleLevel(withExamples(known, { answer: '다른 답', score: 40 }))).toBeNull();
  });

  const ids = ['coverage', 'accuracy', 'explanation'];
  test.each<[string, Record<string, string>, [string, string], string[]]>([
    ['a criterion that there is not', { style: 'right' }, ['style', 'right'], ids],
    ['a level that the criterion has not', { accuracy: 'half' }, ['accuracy', 'half'], ['wrong', 'right']],
    ["a key point of another question's", { k1: 'covered' }, ['k1', 'covered'], ids],
  ])('names %s, and what would fit', (_name, levels, [criterion, chosen], known) => {
    const rubric = withExamples({ answer: '답', score: 40 }, { answer: '다른 답', levels });
    expect(unknownExampleLevel(rubric)).toEqual({ question: 2, example: 1, criterion, level: chosen, known });
  });
});

import { describe, expect, test } from 'vitest';
import { chapterOfMarked } from '../../src/app/marked-chapter.ts';
import type { MarkedAnswer } from '../../src/import/marked-answers.ts';
import { sampleRubric } from '../helpers/sample-material.ts';

function markedOf(parts: Partial<MarkedAnswer>): MarkedAnswer {
  return {
    id: '1',
    question: 'q1',
    questionText: 'What is an index?',
    reference: 'A sorted structure.',
    answer: 'It is sorted.',
    score: 3,
    maxScore: 4,
    second: null,
    keyPoints: [],
    guide: null,
    reason: null,
    line: 1,
    ...parts,
  };
}

const base = sampleRubric();
const none = { shown: 0, from: [] };
const marked = [
  markedOf({ id: 'a', keyPoints: ['sorted'], guide: 'Be kind.', reason: 'the price is missing' }),
  markedOf({
    id: 'b',
    question: 'q2',
    questionText: 'What is a lock?',
    reference: null,
    guide: 'Read.',
    line: 2,
  }),
  markedOf({ id: 'c', keyPoints: ['sorted'], guide: 'Be kind.', answer: ' ', score: 0, line: 3 }),
  markedOf({ id: 'd', keyPoints: ['sorted', 'space'], line: 4 }),
];

describe('chapterOfMarked', () => {
  test('has a question for all that is asked and looked for in the same way', () => {
    const { chapter, rubric } = chapterOfMarked(marked, 'marks', base, none);
    expect(chapter).toMatchObject({ id: 'calibration', title: 'marks', warnings: [] });
    expect(chapter.questions).toEqual([
      { no: 1, text: 'What is an index?', modelAnswer: 'A sorted structure.' },
      { no: 2, text: 'What is a lock?', modelAnswer: null },
      { no: 3, text: 'What is an index?', modelAnswer: 'A sorted structure.' },
    ]);
    expect(rubric.questions).toEqual({
      1: { keyPoints: [{ text: 'sorted', weight: 1 }], guide: 'Be kind.' },
      2: { guide: 'Read.' },
      3: {
        keyPoints: [
          { text: 'sorted', weight: 1 },
          { text: 'space', weight: 1 },
        ],
      },
    });
  });

  test('has a member for every answer, and nothing written where it is blank', () => {
    const { chapter, memberOf } = chapterOfMarked(marked, 'marks', base, none);
    expect(new Set(memberOf.values()).size).toBe(marked.length);
    const submissionOf = (item: MarkedAnswer | undefined) =>
      chapter.submissions.find((submission) => item && submission.member === memberOf.get(item));
    expect(submissionOf(marked[0])).toMatchObject({
      question: 1,
      status: 'answered',
      attempts: [{ kind: 'first', text: 'It is sorted.' }],
    });
    expect(submissionOf(marked[2])).toMatchObject({ question: 1, status: 'unanswered', attempts: [] });
    expect(submissionOf(marked[3])?.question).toBe(3);
  });

  test('judges by the criteria given, but by none of their questions, and takes no answer for a copy', () => {
    const { rubric } = chapterOfMarked([markedOf({})], 'marks', base, none);
    expect(rubric).toEqual({ ...base, copies: 'grade', questions: {}, examplesShown: 0 });
  });

  test('shows marks of the same question as examples out of 100, blank answers left out', () => {
    const { rubric } = chapterOfMarked(marked, 'marks', base, { shown: 2, from: marked });
    expect(rubric.examplesShown).toBe(2);
    expect(rubric.questions['1']?.examples).toEqual([
      { answer: 'It is sorted.', score: 75, why: 'the price is missing' },
    ]);
    expect(rubric.questions['2']?.examples).toEqual([{ answer: 'It is sorted.', score: 75 }]);
  });

  test('takes the examples from answers that are not graded themselves, too', () => {
    const other = markedOf({
      id: 'e',
      question: 'q2',
      questionText: 'What is a lock?',
      answer: 'Elsewhere.',
    });
    const from = [{ ...other, reference: null, guide: 'Read.' }, markedOf({ id: 'f', guide: 'Else.' })];
    const { rubric } = chapterOfMarked(marked, 'marks', base, { shown: 1, from });
    expect(rubric.questions['2']?.examples).toEqual([{ answer: 'Elsewhere.', score: 75 }]);
    expect(rubric.questions['1']?.examples).toBeUndefined();
  });

  test('shows none when none are asked for', () => {
    const { rubric } = chapterOfMarked(marked, 'marks', base, { shown: 0, from: marked });
    expect(Object.values(rubric.questions).flatMap((question) => question.examples ?? [])).toEqual([]);
  });
});

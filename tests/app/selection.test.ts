import { describe, expect, it } from 'vitest';
import { checkSelection, isSelected, isWithin, type Selection } from '../../src/app/selection.ts';
import { InputError } from '../../src/core/errors.ts';
import { sampleChapter } from '../helpers/sample-material.ts';

const chapter = sampleChapter();
const check = (selection: Selection) => checkSelection(chapter, selection, '03장.md');

describe('isWithin', () => {
  it.each<[Selection, number]>([
    [{}, 5],
    [{ member: undefined, question: undefined }, 5],
    [{ member: '나래' }, 2],
    [{ question: 2 }, 2],
    [{ member: '다온', question: 2 }, 1],
    [{ member: '나래', question: 2 }, 0],
    [{ member: '라온' }, 0],
  ])('takes what %j is about', (selection, count) => {
    expect(chapter.submissions.filter((submission) => isWithin(selection, submission))).toHaveLength(count);
    expect(isSelected(chapter, selection)).toBe(count > 0);
  });
});

describe('checkSelection', () => {
  it.each<Selection>([{}, { member: '나래' }, { question: 4 }, { member: '나래', question: 4 }])(
    'lets pass what is there: %j',
    (selection) => {
      expect(() => check(selection)).not.toThrow();
    },
  );

  it.each<[Selection, string]>([
    [{ member: '라온' }, 'there is no member "라온"; the members of this chapter are 가람, 나래, 다온.'],
    [{ question: 9 }, "question 9 is not one of this chapter's questions, which are 1, 2, 3, 4."],
    [{ member: '나래', question: 2 }, "question 2 is not one of 나래's questions, which are 1, 4."],
    [
      { member: '라온', question: 9 },
      'there is no member "라온"; the members of this chapter are 가람, 나래, 다온.',
    ],
  ])('names what there is instead of %j', (selection, message) => {
    expect(() => check(selection)).toThrow(InputError);
    expect(() => check(selection)).toThrow(message);
  });
});

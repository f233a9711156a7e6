import { describe, expect, it } from 'vitest';
import { planGrading } from '../../src/app/plan.ts';
import { chapterOfSingleAnswer, nobody } from '../../src/app/single-answer.ts';
import { ConfigError } from '../../src/core/errors.ts';
import { sampleRubric } from '../helpers/sample-material.ts';

const single = {
  question: ' 인덱스란? ',
  modelAnswer: '\n정렬된 자료구조입니다.\n',
  answer: ' 정렬된 것\n같다 ',
};

describe('chapterOfSingleAnswer', () => {
  it('is a chapter of one question and one answer of nobody', () => {
    expect(chapterOfSingleAnswer(single)).toEqual({
      id: 'single-answer',
      title: 'answer-grader',
      questions: [{ no: 1, text: '인덱스란?', modelAnswer: '정렬된 자료구조입니다.' }],
      submissions: [
        {
          member: nobody,
          question: 1,
          status: 'answered',
          attempts: [{ kind: 'first', text: '정렬된 것\n같다' }],
          flags: [],
          lines: [1, 2],
        },
      ],
      warnings: [],
    });
  });

  it('sees what an importer would see', () => {
    const answer = '정렬된 자료구조라서 빠른 것 아닐까요?\n챗봇한테 물어봤어요. 맞나요?';
    expect(chapterOfSingleAnswer({ ...single, answer }).submissions[0]?.flags).toEqual([
      'declared_help',
      'hedged',
    ]);
  });

  it.each(['', '  \n '])('a blank answer (%j) is no answer', (answer) => {
    const chapter = chapterOfSingleAnswer({ ...single, answer });
    expect(chapter.submissions[0]).toMatchObject({ status: 'unanswered', attempts: [] });
    expect(planGrading(chapter, sampleRubric(), 'ko', {}, '')).toMatchObject([
      { triage: { decision: 'not_attempted', flag: 'blank' } },
    ]);
  });

  it('hides nothing that nobody is called', () => {
    const [planned] = planGrading(chapterOfSingleAnswer(single), sampleRubric(), 'ko', {}, '');
    expect(planned?.material.answer).toBe('정렬된 것\n같다');
  });

  it.each([
    ['question', { ...single, question: '  ' }],
    ['model answer', { ...single, modelAnswer: '\n' }],
  ])('needs a %s', (_name, answer) => {
    expect(() => chapterOfSingleAnswer(answer)).toThrow(ConfigError);
    expect(() => chapterOfSingleAnswer(answer)).toThrow(/question and model answer must not be blank/u);
  });
});

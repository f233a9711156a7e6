import { describe, expect, it } from 'vitest';
import { type Triage, triage } from '../../src/judge/triage.ts';
import { goodAnswer } from '../helpers/sample-material.ts';

const modelAnswer =
  '인덱스는 키가 정렬된 별도의 자료구조입니다. 그래서 빨리 찾습니다. 쓰기는 느려지고 저장 공간도 차지합니다.';
const judged: Triage = { decision: 'judge' };

describe('triage', () => {
  it.each<[string, string, Triage]>([
    ['nothing', '', { decision: 'not_attempted', flag: 'blank' }],
    ['white space', ' \n\u200B ', { decision: 'not_attempted', flag: 'blank' }],
    ['punctuation', '...?!', { decision: 'not_attempted', flag: 'blank' }],
    ['a sigh', 'ㅠㅠㅠ', { decision: 'not_attempted', flag: 'blank' }],
    ["don't know", '잘 모르겠어요ㅠㅠ', { decision: 'not_attempted', flag: 'dont_know' }],
    ["don't know in English", 'I have no idea.', { decision: 'not_attempted', flag: 'dont_know' }],
    ["don't know, and yet an answer", `잘 모르겠지만 ${goodAnswer}`, judged],
    [
      'a declaration that the model answer stands in',
      '너무 어려워서 모범답안으로 대신합니다.',
      { decision: 'not_attempted', flag: 'declared_replacement' },
    ],
    ['an image', '![](answer.png)', { decision: 'ungraded', reason: 'not_gradable' }],
    ['a link', 'https://example.com/answer', { decision: 'ungraded', reason: 'not_gradable' }],
    ['an image with an answer', `![](answer.png)\n${goodAnswer}`, judged],
    ['an answer', goodAnswer, judged],
    ['a short answer', '정렬', judged],
    ['the model answer', modelAnswer, { decision: 'not_attempted', flag: 'undeclared_copy' }],
    [
      'the model answer in other clothes',
      `- ${modelAnswer.replaceAll('. ', '.\n- ').replaceAll('인덱스', '**인덱스**')}`,
      { decision: 'not_attempted', flag: 'undeclared_copy' },
    ],
    ['a sentence of the model answer', '그래서 빨리 찾습니다.', judged],
  ])('%s', (_name, answer, expected) => {
    expect(triage(answer, modelAnswer, true, 'not_attempted')).toEqual(expected);
  });

  it.each<['review' | 'grade', Triage]>([
    ['review', { decision: 'ungraded', reason: 'awaiting_review' }],
    ['grade', judged],
  ])('does with copies what the rubric says: %s', (copies, expected) => {
    expect(triage(modelAnswer, modelAnswer, true, copies)).toEqual(expected);
  });

  it.each<[string | null, boolean, Triage]>([
    [null, false, { decision: 'ungraded', reason: 'no_reference' }],
    [null, true, judged],
    [modelAnswer, false, judged],
  ])(
    'needs something to compare with: model answer %s, key points %s',
    (reference, hasKeyPoints, expected) => {
      expect(triage(goodAnswer, reference, hasKeyPoints, 'not_attempted')).toEqual(expected);
    },
  );

  it('settles a blank answer even where there is nothing to compare with', () => {
    expect(triage('', null, false, 'not_attempted')).toEqual({ decision: 'not_attempted', flag: 'blank' });
  });
});

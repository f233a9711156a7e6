import { describe, expect, it } from 'vitest';
import { type Triage, triage } from '../../src/judge/triage.ts';
import { goodAnswer } from '../helpers/sample-material.ts';

const modelAnswer =
  '인덱스는 키가 정렬된 별도의 자료구조입니다. 그래서 빨리 찾습니다. 쓰기는 느려지고 저장 공간도 차지합니다.';
const question =
  '인덱스가 조회를 빠르게 하는 까닭은 무엇이며, 인덱스를 많이 두면 무엇이 나빠지는지 설명하세요.';
const keyPoints = [
  '키를 정렬해 둔 별도의 자료구조여서 행의 위치를 몇 단계 만에 찾아 준다',
  '행을 넣거나 고치거나 지울 때마다 인덱스도 함께 갱신해야 한다',
  '테이블과는 따로 디스크와 메모리를 차지한다',
];
const ruleTexts = [
  'The answer says this correctly, in whatever words.',
  'Whether what the answer states is right, by the model answer and by what is generally known.',
];
const context = { question, modelAnswer, keyPoints, ruleTexts, copies: 'not_attempted' } as const;
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
    expect(triage(answer, context)).toEqual(expected);
  });

  it.each<['review' | 'grade', Triage]>([
    ['review', { decision: 'ungraded', reason: 'awaiting_review' }],
    ['grade', judged],
  ])('does with copies what the rubric says: %s', (copies, expected) => {
    expect(triage(modelAnswer, { ...context, copies })).toEqual(expected);
  });

  it.each<[string | null, string[], Triage]>([
    [null, [], { decision: 'ungraded', reason: 'no_reference' }],
    ['![](a.png)', [], { decision: 'ungraded', reason: 'no_reference' }],
    [null, keyPoints, judged],
    [modelAnswer, [], judged],
  ])('needs something to compare with: model answer %s, key points %s', (reference, points, expected) => {
    expect(triage(goodAnswer, { ...context, modelAnswer: reference, keyPoints: points })).toEqual(expected);
  });

  it('may compare with the leader’s notes alone', () => {
    const bare = { ...context, modelAnswer: null, keyPoints: [] };
    expect(triage(goodAnswer, { ...bare, guide: '정렬이라는 말이 있으면 된다.' })).toEqual(judged);
    expect(triage(goodAnswer, { ...bare, guide: null })).toEqual({
      decision: 'ungraded',
      reason: 'no_reference',
    });
  });

  it.each([
    ['', 'blank'],
    ['Solution:', 'contentless'],
  ])('settles %j even where there is nothing to compare with', (answer, flag) => {
    const bare = { ...context, modelAnswer: null, keyPoints: [] };
    expect(triage(answer, bare)).toEqual({ decision: 'not_attempted', flag });
  });
});

describe('an opener without content', () => {
  const settled: Triage = { decision: 'not_attempted', flag: 'contentless' };

  it.each(['Thought process:', '정답은', '풀이: 단계별로 생각해 보겠습니다.'])('is settled: %s', (answer) => {
    expect(triage(answer, context)).toEqual(settled);
  });

  it('is judged where the model answer or a key point is about that word', () => {
    const mixture = 'A solution is a mixture in which one substance is dissolved in another.';
    expect(triage('Solution', { ...context, modelAnswer: mixture })).toEqual(judged);
    expect(triage('solution', { ...context, modelAnswer: null, keyPoints: [mixture] })).toEqual(judged);
  });

  it.each(['Solution', 'OK'])('is judged where it is just what the model answer says: %s', (word) => {
    expect(triage(word, context)).toEqual(settled);
    expect(triage(word, { ...context, modelAnswer: `${word}.`, copies: 'grade' })).toEqual(judged);
    expect(triage(word, { ...context, keyPoints: [word] })).toEqual(judged);
  });

  it('is settled where the model answer only begins with it', () => {
    expect(triage('Solution:', { ...context, modelAnswer: 'Solution: it is sorted.' })).toEqual(settled);
  });
});

describe('the question repeated', () => {
  const settled: Triage = { decision: 'not_attempted', flag: 'question_restated' };

  it.each([
    question,
    `- **${question}**`,
    `${question}\n정답은`,
    `${question}\n${question}`,
    question.replace('무엇이 나빠지는지', '뭐가 나빠지는지'),
  ])('is settled: %s', (answer) => {
    expect(triage(answer, context)).toEqual(settled);
  });

  it.each([
    `${question}\n정렬`,
    `O\n${question}`,
    '인덱스를 많이 두면',
    '인덱스가 조회를 빠르게 하는 까닭은 정렬',
  ])('is judged where something else stands there: %s', (answer) => {
    expect(triage(answer, context)).toEqual(judged);
  });

  it('is no restatement to pick one of two options by copying it', () => {
    const choice =
      '동기 복제를 써서 쓰기마다 기다리는 쪽과 비동기 복제를 써서 기다리지 않는 쪽 중 무엇이 안전한가?';
    const answer = '동기 복제를 써서 쓰기마다 기다리는 쪽';
    expect(triage(answer, { ...context, question: choice })).toEqual(judged);
    expect(triage('데이터베이스', { ...context, question: '' })).toEqual(judged);
  });

  it('is settled whatever becomes of copies', () => {
    expect(triage(question, { ...context, copies: 'grade' })).toEqual(settled);
  });
});

describe('the rubric echoed', () => {
  const settled: Triage = { decision: 'not_attempted', flag: 'rubric_echoed' };

  it.each([
    keyPoints.join('\n'),
    keyPoints.map((point, index) => `k${index + 1}: ${point}`).join('. '),
    keyPoints.slice(0, 2).toReversed().join('. '),
    ruleTexts[0] ?? '',
    `${keyPoints.join('\n')}\n${ruleTexts.join('\n')}`,
  ])('is settled: %s', (answer) => {
    expect(triage(answer, context)).toEqual(settled);
  });

  it.each([
    keyPoints[0] ?? '',
    `${keyPoints[0]} ${goodAnswer}`,
    '정렬된 별도의 자료구조라서 몇 단계 만에 찾고, 고칠 때마다 인덱스도 갱신하며, 따로 디스크를 차지한다',
    'in whatever words',
  ])('is judged where it is one key point or one’s own words: %s', (answer) => {
    expect(triage(answer, context)).toEqual(judged);
  });

  it('leaves answers alone whose words a level and the model answer share', () => {
    const named = 'The answer names the sorted copy of the keys as the reason.';
    const answer = 'names the sorted copy of the keys as the reason';
    const reference = `It ${answer}, and much else that has to do with how the rows of a table are found.`;
    expect(triage(answer, { ...context, modelAnswer: reference, ruleTexts: [named] })).toEqual(judged);
    expect(triage(answer, { ...context, ruleTexts: [named] })).toEqual(settled);
  });

  it.each<['review' | 'grade', Triage]>([
    ['review', { decision: 'ungraded', reason: 'awaiting_review' }],
    ['grade', judged],
  ])('becomes what the rubric says of copies: %s', (copies, expected) => {
    expect(triage(keyPoints.join('\n'), { ...context, copies })).toEqual(expected);
  });
});

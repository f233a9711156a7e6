import { describe, expect, test } from 'vitest';
import { importChapter } from '../../src/import/read-documents.ts';
import {
  callout,
  pageWith,
  readOne,
  tokenAnswer,
  tokenQuestion,
  tokenSentences,
  vectorQuestion,
} from './fixtures/pages.ts';

const guess = callout('💡', '글을 나눈 조각');
const copy = callout('✅', `**1. ${tokenQuestion}**\n\n${tokenAnswer}`);
const first = { kind: 'first', text: '글을 나눈 조각' };

describe('what was written first', () => {
  test('is the callout with the light bulb', () => {
    expect(readOne(guess)).toEqual({ status: 'answered', attempts: [first], flags: [], warnings: [] });
  });

  test('is the plain text of a bullet without callout, with a warning', () => {
    expect(readOne('글을 나눈 조각')).toEqual({
      status: 'answered',
      attempts: [first],
      flags: [],
      warnings: [['answer_without_callout', 7]],
    });
  });

  test('keeps bullets below each other when there is no callout', () => {
    expect(readOne('글을 나눈 것\n\n- 낱말\n    - 조각').attempts).toEqual([
      { kind: 'first', text: '글을 나눈 것\n\n- 낱말\n    - 조각' },
    ]);
  });

  test('is the callout with an unknown icon where none has a known one', () => {
    expect(readOne(callout('🦊', '글을 나눈 조각')).attempts).toEqual([first]);
  });

  test('is the callout with the light bulb even when one with an unknown icon stands above', () => {
    const { attempts } = readOne(`${callout('🦊', '낱말을 다시 나눈 조각')}\n\n${guess}`);
    expect(attempts).toEqual([first, { kind: 'revised', text: '낱말을 다시 나눈 조각' }]);
  });

  test('is right-trimmed and loses rules at its edges, nothing inside', () => {
    expect(readOne(callout('💡', '---\n\n글을  나눈 ~~낱말~~ 조각   \n<BOS> 1~2개\n\n---')).attempts).toEqual(
      [{ kind: 'first', text: '글을  나눈 ~~낱말~~ 조각\n<BOS> 1~2개' }],
    );
  });

  test('is missing where the bullet is empty: unanswered, with a warning', () => {
    expect(readOne('')).toEqual({
      status: 'unanswered',
      attempts: [],
      flags: [],
      warnings: [['unanswered', 5]],
    });
  });

  test('is missing where the callout holds its icon only', () => {
    expect(readOne('<aside>\n💡\n\n</aside>')).toEqual({
      status: 'unanswered',
      attempts: [],
      flags: [],
      warnings: [['unanswered', 5]],
    });
  });

  test('may be "do not know", which stays an attempt', () => {
    expect(readOne(callout('💡', '잘 모르겠어요ㅠㅠ'))).toEqual({
      status: 'dont_know',
      attempts: [{ kind: 'first', text: '잘 모르겠어요ㅠㅠ' }],
      flags: [],
      warnings: [],
    });
  });

  test('may be an image only, which is not gradable', () => {
    expect(readOne(callout('💡', '![그림](1장/image.png)'))).toMatchObject({
      status: 'not_gradable',
      attempts: [{ kind: 'first', text: '![그림](1장/image.png)' }],
    });
  });

  test('is flagged when it ends as a question', () => {
    expect(readOne(callout('💡', '글을 나눈 조각?ㅎㅎ..')).flags).toEqual(['hedged']);
  });

  test('is flagged, with a warning, when its first line says that a tool found it', () => {
    const read = readOne(callout('💡', '구글 노트북에 물어봤어요\n\n글을 나눈 조각'));
    expect([read.status, read.flags, read.warnings]).toEqual([
      'answered',
      ['declared_help'],
      [['declared_help', 7]],
    ]);
  });
});

describe('a revised attempt', () => {
  test('is the text below the callout', () => {
    expect(readOne(`${guess}\n\n- 다시 읽었어요\n    - 토큰은 낱말보다 작을 수 있음`)).toEqual({
      status: 'answered',
      attempts: [first, { kind: 'revised', text: '- 다시 읽었어요\n    - 토큰은 낱말보다 작을 수 있음' }],
      flags: [],
      warnings: [['revised_attempt', 14]],
    });
  });

  test('is a ✅ callout in the member’s own words, flagged as a summary', () => {
    expect(readOne(`${guess}\n\n${callout('✅', '토큰은 모델이 다루는 단위, 글자일 수도 있다')}`)).toEqual({
      status: 'answered',
      attempts: [first, { kind: 'revised', text: '토큰은 모델이 다루는 단위, 글자일 수도 있다' }],
      flags: ['own_summary'],
      warnings: [['revised_attempt', 14]],
    });
  });

  test('joins several notes in their order', () => {
    const { attempts } = readOne(`${guess}\n\n첫 메모\n\n${callout('✅', '둘째 요약')}\n\n셋째 메모`);
    expect(attempts[1]).toEqual({ kind: 'revised', text: '첫 메모\n\n둘째 요약\n\n셋째 메모' });
  });

  test('makes an answer of a submission whose first attempt was "do not know"', () => {
    const read = readOne(`${callout('💡', '모름')}\n\n토큰은 글의 조각이었네요`);
    expect([read.status, read.attempts.map((attempt) => attempt.kind)]).toEqual([
      'answered',
      ['first', 'revised'],
    ]);
  });
});

describe('the model answer', () => {
  test('under an answer is flagged and is nobody’s attempt', () => {
    expect(readOne(`${guess}\n\n${copy}`)).toEqual({
      status: 'answered',
      attempts: [first],
      flags: ['model_answer_copy'],
      warnings: [['model_answer_copy', 14]],
    });
  });

  test('is recognised without its question line', () => {
    expect(readOne(`${guess}\n\n${callout('✅', tokenAnswer)}`)).toMatchObject({
      attempts: [first],
      flags: ['model_answer_copy'],
    });
  });

  test('is recognised although markup, spaces and the final full stop differ', () => {
    const written = tokenAnswer.replace('언어 모델', '**언어  모델**').replace(/\.$/u, '');
    expect(readOne(`${guess}\n\n${written}`)).toMatchObject({
      attempts: [first],
      flags: ['model_answer_copy'],
    });
  });

  test('spilled over the end of its callout is a copy in both parts', () => {
    const [head, tail] = tokenSentences;
    expect(readOne(`${guess}\n\n${callout('✅', head)}\n\n- ${tail}\n\n---`)).toEqual({
      status: 'answered',
      attempts: [first],
      flags: ['model_answer_copy'],
      warnings: [
        ['model_answer_copy', 14],
        ['model_answer_copy', 21],
      ],
    });
  });

  test('declared to stand in for an answer makes the submission a replaced one', () => {
    const declared = callout('💡', 'ㅠㅠ 모범답안으로 대체하겠습니다. 읽었는데 이해가 안 가요');
    expect(readOne(`${declared}\n\n${copy}`)).toEqual({
      status: 'replaced_by_model_answer',
      attempts: [{ kind: 'first', text: 'ㅠㅠ 모범답안으로 대체하겠습니다. 읽었는데 이해가 안 가요' }],
      flags: ['model_answer_copy'],
      warnings: [
        ['declared_replacement', 7],
        ['model_answer_copy', 14],
      ],
    });
  });

  test('handed in as the answer without a word makes the submission a replaced one', () => {
    const read = readOne(callout('💡', tokenAnswer));
    expect([read.status, read.flags, read.warnings]).toEqual([
      'replaced_by_model_answer',
      ['undeclared_copy'],
      [['undeclared_copy', 7]],
    ]);
  });

  test('handed in first and corrected below leaves an answered submission', () => {
    const read = readOne(`${callout('💡', tokenAnswer)}\n\n제 말로는, 글을 잘게 나눈 것입니다`);
    expect([read.status, read.flags]).toEqual(['answered', ['undeclared_copy']]);
  });

  test('of another question does not make an answer a copy', () => {
    const page = pageWith(callout('💡', tokenAnswer)).replace(tokenQuestion, vectorQuestion);
    expect(importChapter(page, 'a.md').submissions[0]).toMatchObject({
      question: 2,
      status: 'answered',
      flags: [],
    });
  });
});

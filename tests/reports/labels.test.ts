import { describe, expect, test } from 'vitest';
import type { ChangeCause } from '../../src/core/changes.ts';
import {
  attemptLabel,
  causesLabel,
  judgeNotice,
  outcomeLabel,
  remarkLabel,
  scoreLabel,
  signedLabel,
  statusLabel,
} from '../../src/reports/labels.ts';
import { baselineOf, gradeOf, notAttemptedOf, ungradedOf } from './sample.ts';

test('every status has words in both languages', () => {
  const statuses = [
    'answered',
    'unanswered',
    'dont_know',
    'replaced_by_model_answer',
    'not_gradable',
  ] as const;
  expect(statuses.map((status) => [statusLabel(status, 'ko'), statusLabel(status, 'en')])).toEqual([
    ['답함', 'answered'],
    ['답 없음', 'unanswered'],
    ['모름', "don't know"],
    ['모범답안으로 대체', 'replaced by model answer'],
    ['이미지·링크만 있음', 'image or link only'],
  ]);
});

test('both attempts have words in both languages', () => {
  const kinds = ['first', 'revised'] as const;
  expect(kinds.map((kind) => [attemptLabel(kind, 'ko'), attemptLabel(kind, 'en')])).toEqual([
    ['첫 답', 'first attempt'],
    ['고쳐 쓴 답', 'revised attempt'],
  ]);
});

test.each([
  'declared_help',
  'hedged',
  'model_answer_copy',
  'undeclared_copy',
  'own_summary',
  'blank',
  'dont_know',
  'declared_replacement',
  'contentless',
  'question_restated',
  'rubric_echoed',
  'addresses_grader',
  'hidden_characters',
  'level_lowered',
  'judges_disagree',
  'panel_incomplete',
  'override_stale',
  'evidence_missing',
  'evidence_not_found',
  'not_gradable',
  'no_reference',
  'awaiting_review',
  'truncated',
  'refused',
  'filtered',
  'malformed_reply',
  'request_failed',
  'awaiting_reply',
  'stopped',
])('%s is said in words in both languages', (code) => {
  expect(remarkLabel(code, 'ko')).toMatch(/[가-힣]/u);
  expect(remarkLabel(code, 'en')).toMatch(/^[a-z][a-z' ,;()]+$/u);
});

test('a code without words is shown as it is', () => {
  expect(remarkLabel('unheard_of', 'en')).toBe('unheard_of');
});

test.each([
  [0, '0.0'],
  [7, '7.0'],
  [66.7, '66.7'],
  [100, '100.0'],
  [null, '–'],
])('the score %j is shown as %s', (score, shown) => {
  expect(scoreLabel(score)).toBe(shown);
});

describe('an outcome', () => {
  test.each([
    [gradeOf({ score: 66.7 }), '66.7점', '66.7 of 100'],
    [gradeOf({ score: 0 }), '0.0점', '0.0 of 100'],
    [notAttemptedOf({ flags: ['blank'] }), '답 없음 · 0점', 'no answer · 0 of 100'],
    [notAttemptedOf({ flags: ['hedged', 'dont_know'] }), '모른다고 적음 · 0점', "says don't know · 0 of 100"],
    [
      notAttemptedOf({ flags: ['model_answer_copy', 'declared_replacement'] }),
      '모범답안으로 대신함 · 0점',
      'the model answer stands in · 0 of 100',
    ],
    [
      ungradedOf({}),
      '채점되지 않음 (0점이 아님): 모델이 응답을 거부함',
      'ungraded (not a zero): the model refused to reply',
    ],
  ])('%# is said in words', (grade, korean, english) => {
    expect([outcomeLabel(grade, 'ko'), outcomeLabel(grade, 'en')]).toEqual([korean, english]);
  });
});

describe('who judged', () => {
  test('is each model once', () => {
    const other = gradeOf({ judge: { ...gradeOf({}).judge, models: ['model-2', 'model-1'] } });
    expect(judgeNotice([gradeOf({}), other, gradeOf({})], 'en')).toEqual(['Judged by model-1, model-2']);
  });

  test('is the baseline, named for what it is', () => {
    expect(judgeNotice([baselineOf({})], 'en')).toEqual([
      '⚠ Offline baseline: scores estimated from word overlap, without a language model. It cannot tell right from wrong.',
    ]);
    expect(judgeNotice([baselineOf({})], 'ko')).toEqual([
      '⚠ 오프라인 기준선(baseline): 언어 모델 없이 낱말 겹침만으로 어림한 점수입니다. 맞고 틀림을 가리지 못합니다.',
    ]);
  });

  test('is both where both did', () => {
    const notices = judgeNotice([baselineOf({}), gradeOf({})], 'ko');
    expect(notices).toEqual(['채점: model-1', expect.stringContaining('baseline')]);
  });

  test('is nobody where code settled everything', () => {
    expect(judgeNotice([notAttemptedOf({})], 'en')).toEqual([]);
  });
});

test('every reason for a new grade has words of its own in both languages', () => {
  const causes: ChangeCause[] = ['new', 'answer', 'model_answer', 'rubric', 'prompt', 'model', 'override'];
  for (const language of ['ko', 'en'] as const)
    expect(new Set(causes.map((cause) => causesLabel([cause], language))).size).toBe(causes.length);
  expect(causesLabel(['answer', 'rubric'], 'en')).toBe('answer changed, rubric changed');
  expect(causesLabel(['answer', 'rubric'], 'ko')).toBe('답이 바뀜, 루브릭이 바뀜');
});

test('a score that moved without a known reason was asked anew', () => {
  expect([causesLabel([], 'ko'), causesLabel([], 'en')]).toEqual(['새로 물음', 'asked anew']);
});

test.each([
  [12.54, '▲12.5'],
  [-0.1, '▼0.1'],
  [0, '±0.0'],
  [null, ''],
])('a difference of %f is shown as %j', (difference, expected) => {
  expect(signedLabel(difference)).toBe(expected);
});

import { expect, it } from 'vitest';
import { failureOf } from '../../src/app/run-refusals.ts';
import { ConfigError, GraderError, NotFoundError, StoreError } from '../../src/core/errors.ts';
import { modelError } from '../helpers/scripted-model.ts';

const text = { ko: '안 됩니다.', en: 'no.' };

it.each([
  ['config', new ConfigError(text)],
  ['input', new NotFoundError(text)],
  ['store', new StoreError(text)],
  ['store', new GraderError(text)],
])('a run says what stopped it, and "%s" in a word', (reason, error) => {
  expect(failureOf(error)).toEqual({ ...text, reason });
});

it('of a model the word is its own, and of a fault nothing but that it was one is said', () => {
  expect(failureOf(modelError('quota_exhausted'))).toMatchObject({ reason: 'quota_exhausted' });
  expect(failureOf(new TypeError('oops'))).toMatchObject({
    en: /a fault in answer-grader/u,
    reason: 'fault',
  });
});

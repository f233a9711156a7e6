import { describe, expect, test } from 'vitest';
import {
  ConfigError,
  GraderError,
  InputError,
  ModelError,
  type ModelFailure,
  StoreError,
} from '../../src/core/errors.ts';

const text = { ko: '비어 있습니다.', en: 'it is empty.' };

describe('the sentence of an error', () => {
  test.each([
    [{}, 'it is empty.'],
    [{ file: 'a.md' }, 'a.md: it is empty.'],
    [{ file: 'a.md', line: 3 }, 'a.md:3: it is empty.'],
  ])('begins with the place %j', (place, sentence) => {
    expect(new GraderError(text, { place }).sentence('en')).toBe(sentence);
  });

  test('is in the language asked for', () => {
    expect(new GraderError(text, { place: { file: 'a.md' } }).sentence('ko')).toBe('a.md: 비어 있습니다.');
  });

  test('needs no place', () => {
    expect(new GraderError(text).sentence('en')).toBe('it is empty.');
  });
});

describe('errors', () => {
  test('keep their cause and carry the English sentence as message', () => {
    const cause = new Error('ENOENT');
    const error = new StoreError(text, { cause });
    expect([error.cause, error.message]).toEqual([cause, 'it is empty.']);
  });

  test.each([
    [new ConfigError(text), 'ConfigError'],
    [new InputError(text), 'InputError'],
    [new StoreError(text), 'StoreError'],
    [new ModelError('timeout', text), 'ModelError'],
  ])('are grader errors with a name of their own: %s', (error, name) => {
    expect(error).toBeInstanceOf(GraderError);
    expect(error.name).toBe(name);
  });
});

describe('a model error', () => {
  test.each<[ModelFailure, boolean, boolean]>([
    ['authentication', true, false],
    ['quota_exhausted', true, false],
    ['not_found', true, false],
    ['not_an_api', true, false],
    ['unreachable', true, false],
    ['over_budget', true, false],
    ['aborted', true, false],
    ['bad_request', false, false],
    ['rate_limited', false, true],
    ['overloaded', false, true],
    ['timeout', false, true],
    ['connection', false, true],
  ])('%s: stops the run %s, may pass %s', (failure, stopsRun, isPassing) => {
    const error = new ModelError(failure, text);
    expect([error.stopsRun, error.isPassing]).toEqual([stopsRun, isPassing]);
  });

  test('says how long to wait, if the endpoint said so', () => {
    expect(new ModelError('rate_limited', text, { retryAfterMs: 2000 }).retryAfterMs).toBe(2000);
    expect(new ModelError('rate_limited', text).retryAfterMs).toBeUndefined();
  });
});

import { APIConnectionError, APIConnectionTimeoutError, APIError, APIUserAbortError } from 'openai';
import { describe, expect, it } from 'vitest';
import { ModelError, type ModelFailure } from '../../src/core/errors.ts';
import { toModelError } from '../../src/models/openai-errors.ts';

describe('toModelError', () => {
  const translate = (error: unknown) => toModelError(error, 'http://localhost:1234/v1', 'judge-1');

  it('names what a failed connection came down to', () => {
    const refused = Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:1234'), { code: 'ECONNREFUSED' });
    const cause = new TypeError('fetch failed', { cause: refused });
    expect(translate(new APIConnectionError({ message: 'Connection error.', cause }))).toMatchObject({
      failure: 'connection',
      message: expect.stringMatching(/localhost:1234.*ECONNREFUSED.*OPENAI_BASE_URL/u),
    });
  });

  it.each<[string, Error, ModelFailure]>([
    ['a timeout', new APIConnectionTimeoutError(), 'timeout'],
    ['an abort', new APIUserAbortError(), 'aborted'],
  ])('%s', (_name, error, failure) => {
    expect(translate(error)).toMatchObject({ failure, cause: error });
  });

  it.each<[number, ModelFailure]>([
    [400, 'bad_request'],
    [401, 'authentication'],
    [403, 'authentication'],
    [404, 'not_found'],
    [408, 'overloaded'],
    [409, 'overloaded'],
    [422, 'bad_request'],
    [429, 'rate_limited'],
    [500, 'overloaded'],
    [502, 'overloaded'],
    [529, 'overloaded'],
  ])('status %i', (status, failure) => {
    const error = APIError.generate(status, { error: { message: 'said' } }, undefined, new Headers());
    const translated = translate(error);
    expect(translated).toBeInstanceOf(ModelError);
    expect(translated).toMatchObject({ failure, cause: error });
  });

  it('names the model that is not there', () => {
    const error = APIError.generate(404, { error: { message: 'no' } }, undefined, new Headers());
    expect(translate(error)).toMatchObject({ message: expect.stringContaining('"judge-1"') });
  });

  it('returns what is not of the openai package as it is', () => {
    const bug = new RangeError('a bug');
    expect(translate(bug)).toBe(bug);
  });
});

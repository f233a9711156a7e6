import { describe, expect, it } from 'vitest';
import { chooseJudge, defaultModel, type JudgeOptions } from '../../src/app/config.ts';
import { ConfigError } from '../../src/core/errors.ts';

const official = 'https://api.openai.com/v1';
const local = 'http://localhost:11434/v1';
const key = { OPENAI_API_KEY: 'sk-test' };

function choose(options: Partial<JudgeOptions>, env: NodeJS.ProcessEnv = {}) {
  return chooseJudge({ judge: 'auto', ...options }, env);
}

function errorOf(work: () => unknown): ConfigError {
  try {
    work();
  } catch (error) {
    if (error instanceof ConfigError) return error;
  }
  throw new Error('expected a ConfigError');
}

describe('chooseJudge', () => {
  it('auto: the model when there is a key', () => {
    expect(choose({}, key)).toEqual({
      kind: 'llm',
      endpoint: { apiKey: 'sk-test', baseUrl: official, model: defaultModel },
    });
  });

  it('auto: the model when there is an address, key or not', () => {
    expect(choose({}, { OPENAI_BASE_URL: local })).toEqual({
      kind: 'llm',
      endpoint: { apiKey: undefined, baseUrl: local, model: defaultModel },
    });
    expect(choose({ baseUrl: local })).toMatchObject({ kind: 'llm', endpoint: { baseUrl: local } });
  });

  it('auto: the baseline when there is neither, and nobody asked for it', () => {
    expect(choose({})).toEqual({ kind: 'offline', byDefault: true });
  });

  it('offline: the baseline whatever is set, since it was asked for', () => {
    expect(choose({ judge: 'offline' }, { ...key, OPENAI_BASE_URL: 'nonsense' })).toEqual({
      kind: 'offline',
      byDefault: false,
    });
  });

  it('llm: an error that names key, address and the offline way when there is neither', () => {
    const error = errorOf(() => choose({ judge: 'llm' }));
    for (const word of ['OPENAI_API_KEY', 'OPENAI_BASE_URL', '--judge offline']) {
      expect(error.text.ko).toContain(word);
      expect(error.text.en).toContain(word);
    }
  });

  it.each(['', '   ', '\t\n'])('takes a blank variable (%j) for none', (blank) => {
    const env = { OPENAI_API_KEY: blank, OPENAI_BASE_URL: blank, ANSWER_GRADER_MODEL: blank };
    expect(choose({}, env)).toEqual({ kind: 'offline', byDefault: true });
    expect(choose({}, { ...env, ...key })).toEqual({
      kind: 'llm',
      endpoint: { apiKey: 'sk-test', baseUrl: official, model: defaultModel },
    });
  });

  it('takes variables without the space around them', () => {
    const env = {
      OPENAI_API_KEY: ' sk-test\n',
      OPENAI_BASE_URL: ` ${local} `,
      ANSWER_GRADER_MODEL: ' qwen ',
    };
    expect(choose({}, env)).toEqual({
      kind: 'llm',
      endpoint: { apiKey: 'sk-test', baseUrl: local, model: 'qwen' },
    });
  });

  it('takes options before variables', () => {
    const env = { ...key, OPENAI_BASE_URL: 'http://other.test/v1', ANSWER_GRADER_MODEL: 'other' };
    expect(choose({ baseUrl: local, model: 'qwen' }, env)).toMatchObject({
      endpoint: { baseUrl: local, model: 'qwen' },
    });
  });

  it.each([
    ['http://localhost:1234/v1/', 'http://localhost:1234/v1'],
    ['https://proxy.test/openai/v1///', 'https://proxy.test/openai/v1'],
  ])('takes the address %s for %s', (given, expected) => {
    expect(choose({ baseUrl: given })).toMatchObject({ endpoint: { baseUrl: expected } });
  });

  it.each([
    'localhost:11434',
    'api.openai.com/v1',
    'ftp://models.test/v1',
    'file:///etc/passwd',
    'nonsense',
    '',
  ])('refuses the address %j and shows one that would do', (baseUrl) => {
    for (const judge of ['auto', 'llm'] as const) {
      const error = errorOf(() => choose({ judge, baseUrl }, key));
      expect(error.text.en).toContain(`"${baseUrl}" is not an address`);
      expect(error.text.ko).toContain('http://localhost:11434/v1');
    }
  });

  it('reads only the environment that it is given', () => {
    const env = Object.freeze({ ...key });
    expect(choose({}, env)).toMatchObject({ kind: 'llm' });
    expect(env).toEqual(key);
  });
});

import { describe, expect, it } from 'vitest';
import {
  chooseJudge,
  defaultModel,
  endpointsFrom,
  type JudgeOptions,
  type NamedModel,
} from '../../src/app/config.ts';
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
      endpoints: [{ apiKey: 'sk-test', baseUrl: official, model: defaultModel, isNamed: false }],
      samples: 1,
    });
  });

  it('auto: the model when there is an address, key or not', () => {
    expect(choose({}, { OPENAI_BASE_URL: local })).toEqual({
      kind: 'llm',
      endpoints: [{ apiKey: undefined, baseUrl: local, model: defaultModel, isNamed: false }],
      samples: 1,
    });
    expect(choose({ baseUrl: local })).toMatchObject({ kind: 'llm', endpoints: [{ baseUrl: local }] });
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
      endpoints: [{ apiKey: 'sk-test', baseUrl: official, model: defaultModel, isNamed: false }],
      samples: 1,
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
      endpoints: [{ apiKey: 'sk-test', baseUrl: local, model: 'qwen', isNamed: false }],
      samples: 1,
    });
  });

  it('takes options before variables', () => {
    const env = { ...key, OPENAI_BASE_URL: 'http://other.test/v1', ANSWER_GRADER_MODEL: 'other' };
    expect(choose({ baseUrl: local, model: ['qwen'] }, env)).toMatchObject({
      endpoints: [{ baseUrl: local, model: 'qwen' }],
    });
  });

  it.each([
    ['http://localhost:1234/v1/', 'http://localhost:1234/v1'],
    ['https://proxy.test/openai/v1///', 'https://proxy.test/openai/v1'],
  ])('takes the address %s for %s', (given, expected) => {
    expect(choose({ baseUrl: given })).toMatchObject({ endpoints: [{ baseUrl: expected }] });
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

  it('several models are a panel, each named once; the variable is then not asked', () => {
    const env = { ...key, ANSWER_GRADER_MODEL: 'other' };
    expect(choose({ model: ['a', 'b', 'a'], samples: 3 }, env)).toEqual({
      kind: 'llm',
      endpoints: ['a', 'b'].map((model) => ({ apiKey: 'sk-test', baseUrl: official, model, isNamed: false })),
      samples: 3,
    });
  });

  it.each<Partial<JudgeOptions>>([{ model: ['a'] }, { samples: 2 }, { model: ['a', 'b'], samples: 3 }])(
    'offline: refuses what only a model could do: %j',
    (options) => {
      const error = errorOf(() => choose({ ...options, judge: 'offline' }, key));
      expect(error.text.en).toBe(
        '--judge offline asks no model, so --model and --samples do not go with it.',
      );
      expect(error.text.ko).toContain('--samples');
    },
  );

  it('offline: one sample of no model is what it is anyway', () => {
    expect(choose({ judge: 'offline', model: [], samples: 1 })).toEqual({
      kind: 'offline',
      byDefault: false,
    });
  });

  it('auto: a model that is asked for is not silently replaced by the baseline', () => {
    expect(errorOf(() => choose({ model: ['a'] })).text.en).toContain('OPENAI_API_KEY');
  });

  it('reads only the environment that it is given', () => {
    const env = Object.freeze({ ...key });
    expect(choose({}, env)).toMatchObject({ kind: 'llm' });
    expect(env).toEqual(key);
  });
});

describe('models by name', () => {
  const models: Record<string, NamedModel> = {
    home: { model: 'qwen3:8b', baseUrl: 'http://home.test/v1/' },
    rented: { baseUrl: 'https://rented.test/v1', apiKeyEnv: 'RENTED_KEY' },
    small: { model: 'gpt-6-luna' },
    borrowed: { model: 'gpt-6-sol', apiKeyEnv: 'OTHER_KEY' },
  };
  const env = { ...key, RENTED_KEY: 'rk', OTHER_KEY: ' ok ' };
  const endpoint = (name: string, given: NodeJS.ProcessEnv = env) =>
    endpointsFrom({ model: [name], models }, given)[0];

  it('stand for the model and address that the file gives them', () => {
    expect(endpoint('home')).toEqual({
      apiKey: undefined,
      baseUrl: 'http://home.test/v1',
      model: 'qwen3:8b',
      isNamed: true,
    });
    expect(endpoint('small')).toEqual({
      apiKey: 'sk-test',
      baseUrl: official,
      model: 'gpt-6-luna',
      isNamed: false,
    });
  });

  it('are model ids themselves where the file gives none, or does not know them', () => {
    expect(endpoint('rented').model).toBe('rented');
    expect(endpoint('gpt-7')).toEqual({
      apiKey: 'sk-test',
      baseUrl: official,
      model: 'gpt-7',
      isNamed: false,
    });
  });

  it('take the key from the variable that the file names', () => {
    expect(endpoint('rented').apiKey).toBe('rk');
    expect(endpoint('borrowed')).toEqual({
      apiKey: 'ok',
      baseUrl: official,
      model: 'gpt-6-sol',
      isNamed: false,
    });
  });

  it.each([{}, { RENTED_KEY: ' ' }])('need the key that the file promises: %j', (given) => {
    const options = { judge: 'auto', model: ['rented'], models } as const;
    const error = errorOf(() => chooseJudge(options, { ...key, ...given }));
    expect(endpoint('rented', { ...key, ...given }).apiKey).toBeUndefined();
    expect(error.text.en).toBe('the model "rented" has no key; set the environment variable RENTED_KEY.');
    expect(error.text.ko).toContain('RENTED_KEY');
  });

  it('never bring the general key to an address of their own', () => {
    for (const name of Object.keys(models)) {
      const { baseUrl, apiKey } = endpoint(name);
      if (apiKey === 'sk-test') expect(baseUrl).toBe(official);
    }
    expect(endpoint('home').apiKey).toBeUndefined();
  });

  it('have their own address before --base-url and the variable', () => {
    const options = { model: ['home', 'small'], models, baseUrl: local };
    expect(endpointsFrom(options, { ...env, OPENAI_BASE_URL: 'http://other.test/v1' })).toMatchObject([
      { baseUrl: 'http://home.test/v1' },
      { baseUrl: local, apiKey: 'sk-test' },
    ]);
  });

  it('need neither key nor general address when all have their own', () => {
    const own = { RENTED_KEY: 'rk' };
    expect(choose({ model: ['home', 'rented'], models }, own)).toMatchObject({ kind: 'llm', samples: 1 });
    expect(errorOf(() => choose({ model: ['home', 'small'], models })).text.en).toContain('OPENAI_API_KEY');
  });

  it('are named in the error where there is neither key nor address for another one', () => {
    const { text } = errorOf(() => choose({ model: ['home', 'hom'], models }));
    expect(text.en).toBe(
      'the configuration file has no model "hom" (it names home, rented, small, borrowed); if it is one of OpenAI\'s, set OPENAI_API_KEY.',
    );
    expect(text.ko).toContain('home, rented, small, borrowed');
    expect(errorOf(() => choose({ model: ['hom'], models: {} })).text.en).not.toContain('"hom"');
    expect(choose({ model: ['hom'], models }, key)).toMatchObject({ endpoints: [{ model: 'hom' }] });
  });

  it('are not asked unless they are named', () => {
    expect(choose({ models })).toEqual({ kind: 'offline', byDefault: true });
    expect(choose({ models }, key)).toMatchObject({
      endpoints: [{ model: defaultModel, baseUrl: official }],
    });
  });

  it('may be named by ANSWER_GRADER_MODEL', () => {
    const named = choose({ models }, { ...key, ANSWER_GRADER_MODEL: 'home' });
    expect(named).toMatchObject({ endpoints: [{ model: 'qwen3:8b', baseUrl: 'http://home.test/v1' }] });
  });

  it('with an address that is none are refused', () => {
    expect(() => endpointsFrom({ model: ['a'], models: { a: { baseUrl: 'home:11434' } } }, {})).toThrow(
      /"home:11434" is not an address/u,
    );
  });
});

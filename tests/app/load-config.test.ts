import { describe, expect, it } from 'vitest';
import { configFileName, loadConfig } from '../../src/app/load-config.ts';
import { ConfigError, InputError } from '../../src/core/errors.ts';
import { memoryFiles } from '../helpers/memory-files.ts';

const file = `/group/${configFileName}`;
const load = (content: string | Uint8Array, named?: string) =>
  loadConfig(named, '/group', memoryFiles({ [named ?? file]: content }));

async function errorOf(content: string): Promise<ConfigError> {
  const error = await load(content).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (error instanceof ConfigError) return error;
  throw new Error(`expected a ConfigError, got ${String(error)}`);
}

describe('loadConfig', () => {
  it('reads the models of the file in the working folder', async () => {
    const content = `
models:
  home:
    model: qwen3:8b
    baseUrl: http://localhost:11434/v1
  rented:
    baseUrl: https://rented.test/v1
    apiKeyEnv: RENTED_KEY
  small: {}
`;
    expect(await load(content)).toEqual({
      models: {
        home: { model: 'qwen3:8b', baseUrl: 'http://localhost:11434/v1' },
        rented: { baseUrl: 'https://rented.test/v1', apiKeyEnv: 'RENTED_KEY' },
        small: {},
      },
    });
  });

  it('reads the file that is named instead', async () => {
    const files = memoryFiles({ [file]: 'models: { a: {} }', '/elsewhere/own.yaml': 'models: { b: {} }' });
    expect(await loadConfig('/elsewhere/own.yaml', '/group', files)).toEqual({ models: { b: {} } });
  });

  it.each(['', '# nothing yet\n', '{}', '\uFEFFmodels: {}\n'])('knows no models from %j', async (content) => {
    expect(await load(content)).toEqual({ models: {} });
  });

  it('does without a file where none is named, and not where one is', async () => {
    expect(await loadConfig(undefined, '/group', memoryFiles())).toEqual({ models: {} });
    await expect(loadConfig('own.yaml', '/group', memoryFiles())).rejects.toThrow(InputError);
  });

  it.each<[string, string, number, RegExp, RegExp]>([
    [
      'a misspelt setting',
      'model:\n  a: {}\n',
      1,
      /there is no setting "model"/u,
      /"model" 항목은 없습니다/u,
    ],
    [
      'a misspelt setting of a model',
      'models:\n  a:\n    url: http://a.test\n',
      3,
      /there is no setting "url" in models › a/u,
      /"url" 항목은 없습니다/u,
    ],
    [
      'a key in place of its variable',
      'models:\n  a:\n    apiKeyEnv: sk-0123\n',
      3,
      /apiKeyEnv: this is the name of an environment variable, not a key/u,
      /키가 아니라 키가 들어 있는 환경 변수의 이름을 적으세요/u,
    ],
    ['an empty model id', "models:\n  a:\n    model: ' '\n", 3, /models › a › model/u, /models › a › model/u],
    ['no YAML', 'models: [', 1, /it is not YAML/u, /YAML로 읽을 수 없습니다/u],
    ['a list', '- a\n', 1, /./u, /./u],
  ])('names file, line and setting of %s', async (_name, content, line, english, korean) => {
    const error = await errorOf(content);
    expect(error.place).toEqual({ file, line });
    expect(error.text.en).toMatch(/^the configuration file is not valid: /u);
    expect(error.text.en).toMatch(english);
    expect(error.text.ko).toMatch(/^설정 파일에 오류가 있습니다: /u);
    expect(error.text.ko).toMatch(korean);
  });

  it('shows no key that somebody put into the file by mistake', async () => {
    const error = await errorOf('models:\n  a:\n    apiKeyEnv: sk-very-secret\n');
    expect(`${error.text.ko}${error.text.en}`).not.toContain('sk-very-secret');
  });
});

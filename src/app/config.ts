import { ConfigError } from '../core/errors.ts';

/** A current, small model: enough for comparing an answer with a model answer, at a low price. */
export const defaultModel = 'gpt-6-luna';
const defaultBaseUrl = 'https://api.openai.com/v1';

export interface Endpoint {
  apiKey: string | undefined;
  baseUrl: string;
  model: string;
  /** The address is one that a named model brings along: replies from there are kept apart from others. */
  isNamed: boolean;
}

/** At least one. */
export type Endpoints = readonly [Endpoint, ...Endpoint[]];

/** Who judges: one model or several, or the baseline. */
export type JudgeConfig =
  | { kind: 'llm'; endpoints: Endpoints; samples: number }
  /** `byDefault`: nobody asked for the baseline; there was just no model. */
  | { kind: 'offline'; byDefault: boolean };

/** A model by a name of the user's own. */
export interface NamedModel {
  /** The id the endpoint knows; the name when left out. */
  model?: string | undefined;
  baseUrl?: string | undefined;
  /** The environment variable that holds the key; keys stand in no file. */
  apiKeyEnv?: string | undefined;
}

export interface JudgeOptions {
  judge: 'auto' | 'llm' | 'offline';
  /** Ids of models at the default endpoint, or names from `models`; several are a panel. */
  model?: readonly string[] | undefined;
  baseUrl?: string | undefined;
  /** How often each model is asked; 1 when left out. */
  samples?: number | undefined;
  /** Named models of the configuration file. */
  models?: Readonly<Record<string, NamedModel>> | undefined;
}

/** A variable's value; set to nothing means absent. */
function read(env: NodeJS.ProcessEnv, name: string): string | undefined {
  const value = env[name]?.trim();
  return value === undefined || value === '' ? undefined : value;
}

function checkedUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url && (url.protocol === 'http:' || url.protocol === 'https:')) return text.replace(/\/+$/u, '');
  throw new ConfigError({
    ko: `"${text}"은(는) 주소가 아닙니다. OPENAI_BASE_URL, --base-url 또는 설정 파일에 http://localhost:11434/v1 같은 주소를 적으세요.`,
    en: `"${text}" is not an address; set OPENAI_BASE_URL, --base-url or the configuration file to something like http://localhost:11434/v1.`,
  });
}

/** @throws ConfigError when a named model's key is not in the environment */
function checkKeys(names: readonly string[], { models }: JudgeOptions, env: NodeJS.ProcessEnv): void {
  for (const name of names) {
    const variable = models?.[name]?.apiKeyEnv;
    if (variable === undefined || read(env, variable) !== undefined) continue;
    throw new ConfigError({
      ko: `"${name}" 모델의 키가 없습니다. 환경 변수 ${variable}를 설정하세요.`,
      en: `the model "${name}" has no key; set the environment variable ${variable}.`,
    });
  }
}

/** The models meant: those asked for, else the one in the environment, else the default one. */
function namesOf({ model = [] }: Pick<JudgeOptions, 'model'>, env: NodeJS.ProcessEnv): [string, ...string[]] {
  const [first = read(env, 'ANSWER_GRADER_MODEL') ?? defaultModel, ...others] = new Set(model);
  return [first, ...others];
}

/**
 * Decides who judges from options and environment (`OPENAI_API_KEY`, `OPENAI_BASE_URL`, `ANSWER_GRADER_MODEL`).
 * @throws ConfigError when a model is asked for and neither key nor address is set
 */
export function chooseJudge(options: JudgeOptions, env: NodeJS.ProcessEnv): JudgeConfig {
  if (options.judge === 'offline') {
    if ((options.model?.length ?? 0) > 0 || (options.samples ?? 1) > 1) throw modelsForBaseline();
    return { kind: 'offline', byDefault: false };
  }
  const names = namesOf(options, env);
  const named = names.map((name) => options.models?.[name]);
  const hasModel =
    read(env, 'OPENAI_API_KEY') !== undefined ||
    (options.baseUrl ?? read(env, 'OPENAI_BASE_URL')) !== undefined ||
    named.every((model) => model?.baseUrl !== undefined || model?.apiKeyEnv !== undefined);
  if (hasModel) {
    checkKeys(names, options, env);
    return { kind: 'llm', endpoints: endpointsFrom(options, env), samples: options.samples ?? 1 };
  }
  if (options.judge === 'auto' && (options.model ?? []).length === 0)
    return { kind: 'offline', byDefault: true };
  const known = Object.keys(options.models ?? {});
  const unknown = (options.model ?? []).find((name) => !known.includes(name));
  if (known.length > 0 && unknown !== undefined) {
    throw new ConfigError({
      ko: `"${unknown}" 모델은 설정 파일에 없습니다(있는 이름: ${known.join(', ')}). OpenAI의 모델이라면 OPENAI_API_KEY를 설정하세요.`,
      en: `the configuration file has no model "${unknown}" (it names ${known.join(', ')}); if it is one of OpenAI's, set OPENAI_API_KEY.`,
    });
  }
  throw new ConfigError({
    ko: '언어 모델로 채점하려면 OPENAI_API_KEY(또는 자체 서버의 주소 OPENAI_BASE_URL)를 설정하세요. 모델 없이 해 보려면 --judge offline을 쓰세요.',
    en: 'to grade with a language model, set OPENAI_API_KEY (or OPENAI_BASE_URL, the address of a server of your own); to try without a model, use --judge offline.',
  });
}

function modelsForBaseline(): ConfigError {
  return new ConfigError({
    ko: '--judge offline은 모델을 쓰지 않으므로 --model, --samples와 함께 쓸 수 없습니다.',
    en: '--judge offline asks no model, so --model and --samples do not go with it.',
  });
}

function endpointOf(
  name: string,
  options: Pick<JudgeOptions, 'baseUrl' | 'models'>,
  env: NodeJS.ProcessEnv,
): Endpoint {
  const named = options.models?.[name];
  const address = named?.baseUrl ?? options.baseUrl ?? read(env, 'OPENAI_BASE_URL') ?? defaultBaseUrl;
  // A key goes only where it belongs: never the general one to an address of its own.
  const keyName = named?.apiKeyEnv ?? (named?.baseUrl === undefined ? 'OPENAI_API_KEY' : undefined);
  return {
    apiKey: keyName === undefined ? undefined : read(env, keyName),
    baseUrl: checkedUrl(address),
    model: named?.model ?? name,
    isNamed: named?.baseUrl !== undefined,
  };
}

/**
 * The endpoints that options and environment name, whether there are keys for them or not.
 * @throws ConfigError when an address is none
 */
export function endpointsFrom(
  options: Pick<JudgeOptions, 'model' | 'baseUrl' | 'models'>,
  env: NodeJS.ProcessEnv,
): Endpoints {
  const [first, ...others] = namesOf(options, env);
  const endpoint = (name: string) => endpointOf(name, options, env);
  return [endpoint(first), ...others.map(endpoint)];
}

import { ConfigError } from '../core/errors.ts';

/** A current, small model: enough for comparing an answer with a model answer, at a low price. */
export const defaultModel = 'gpt-6-luna';
const defaultBaseUrl = 'https://api.openai.com/v1';

export interface Endpoint {
  apiKey: string | undefined;
  baseUrl: string;
  model: string;
}

/** Who judges: a model at an endpoint, or the baseline. */
export type JudgeConfig =
  | { kind: 'llm'; endpoint: Endpoint }
  /** `byDefault`: nobody asked for the baseline; there was just no model. */
  | { kind: 'offline'; byDefault: boolean };

export interface JudgeOptions {
  judge: 'auto' | 'llm' | 'offline';
  model?: string | undefined;
  baseUrl?: string | undefined;
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
    ko: `"${text}"은(는) 주소가 아닙니다. OPENAI_BASE_URL 또는 --base-url에 http://localhost:11434/v1 같은 주소를 적으세요.`,
    en: `"${text}" is not an address; set OPENAI_BASE_URL or --base-url to something like http://localhost:11434/v1.`,
  });
}

/**
 * Decides who judges from options and environment (`OPENAI_API_KEY`, `OPENAI_BASE_URL`, `ANSWER_GRADER_MODEL`).
 * @throws ConfigError when a model is asked for and neither key nor address is set
 */
export function chooseJudge(options: JudgeOptions, env: NodeJS.ProcessEnv): JudgeConfig {
  const address = options.baseUrl ?? read(env, 'OPENAI_BASE_URL');
  const hasModel = read(env, 'OPENAI_API_KEY') !== undefined || address !== undefined;
  if (options.judge === 'offline') return { kind: 'offline', byDefault: false };
  if (options.judge === 'auto' && !hasModel) return { kind: 'offline', byDefault: true };
  if (!hasModel) {
    throw new ConfigError({
      ko: '언어 모델로 채점하려면 OPENAI_API_KEY(또는 자체 서버의 주소 OPENAI_BASE_URL)를 설정하세요. 모델 없이 해 보려면 --judge offline을 쓰세요.',
      en: 'to grade with a language model, set OPENAI_API_KEY (or OPENAI_BASE_URL, the address of a server of your own); to try without a model, use --judge offline.',
    });
  }
  return { kind: 'llm', endpoint: endpointFrom(options, env) };
}

/**
 * The endpoint that options and environment name, whether there is a key for it or not.
 * @throws ConfigError when the address is none
 */
export function endpointFrom(
  options: Pick<JudgeOptions, 'model' | 'baseUrl'>,
  env: NodeJS.ProcessEnv,
): Endpoint {
  return {
    apiKey: read(env, 'OPENAI_API_KEY'),
    baseUrl: checkedUrl(options.baseUrl ?? read(env, 'OPENAI_BASE_URL') ?? defaultBaseUrl),
    model: options.model ?? read(env, 'ANSWER_GRADER_MODEL') ?? defaultModel,
  };
}

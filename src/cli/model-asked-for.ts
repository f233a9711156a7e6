import type { Endpoint } from '../app/config.ts';
import { ConfigError } from '../core/errors.ts';
import type { JudgingOptions } from './grade-options.ts';
import type { Io } from './io.ts';
import { endpointsOf, judgeConfigFrom } from './judge-config.ts';

type ModelChoice = Pick<JudgingOptions, 'model' | 'baseUrl' | 'config'>;

/**
 * The one model that options, environment and configuration file name.
 * @param toAsk whether it is going to be asked, so that there must be a key or an address
 * @returns its endpoint, and the name under which it was asked for
 * @throws ConfigError when these do not fit, or name several models
 */
export async function modelAskedFor(
  choice: ModelChoice,
  io: Io,
  toAsk: boolean,
): Promise<{ endpoint: Endpoint; name: string }> {
  const options = { ...choice, judge: 'llm' as const };
  const config = toAsk ? await judgeConfigFrom(options, io) : null;
  const endpoints = config?.kind === 'llm' ? config.endpoints : await endpointsOf(options, io);
  const [endpoint] = endpoints;
  if (endpoints.length > 1)
    throw new ConfigError({
      ko: 'batch는 모델 하나만 씁니다. --model을 한 번만 적고, 모델마다 따로 실행하세요.',
      en: 'a batch takes one model: give --model once, and run once for each model.',
    });
  const inEnvironment = io.env['ANSWER_GRADER_MODEL']?.trim() ?? '';
  const name = options.model?.[0] ?? (inEnvironment === '' ? endpoint.model : inEnvironment);
  return { endpoint, name };
}

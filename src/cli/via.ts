import type { JudgeConfig } from '../app/config.ts';
import { ConfigError } from '../core/errors.ts';
import type { GradeOptions } from './grade-options.ts';
import type { Io } from './io.ts';
import { endpointsOf, judgeConfigFrom } from './judge-config.ts';
import { modelAskedFor } from './model-asked-for.ts';

function refusal({ via, wait, judge, samples, fresh, dryRun }: GradeOptions): ConfigError | null {
  if (wait && via !== 'batch')
    return new ConfigError({
      ko: '--wait는 배치를 기다리는 옵션입니다. --via batch와 함께 쓰세요.',
      en: '--wait waits for a batch; use it with --via batch.',
    });
  if (via === 'direct') return null;
  if (judge === 'offline')
    return new ConfigError({
      ko: `--judge offline은 모델을 쓰지 않으므로 --via ${via}와 함께 쓸 수 없습니다.`,
      en: `--judge offline asks no model, so --via ${via} does not go with it.`,
    });
  if (via === 'batch' && (samples ?? 1) > 1)
    return new ConfigError({
      ko: '--via batch는 답마다 한 번만 묻습니다. --samples를 빼거나 --via 없이 실행하세요.',
      en: '--via batch asks once about each answer; leave out --samples, or run without --via.',
    });
  if (via === 'stored' && (fresh || dryRun))
    return new ConfigError({
      ko: '--via stored는 아무것도 보내지 않으므로 --fresh, --dry-run과 함께 쓸 수 없습니다.',
      en: '--via stored sends nothing, so --fresh and --dry-run do not go with it.',
    });
  return null;
}

/** @throws ConfigError with one sentence when the options contradict each other */
export function checkVia(options: GradeOptions): void {
  const error = refusal(options);
  if (error) throw error;
}

/**
 * Who judges. Stored replies need no key; a batch needs one model that can be asked.
 * @throws ConfigError when options, environment and configuration file do not fit
 */
export async function gradingConfigFrom(options: GradeOptions, io: Io): Promise<JudgeConfig> {
  const { via, samples = 1 } = options;
  if (via === 'direct') return judgeConfigFrom(options, io);
  if (via === 'stored') return { kind: 'llm', endpoints: await endpointsOf(options, io), samples };
  const { endpoint } = await modelAskedFor(options, io, true);
  return { kind: 'llm', endpoints: [endpoint], samples };
}

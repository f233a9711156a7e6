import { chooseJudge, type Endpoints, endpointsFrom, type JudgeConfig } from '../app/config.ts';
import { loadConfig } from '../app/load-config.ts';
import { files, workingFolder } from '../compose.ts';
import type { JudgingOptions } from './grade-options.ts';
import type { Io } from './io.ts';

/** The options that say who judges. */
export type JudgeChoice = Pick<JudgingOptions, 'judge' | 'model' | 'samples' | 'baseUrl' | 'config'>;

/**
 * Who judges, by options, environment and configuration file.
 * @throws ConfigError when these do not fit
 */
export async function judgeConfigFrom(options: JudgeChoice, io: Io): Promise<JudgeConfig> {
  const { models } = await loadConfig(options.config, workingFolder(), files);
  return chooseJudge({ ...options, models }, io.env);
}

/** The endpoints that would be asked, whether there are keys for them or not. */
export async function endpointsOf(options: JudgeChoice, io: Io): Promise<Endpoints> {
  const { models } = await loadConfig(options.config, workingFolder(), files);
  return endpointsFrom({ ...options, models }, io.env);
}

import { join } from 'node:path';
import { z } from 'zod';
import type { Files } from '../files.ts';
import type { NamedModel } from './config.ts';
import { parseYaml } from './parse-yaml.ts';
import { readText } from './read-text.ts';

/** Looked for in the working folder when no other file is named. */
export const configFileName = 'answer-grader.yaml';

const text = z.string().trim().min(1);
const configSchema = z.strictObject({
  models: z
    .record(
      text,
      z.strictObject({
        model: text.optional(),
        baseUrl: text.optional(),
        apiKeyEnv: z
          .string()
          .regex(/^[A-Za-z_][A-Za-z0-9_]*$/u, 'this is the name of an environment variable, not a key')
          .optional(),
      }),
    )
    .optional(),
});

/** What the configuration file holds. */
export interface GraderConfig {
  models: Record<string, NamedModel>;
}

/**
 * Reads the configuration file: the one named, else the one in the working folder, else nothing.
 * @throws ConfigError when it is not valid; InputError when the one named cannot be read
 */
export async function loadConfig(
  named: string | undefined,
  folder: string,
  files: Files,
): Promise<GraderConfig> {
  const file = named ?? join(folder, configFileName);
  if (named === undefined && !(await files.isThere(file))) return { models: {} };
  const form = { name: { ko: '설정 파일', en: 'configuration file' }, schema: configSchema };
  const { models = {} } = parseYaml(await readText(file, files), file, form);
  return { models };
}

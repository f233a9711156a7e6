import { randomInt } from 'node:crypto';
import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/** The same inputs in every run, so that no commit fails by luck; new ones where the environment asks for a search. */
function propertySeed({ FUZZ_RUNS, FUZZ_SEED }: NodeJS.ProcessEnv): string {
  if (FUZZ_SEED === undefined && FUZZ_RUNS === undefined) return '1';
  const seed = FUZZ_SEED ?? String(randomInt(2 ** 31));
  process.stderr.write(`Property tests run with FUZZ_SEED=${seed}\n`);
  return seed;
}

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    setupFiles: ['tests/helpers/property-seed.ts'],
    env: { PROPERTY_SEED: propertySeed(process.env) },
    globalSetup: 'tests/helpers/postgres-setup.ts',
    // Most tests wait for a program that they started, so that even two cores have time for two of them.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    // A search with random inputs takes as long as it takes.
    testTimeout: process.env['FUZZ_RUNS'] === undefined ? 60_000 : 0,
    coverage: { provider: 'v8', include: ['src/**/*.ts'], reporter: ['text-summary', 'html'] },
  },
});

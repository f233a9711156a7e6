import { type RunningCli, startCli } from './run-cli.ts';

/** The command `worker` at work; ended at the end, where it still is. */
export interface Working extends AsyncDisposable {
  running: RunningCli;
  /** Ends it without a chance to do anything about it. */
  kill(): Promise<void>;
}

/**
 * Starts `worker`.
 * @param folder the working folder
 * @param env names the database as `DATABASE_URL`
 */
export async function startWorker(
  folder: string,
  args: readonly string[] = [],
  env: Record<string, string> = {},
): Promise<Working> {
  const running = startCli(folder, ['worker', ...args], { env });
  await running.saidOnStderr('Waiting for work');
  async function kill(): Promise<void> {
    running.kill('SIGKILL');
    await running.result;
  }
  return { running, kill, [Symbol.asyncDispose]: kill };
}

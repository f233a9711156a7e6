import { expect } from 'vitest';
import { type LoopbackBatches, startLoopbackBatches } from './loopback-batches.ts';
import { type CliResult, createWorkspace, type Workspace } from './run-cli.ts';
import { addSmallChapter } from './small-chapter.ts';

/** A fresh folder with the small chapter (three answers to ask about) and a fresh provider. */
export interface BatchWorkspace extends AsyncDisposable {
  workspace: Workspace;
  server: LoopbackBatches;
  env: Record<string, string>;
  run(...args: string[]): Promise<CliResult>;
  /** How often the provider was called so. */
  count(call: string): number;
  /** Starts a command, waits until its call hangs, does something meanwhile, and kills it with SIGKILL. */
  killedAt(
    call: string,
    when: 'before' | 'after',
    args: string[],
    meanwhile?: () => Promise<void>,
  ): Promise<void>;
}

/** @param model the one that commands ask */
export async function createBatchWorkspace(model: string): Promise<BatchWorkspace> {
  const workspace = await createWorkspace();
  const server = await startLoopbackBatches();
  await addSmallChapter(workspace);
  const env = { OPENAI_BASE_URL: server.baseUrl, OPENAI_API_KEY: 'test-key', ANSWER_GRADER_MODEL: model };
  return {
    workspace,
    server,
    env,
    run: (...args) => workspace.run(args, { env }),
    count: (call) => server.calls.filter((item) => item === call).length,
    async killedAt(call, when, args, meanwhile = async () => undefined) {
      server.hangAt(call, when);
      const running = workspace.start(args, { env });
      await server.hanging();
      await meanwhile();
      running.kill('SIGKILL');
      expect((await running.result).code).toBeNull();
    },
    async [Symbol.asyncDispose]() {
      await workspace[Symbol.asyncDispose]();
      await server[Symbol.asyncDispose]();
    },
  };
}

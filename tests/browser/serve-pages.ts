import { expect } from 'vitest';
import { environmentFor, type LoopbackModel } from '../helpers/loopback-model.ts';
import { createWorkspace, type Workspace } from '../helpers/run-cli.ts';
import { type Serving, startServing } from '../helpers/serving.ts';

/** The pages of the real command, in a folder of their own. */
export interface ServedPages extends AsyncDisposable {
  workspace: Workspace;
  serving: Serving;
  /** Address and port, as browsers name them. */
  host: string;
}

export interface ServedWith {
  /** The baseline judges when left out. */
  model?: LoopbackModel;
  env?: Record<string, string>;
  /** Puts files into the folder before the command starts. */
  prepare?: (workspace: Workspace) => Promise<void>;
}

/** Starts `serve`, one request in flight at a time, and ends it at the end. */
export async function servePages({ model, env = {}, prepare }: ServedWith = {}): Promise<ServedPages> {
  const workspace = await createWorkspace();
  await prepare?.(workspace);
  // Several tests share the address, and each asks for many pages.
  const args = ['--concurrency', '1', '--requests-per-minute', '0', ...(model ? [] : ['--judge', 'offline'])];
  const from = model ? environmentFor(model, 'gpt-6-luna') : {};
  const serving = await startServing(workspace.folder, args, { ...from, ...env });
  return {
    workspace,
    serving,
    host: new URL(serving.url).host,
    async [Symbol.asyncDispose]() {
      await serving[Symbol.asyncDispose]();
      await workspace[Symbol.asyncDispose]();
    },
  };
}

/**
 * Hands a document in and grades it with the baseline, by HTTP; gives the chapter's id.
 * @param rubric its name; the chapter's own or the default one when left out
 */
export async function gradedByHttp(
  { serving }: ServedPages,
  name: string,
  text: string,
  rubric?: string,
): Promise<string> {
  const uploaded = await serving.send('POST', '/v1/chapters', { name, text });
  const { chapter } = (await uploaded.json()) as { chapter: { id: string } };
  const path = `/v1/chapters/${encodeURIComponent(chapter.id)}/runs`;
  await serving.send('POST', path, { judge: 'offline', ...(rubric === undefined ? {} : { rubric }) });
  expect(await serving.ended(1)).toMatchObject({ state: 'finished' });
  return chapter.id;
}

import { environmentFor, type LoopbackModel, startLoopbackModel } from '../helpers/loopback-model.ts';
import { ask } from '../helpers/postgres.ts';
import { createWorkspace } from '../helpers/run-cli.ts';
import { type Serving, startServing } from '../helpers/serving.ts';
import { startWorker, type Working } from '../helpers/working.ts';
import { type HeldReplies, holdReplies, senderOf } from './held-replies.ts';

/** How a process is started otherwise than usual. */
interface Start {
  env?: Record<string, string>;
  /** Another way to the database. */
  address?: string;
}

/** Services and workers on one database, each a process of its own, with a fake model. */
export interface Site extends AsyncDisposable, HeldReplies {
  model: LoopbackModel;
  serve(): Promise<Serving>;
  /** @param name its key for the model, by which its requests are known */
  worker(name: string, start?: Start): Promise<Working>;
  /** How many requests a worker has sent. */
  sentBy(name: string): number;
  /** Jobs that some worker has. */
  jobsAtWork(): Promise<string[]>;
  /** Has jobs count as silent for long, as if it had been waited for. */
  silence(jobs: readonly string[]): Promise<void>;
}

/** A model whose price is known. */
const modelName = 'gpt-4o-mini';

/** @param address of a database */
export async function openSite(address: string): Promise<Site> {
  const workspace = await createWorkspace();
  const model = await startLoopbackModel();
  const started: AsyncDisposable[] = [];
  const environment = { ...environmentFor(model, modelName), DATABASE_URL: address };

  async function keeping<T extends AsyncDisposable>(starting: Promise<T>): Promise<T> {
    const process = await starting;
    started.push(process);
    return process;
  }

  return {
    ...holdReplies(model),
    model,
    serve: () => keeping(startServing(workspace.folder, ['--requests-per-minute', '0'], { ...environment })),
    worker: (name, { env, address: way = address } = {}) =>
      keeping(
        startWorker(workspace.folder, [], {
          ...environment,
          DATABASE_URL: way,
          OPENAI_API_KEY: name,
          ...env,
        }),
      ),
    sentBy: (name) => model.requests.filter((request) => senderOf(request) === name).length,
    async jobsAtWork() {
      const jobs = await ask(address, "SELECT id FROM answer_grader_jobs.job WHERE state = 'active'");
      return (jobs as { id: string }[]).map(({ id }) => id);
    },
    async silence(jobs) {
      await ask(
        address,
        "UPDATE answer_grader_jobs.job SET heartbeat_on = now() - interval '1 minute' WHERE id = ANY ($1)",
        [jobs],
      );
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(started.map((process) => process[Symbol.asyncDispose]()));
      await model.close();
      await workspace[Symbol.asyncDispose]();
    },
  };
}

import type { SpendingLimits } from '../app/batch-limits.ts';
import {
  previewSubmission,
  type SubmissionTotals,
  type SubmitResult,
  submitBatches,
} from '../app/batch-submit.ts';
import type { Endpoint } from '../app/config.ts';
import type { PreparedChapter } from '../app/prepare-chapter.ts';
import { openBatches, openBatchProvider, openMemoryBatches, openMemoryStore, openStore } from '../compose.ts';
import { askedByOthers, handingOverAlone, openMostCost } from '../compose-batches.ts';
import { identityOf } from '../compose-judging.ts';
import type { RunControl } from '../judge/run-control.ts';
import { submittedLine } from '../reports/batch.ts';
import { otherRunLine } from '../reports/via-batch.ts';
import { type CommonOptions, type Io, messageLanguage } from './io.ts';

/** Options that say which answers are handed over, and how many of them. */
export interface HandOverOptions extends CommonOptions {
  member?: string;
  question?: number;
  fresh?: boolean;
  maxCost?: number;
  maxRequests?: number;
}

/** Who is asked, and where that is noted. */
export interface HandOverParts {
  endpoint: Endpoint;
  /** The model as it was asked for. */
  name: string;
  store: Awaited<ReturnType<typeof openStore>>;
  batches: Awaited<ReturnType<typeof openBatches>>;
}

function planOf(
  chapters: readonly PreparedChapter[],
  { member, question, fresh, maxCost, maxRequests }: HandOverOptions,
  { endpoint, name, store, batches }: HandOverParts,
) {
  const { model, baseUrl } = endpoint;
  return {
    chapters,
    selection: { member, question },
    target: { name, model, baseUrl, endpoint: identityOf(endpoint) },
    batches,
    replies: store,
    fresh,
    spending: { maxCostUsd: maxCost, maxRequests },
  };
}

/** What `batch submit` would hand over, and what it can cost at most. Sends nothing and makes no database. */
export async function previewHandOver(
  chapters: readonly PreparedChapter[],
  options: HandOverOptions,
  asked: Pick<HandOverParts, 'endpoint' | 'name'>,
  database: string | null,
): Promise<SubmissionTotals> {
  const store = database === null ? openMemoryStore() : await openStore(database);
  const batches = database === null ? openMemoryBatches() : await openBatches(database);
  try {
    const listPriceOf = await openMostCost(asked.endpoint, options.maxCost !== undefined);
    return await previewSubmission({
      ...planOf(chapters, options, { ...asked, store, batches }),
      listPriceOf,
    });
  } finally {
    await batches.close();
    await store.close();
  }
}

/** What an earlier round of the same command leaves to this one. */
interface Round {
  /** Requests that are not to be handed over again now. */
  setAside: ReadonlySet<string>;
  /** What is left of the limits. */
  spending: SpendingLimits;
}

/**
 * Hands over what grading would ask, while no other run on the same database does.
 * @throws ConfigError when a limit on cost cannot be kept; ModelError when the provider does not take a batch
 */
export async function handOver(
  chapters: readonly PreparedChapter[],
  options: HandOverOptions,
  parts: HandOverParts,
  control: RunControl,
  io: Io,
  round?: Round,
): Promise<SubmitResult> {
  const messages = messageLanguage(options, io);
  const provider = await openBatchProvider(parts.endpoint);
  const isLimited = options.maxCost !== undefined;
  const listPriceOf = isLimited ? await openMostCost(parts.endpoint, true) : null;
  return handingOverAlone(
    parts.store,
    control,
    () => io.err(otherRunLine(messages)),
    () =>
      submitBatches({
        ...planOf(chapters, options, parts),
        ...round,
        listPriceOf,
        askedNow: askedByOthers(parts.store),
        provider,
        signal: control.abandoned,
        onSubmitted: (record) => io.err(submittedLine(record, messages)),
      }),
  );
}

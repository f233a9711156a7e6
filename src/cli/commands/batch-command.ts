import { cancelBatches } from '../../app/batch-cancel.ts';
import { type CollectResult, collectBatches, collectUntilDone } from '../../app/batch-collect.ts';
import { type BatchTrouble, batchStatus } from '../../app/batch-status.ts';
import { isStored, openBatches, openMemoryStore, openStore } from '../../compose.ts';
import { handingOverAlone } from '../../compose-batches.ts';
import type { Language } from '../../core/localized.ts';
import { createRunControl } from '../../judge/run-control.ts';
import { batchTable, cancellationText, collectionText, submissionText } from '../../reports/batch.ts';
import { otherRunLine, previewText } from '../../reports/via-batch.ts';
import { type BatchOptions, patientWaiting, tellTroubles, withBatches } from '../batch-access.ts';
import { type HandOverOptions, handOver, previewHandOver } from '../hand-over.ts';
import { stopOnSignals } from '../interrupt.ts';
import { type ExitCode, type Io, messageLanguage, writeJson } from '../io.ts';
import { modelAskedFor } from '../model-asked-for.ts';
import { prepareSelected, type SelectionOptions } from '../prepare-selected.ts';

export interface BatchSubmitOptions extends SelectionOptions, HandOverOptions {
  model?: string[];
  baseUrl?: string;
  config?: string;
  dryRun?: boolean;
  db: string;
}

export interface BatchCollectOptions extends BatchOptions {
  wait?: boolean;
}

const neverAborted = new AbortController().signal;

async function previewCommand(paths: string[], options: BatchSubmitOptions, io: Io): Promise<ExitCode> {
  const asked = await modelAskedFor(options, io, false);
  const chapters = await prepareSelected(paths, options, io);
  const file = options.db;
  const database = (await isStored(file)) ? file : null;
  const totals = await previewHandOver(chapters, options, asked, database);
  if (options.json) writeJson(io, { dryRun: true, ...totals });
  else io.out(previewText(totals, messageLanguage(options, io)));
  return 0;
}

/** `batch submit PATH…`: hands what grading would ask to the provider's Batch API. */
export async function batchSubmitCommand(
  paths: string[],
  options: BatchSubmitOptions,
  io: Io,
): Promise<ExitCode> {
  if (options.dryRun) return previewCommand(paths, options, io);
  const messages = messageLanguage(options, io);
  const asked = await modelAskedFor(options, io, true);
  const chapters = await prepareSelected(paths, options, io);
  const store = await openStore(options.db);
  const batches = await openBatches(options.db);
  try {
    const result = await handOver(chapters, options, { ...asked, store, batches }, createRunControl(), io);
    const { resumed, submitted, totals } = result;
    if (options.json) writeJson(io, { resumed, submitted, ...totals });
    else io.out(submissionText(result, messages));
    return 0;
  } finally {
    await batches.close();
    await store.close();
  }
}

function troublesForJson(troubles: readonly BatchTrouble[], language: Language) {
  return troubles.map(({ record, error }) => ({ id: record.id, message: error.sentence(language) }));
}

/** `batch status`: how far every batch is. */
export async function batchStatusCommand(options: BatchOptions, io: Io): Promise<ExitCode> {
  const messages = messageLanguage(options, io);
  return withBatches(options, io, neverAborted, async (access) => {
    const { records, troubles } = await batchStatus(access);
    if (options.json) writeJson(io, { batches: records, troubles: troublesForJson(troubles, messages) });
    else io.out(batchTable(records, messages));
    tellTroubles(troubles, io, messages);
    return troubles.length > 0 ? 1 : 0;
  });
}

/** Everything that was handed over has its reply. */
function isComplete({ collected, running, unfinished, troubles }: CollectResult): boolean {
  const unanswered = collected.some(({ record }) => (record.outcome?.unanswered ?? 0) > 0);
  return !unanswered && running.length + unfinished.length + troubles.length === 0;
}

function tellCollected(result: CollectResult, { json }: BatchOptions, io: Io, language: Language): void {
  const { collected, troubles } = result;
  const documents = collected.map(({ unanswered: _, ...rest }) => rest);
  if (json) writeJson(io, { ...result, collected: documents, troubles: troublesForJson(troubles, language) });
  else if (result.troubles.length === 0 || result.collected.length + result.running.length > 0)
    io.out(collectionText(result, language));
  tellTroubles(troubles, io, language);
}

/** `batch collect`: stores what has come back, or waits until everything has. */
export async function batchCollectCommand(options: BatchCollectOptions, io: Io): Promise<ExitCode> {
  const messages = messageLanguage(options, io);
  const control = createRunControl();
  const release = stopOnSignals(control, () => undefined);
  try {
    return await withBatches(options, io, control.abandoned, async (access) => {
      // Where nothing was noted there is nothing to store either.
      const hasBatches = (await access.batches.batches()).length > 0;
      const replies = hasBatches ? await openStore(options.db) : openMemoryStore();
      try {
        const request = { ...access, replies };
        const result = options.wait
          ? await collectUntilDone(request, patientWaiting(control, io, messages))
          : await collectBatches(request);
        tellCollected(result, options, io, messages);
        return isComplete(result) ? 0 : 1;
      } finally {
        await replies.close();
      }
    });
  } finally {
    release();
  }
}

/** `batch cancel [ID]`: ends batches before their time. */
export async function batchCancelCommand(
  which: string | undefined,
  options: BatchOptions,
  io: Io,
): Promise<ExitCode> {
  const messages = messageLanguage(options, io);
  return withBatches(options, io, neverAborted, async (access) => {
    const hasBatches = (await access.batches.batches()).length > 0;
    const store = hasBatches ? await openStore(options.db) : openMemoryStore();
    try {
      // A batch that another run is just uploading is not taken away under its hands.
      const result = await handingOverAlone(
        store,
        createRunControl(),
        () => io.err(otherRunLine(messages)),
        () => cancelBatches(access, which),
      );
      if (options.json) writeJson(io, { ...result, troubles: troublesForJson(result.troubles, messages) });
      else io.out(cancellationText(result, messages));
      tellTroubles(result.troubles, io, messages);
      return result.troubles.length > 0 ? 1 : 0;
    } finally {
      await store.close();
    }
  });
}

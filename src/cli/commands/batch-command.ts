import { resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { cancelBatches } from '../../app/batch-cancel.ts';
import { type CollectResult, collectBatches, collectUntilDone } from '../../app/batch-collect.ts';
import { type BatchAccess, type BatchTrouble, batchStatus } from '../../app/batch-status.ts';
import { submitBatches } from '../../app/batch-submit.ts';
import { endpointsFrom } from '../../app/config.ts';
import { loadConfig } from '../../app/load-config.ts';
import {
  files,
  openBatches,
  openBatchProvider,
  openMemoryBatches,
  openStore,
  workingFolder,
} from '../../compose.ts';
import { identityOf } from '../../compose-judging.ts';
import type { Language } from '../../core/localized.ts';
import { createRunControl } from '../../judge/run-control.ts';
import {
  batchTable,
  cancellationText,
  collectionText,
  submissionText,
  submittedLine,
} from '../../reports/batch.ts';
import { stopOnSignals } from '../interrupt.ts';
import { type CommonOptions, type ExitCode, type Io, messageLanguage, writeJson } from '../io.ts';
import { modelAskedFor } from '../model-asked-for.ts';
import { prepareSelected, type SelectionOptions } from '../prepare-selected.ts';

export interface BatchSubmitOptions extends SelectionOptions {
  model?: string[];
  baseUrl?: string;
  config?: string;
  db: string;
}

export interface BatchOptions extends CommonOptions {
  config?: string;
  db: string;
}

export interface BatchCollectOptions extends BatchOptions {
  wait?: boolean;
}

const neverAborted = new AbortController().signal;

/** `batch submit PATH…`: hands what grading would ask to the provider's Batch API. */
export async function batchSubmitCommand(
  paths: string[],
  options: BatchSubmitOptions,
  io: Io,
): Promise<ExitCode> {
  const messages = messageLanguage(options, io);
  const { endpoint, name } = await modelAskedFor(options, io, true);
  const chapters = await prepareSelected(paths, options, io);
  const { model, baseUrl } = endpoint;
  const store = await openStore(resolve(options.db));
  const batches = await openBatches(resolve(options.db));
  try {
    const result = await submitBatches({
      chapters,
      selection: { member: options.member, question: options.question },
      target: { name, model, baseUrl, endpoint: identityOf(endpoint) },
      provider: await openBatchProvider(endpoint),
      batches,
      replies: store,
      signal: neverAborted,
      onSubmitted: (record) => io.err(submittedLine(record, messages)),
    });
    if (options.json) writeJson(io, { ...result });
    else io.out(submissionText(result, messages));
    return 0;
  } finally {
    batches.close();
    store.close();
  }
}

/** Works on the batches that are noted; a look makes no database. */
async function withBatches(
  options: BatchOptions,
  io: Io,
  signal: AbortSignal,
  work: (access: BatchAccess) => Promise<ExitCode>,
): Promise<ExitCode> {
  const { models } = await loadConfig(options.config, workingFolder(), files);
  const file = resolve(options.db);
  const batches = (await files.isThere(file)) ? await openBatches(file) : openMemoryBatches();
  try {
    return await work({
      batches,
      signal,
      providerOf: ({ name, baseUrl }) => {
        const [endpoint] = endpointsFrom({ model: [name], baseUrl, models }, io.env);
        return openBatchProvider(endpoint);
      },
    });
  } finally {
    batches.close();
  }
}

function tellTroubles(troubles: readonly BatchTrouble[], io: Io, language: Language): void {
  for (const { record, error } of troubles) {
    const which = language === 'ko' ? `배치 ${record.id}번` : `Batch ${record.id}`;
    io.err(`${which}: ${error.sentence(language)}\n`);
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

function waitingLine({ running }: CollectResult, ms: number, language: Language): string {
  const completed = running.reduce((sum, { counts }) => sum + (counts?.completed ?? 0), 0);
  const requests = running.reduce((sum, record) => sum + record.requests, 0);
  const seconds = Math.round(ms / 1000);
  return language === 'ko'
    ? `기다리는 중: ${completed}/${requests}. ${seconds}초 뒤에 다시 봅니다. Ctrl-C로 멈춰도 잃는 것은 없습니다.\n`
    : `Waiting: ${completed}/${requests}, looking again in ${seconds} s. Ctrl-C loses nothing.\n`;
}

/** Everything that was handed over has its reply. */
function isComplete({ collected, running, unfinished, troubles }: CollectResult): boolean {
  const unanswered = collected.some(({ record }) => (record.outcome?.unanswered ?? 0) > 0);
  return !unanswered && running.length + unfinished.length + troubles.length === 0;
}

/** `batch collect`: stores what has come back, or waits until everything has. */
export async function batchCollectCommand(options: BatchCollectOptions, io: Io): Promise<ExitCode> {
  const messages = messageLanguage(options, io);
  const control = createRunControl();
  const release = stopOnSignals(control, () => undefined);
  try {
    return await withBatches(options, io, control.abandoned, async (access) => {
      // Where nothing was noted there is nothing to store either.
      if (access.batches.batches().length === 0) {
        const none: CollectResult = { collected: [], running: [], unfinished: [], troubles: [] };
        if (options.json) writeJson(io, { ...none });
        else io.out(collectionText(none, messages));
        return 0;
      }
      const replies = await openStore(resolve(options.db));
      try {
        const request = { ...access, replies };
        const result = options.wait
          ? await collectUntilDone(request, {
              pause: (ms) => delay(ms, undefined, { signal: control.stopped }).catch(() => undefined),
              isOver: () => control.stopped.aborted,
              onWait: (round, ms) => io.err(waitingLine(round, ms, messages)),
            })
          : await collectBatches(request);
        if (options.json) writeJson(io, { ...result, troubles: troublesForJson(result.troubles, messages) });
        else io.out(collectionText(result, messages));
        tellTroubles(result.troubles, io, messages);
        return isComplete(result) ? 0 : 1;
      } finally {
        replies.close();
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
    const result = await cancelBatches(access, which);
    if (options.json) writeJson(io, { ...result, troubles: troublesForJson(result.troubles, messages) });
    else io.out(cancellationText(result, messages));
    tellTroubles(result.troubles, io, messages);
    return result.troubles.length > 0 ? 1 : 0;
  });
}

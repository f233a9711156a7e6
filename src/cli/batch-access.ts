import { setTimeout as delay } from 'node:timers/promises';
import type { CollectResult, Waiting } from '../app/batch-collect.ts';
import type { BatchAccess, BatchTrouble } from '../app/batch-status.ts';
import { endpointsFrom } from '../app/config.ts';
import { loadConfig } from '../app/load-config.ts';
import {
  files,
  isStored,
  openBatches,
  openBatchProvider,
  openMemoryBatches,
  workingFolder,
} from '../compose.ts';
import type { Language } from '../core/localized.ts';
import type { RunControl } from '../judge/run-control.ts';
import type { CommonOptions, ExitCode, Io } from './io.ts';

export interface BatchOptions extends CommonOptions {
  config?: string;
  db: string;
}

/** Works on the batches that are noted; a look makes no database. */
export async function withBatches(
  options: BatchOptions,
  io: Io,
  signal: AbortSignal,
  work: (access: BatchAccess) => Promise<ExitCode>,
): Promise<ExitCode> {
  const { models } = await loadConfig(options.config, workingFolder(), files);
  const file = options.db;
  const batches = (await isStored(file)) ? await openBatches(file) : openMemoryBatches();
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
    await batches.close();
  }
}

/** Says which batches could not be asked about, and why. */
export function tellTroubles(troubles: readonly BatchTrouble[], io: Io, language: Language): void {
  for (const { record, error } of troubles) {
    const which = language === 'ko' ? `배치 ${record.id}번` : `Batch ${record.id}`;
    io.err(`${which}: ${error.sentence(language)}\n`);
  }
}

function waitingLine({ running }: CollectResult, ms: number, language: Language): string {
  const completed = running.reduce((sum, { counts }) => sum + (counts?.completed ?? 0), 0);
  const requests = running.reduce((sum, record) => sum + record.requests, 0);
  const seconds = Math.round(ms / 1000);
  return language === 'ko'
    ? `기다리는 중: ${completed}/${requests}. ${seconds}초 뒤에 다시 봅니다. Ctrl-C로 멈춰도 잃는 것은 없습니다.\n`
    : `Waiting: ${completed}/${requests}, looking again in ${seconds} s. Ctrl-C loses nothing.\n`;
}

/** Waiting for batches until a person ends it, with a line on standard error before each pause. */
export function patientWaiting(control: RunControl, io: Io, language: Language): Waiting {
  return {
    pause: (ms) => delay(ms, undefined, { signal: control.stopped }).catch(() => undefined),
    isOver: () => control.stopped.aborted,
    onWait: (round, ms) => io.err(waitingLine(round, ms, language)),
  };
}

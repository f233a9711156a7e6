import { ConfigError } from '../../core/errors.ts';
import { groupIn, isPostgresAddress } from '../../core/postgres-address.ts';
import type { Listening } from '../../http/listen.ts';
import { endAsked } from '../interrupt.ts';
import { type CommonOptions, type ExitCode, type Io, messageLanguage } from '../io.ts';
import { type JudgeChoice, judgeConfigFrom } from '../judge-config.ts';
import { baselineNotice } from '../notices.ts';
import { metricsNotice, tooLongNotice, workingEndsNotice, workingNotice } from '../serve-notices.ts';
import { type OwnWatching, watched } from '../watched.ts';
import type { WatchingOptions } from '../watching-options.ts';

export interface WorkerOptions extends CommonOptions, JudgeChoice, WatchingOptions {
  concurrency: number;
  db?: string;
}

function onlyWithPostgres(): ConfigError {
  return new ConfigError({
    ko: 'worker는 PostgreSQL에서만 일합니다. DATABASE_URL이나 --db에 postgres:// 주소를 주세요. SQLite 파일이면 serve가 스스로 채점합니다.',
    en: 'workers share a PostgreSQL database; give its postgres:// address by DATABASE_URL or --db. With an SQLite file, serve grades by itself.',
  });
}

/** `worker`: makes the runs that are asked of services on the same database, until a signal ends it. */
export function workerCommand(options: WorkerOptions, version: string, io: Io): Promise<ExitCode> {
  return watched('worker', options, io, (watching) => work(options, version, io, watching));
}

async function work(
  options: WorkerOptions,
  version: string,
  io: Io,
  watching: OwnWatching,
): Promise<ExitCode> {
  const { db = '' } = options;
  if (!isPostgresAddress(db)) throw onlyWithPostgres();
  const { log, say } = watching;
  const { concurrency } = options;
  const messages = messageLanguage(options, io);
  const config = await judgeConfigFrom(options, io);
  if (config.kind === 'offline') say(baselineNotice(config.byDefault, messages));
  const { openWorker } = await import('../../compose-groups.ts');
  // What a run may cost and send is noted with the run, by the service that was asked for it.
  const limits = { maxCostUsd: null, modelRequestsPerMinute: null };
  const { address } = groupIn(db);
  const worker = await openWorker(address, { config, concurrency, ...limits, watching });
  const ended = endAsked(() => say(tooLongNotice(messages)));
  const stopping = new AbortController();
  let operators: Listening | null = null;
  try {
    operators = await watching.offer({ version, isReady: worker.isReady, stopped: stopping.signal });
    if (operators) say(metricsNotice(operators, messages));
    say(workingNotice(concurrency, messages));
    log.started({ version, judge: config.kind, concurrency, url: null, metricsUrl: operators?.url ?? null });
    await ended;
    say(workingEndsNotice(messages));
    return 0;
  } finally {
    stopping.abort();
    await worker.close();
    await operators?.close();
  }
}

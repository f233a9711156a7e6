import type { EventLog } from '../app/event-log.ts';
import { openWatching, type Watching } from '../compose-watching.ts';
import { ConfigError, type GraderError, StoreError } from '../core/errors.ts';
import { type Listening, listen, usualConnectionLimits } from '../http/listen.ts';
import { createOperatorApp } from '../http/operator-app.ts';
import { usualTimes } from '../http/settings.ts';
import { type CommonOptions, type ExitCode, type Io, messageLanguage } from './io.ts';
import type { WatchingOptions } from './watching-options.ts';

/** What a command that runs for long tells of itself. */
export interface OwnWatching extends Watching {
  /** Says something to the person at the terminal; nothing where the log is for machines. */
  say(text: string): void;
  /**
   * Puts metrics and signs of life at the address that the operator chose. To be closed last, so that it tells until
   * then that the process is stopping.
   * @param about whether the process is ready, and what is aborted when it stops
   * @returns null where none was chosen
   * @throws ConfigError when the address is taken or not allowed
   */
  offer(about: {
    version: string;
    isReady: () => Promise<boolean>;
    stopped: AbortSignal;
  }): Promise<Listening | null>;
}

const thisMachine = ['localhost', '127.0.0.1', '[::1]'];

/** Only who can reach an address of this machine alone is kept from asking by another name, as web pages may. */
function hostsFor(address: string): readonly string[] | null {
  const name = address.includes(':') ? `[${address}]` : address.toLowerCase();
  return thisMachine.includes(name) ? thisMachine : null;
}

/** The person who starts the program reads these, and they name nothing but what that person wrote. */
function isOfTheStart(error: unknown): error is GraderError {
  return error instanceof ConfigError || error instanceof StoreError;
}

/**
 * Runs a command that tells of itself as its options say. Under `--log json` whatever ends it is an event like any other.
 * @throws what `work` throws that is to be told in full
 */
export async function watched(
  process: 'serve' | 'worker',
  options: CommonOptions & WatchingOptions,
  io: Io,
  work: (watching: OwnWatching) => Promise<ExitCode>,
): Promise<ExitCode> {
  const { log: format, metricsPort, metricsHost } = options;
  const language = messageLanguage(options, io);
  const withMetrics = metricsPort !== undefined;
  const { log, metrics, prometheus } = await openWatching({
    format,
    process,
    language,
    write: io.err,
    withMetrics,
  });
  let isStarted = false;
  const started: typeof log.started = (about) => {
    isStarted = true;
    log.started(about);
  };
  const watching: OwnWatching = {
    log: { ...log, started },
    metrics,
    say: format === 'json' ? () => {} : io.err,
    async offer({ version, isReady, stopped }) {
      if (metricsPort === undefined || prometheus === null) return null;
      const hosts = hostsFor(metricsHost);
      const settings = { version, isReady, stopped, hosts, language, log: log.fault, times: usualTimes };
      const app = createOperatorApp(prometheus, settings);
      const stopping = new AbortController();
      return listen(app, { host: metricsHost, port: metricsPort, stopping, limits: usualConnectionLimits });
    },
  };
  const untellUncaught = format === 'json' ? tellUncaught(log) : () => {};
  try {
    return await work(watching);
  } catch (error) {
    if (!isStarted && isOfTheStart(error)) log.failedToStart(error.sentence(language));
    else if (format === 'json') log.fault(error);
    else throw error;
    return 2;
  } finally {
    untellUncaught();
    if (isStarted) log.stopped();
  }
}

/** What Node prints of an error that nobody has caught holds its sentence. @returns what leaves it to Node again */
function tellUncaught(log: EventLog): () => void {
  const onUncaught = (error: unknown) => {
    log.fault(error);
    // Nobody knows what state the process is in.
    process.exit(2);
  };
  process.on('uncaughtException', onUncaught);
  return () => void process.off('uncaughtException', onUncaught);
}

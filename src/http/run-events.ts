import { setTimeout as wait } from 'node:timers/promises';
import type { Context } from 'hono';
import { type SSEStreamingApi, streamSSE } from 'hono/streaming';
import type { GradingService } from '../app/grading-service.ts';
import { hasEnded } from '../core/requested-run.ts';
import type { GroupBindings } from './group-apps.ts';
import { languageAsked } from './language.ts';
import { runDocument } from './run-document.ts';
import type { AppSettings, AppTimes } from './settings.ts';

/** Resolves after so many milliseconds, or when the signal is aborted. */
async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  await wait(milliseconds, undefined, { signal }).catch(() => {});
}

/** Waits for a change and meanwhile shows now and then that the line is open, to whom it may be. */
async function withHeartbeats(
  change: Promise<void>,
  stream: SSEStreamingApi,
  { gone, leaveIfOut, every }: { gone: AbortSignal; leaveIfOut: () => Promise<void>; every: number },
): Promise<void> {
  const settled = new AbortController();
  const either = AbortSignal.any([gone, settled.signal]);
  const changed = change.finally(() => settled.abort());
  while (!either.aborted) {
    await pause(every, either);
    if (!either.aborted) await leaveIfOut();
    if (!either.aborted) await stream.write(': still here\n\n');
  }
  await changed;
}

async function sendChanges(
  stream: SSEStreamingApi,
  nextRun: (signal: AbortSignal) => Promise<{ text: string; isLast: boolean; change: Promise<void> }>,
  gone: AbortSignal,
  leaveIfOut: () => Promise<void>,
  times: AppTimes,
): Promise<void> {
  let sent = '';
  for (let id = 1; !gone.aborted; ) {
    const { text, isLast, change } = await nextRun(gone);
    if (gone.aborted) return;
    if (text !== sent) {
      await stream.writeSSE({ event: 'run', id: String(id), data: text });
      sent = text;
      id += 1;
    }
    if (isLast) return;
    await pause(times.eventGap, gone);
    await withHeartbeats(change, stream, { gone, leaveIfOut, every: times.heartbeat });
    await leaveIfOut();
  }
}

/**
 * A run's states as server-sent events until it has ended, the client is gone or not let in any more, or the service
 * stops.
 * @throws NotFoundError when there is no such run
 */
export async function runEvents(
  context: Context,
  service: GradingService,
  id: number,
  settings: AppSettings,
): Promise<Response> {
  const language = languageAsked(context, settings.language);
  await service.run(id);
  if (context.req.method === 'HEAD') return context.body(null, 200, { 'Content-Type': 'text/event-stream' });
  const finished = new AbortController();
  const gone = AbortSignal.any([finished.signal, settings.stopped, context.req.raw.signal]);
  const { isStillIn }: GroupBindings = context.env ?? {};
  const leaveIfOut = async () => {
    if ((await isStillIn?.()) === false) finished.abort();
  };
  const nextRun = async (signal: AbortSignal) => {
    // Waited for from before the run is read, so that no change falls between the two.
    const change = service.nextChange(id, signal);
    const run = await service.run(id);
    const text = JSON.stringify({ schemaVersion: 1, ...runDocument(run, language) });
    return { text, isLast: hasEnded(run), change };
  };
  return streamSSE(context, async (stream) => {
    stream.onAbort(() => finished.abort());
    try {
      await sendChanges(stream, nextRun, gone, leaveIfOut, settings.times);
    } catch (error) {
      // What leaves here is sent to the client with its sentence. One whose line ends asks again.
      settings.log(error);
    } finally {
      finished.abort();
    }
  });
}

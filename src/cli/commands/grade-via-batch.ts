import { type CollectResult, collectBatches, collectUntilDone } from '../../app/batch-collect.ts';
import type { SubmissionTotals } from '../../app/batch-submit.ts';
import type { PreparedChapter } from '../../app/prepare-chapter.ts';
import { isStored, openBatches, openBatchProvider, openStore } from '../../compose.ts';
import { ModelError } from '../../core/errors.ts';
import { createRunControl, type RunControl } from '../../judge/run-control.ts';
import { collectedLines } from '../../reports/batch.ts';
import { previewText, stillOutText, stoppedWaitingText, submissionNotes } from '../../reports/via-batch.ts';
import { patientWaiting, tellTroubles } from '../batch-access.ts';
import type { GradeOptions } from '../grade-options.ts';
import { type HandOverParts, handOver, previewHandOver } from '../hand-over.ts';
import { stopOnSignals } from '../interrupt.ts';
import { type ExitCode, type Io, messageLanguage, writeJson } from '../io.ts';
import { modelAskedFor } from '../model-asked-for.ts';

/** What the rounds of one command have in common. */
interface Rounds extends HandOverParts {
  chapters: readonly PreparedChapter[];
  options: GradeOptions;
  control: RunControl;
  io: Io;
  /** Whether the next round asks again where a reply is kept. */
  fresh: boolean;
  /** What came back without a reply: asking it again is for the next command. */
  failed: Set<string>;
  /** What was handed over so far, for the limits. */
  handedOver: { requests: number; mostCostUsd: number };
}

/** The notes on those batches only that this command may have handed over. */
function ownBatches({ batches, endpoint, name }: HandOverParts): HandOverParts['batches'] {
  const isOwn = (record: { name: string; baseUrl: string }) =>
    record.name === name && record.baseUrl === endpoint.baseUrl;
  return { ...batches, batches: async () => (await batches.batches()).filter(isOwn) };
}

async function collect(rounds: Rounds, isWaiting: boolean): Promise<CollectResult> {
  const { options, endpoint, store, control, io, failed } = rounds;
  const messages = messageLanguage(options, io);
  const request = {
    batches: ownBatches(rounds),
    providerOf: () => openBatchProvider(endpoint),
    replies: store,
    signal: control.abandoned,
  };
  const result = isWaiting
    ? await collectUntilDone(request, patientWaiting(control, io, messages))
    : await collectBatches(request);
  for (const batch of result.collected) {
    for (const line of collectedLines(batch, messages)) io.err(`${line}\n`);
    for (const key of batch.unanswered) failed.add(key);
  }
  tellTroubles(result.troubles, io, messages);
  return result;
}

/** Hands over what is still to be asked, as far as what is left of the limits goes. */
async function submit(rounds: Rounds): Promise<SubmissionTotals> {
  const { chapters, options, control, io, failed, handedOver } = rounds;
  const { maxRequests, maxCost } = options;
  const spending = {
    maxRequests: maxRequests === undefined ? undefined : maxRequests - handedOver.requests,
    maxCostUsd: maxCost === undefined ? undefined : maxCost - handedOver.mostCostUsd,
  };
  const own = { ...options, fresh: rounds.fresh };
  const { totals } = await handOver(chapters, own, rounds, control, io, { setAside: failed, spending });
  // What --fresh asks again is asked once; later rounds go on from its replies.
  rounds.fresh = false;
  handedOver.requests += totals.requests;
  handedOver.mostCostUsd += totals.mostCostUsd ?? 0;
  io.err(submissionNotes(totals, messageLanguage(options, io)));
  return totals;
}

/** Round after round, until every reply is there that can be had, or there is something to wait for. */
async function bringReplies(rounds: Rounds): Promise<ExitCode | null> {
  const { options, control, io } = rounds;
  const messages = messageLanguage(options, io);
  const openOnes = async () => (await ownBatches(rounds).batches()).filter(({ outcome }) => outcome === null);
  // The same command again goes on with what it has asked anew, and does not ask it once more.
  rounds.fresh &&= !(await openOnes()).some(({ fresh }) => fresh);
  await collect(rounds, false);
  for (;;) {
    const totals = await submit(rounds);
    // Batches of other answers are none of this command's business.
    if (totals.requests + totals.underWay === 0 || (await openOnes()).length === 0) return null;
    if (options.wait) {
      await collect(rounds, true);
      if (control.stopped.aborted) io.err(stoppedWaitingText(messages));
      else if ((await openOnes()).length === 0) continue;
    }
    const open = await openOnes();
    if (options.json) writeJson(io, { batches: open, ...totals });
    else io.out(stillOutText(open, options.fresh ?? false, messages));
    return 1;
  }
}

/**
 * The part of `grade --via batch` before grading: collects what is noted, hands over what is still to be asked,
 * waits if that is wanted.
 * @returns null when grading can go on from stored replies, else how the command ends
 */
export async function gradeViaBatch(
  chapters: readonly PreparedChapter[],
  options: GradeOptions,
  io: Io,
): Promise<ExitCode | null> {
  const asked = await modelAskedFor(options, io, true);
  const store = await openStore(options.db);
  const batches = await openBatches(options.db);
  const control = createRunControl();
  const release = stopOnSignals(control, () => undefined);
  const handedOver = { requests: 0, mostCostUsd: 0 };
  try {
    const parts = { ...asked, store, batches, chapters, options, control, io };
    const fresh = options.fresh ?? false;
    return await bringReplies({ ...parts, fresh, failed: new Set(), handedOver });
  } catch (error) {
    if (!(error instanceof ModelError) || error.failure !== 'aborted') throw error;
    io.err(stoppedWaitingText(messageLanguage(options, io)));
    return 1;
  } finally {
    release();
    await batches.close();
    await store.close();
  }
}

/** `grade --via batch --dry-run`: what would be handed over, and what it can cost at most. */
export async function previewViaBatch(
  chapters: readonly PreparedChapter[],
  options: GradeOptions,
  io: Io,
): Promise<ExitCode> {
  const asked = await modelAskedFor(options, io, false);
  const file = options.db;
  const totals = await previewHandOver(chapters, options, asked, (await isStored(file)) ? file : null);
  if (options.json) writeJson(io, { dryRun: true, ...totals });
  else io.out(previewText(totals, messageLanguage(options, io)));
  return 0;
}

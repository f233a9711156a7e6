import { type BatchRecord, hasEnded } from '../core/batch.ts';
import { readBatchLine } from '../judge/batch-line.ts';
import type { BatchProvider, BatchReport } from '../judge/batch-provider.ts';
import type { ChatReply, ReplyStore } from '../judge/chat-model.ts';
import { type BatchAccess, type BatchTrouble, orTrouble, refreshBatch } from './batch-status.ts';

export interface CollectRequest extends BatchAccess {
  replies: ReplyStore;
  now?: () => Date;
}

/** A batch whose results are stored now. */
interface CollectedBatch {
  record: BatchRecord;
  /** The identities of its requests that have no reply. */
  unanswered: string[];
  /** Why they have none, the most frequent reason first. */
  reasons: { reason: string; count: number }[];
  /** What the provider says was wrong with the batch as a whole. */
  problem: string | null;
}

export interface CollectResult {
  collected: CollectedBatch[];
  /** Batches that the provider is still at work on. */
  running: BatchRecord[];
  /** Batches that were never handed over to the end. */
  unfinished: BatchRecord[];
  troubles: BatchTrouble[];
}

function tally(reasons: Iterable<string>): CollectedBatch['reasons'] {
  const counts = new Map<string, number>();
  for (const reason of reasons) counts.set(reason, (counts.get(reason) ?? 0) + 1);
  return [...counts].map(([reason, count]) => ({ reason, count })).sort((a, b) => b.count - a.count);
}

/** Replies that are written to the disk together. */
const writtenTogether = 500;

/** Keeps replies in groups; one that is there already stays as it is, unless all of them are to be replaced. */
function replyWriter(replies: ReplyStore, isReplacing: boolean) {
  let entries: [key: string, reply: string][] = [];
  const flush = async () => {
    if (entries.length > 0) await replies.keepReplies(entries);
    entries = [];
  };
  return {
    flush,
    async keep(key: string, reply: ChatReply): Promise<void> {
      if (!isReplacing && (await replies.findReply(key)) !== null) return;
      entries.push([key, JSON.stringify({ ...reply, tier: 'batch' } satisfies ChatReply)]);
      if (entries.length >= writtenTogether) await flush();
    },
  };
}

/**
 * Stores every reply in the files of a batch that ended. Lines may stand in any order; those of requests that
 * are not the batch's are passed over.
 * @returns the requests that have no reply, each with the reason
 */
async function storeReplies(
  { id, fresh }: BatchRecord,
  { outputFile, errorFile }: BatchReport,
  provider: BatchProvider,
  { batches, replies, signal }: CollectRequest,
): Promise<Map<string, string>> {
  const unanswered = new Map((await batches.keysOf(id)).map((key) => [key, 'no result']));
  const { keep, flush } = replyWriter(replies, fresh);
  for (const file of [outputFile, errorFile]) {
    if (file === null) continue;
    for await (const line of provider.lines(file, signal)) {
      const result = readBatchLine(line);
      if (!result || !unanswered.has(result.key)) continue;
      const reply = 'body' in result ? provider.readBody(result.body) : null;
      if (reply) {
        await keep(result.key, reply);
        unanswered.delete(result.key);
      } else {
        const { code, message } = 'failure' in result ? result.failure : { code: 'unreadable', message: '' };
        unanswered.set(result.key, message === '' ? code : `${code}: ${message.slice(0, 200)}`);
      }
    }
    await flush();
  }
  return unanswered;
}

async function collectBatch(
  known: BatchRecord,
  batchId: string,
  request: CollectRequest,
  result: CollectResult,
): Promise<void> {
  const { record, report, provider } = await refreshBatch(known, batchId, request);
  if (!hasEnded(report.state)) {
    result.running.push(record);
    return;
  }
  const unanswered = await storeReplies(record, report, provider, request);
  const now = request.now ?? (() => new Date());
  const outcome = {
    at: now().toISOString(),
    replies: record.requests - unanswered.size,
    unanswered: unanswered.size,
  };
  await request.batches.noteOutcome(record.id, outcome);
  const reasons = tally(unanswered.values());
  result.collected.push({
    record: { ...record, outcome },
    unanswered: [...unanswered.keys()],
    reasons,
    problem: report.problem,
  });
}

/** Fetches what has come back of every batch that ended, also of expired and cancelled ones. */
export async function collectBatches(request: CollectRequest): Promise<CollectResult> {
  const result: CollectResult = { collected: [], running: [], unfinished: [], troubles: [] };
  for (const record of await request.batches.batches()) {
    const { batchId, outcome } = record;
    if (outcome !== null) continue;
    if (batchId === null) {
      result.unfinished.push(record);
      continue;
    }
    const trouble = await orTrouble(record, () => collectBatch(record, batchId, request, result));
    if (trouble) result.troubles.push(trouble);
  }
  return result;
}

export interface Waiting {
  /** Resolves after a time in milliseconds, or at once when waiting is over. */
  pause(ms: number): Promise<void>;
  isOver(): boolean;
  /** Told before each pause. */
  onWait?: (result: CollectResult, ms: number) => void;
}

const firstPauseMs = 5_000;
const longestPauseMs = 5 * 60_000;

/** Collects again and again, with pauses that grow, until nothing is left to wait for or waiting is over. */
export async function collectUntilDone(request: CollectRequest, waiting: Waiting): Promise<CollectResult> {
  const collected: CollectedBatch[] = [];
  for (let ms = firstPauseMs; ; ms = Math.min(longestPauseMs, 1.5 * ms)) {
    const result = await collectBatches(request);
    collected.push(...result.collected);
    const isWorthWaiting = result.running.length > 0 || result.troubles.some(({ error }) => error.isPassing);
    if (!isWorthWaiting || waiting.isOver()) return { ...result, collected };
    waiting.onWait?.(result, ms);
    await waiting.pause(ms);
    if (waiting.isOver()) return { ...result, collected };
  }
}

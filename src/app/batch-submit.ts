import { randomUUID } from 'node:crypto';
import type { BatchRecord } from '../core/batch.ts';
import { ModelError } from '../core/errors.ts';
import { type BatchLimits, batchLine, splitIntoFiles } from '../judge/batch-line.ts';
import type { BatchProvider, BatchReport } from '../judge/batch-provider.ts';
import type { ReplyStore } from '../judge/chat-model.ts';
import type { BatchStore } from '../store/batch-store.ts';
import { type PendingRequest, pendingRequests, type RequestTarget, requestFor } from './batch-requests.ts';
import type { PreparedChapter } from './prepare-chapter.ts';
import type { Selection } from './selection.ts';

/** Where a batch goes. */
interface BatchTarget extends RequestTarget {
  /** The model as it was asked for: its id, or a name from the configuration file. */
  name: string;
  baseUrl: string;
}

export interface SubmitRequest {
  chapters: readonly PreparedChapter[];
  selection: Selection;
  target: BatchTarget;
  provider: BatchProvider;
  batches: BatchStore;
  replies: Pick<ReplyStore, 'findReply'>;
  signal: AbortSignal;
  limits?: BatchLimits;
  now?: () => Date;
  /** Told of each batch as soon as the provider has it. */
  onSubmitted?: (record: BatchRecord) => void;
}

export interface SubmitResult {
  /** Batches that an earlier run had not brought to an end. */
  resumed: BatchRecord[];
  submitted: BatchRecord[];
  /** Attempts that code settled, whose reply is there already, and that are in an earlier batch. */
  settled: number;
  kept: number;
  underWay: number;
}

function recordOf(id: number, batches: BatchStore): BatchRecord {
  const record = batches.batches().find((item) => item.id === id);
  if (!record) throw new Error(`batch ${id} is not there`);
  return record;
}

/** Notes the batch that a file became, made now unless it was found. */
async function handOver(
  { id, fileId, label }: { id: number; fileId: string; label: string },
  found: BatchReport | null,
  { provider, batches, signal, onSubmitted }: SubmitRequest,
): Promise<BatchRecord> {
  let report: BatchReport;
  try {
    report = found ?? (await provider.create(fileId, label, signal));
  } catch (error) {
    // What the provider refused is no batch, and its requests are free again. After any other failure it may be one.
    if (error instanceof ModelError && ['bad_request', 'not_found'].includes(error.failure))
      batches.forgetBatch(id);
    throw error;
  }
  batches.noteBatch(id, report.id);
  batches.noteProgress(id, report.state, report.counts);
  const record = recordOf(id, batches);
  onSubmitted?.(record);
  return record;
}

/** Goes on with what an earlier run left between two steps. */
async function resume(request: SubmitRequest): Promise<BatchRecord[]> {
  const { provider, batches, target, signal } = request;
  const resumed: BatchRecord[] = [];
  for (const { id, baseUrl, batchId, fileId, label, plannedAt } of batches.batches()) {
    if (batchId !== null || baseUrl !== target.baseUrl) continue;
    if (fileId === null) {
      // Nothing is known to have been sent, and the texts may have changed since: planned anew below.
      batches.forgetBatch(id);
      continue;
    }
    const found = await provider.find({ label, fileId, plannedAt: new Date(plannedAt) }, signal);
    resumed.push(await handOver({ id, fileId, label }, found, request));
  }
  return resumed;
}

async function submitFile(
  requests: readonly PendingRequest[],
  lineOf: (request: PendingRequest) => string,
  request: SubmitRequest,
): Promise<BatchRecord> {
  const { provider, batches, target, signal, now = () => new Date() } = request;
  const { name, baseUrl } = target;
  const label = randomUUID();
  const planned = { name, baseUrl, label, plannedAt: now().toISOString() };
  const id = batches.planBatch(
    planned,
    requests.map(({ key }) => key),
  );
  const lines = requests.map(lineOf).join('');
  const fileId = await provider.upload(`answer-grader-${id}.jsonl`, lines, signal);
  batches.noteUpload(id, fileId);
  return handOver({ id, fileId, label }, null, request);
}

/**
 * Hands everything that grading would ask to a provider's Batch API. Each step is noted before the next one, so
 * that a run that was killed goes on with the same call.
 * @throws InputError when the selection names nobody; ModelError when the provider does not take a batch
 */
export async function submitBatches(request: SubmitRequest): Promise<SubmitResult> {
  const { chapters, selection, target, provider, batches, replies, limits } = request;
  const resumed = await resume(request);
  const known = { replies, isUnderWay: (key: string) => batches.isUnderWay(key) };
  const { requests, ...counts } = pendingRequests(chapters, selection, target, known);
  const lineOf = ({ key, attempt }: PendingRequest) =>
    batchLine(key, provider.bodyOf(requestFor(attempt, target)));
  const measured = requests.map((item) => ({ ...item, bytes: Buffer.byteLength(lineOf(item)) }));
  const submitted: BatchRecord[] = [];
  for (const file of splitIntoFiles(measured, limits))
    submitted.push(await submitFile(file, lineOf, request));
  return { resumed, submitted, ...counts };
}

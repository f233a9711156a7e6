import { randomUUID } from 'node:crypto';
import type { Awaitable } from '../core/awaitable.ts';
import type { BatchRecord } from '../core/batch.ts';
import { ModelError } from '../core/errors.ts';
import { type BatchLimits, batchLine, splitIntoFiles } from '../judge/batch-line.ts';
import type { BatchProvider, BatchReport } from '../judge/batch-provider.ts';
import type { ChatRequest, ReplyStore } from '../judge/chat-model.ts';
import { batchShare } from '../judge/pricing.ts';
import type { BatchStore } from '../store/batch-store.ts';
import { type Affordable, type SpendingLimits, withinLimits } from './batch-limits.ts';
import {
  type PendingRequest,
  type PendingRequests,
  pendingRequests,
  type RequestTarget,
  requestOf,
} from './batch-requests.ts';
import type { PreparedChapter } from './prepare-chapter.ts';
import type { Selection } from './selection.ts';

/** Where a batch goes. */
interface BatchTarget extends RequestTarget {
  /** The model as it was asked for: its id, or a name from the configuration file. */
  name: string;
  baseUrl: string;
}

/** What is to be handed over. */
export interface SubmissionPlan {
  chapters: readonly PreparedChapter[];
  selection: Selection;
  target: BatchTarget;
  batches: BatchStore;
  replies: Pick<ReplyStore, 'findReply'>;
  /** Ask again even where a reply is kept. */
  fresh?: boolean | undefined;
  /** Requests that are not to be handed over now, such as those that have just failed. */
  setAside?: ReadonlySet<string> | undefined;
  spending?: SpendingLimits | undefined;
  /** Those of some requests that another run is just asking directly; none when left out. */
  askedNow?: ((keys: readonly string[]) => Awaitable<ReadonlySet<string>>) | undefined;
  /** What a request can cost at most, US dollars at list price; null when nobody wants to know. */
  listPriceOf?: ((request: ChatRequest) => number) | null | undefined;
}

export interface SubmitRequest extends SubmissionPlan {
  provider: BatchProvider;
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
  totals: SubmissionTotals;
}

/** What was, or would be, handed over, and what was left out of it. */
export interface SubmissionTotals
  extends Omit<PendingRequests, 'requests'>,
    Omit<Affordable<PendingRequest>, 'within'> {
  /** Requests that are new in a batch. */
  requests: number;
  /** Those of them that ask again after a reply that cannot be used as it is. */
  followUps: number;
  /** Requests that another run is just asking directly. */
  askedNow: number;
}

async function recordOf(id: number, batches: BatchStore): Promise<BatchRecord> {
  const record = (await batches.batches()).find((item) => item.id === id);
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
      await batches.forgetBatch(id);
    throw error;
  }
  await batches.noteBatch(id, report.id);
  await batches.noteProgress(id, report.state, report.counts);
  const record = await recordOf(id, batches);
  onSubmitted?.(record);
  return record;
}

/** Goes on with what an earlier run left between two steps. */
async function resume(request: SubmitRequest): Promise<BatchRecord[]> {
  const { provider, batches, target, signal } = request;
  const resumed: BatchRecord[] = [];
  for (const { id, baseUrl, batchId, fileId, label, plannedAt } of await batches.batches()) {
    if (batchId !== null || baseUrl !== target.baseUrl) continue;
    if (fileId === null) {
      // Nothing is known to have been sent, and the texts may have changed since: planned anew below.
      await batches.forgetBatch(id);
      continue;
    }
    const found = await provider.find({ label, fileId, plannedAt: new Date(plannedAt) }, signal);
    resumed.push(await handOver({ id, fileId, label }, found, request));
  }
  return resumed;
}

interface PlannedFile {
  id: number;
  label: string;
  requests: readonly PendingRequest[];
}

/** Notes a file, so that nobody else asks what is in it. */
async function planFile(requests: readonly PendingRequest[], request: SubmitRequest): Promise<PlannedFile> {
  const { batches, target, now = () => new Date() } = request;
  const { name, baseUrl } = target;
  const label = randomUUID();
  const planned = { name, baseUrl, label, plannedAt: now().toISOString(), fresh: request.fresh ?? false };
  const id = await batches.planBatch(
    planned,
    requests.map(({ key }) => key),
  );
  return { id, label, requests };
}

async function submitFile(
  { id, label, requests }: PlannedFile,
  lineOf: (request: PendingRequest) => string,
  request: SubmitRequest,
): Promise<BatchRecord> {
  const { provider, batches, signal } = request;
  const lines = requests.map(lineOf).join('');
  const fileId = await provider.upload(`answer-grader-${id}.jsonl`, lines, signal);
  await batches.noteUpload(id, fileId);
  return handOver({ id, fileId, label }, null, request);
}

async function chooseRequests(plan: SubmissionPlan) {
  const { chapters, selection, target, batches, replies, fresh, setAside, spending, listPriceOf } = plan;
  const isUnderWay = async (key: string) => (await batches.batchOf(key)) !== null;
  const known = { replies, isUnderWay, withFollowUps: true, fresh, setAside };
  const { requests, ...counts } = await pendingRequests(chapters, selection, target, known);
  const mostCostOf = listPriceOf
    ? (item: PendingRequest) => batchShare * listPriceOf(requestOf(item, target))
    : null;
  const { within: affordable, ...limited } = await withinLimits(requests, mostCostOf, spending ?? {});
  const askedNow = (await plan.askedNow?.(affordable.map(({ key }) => key))) ?? new Set();
  const within = affordable.filter(({ key }) => !askedNow.has(key));
  const followUps = within.filter(({ followUp }) => followUp !== null).length;
  const own = { requests: within.length, followUps, askedNow: askedNow.size };
  return { within, totals: { ...counts, ...limited, ...own } satisfies SubmissionTotals };
}

/**
 * What would be handed over. Sends nothing, notes nothing.
 * @throws InputError when the selection names nobody
 */
export async function previewSubmission(plan: SubmissionPlan): Promise<SubmissionTotals> {
  return (await chooseRequests(plan)).totals;
}

/**
 * Hands everything that grading would ask to a provider's Batch API, as far as the limits allow. Each step is
 * noted before the next one, so that a run that was killed goes on with the same call. Only one may be at work
 * on a store at a time.
 * @throws InputError when the selection names nobody; ModelError when the provider does not take a batch
 */
export async function submitBatches(request: SubmitRequest): Promise<SubmitResult> {
  const { target, provider, limits } = request;
  const resumed = await resume(request);
  const { within, totals } = await chooseRequests(request);
  const lineOf = (item: PendingRequest) => batchLine(item.key, provider.bodyOf(requestOf(item, target)));
  const measured = within.map((item) => ({ ...item, bytes: Buffer.byteLength(lineOf(item)) }));
  // All of them before the first upload, which takes its time: other runs look there before they ask.
  const files: PlannedFile[] = [];
  for (const file of splitIntoFiles(measured, limits)) files.push(await planFile(file, request));
  const submitted: BatchRecord[] = [];
  for (const file of files) submitted.push(await submitFile(file, lineOf, request));
  return { resumed, submitted, totals };
}

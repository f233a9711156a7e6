import type { BatchCounts, BatchState } from '../core/batch.ts';
import type { ChatReply, ChatRequest } from './chat-model.ts';

/** A batch as its provider tells of it. */
export interface BatchReport {
  id: string;
  state: BatchState;
  counts: BatchCounts | null;
  /** Files of result lines, once there are any. */
  outputFile: string | null;
  errorFile: string | null;
  /** What the provider says was wrong with the batch as a whole. */
  problem: string | null;
}

/** By what a batch is found whose id did not come back. */
export interface BatchTrace {
  label: string;
  fileId: string;
  /** It cannot have been made before. */
  plannedAt: Date;
}

/** Port: a provider that takes many requests in a file and replies within a day. Rejects with ModelError. */
export interface BatchProvider {
  /** What is sent for a request: the very body that a direct one would have. */
  bodyOf(request: ChatRequest): unknown;
  /** The reply in the body of a response, or null when there is none in it. */
  readBody(body: unknown): ChatReply | null;
  /** @returns the provider's id of the file */
  upload(fileName: string, lines: string, signal: AbortSignal): Promise<string>;
  create(fileId: string, label: string, signal: AbortSignal): Promise<BatchReport>;
  /** The batch that was made from a file, or null when none was. */
  find(trace: BatchTrace, signal: AbortSignal): Promise<BatchReport | null>;
  retrieve(batchId: string, signal: AbortSignal): Promise<BatchReport>;
  cancel(batchId: string, signal: AbortSignal): Promise<BatchReport>;
  /** The lines of a result file. */
  lines(fileId: string, signal: AbortSignal): AsyncIterable<string>;
}

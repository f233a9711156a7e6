/** How far a batch is: up to `uploaded` in our hands, from then on in the provider's. */
export type BatchState =
  | 'planned'
  | 'uploaded'
  | 'running'
  | 'cancelling'
  | 'completed'
  | 'expired'
  | 'cancelled'
  | 'failed';

/** Requests by what became of them. */
export interface BatchCounts {
  total: number;
  completed: number;
  failed: number;
}

/** What came of a batch in the end. */
export interface BatchOutcome {
  /** When it was collected, as an ISO date. */
  at: string;
  /** Requests that have a reply now. */
  replies: number;
  /** Requests without one, whether they failed or were never made. */
  unanswered: number;
}

/** A batch of requests as it is noted down. */
export interface BatchRecord {
  /** From 1; also the number of its file. */
  id: number;
  /** The model as it was asked for: its id, or a name from the configuration file. */
  name: string;
  /** Address of the API it was handed to. */
  baseUrl: string;
  /** Goes along to the provider, so that the batch can be found there when its id did not come back. */
  label: string;
  /** An ISO date. */
  plannedAt: string;
  /** Its replies take the place of those that are kept. */
  fresh: boolean;
  requests: number;
  /** The provider's ids, as far as they are known. */
  fileId: string | null;
  batchId: string | null;
  state: BatchState;
  /** As the provider last told; null before. */
  counts: BatchCounts | null;
  /** null until everything that came back is stored. */
  outcome: BatchOutcome | null;
}

/** Whether the provider is done with a batch, one way or another. */
export function hasEnded(state: BatchState): boolean {
  return ['completed', 'expired', 'cancelled', 'failed'].includes(state);
}

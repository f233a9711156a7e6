import type { BatchStore } from './batch-store.ts';
import type { RunWork } from './run-work.ts';
import type { ServiceStore } from './service-store.ts';
import type { GradeStore } from './store.ts';

/** Where everything of a group is kept. */
export interface GroupStores {
  store: GradeStore;
  batches: BatchStore;
  notes: ServiceStore;
  work: RunWork;
}

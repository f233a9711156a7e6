import type { Job } from '../app/work-queue.ts';

/** What a job is known by: two with the same key are the same piece of work. */
export function jobKey({ group, run, portion }: Job): string {
  return `${group}/${run}/${portion ?? 'all'}`;
}

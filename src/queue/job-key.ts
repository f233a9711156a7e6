import type { Job } from '../app/work-queue.ts';

/** What a job is known by: two with the same key are the same piece of work. */
export function jobKey({ group, run, portion }: Job): string {
  return `${group}/${run}/${portion ?? 'all'}`;
}

/** Of jobs that wait, those with the lowest turn go first: a run with many portions keeps no other one from beginning. */
export function jobTurn({ portion }: Job): number {
  return portion ?? -1;
}

import type { Grade } from '../../src/core/grade.ts';

/** What a grade holds when one judge was asked once and nobody disputed it. */
export const undisputed: Pick<Grade, 'similarTo' | 'opinions' | 'spread' | 'stale' | 'override'> = {
  similarTo: [],
  opinions: [],
  spread: null,
  stale: [],
  override: null,
};

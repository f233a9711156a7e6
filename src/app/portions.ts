import type { PortionPlaces } from '../core/run-plan.ts';

/**
 * Attempts that a worker takes at once: so few that many workers share a chapter and little is looked at again when
 * one dies, so many that taking a portion costs little beside grading it.
 */
export const attemptsInPortion = 25;

/** Attempts of a run with a pace that are taken at once: what is sent in half a minute, as others wait for its place. */
export function attemptsInPortionAt(requestsPerMinute: number | undefined): number {
  if (requestsPerMinute === undefined) return attemptsInPortion;
  return Math.min(attemptsInPortion, Math.max(1, Math.floor(requestsPerMinute / 2)));
}

/** How many portions keep so many requests in flight, also while one of them comes to its end. */
export function portionsAtOnce(concurrency: number): number {
  return 1 + Math.ceil((2 * concurrency) / attemptsInPortion);
}

/** Gathers attempts into portions; a portion has attempts of one question, whose requests begin alike. */
export interface PortionBuilder {
  /** @param place of the attempt among those of the chapter */
  add(question: number, place: number): void;
  portions(): PortionPlaces[];
}

export function createPortionBuilder(most: number): PortionBuilder {
  const portions: number[][] = [];
  let questionOfLast: number | null = null;
  return {
    add(question, place) {
      const last = portions.at(-1);
      if (last && questionOfLast === question && last.length < most) last.push(place);
      else portions.push([place]);
      questionOfLast = question;
    },
    portions: () => portions,
  };
}

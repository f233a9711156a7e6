import type { Language } from './localized.ts';
import type { Rubric } from './rubric.ts';

/** What a run does, fixed when it begins so that all who work on it do the same. */
export interface RunPlan {
  /** The run's number among those that grades belong to. */
  gradeRun: number;
  /** When the chapter was handed in that is graded; another document in its place is another matter. */
  uploadedAt: string;
  rubric: { rubric: Rubric; file: string; path: string | null; hash: string };
  language: Language;
  /** Who is asked: a worker that would ask somebody else fails the run, so that nobody is misled. */
  judge: { kind: 'llm' | 'offline'; asked: readonly string[]; addresses: readonly string[] };
  /** Attempts, those that need no judge included. */
  total: number;
  /** Attempts that code settled, or whose grades an earlier run made. */
  settled: number;
  /** Questions that earlier runs graded, which this one takes over. */
  takenOver: readonly number[];
  /** Fingerprints of what the grades of the questions follow from that are graded whole. */
  bases: readonly { question: number; basis: string }[];
}

/** Some attempts of a run that a worker takes at once, by their places among those of the chapter. */
export type PortionPlaces = readonly number[];

/** What became of a portion. */
export interface PortionOutcome {
  /** Attempts that a judge was asked about. */
  judged: number;
  /** Those of them that failed at the endpoint. */
  failed: number;
  /** Those that were left because the run had been stopped. */
  left: number;
  /** Questions whose answers did not all get a grade that would come out the same again. */
  unsettled: readonly number[];
}

import { join } from 'node:path';
import { rubricFrom } from '../../src/app/load-rubric.ts';
import { planGrading } from '../../src/app/plan.ts';
import { files, rubricPlaces } from '../../src/compose.ts';
import { maxOutputTokens } from '../../src/judge/llm-judge.ts';
import { buildRequest } from '../../src/judge/prompt.ts';
import { initialForm, requestBody } from '../../src/models/endpoint-form.ts';
import type { Policy } from './admission.ts';
import type { BareSettings, LoopResult } from './bare-loop.ts';
import { runBareLoop, runOurs, startServer } from './children.ts';
import { benchChapter, benchModel, benchRubric } from './material.ts';
import type { ServerCounts } from './server.ts';

/** What the parts of the bench share. */
export interface Bench {
  /** For databases; emptied by whoever made it. */
  folder: string;
  /** Share of the full number of answers. */
  scale: number;
  /** A request about the first answer, as the bare loop sends it. */
  body: BareSettings['body'];
  /** A database in which the large chapter was graded, once there is one. */
  graded: string | null;
  /** What follows from the figures, in words: stands below them. */
  notes: string[];
}

/** A load on the loopback model. */
export interface Load {
  answers: number;
  concurrency: number;
  latencyMs: number;
  policy: Policy;
}

/** What a run took, and what the loopback model saw of it. */
export interface Measured extends LoopResult {
  counts: ServerCounts;
}

/** The request about the first answer of the bench's chapter, as it goes over the wire. */
async function sampleBody(): Promise<BareSettings['body']> {
  const { rubric } = await rubricFrom(benchRubric(), files, rubricPlaces());
  const [planned] = planGrading(benchChapter(1), rubric, 'ko', {}, 'bench');
  if (planned?.triage.decision !== 'judge') throw new Error('the answers of the bench need a judge');
  const request = buildRequest(planned.material, benchModel, { maxOutputTokens });
  return requestBody(request, initialForm(benchModel));
}

/**
 * Gets the bench ready: its request, and the compiled modules of its processes.
 * @param folder an empty folder
 * @param scale share of the full number of answers
 */
export async function createBench(folder: string, scale: number): Promise<Bench> {
  const bench: Bench = { folder, scale, body: await sampleBody(), graded: null, notes: [] };
  const load: Load = { answers: 5, concurrency: 5, latencyMs: 0, policy: { kind: 'none' } };
  await measureBare(bench, load);
  await measureOurs(bench, load);
  return bench;
}

/** This share of a full number of answers, rounded. */
export function scaled({ scale }: Pick<Bench, 'scale'>, answers: number): number {
  return Math.max(1, Math.round(scale * answers));
}

let databases = 0;

/** Path of a database that does not exist yet. */
export function newDatabase({ folder }: Pick<Bench, 'folder'>): string {
  databases += 1;
  return join(folder, `${databases}.db`);
}

/** Puts a load on a new loopback model by the bare loop. */
export async function measureBare(bench: Bench, load: Load): Promise<Measured> {
  using server = await startServer(load);
  const { answers, concurrency } = load;
  const result = await runBareLoop({ baseUrl: server.baseUrl, answers, concurrency, body: bench.body });
  return { ...result, counts: await server.counts() };
}

/**
 * Puts a load on a new loopback model by the grader.
 * @param database a new one when left out
 */
export async function measureOurs(
  bench: Bench,
  load: Load,
  database = newDatabase(bench),
): Promise<Measured> {
  using server = await startServer(load);
  const { answers, concurrency } = load;
  const result = await runOurs({ baseUrl: server.baseUrl, answers, concurrency, database });
  return { ...result, counts: await server.counts() };
}

import { gradeChapter, openStore } from '../../src/index.ts';
import type { LoopResult } from './bare-loop.ts';
import { benchChapter, benchModel, benchRubric } from './material.ts';
import { usageSoFar } from './usage.ts';

/** What the grader is to do; the process gets it as JSON in its first argument. */
export interface OurSettings {
  baseUrl: string;
  answers: number;
  concurrency: number;
  /** Path of the SQLite file, in a folder that exists. */
  database: string;
}

const { baseUrl, answers, concurrency, database } = JSON.parse(process.argv[2] ?? '') as OurSettings;
// Whoever started this process is gone.
process.on('disconnect', () => process.exit());

const store = await openStore(database);
const { totals } = await gradeChapter(benchChapter(answers), {
  judge: 'llm',
  apiKey: 'bench',
  model: benchModel,
  rubric: benchRubric(),
  language: 'ko',
  baseUrl,
  concurrency,
  store,
});
await store.close();
const { graded } = totals;
const result: LoopResult = { graded, ungraded: answers - graded, ...usageSoFar() };
if (process.send) process.send(result, () => process.exit());
else process.stdout.write(`${JSON.stringify(result)}\n`);

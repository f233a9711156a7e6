import { writeSync } from 'node:fs';
import { loadChapters } from '../../src/app/load-chapters.ts';
import { sourcesFor } from '../../src/compose.ts';
import { usageSoFar } from './usage.ts';

/** What importing a table took. */
export interface RowsResult {
  submissions: number;
  /** Without the start of the process. */
  seconds: number;
  peakMb: number;
}

const from = performance.now();
const { chapters } = await loadChapters(process.argv.slice(2), sourcesFor({}));
const seconds = (performance.now() - from) / 1000;
const submissions = chapters.reduce((sum, { chapter }) => sum + chapter.submissions.length, 0);
const result: RowsResult = { submissions, seconds, peakMb: usageSoFar().peakMb };
writeSync(1, JSON.stringify(result));

import { readFile } from 'node:fs/promises';
import { importChapter } from '../../src/import/import-chapter.ts';
import { repository, sampleFile } from '../helpers/run-cli.ts';
import type { Bench } from './bench.ts';
import { atLeast, type Figure, figure, median } from './figure.ts';

const warmUps = 10;
const rounds = 5;

/** The sample chapter with its members' part repeated, each time with other names; the questions stay. */
function repeated(page: string, times: number): string {
  const answersFrom = page.indexOf('## 모범답안');
  const membersFrom = page.search(/^ *#{2,3} /mu);
  const members = page.slice(membersFrom, page.lastIndexOf('\n', answersFrom) + 1);
  const copies = Array.from({ length: times }, (_, copy) =>
    copy === 0 ? members : members.replace(/^( *#{2,3} .+?)[^\S\n]*$/gmu, `$1${copy}`),
  );
  return page.slice(0, membersFrom) + copies.join('') + page.slice(page.lastIndexOf('\n', answersFrom) + 1);
}

/** Megabytes imported in a second. */
function importSpeed(page: string, submissions: number): number {
  const seconds = Array.from({ length: rounds }, () => {
    const from = performance.now();
    const chapter = importChapter(page, sampleFile);
    const taken = (performance.now() - from) / 1000;
    if (chapter.submissions.length !== submissions)
      throw new Error(`${chapter.submissions.length} submissions were found in place of ${submissions}`);
    return taken;
  });
  return Buffer.byteLength(page) / 1e6 / median(seconds);
}

/** (e) How fast a chapter is imported as it grows. */
export async function measureImport({ scale }: Pick<Bench, 'scale'>): Promise<Figure[]> {
  const page = await readFile(`${repository}/${sampleFile}`, 'utf8');
  const own = importChapter(page, sampleFile).submissions.length;
  for (let round = 0; round < warmUps; round += 1) importChapter(page, sampleFile);
  const largest = Math.max(10, Math.round(100 * scale));
  const speeds = [1, 10, largest].map((times) => ({
    times,
    speed: importSpeed(repeated(page, times), own * times),
  }));
  const [, ten, most] = speeds.map(({ speed }) => speed);
  return [
    ...speeds.map(({ times, speed }) => figure('e', `import, sample × ${times}`, 'MB/s', { ours: speed })),
    figure('e', `import, speed at × ${largest} ÷ at × 10`, '', {
      ours: (most ?? 0) / (ten ?? 1),
      target: atLeast(0.8),
    }),
  ];
}

import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Chapter } from '../../src/core/chapter.ts';
import { importChapter } from '../../src/import/read-documents.ts';
import { repository, sampleFile } from '../helpers/run-cli.ts';
import type { Bench } from './bench.ts';
import { atLeast, type Figure, figure, median } from './figure.ts';
import type { RowsResult } from './import-rows.ts';

const warmUps = 10;
const rounds = 5;
const childRounds = 3;

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

/** The answers of the sample chapter as JSONL, repeated by other members; texts of questions stand once. */
async function writeRows(file: string, rows: number, { questions, submissions }: Chapter): Promise<void> {
  const answers = submissions.flatMap(({ attempts: [first] }) => first?.text ?? []);
  const out = createWriteStream(file);
  const write = async (row: object) => {
    if (!out.write(`${JSON.stringify(row)}\n`)) await once(out, 'drain');
  };
  for (const { no, text, modelAnswer } of questions)
    await write({ question_id: no, question: text, reference: modelAnswer });
  for (let row = 0; row < rows; row += 1) {
    const [question, member] = [row % questions.length, Math.floor(row / questions.length)];
    const answer = `${answers[row % answers.length]}\n\n${member}`;
    await write({ member: `member ${member}`, question_id: questions[question]?.no, answer });
  }
  await new Promise<void>((resolve) => out.end(resolve));
}

/** Imports a table in a process of its own, as the command does. */
function importRows(file: string): RowsResult {
  const script = join(import.meta.dirname, 'import-rows.ts');
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, file], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as RowsResult;
}

async function measureRows(file: string, rows: number, chapter: Chapter): Promise<Figure[]> {
  await writeRows(file, rows, chapter);
  const results = Array.from({ length: childRounds }, () => importRows(file));
  const missing = results.find(({ submissions }) => submissions !== rows);
  if (missing) throw new Error(`${missing.submissions} submissions were found in place of ${rows}`);
  const seconds = median(results.map((result) => result.seconds));
  const name = `import, ${rows.toLocaleString('en')} rows of JSONL`;
  return [
    figure('e', name, 'MB/s', { ours: (await stat(file)).size / 1e6 / seconds }),
    figure('e', `${name}: peak memory`, 'MB', { ours: median(results.map(({ peakMb }) => peakMb)) }),
  ];
}

/** (e) How fast a chapter is imported as it grows. */
export async function measureImport({ scale, folder }: Pick<Bench, 'scale' | 'folder'>): Promise<Figure[]> {
  const page = await readFile(`${repository}/${sampleFile}`, 'utf8');
  const chapter = importChapter(page, sampleFile);
  const own = chapter.submissions.length;
  for (let round = 0; round < warmUps; round += 1) importChapter(page, sampleFile);
  const largest = Math.max(10, Math.round(100 * scale));
  const speeds = [1, 10, largest].map((times) => ({
    times,
    speed: importSpeed(repeated(page, times), own * times),
  }));
  const rows: Figure[] = [];
  for (const count of [10_000, 100_000]) {
    const scaled = Math.max(100, Math.round(count * scale));
    rows.push(...(await measureRows(join(folder, `rows-${count}.jsonl`), scaled, chapter)));
  }
  const [, ten, most] = speeds.map(({ speed }) => speed);
  return [
    ...speeds.map(({ times, speed }) => figure('e', `import, sample × ${times}`, 'MB/s', { ours: speed })),
    figure('e', `import, speed at × ${largest} ÷ at × 10`, '', {
      ours: (most ?? 0) / (ten ?? 1),
      target: atLeast(0.8),
    }),
    ...rows,
  ];
}

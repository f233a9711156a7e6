import { spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { RunSummary, Totals } from '../../src/app/grade-chapter.ts';
import type { ScoreChange } from '../../src/core/changes.ts';
import type { Grade } from '../../src/core/grade.ts';
import type { ScoreboardRow } from '../../src/core/scoreboard.ts';

export const repository = fileURLToPath(new URL('../..', import.meta.url));
const bin = join(repository, 'src/cli/bin.ts');

/** How long a hook that runs the program several times may take, on a busy machine too. */
export const patience = 120_000;

/** Node's cache of compiled modules: starting the program some hundred times is a third quicker with it. */
const compileCache = join(tmpdir(), 'answer-grader-tests-compile-cache');

/** The sample chapter's id, its document and its rubric, relative to the repository and to a workspace. */
export const sampleId = '02장-데이터베이스-기초';
export const sampleFile = `answers/${sampleId}.md`;
export const sampleRubric = `rubrics/${sampleId}.yaml`;

export interface CliResult {
  /** null when a signal ended the process. */
  code: number | null;
  stdout: string;
  stderr: string;
}

interface RunOptions {
  env?: Record<string, string>;
  /** What stands on standard input; nothing when left out. */
  stdin?: string;
}

/** A command line program at work. */
export interface RunningCli {
  /** Its process; undefined when it could not be started. */
  pid: number | undefined;
  /** How it ended. */
  result: Promise<CliResult>;
  kill(signal: NodeJS.Signals): void;
  /** Resolves with standard error so far when it holds this text; rejects when the program ends without having said it. */
  saidOnStderr(text: string): Promise<string>;
}

/** A fresh folder in which the command line program runs, removed with everything in it at the end. */
export interface Workspace extends AsyncDisposable {
  folder: string;
  path(...parts: string[]): string;
  write(file: string, content: string | Uint8Array): Promise<void>;
  read(file: string): Promise<string>;
  /** Every file below a folder, relative to it, sorted; empty when it is not there. */
  files(folder: string): Promise<string[]>;
  /** Puts the sample chapter into `answers/`, and its rubric into `rubrics/` when asked. */
  addSample(parts?: { rubric?: boolean }): Promise<void>;
  start(args: readonly string[], options?: RunOptions): RunningCli;
  run(args: readonly string[], options?: RunOptions): Promise<CliResult>;
}

/** Starts the program in a folder. */
export function startCli(
  folder: string,
  args: readonly string[],
  { env = {}, stdin }: RunOptions,
): RunningCli {
  const child = spawn(process.execPath, [bin, ...args], {
    cwd: folder,
    env: {
      PATH: process.env['PATH'],
      NO_COLOR: '1',
      LC_ALL: 'C',
      NODE_COMPILE_CACHE: compileCache,
      ...env,
    },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  const waiting: { text: string; resolve: (said: string) => void; reject: (error: Error) => void }[] = [];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
    for (const item of waiting) if (stderr.includes(item.text)) item.resolve(stderr);
  });
  // The program may end before it has read everything.
  child.stdin.on('error', () => undefined);
  child.stdin.end(stdin ?? '');
  const result = new Promise<CliResult>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => {
      for (const item of waiting) item.reject(new Error(`ended without saying "${item.text}":\n${stderr}`));
      resolve({ code, stdout, stderr });
    });
  });
  return {
    pid: child.pid,
    result,
    kill: (signal) => void child.kill(signal),
    saidOnStderr: (text) =>
      new Promise((resolve, reject) => {
        if (stderr.includes(text)) resolve(stderr);
        else waiting.push({ text, resolve, reject });
      }),
  };
}

export async function createWorkspace(): Promise<Workspace> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'answer-grader-')));
  const running = new Set<RunningCli>();
  const path = (...parts: string[]) => join(folder, ...parts);
  const begin = (args: readonly string[], options: RunOptions = {}) => {
    const cli = startCli(folder, args, options);
    running.add(cli);
    void cli.result.finally(() => running.delete(cli));
    return cli;
  };
  return {
    folder,
    path,
    async write(file, content) {
      await mkdir(dirname(path(file)), { recursive: true });
      await writeFile(path(file), content);
    },
    read: (file) => readFile(path(file), 'utf8'),
    async files(below) {
      const entries = await readdir(path(below), { recursive: true, withFileTypes: true }).catch(() => []);
      return entries
        .filter((entry) => entry.isFile())
        .map((entry) => relative(path(below), join(entry.parentPath, entry.name)).normalize('NFC'))
        .sort();
    },
    async addSample({ rubric = false } = {}) {
      await cp(join(repository, sampleFile), path(sampleFile), { recursive: true });
      if (rubric) await cp(join(repository, sampleRubric), path(sampleRubric), { recursive: true });
    },
    start: begin,
    run: (args, options) => begin(args, options).result,
    async [Symbol.asyncDispose]() {
      for (const cli of running) cli.kill('SIGKILL');
      await Promise.allSettled([...running].map((cli) => cli.result));
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The one JSON document on standard output. Fails when anything else stands there. */
export function jsonOf<T extends object>(result: CliResult): T {
  return JSON.parse(result.stdout) as T;
}

/** The last line of standard error. */
export function lastLine(text: string): string {
  return text.trimEnd().split('\n').at(-1) ?? '';
}

/** The lines of a text that are not blank. */
export function linesOf(text: string): string[] {
  return text.split('\n').filter((line) => line.trim() !== '');
}

/** What `import --json` prints. */
export interface ImportDocument {
  schemaVersion: number;
  chapter: { id: string; title: string };
  questions: { no: number; text: string; modelAnswer: string | null }[];
  submissions: {
    member: string;
    question: number;
    status: string;
    attempts: { kind: string; text: string }[];
    flags: string[];
    lines: [number, number];
  }[];
  warnings: { code: string; line: number; message: string }[];
}

/** What `grade --json` prints. */
export interface GradeDocument {
  schemaVersion: number;
  run: RunSummary;
  chapter: { id: string; title: string };
  grades: Grade[];
  changes: ScoreChange[];
  scoreboard: ScoreboardRow[];
  totals: Totals;
}

/** A grade without what differs from run to run: when it was made, and whether its reply was kept. */
export function lasting(grade: Grade): object {
  const { gradedAt: _, usage, ...rest } = grade;
  return { ...rest, usage: { ...usage, requests: 0 } };
}

/** How many attempts a chapter has that a judge must read, and how many code settles. */
export function attemptsIn({ submissions }: ImportDocument): { toJudge: number; settled: number } {
  const count = (wanted: typeof submissions) =>
    wanted.reduce((sum, item) => sum + Math.max(1, item.attempts.length), 0);
  const toJudge = count(submissions.filter((item) => item.status === 'answered'));
  return { toJudge, settled: count(submissions) - toJudge };
}

export interface ChapterParts {
  title: string;
  /** Each member's answers by question number; an empty text is a blank answer. */
  members: Record<string, Record<number, string>>;
  questions: readonly { text: string; modelAnswer: string }[];
}

/** A small chapter in the shape of the Notion export. */
export function chapterPage({ title, members, questions }: ChapterParts): string {
  const indented = (text: string) => text.replace(/^(?=.)/gmu, '    ');
  const sections = Object.entries(members).map(([member, answers]) => {
    const items = Object.entries(answers).map(
      ([no, answer]) =>
        `- ${questions[Number(no) - 1]?.text}\n\n${indented(`<aside>\n💡\n\n${answer}\n\n</aside>`)}\n`,
    );
    return `## ${member}\n\n${items.join('\n')}`;
  });
  const modelAnswers = questions.map(
    ({ text, modelAnswer }, index) => `**${index + 1}. ${text}**\n\n${modelAnswer}\n`,
  );
  return `# ${title}\n\n${sections.join('\n')}\n## 모범답안\n\n${modelAnswers.join('\n')}`;
}

import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type LoopbackModel, startLoopbackModel } from './helpers/loopback-model.ts';
import { notionEnvironment, startLoopbackNotion } from './helpers/loopback-notion.ts';
import { notionChapter } from './helpers/notion-chapter.ts';
import { describePostgres } from './helpers/postgres.ts';
import { startCli } from './helpers/run-cli.ts';
import { startServing } from './helpers/serving.ts';

const run = promisify(execFile);
const root = join(import.meta.dirname, '..');
const grader = join(root, 'src', 'cli', 'bin.ts');
const prefix = 'npm run -s grader -- ';
let folder = '';
let model: LoopbackModel;

/** The fenced blocks of a page by what stands behind the fence. */
function blocksOf(page: string, kind: string): string[] {
  return [...page.matchAll(/^```(.*)\n([\s\S]*?)^```$/gmu)].flatMap(([, found, body]) =>
    found === kind && body !== undefined ? [body] : [],
  );
}

function commandsOf(page: string, kind: string): string[] {
  return blocksOf(page, kind).flatMap((body) => body.split('\n').filter((line) => line.startsWith(prefix)));
}

/** Splits a command line whose quotes are plain double quotes. */
function wordsOf(command: string): string[] {
  return [...command.slice(prefix.length).matchAll(/"([^"]*)"|(\S+)/gu)].map(
    (word) => word[1] ?? word[2] ?? '',
  );
}

function runCommand(command: string, env: Record<string, string>) {
  return run(process.execPath, [grader, ...wordsOf(command)], {
    cwd: folder,
    env: { PATH: process.env['PATH'], LC_ALL: 'C', ...env },
  });
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'answer-grader-readme-'));
  model = await startLoopbackModel();
  for (const part of ['answers', 'rubrics'])
    await cp(join(root, part), join(folder, part), { recursive: true });
});

afterAll(async () => {
  await model.close();
  await rm(folder, { recursive: true, force: true });
});

describe.each(['README.md', 'README.ko.md'])('%s', async (name) => {
  const page = await readFile(join(root, name), 'utf8');

  test('starts with the two commands that set everything up', () => {
    const [first] = blocksOf(page, 'sh');
    expect(first).toMatch(/^npm ci && npm start\b.*\nnpm ci && npm test\n$/u);
  });

  test.each(commandsOf(page, 'sh'))('%s', async (command) => {
    expect((await runCommand(command, {})).stdout).not.toBe('');
  });

  test.each(commandsOf(page, 'sh serve'))('%s', async (command) => {
    const serving = await startServing(folder, [...wordsOf(command).slice(1), '--port', '0']);
    expect(await serving.get('/healthz')).toMatchObject({ status: 'ok' });
    serving.running.kill('SIGTERM');
    expect((await serving.running.result).code).toBe(0);
  });

  test.each(commandsOf(page, 'sh notion'))('%s', async (command) => {
    const id = '01234567-89ab-cdef-0123-456789abcdef';
    await using notion = await startLoopbackNotion([{ ...notionChapter, id }]);
    expect((await runCommand(command, notionEnvironment(notion))).stdout).not.toBe('');
    expect(notion.writes().length > 0).toBe(command.includes('--yes'));
  });

  test.each(commandsOf(page, 'sh model'))('%s', async (command) => {
    const env = { OPENAI_API_KEY: 'key', OPENAI_BASE_URL: model.baseUrl };
    expect((await runCommand(command, env)).stdout).not.toBe('');
  });

  describePostgres('on PostgreSQL', (database) => {
    test.each(commandsOf(page, 'sh postgres'))('%s', async (command) => {
      const address = database.address();
      const meant = command.replace('$DATABASE_URL', address);
      expect((await runCommand(meant, { DATABASE_URL: address })).stdout).not.toBe('');
    });

    test.each(commandsOf(page, 'sh workers'))('%s', async (command) => {
      const [name = '', ...options] = wordsOf(command);
      const ports = [name === 'serve' ? '--port' : '--metrics-port', '0'];
      const env = { DATABASE_URL: database.address() };
      const running = startCli(folder, [name, ...options, ...ports, '--log', 'json'], { env });
      await running.saidOnStderr('"event":"started"');
      running.kill('SIGTERM');
      expect((await running.result).code).toBe(0);
    });
  });
});

test('the library example runs as it stands', async () => {
  const [example = ''] = blocksOf(await readFile(join(root, 'README.md'), 'utf8'), 'ts');
  const script = join(folder, 'example.ts');
  await writeFile(
    script,
    example.replace("from 'answer-grader'", `from ${JSON.stringify(join(root, 'src', 'index.ts'))}`),
  );
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
  const { stdout } = await run(process.execPath, [script], { cwd: folder });
  expect(stdout.split('\n').filter((line) => line !== '')).toHaveLength(6);
});

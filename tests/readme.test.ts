import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type LoopbackModel, startLoopbackModel } from './helpers/loopback-model.ts';

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

  test.each(commandsOf(page, 'sh model'))('%s', async (command) => {
    const env = { OPENAI_API_KEY: 'key', OPENAI_BASE_URL: model.baseUrl };
    expect((await runCommand(command, env)).stdout).not.toBe('');
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

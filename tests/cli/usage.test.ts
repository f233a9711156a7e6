import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import manifest from '../../package.json' with { type: 'json' };
import { createWorkspace, patience, type Workspace } from '../helpers/run-cli.ts';

let workspace: Workspace;
beforeAll(async () => {
  workspace = await createWorkspace();
}, patience);
afterAll(() => workspace[Symbol.asyncDispose]());

test.each(['--version', '-V'])('%s prints the version and nothing else', async (option) => {
  expect(await workspace.run([option])).toEqual({ code: 0, stdout: `${manifest.version}\n`, stderr: '' });
});

describe('help', () => {
  test.each(['', 'import', 'grade', 'feedback', 'scoreboard', 'rubric', 'rubric check'])(
    'answer-grader %s --help',
    async (command) => {
      const words = command.split(' ').filter((word) => word !== '');
      const { code, stdout, stderr } = await workspace.run([...words, '--help']);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout).toMatchSnapshot();
    },
  );

  test('"help grade" says what "grade --help" says', async () => {
    expect(await workspace.run(['help', 'grade'])).toEqual(await workspace.run(['grade', '--help']));
  });

  test.each([[[]], [['rubric']]])('no command after %j shows the help on standard error', async (args) => {
    const { stdout: help } = await workspace.run([...args, '--help']);
    expect(await workspace.run(args)).toEqual({ code: 2, stdout: '', stderr: help });
  });
});

describe('wrong usage is one line on standard error and exit code 2', () => {
  const cases: [command: string, sentence: string][] = [
    ['--nope', "error: unknown option '--nope'"],
    ['import answers --nope', "error: unknown option '--nope'"],
    ['grade answers --nope=3', "error: unknown option '--nope=3'"],
    ['unheard-of', "error: unknown command 'unheard-of'"],
    ['rubric unheard-of', "error: unknown command 'unheard-of'"],
    ['import', "error: missing required argument 'path'"],
    ['grade', "error: missing required argument 'path'"],
    ['grade answers --db', "error: option '--db <file>' argument missing"],
    [
      'grade answers --judge nobody',
      "error: option '--judge <kind>' argument 'nobody' is invalid. Allowed choices are auto, llm, offline.",
    ],
    [
      'grade answers --lang fr',
      "error: option '--lang <language>' argument 'fr' is invalid. Allowed choices are ko, en.",
    ],
    [
      'grade answers --question 0',
      "error: option '--question <number>' argument '0' is invalid. It takes a whole number from 1.",
    ],
    [
      'grade answers --question two',
      "error: option '--question <number>' argument 'two' is invalid. It takes a whole number from 1.",
    ],
    [
      'grade answers --concurrency 1.5',
      "error: option '--concurrency <number>' argument '1.5' is invalid. It takes a whole number from 1.",
    ],
    [
      'grade answers --max-cost 0',
      "error: option '--max-cost <dollars>' argument '0' is invalid. It takes an amount above 0.",
    ],
    [
      'grade answers --max-cost=-1',
      "error: option '--max-cost <dollars>' argument '-1' is invalid. It takes an amount above 0.",
    ],
    [
      'grade answers --fail-under 101',
      "error: option '--fail-under <score>' argument '101' is invalid. It takes a score from 0 to 100.",
    ],
    [
      'feedback --format html',
      "error: option '--format <format>' argument 'html' is invalid. Allowed choices are text, md.",
    ],
  ];
  test.each(cases)('answer-grader %s', async (command, sentence) => {
    const words = command.split(' ');
    expect(await workspace.run(words)).toEqual({ code: 2, stdout: '', stderr: `${sentence}\n` });
  });

  test('answer-grader scoreboard --format unheard-of names the formats', async () => {
    const { code, stdout, stderr } = await workspace.run(['scoreboard', '--format', 'unheard-of']);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^error: option '--format <format>' .* table, md, csv, .*\n$/u);
  });
});

test('wrong usage makes no files', async () => {
  await using own = await createWorkspace();
  await own.run(['grade', 'answers', '--judge', 'nobody']);
  expect(await own.files('.')).toEqual([]);
});

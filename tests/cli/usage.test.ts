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
  test.each([
    '',
    'import',
    'grade',
    'feedback',
    'scoreboard',
    'publish',
    'rubric',
    'rubric check',
    'rubric draft',
    'rubric lint',
    'review',
    'review list',
    'review show',
    'review set',
    'review clear',
    'review promote',
    'review export',
    'review import',
    'calibrate',
    'compare',
    'serve',
    'worker',
    'group',
    'group add',
    'group list',
    'group rotate',
    'group disable',
    'db',
    'db copy',
  ])('answer-grader %s --help', async (command) => {
    const words = command.split(' ').filter((word) => word !== '');
    const { code, stdout, stderr } = await workspace.run([...words, '--help']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatchSnapshot();
  });

  test('"help grade" says what "grade --help" says', async () => {
    expect(await workspace.run(['help', 'grade'])).toEqual(await workspace.run(['grade', '--help']));
  });

  test.each([[[]], [['rubric']], [['review']]])(
    'no command after %j shows the help on standard error',
    async (args) => {
      const { stdout: help } = await workspace.run([...args, '--help']);
      expect(await workspace.run(args)).toEqual({ code: 2, stdout: '', stderr: help });
    },
  );
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
    ['grade answers --db', "error: option '--db <place>' argument missing"],
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
      'serve --port 65536',
      "error: option '--port <number>' argument '65536' is invalid. It takes a port from 0 to 65535.",
    ],
    [
      'worker --metrics-port 70000',
      "error: option '--metrics-port <number>' argument '70000' is invalid. It takes a port from 0 to 65535.",
    ],
    [
      'grade answers --samples 0',
      "error: option '--samples <number>' argument '0' is invalid. It takes a whole number from 1.",
    ],
    [
      'calibrate marks.csv --samples two',
      "error: option '--samples <number>' argument 'two' is invalid. It takes a whole number from 1.",
    ],
    [
      'calibrate marks.csv --examples 0',
      "error: option '--examples <number>' argument '0' is invalid. It takes a whole number from 1.",
    ],
    [
      'calibrate marks.csv --limit 1.5',
      "error: option '--limit <number>' argument '1.5' is invalid. It takes a whole number from 1.",
    ],
    [
      'calibrate one.csv two.csv',
      "error: too many arguments for 'calibrate'. Expected 1 argument but got 2: one.csv, two.csv.",
    ],
    ...['k1', 'k1=', '=covered', 'k1=covered=twice', 'K1=covered', 'k1=good,k2=bad'].map(
      (level): [string, string] => [
        `review set Ann 1 --by Lea --reason why --level ${level}`,
        `error: option '--level <id=level>' argument '${level}' is invalid. It takes ID=LEVEL, as in k1=covered.`,
      ],
    ),
    [
      'review set Ann 1 --by Lea --reason why --score 100.1',
      "error: option '--score <score>' argument '100.1' is invalid. It takes a score from 0 to 100.",
    ],
    [
      'review show Ann first',
      "error: command-argument value 'first' is invalid for argument 'question'. It takes a whole number from 1.",
    ],
    [
      'review show Ann 1 --attempt third',
      "error: option '--attempt <kind>' argument 'third' is invalid. Allowed choices are first, revised.",
    ],
    ['review set Ann 1 --reason why', "error: required option '--by <name>' not specified"],
    ['review set Ann 1 --by Lea', "error: required option '--reason <text>' not specified"],
    ['review clear Ann 1', "error: required option '--by <name>' not specified"],
    ['review import', "error: missing required argument 'file'"],
    ['review unheard-of', "error: unknown command 'unheard-of'"],
    [
      'review export --format xlsx',
      "error: option '--format <format>' argument 'xlsx' is invalid. Allowed choices are csv, gold.",
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

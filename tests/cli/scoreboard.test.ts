import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ScoreboardRow } from '../../src/core/scoreboard.ts';
import { environmentFor, questionIn, startLoopbackModel } from '../helpers/loopback-model.ts';
import {
  type CliResult,
  chapterPage,
  createWorkspace,
  jsonOf,
  linesOf,
  patience,
  type Workspace,
} from '../helpers/run-cli.ts';

const questions = [
  { text: 'What is a packet?', modelAnswer: 'A small unit of data with a header that says where it goes.' },
  {
    text: 'What does a router do?',
    modelAnswer: 'It passes packets on towards the place they are meant for.',
  },
];
const first = chapterPage({
  title: '1 Packets',
  members: {
    Ann: { 1: 'Data with a header that names its goal.', 2: '' },
    Ben: { 1: 'Something about bananas, I believe.' },
    "=cmd()|'x'": { 2: 'A router hands packets on to the next router.' },
  },
  questions,
});
const tenth = chapterPage({
  title: '10 Cables',
  members: { Ann: { 1: 'A wire that carries light.' }, Ben: { 1: 'A wire that carries light, too.' } },
  questions: [
    { text: 'What is a fibre?', modelAnswer: 'A thread of glass that carries light over long ways.' },
  ],
});

interface ScoreboardDocument {
  schemaVersion: number;
  chapters: { id: string; title: string }[];
  scoreboard: ScoreboardRow[];
}

let workspace: Workspace;
beforeAll(async () => {
  workspace = await createWorkspace();
  await workspace.write('answers/first.md', first);
  await workspace.write('answers/tenth.md', tenth);
  // Ben is the worst of the first chapter and the best of the tenth.
  await using model = await startLoopbackModel({
    level: (_criterion, levels, request) =>
      (request.raw.includes('bananas')
        ? levels[0]
        : levels.at(questionIn(request).includes('fibre') ? 2 : -1)) ?? '',
  });
  await workspace.run(['grade', 'answers'], { env: environmentFor(model) });
}, patience);
afterAll(() => workspace[Symbol.asyncDispose]());

describe('the scoreboard of one chapter', () => {
  test.each(['table', 'md', 'csv'])('as %s', async (format) => {
    const { code, stdout, stderr } = await workspace.run(['scoreboard', '1 Packets', '--format', format]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatchSnapshot();
  });

  test('is found by its id too', async () => {
    const byTitle = await workspace.run(['scoreboard', '1 Packets']);
    expect(await workspace.run(['scoreboard', '1-Packets'])).toEqual(byTitle);
  });

  test('named twice is shown once', async () => {
    const once = await workspace.run(['scoreboard', '1 Packets']);
    expect(await workspace.run(['scoreboard', '1 Packets', '1-Packets'])).toEqual(once);
  });
});

describe('the scoreboard of two chapters', () => {
  let printed: CliResult;
  let document: ScoreboardDocument;
  beforeAll(async () => {
    printed = await workspace.run(['scoreboard', '--json']);
    document = jsonOf(printed);
  }, patience);

  test.each(['table', 'md', 'csv'])('as %s', async (format) => {
    const { stdout } = await workspace.run(['scoreboard', '--format', format]);
    expect(stdout).toMatchSnapshot();
  });

  test('counts chapters as a person does: 1 before 10', () => {
    expect(document.chapters.map((chapter) => chapter.title)).toEqual(['1 Packets', '10 Cables']);
  });

  test('does not depend on the order in which they are named', async () => {
    const named = await workspace.run(['scoreboard', '10 Cables', '1 Packets', '--json']);
    expect(named).toEqual(printed);
  });

  test('gives each member the trend from the first to the last', () => {
    const rows = new Map(document.scoreboard.map((row) => [row.member, row]));
    const ben = rows.get('Ben');
    expect(ben?.trend).toBeCloseTo((ben?.chapters['10-Cables'] ?? 0) - (ben?.chapters['1-Packets'] ?? 0), 5);
    expect(ben?.trend).toBeGreaterThan(0);
    expect(rows.get("=cmd()|'x'")?.trend).toBeNull();
  });

  test('counts an unanswered question as 0, and leaves it out of answeredScore', () => {
    const ann = document.scoreboard.find((row) => row.member === 'Ann');
    const cables = ann?.chapters['10-Cables'] ?? 0;
    expect(ann).toMatchObject({ assigned: 3, answered: 2, graded: 2, ungraded: 0 });
    expect(ann?.score).toBeCloseTo((100 + 0 + cables) / 3, 1);
    expect(ann?.answeredScore).toBeCloseTo((100 + cables) / 2, 1);
  });

  test('as JSON has the keys of the contract in each row', () => {
    const keys =
      'rank member score answeredScore assigned answered graded ungraded needsReview revisedScore'.split(' ');
    expect(document.schemaVersion).toBe(1);
    for (const row of document.scoreboard) expect(Object.keys(row)).toEqual(expect.arrayContaining(keys));
  });

  test('says the same with --json and --format json', async () => {
    expect(await workspace.run(['scoreboard', '--format', 'json'])).toEqual(printed);
  });
});

describe('equal scores', () => {
  test('share a rank, and the next one is left out', async () => {
    await using own = await createWorkspace();
    await using model = await startLoopbackModel({
      level: (_criterion, levels, request) =>
        (request.raw.includes('bananas') ? levels[0] : levels.at(-1)) ?? '',
    });
    const page = chapterPage({
      title: 'Ties',
      members: {
        Cid: { 1: 'More about bananas, I believe.' },
        Ben: { 1: 'A unit that carries data about.' },
        Ann: { 1: 'Data that carries its goal along.' },
      },
      questions: [questions[0] ?? { text: '', modelAnswer: '' }],
    });
    await own.write('ties.md', page);
    await own.run(['grade', 'ties.md'], { env: environmentFor(model) });
    const { scoreboard } = jsonOf<ScoreboardDocument>(await own.run(['scoreboard', '--json']));
    expect(scoreboard.map((row) => `${row.rank} ${row.member}`)).toEqual(['1 Ann', '1 Ben', '3 Cid']);
  });
});

describe('a name that looks like a formula', () => {
  test('is quoted in the CSV of the scoreboard', async () => {
    const { stdout } = await workspace.run(['scoreboard', '--format', 'csv']);
    expect(linesOf(stdout).filter((line) => line.includes('cmd'))).toEqual([
      expect.stringMatching(/^1,'=cmd\(\)\|'x',/u),
    ]);
  });

  test('is quoted in grades.csv', async () => {
    const rows = linesOf(await workspace.read('reports/1-Packets/grades.csv'));
    expect(rows.filter((line) => line.includes('cmd'))).toEqual([
      expect.stringMatching(/^1-Packets,'=cmd\(\)\|'x',2,/u),
    ]);
  });

  test('stays as it is in the table and in JSON', async () => {
    const { stdout } = await workspace.run(['scoreboard']);
    expect(stdout).toContain(" =cmd()|'x' ");
  });

  test('becomes a name that every file system takes', async () => {
    const files = await workspace.files('reports/1-Packets/feedback');
    expect(files).toEqual(expect.arrayContaining(['Ann.md', 'Ben.md']));
    expect(files.filter((file) => /[|<>:"*?\\]/u.test(file))).toEqual([]);
    expect(files).toHaveLength(3);
  });
});

test('CSV begins with a byte order mark, so that spreadsheets read Korean', async () => {
  const { stdout } = await workspace.run(['scoreboard', '--format', 'csv']);
  expect(stdout.codePointAt(0)).toBe(0xfeff);
});

test('is in the language of --lang', async () => {
  const { stdout } = await workspace.run(['scoreboard', '--lang', 'ko']);
  expect(linesOf(stdout)[0]).toBe('점수판: 1 Packets, 10 Cables');
});

test('an unknown chapter is answered with the known ones', async () => {
  expect(await workspace.run(['scoreboard', '1 Packets', 'Weather'])).toEqual({
    code: 2,
    stdout: '',
    stderr: '"Weather" is not among the graded chapters; they are 1 Packets, 10 Cables.\n',
  });
});

describe('when nothing is graded yet', () => {
  const sentence = 'no chapter has been graded yet; grade one first with "answer-grader grade FILE".\n';

  test('is one sentence and exit code 2', async () => {
    await using own = await createWorkspace();
    expect(await own.run(['scoreboard'])).toEqual({ code: 2, stdout: '', stderr: sentence });
  });

  test('makes no database', async () => {
    await using own = await createWorkspace();
    await own.run(['scoreboard']);
    expect(await own.files('.')).toEqual([]);
  });

  test('is the same with a database that holds only replies', async () => {
    await using own = await createWorkspace();
    const { text, modelAnswer } = questions[0] ?? { text: '', modelAnswer: '' };
    const free = ['--question', text, '--model-answer', modelAnswer, '--answer', 'Data with a header.'];
    await own.run(['feedback', ...free, '--judge', 'offline']);
    expect(await own.run(['scoreboard', '--json'])).toEqual({ code: 2, stdout: '', stderr: sentence });
  });
});

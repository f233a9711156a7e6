import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  answerIn,
  environmentFor,
  type LoopbackModel,
  startLoopbackModel,
} from '../helpers/loopback-model.ts';
import {
  chapterPage,
  createWorkspace,
  type GradeDocument,
  jsonOf,
  patience,
  type Workspace,
} from '../helpers/run-cli.ts';

const rounds = Number(process.env['SOAK_ROUNDS'] ?? 5);
const concurrency = 4;
const members = 8;
const questions = ['What is an index for?', 'What is a transaction?', 'Why replicate?'].map((text) => ({
  text,
  modelAnswer: `What the group agreed on about "${text}"`,
}));
const needed = members * questions.length;

/** Whole numbers from 0 to below `limit`, the same ones for the same seed: a Lehmer generator. */
function randomNumbers(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (state * 48_271) % 2_147_483_647;
    return Math.floor((state / 2_147_483_647) * limit);
  };
}

let workspace: Workspace;
let model: LoopbackModel;
beforeAll(async () => {
  workspace = await createWorkspace();
  model = await startLoopbackModel();
  const answers = Array.from({ length: members }, (_, member) => [
    `Member ${member + 1}`,
    Object.fromEntries(
      questions.map(({ text }, index) => [
        index + 1,
        `Thought number ${member * 3 + index} on how to reply to "${text}", in words that are nobody else's.`,
      ]),
    ),
  ]);
  const page = chapterPage({ title: 'Soak', members: Object.fromEntries(answers), questions });
  await workspace.write('soak.md', page);
}, patience);
afterAll(async () => {
  await workspace[Symbol.asyncDispose]();
  await model.close();
});

function inDatabase<T>(work: (database: DatabaseSync) => T): T {
  const database = new DatabaseSync(workspace.path('.answer-grader/grades.db'));
  try {
    return work(database);
  } finally {
    database.close();
  }
}

const repliesKept = () =>
  inDatabase((database) =>
    Number(database.prepare('SELECT count(*) AS count FROM replies').get()?.['count']),
  );

/** Lets the event loop turn a number of times, in which the model's replies go out and the run stores them. */
async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

const totals = { kills: 0, lost: 0, repeated: 0 };

// Each round asks another model, so that everything is asked anew.
test.each(Array.from({ length: rounds }, (_, round) => round))(
  'round %i: killed at a random moment, a run loses no reply and repeats at most what was in flight',
  async (round) => {
    const random = randomNumbers(7919 * (round + 1));
    const hasCompany = round % 3 === 2;
    const [requestsBefore, repliesBefore] = [model.requests.length, round === 0 ? 0 : repliesKept()];
    const env = environmentFor(model, `soak-${round}`);
    const grade = ['grade', 'soak.md', '--judge', 'llm', '--json', '--concurrency', `${concurrency}`];

    const killed = workspace.start(grade, { env });
    const company = hasCompany ? workspace.start([...grade, '--out', 'reports-2'], { env }) : null;
    await model.received(requestsBefore + 1 + random(needed));
    await turns(random(400));
    killed.kill('SIGKILL');
    await killed.result;
    const storedAtKill = company === null ? repliesKept() - repliesBefore : null;

    const finished = await (company?.result ?? workspace.run(grade, { env }));
    expect(finished.stderr).not.toContain('database');
    const { totals: sums, grades } = jsonOf<GradeDocument>(finished);
    expect(sums).toMatchObject({ graded: needed, ungraded: 0 });
    expect(grades.map(({ score }) => score)).toEqual(grades.map(() => 100));

    const asked = model.requests.slice(requestsBefore).map(answerIn);
    const repeated = asked.length - new Set(asked).size;
    expect(new Set(asked).size).toBe(needed);
    expect(repeated).toBeLessThanOrEqual(concurrency);
    expect(repliesKept() - repliesBefore).toBe(needed);
    if (storedAtKill !== null) {
      const lost = sums.requests - (needed - storedAtKill);
      expect(lost).toBe(0);
      totals.lost += lost;
    }
    totals.kills += 1;
    totals.repeated += repeated;
  },
  patience,
);

test('the database is whole after all of them', () => {
  if (process.env['SOAK_ROUNDS']) process.stdout.write(`soak: ${JSON.stringify(totals)}\n`);
  expect(inDatabase((database) => database.prepare('PRAGMA integrity_check').all())).toEqual([
    { integrity_check: 'ok' },
  ]);
  expect(totals).toMatchObject({ kills: rounds, lost: 0 });
  // Else no kill ever met a request in flight, and the rounds showed nothing.
  expect(totals.repeated).toBeGreaterThan(0);
});

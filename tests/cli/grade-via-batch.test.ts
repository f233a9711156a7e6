import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { type BatchWorkspace, createBatchWorkspace } from '../helpers/batch-workspace.ts';
import type { LoopbackBatches } from '../helpers/loopback-batches.ts';
import { type GradeDocument, jsonOf, lastLine, patience, type Workspace } from '../helpers/run-cli.ts';

let prepared: BatchWorkspace;
let workspace: Workspace;
let server: LoopbackBatches;
let env: Record<string, string>;
let run: BatchWorkspace['run'];
let count: BatchWorkspace['count'];
let killedAt: BatchWorkspace['killedAt'];

/** A fresh folder with the small chapter (three answers to ask about) and a fresh provider. */
beforeEach(async () => {
  await prepared?.[Symbol.asyncDispose]();
  prepared = await createBatchWorkspace('gpt-4o-mini');
  ({ workspace, server, env, run, count, killedAt } = prepared);
}, patience);

afterAll(() => prepared[Symbol.asyncDispose]());

const grade = (...options: string[]) => run('grade', 'answers', ...options);
const viaBatch = (...options: string[]) => grade('--via', 'batch', ...options);
const directRequests = () => count('POST /chat/completions');

describe('grade --via batch', () => {
  test('hands over and says how to go on; the same command fetches and grades', async () => {
    const first = await viaBatch();
    expect(first.code).toBe(1);
    expect(first.stdout).toContain('3 requests in batch 1; nothing was graded yet.');
    expect(first.stdout).toContain('The same command goes on');

    const early = jsonOf<{ batches: object[]; underWay: number }>(await viaBatch('--json'));
    expect(early).toMatchObject({ batches: [{ requests: 3, state: 'running' }], underWay: 3 });

    server.end(server.batches[0]);
    const graded = await viaBatch('--json');
    expect(graded.code).toBe(0);
    expect(graded.stderr).toContain('Batch 1 (done): 3 replies stored, 0 without one.');
    expect(jsonOf<GradeDocument>(graded).totals).toMatchObject({ graded: 3, ungraded: 0, requests: 0 });
    expect(server.batches).toHaveLength(1);
    expect(directRequests()).toBe(0);
    expect((await viaBatch()).code).toBe(0);
    expect(server.batches).toHaveLength(1);
  });

  test('with --wait goes all the way, at half the list price', async () => {
    server.endAtOnce();
    const graded = jsonOf<GradeDocument>(await viaBatch('--wait', '--json'));
    const direct = jsonOf<GradeDocument>(await grade('--json', '--db', 'direct.db'));
    const costs = ({ grades }: GradeDocument) => grades.map(({ usage }) => usage.costUsd ?? 0);
    expect(costs(direct).every((cost) => cost > 0)).toBe(true);
    expect(costs(graded)).toEqual(costs(direct).map((cost) => cost / 2));
    expect(await workspace.read('reports/3-Indexes/cost.md')).toContain('$');
  });

  test('asks again after an unusable reply in a batch of its own', async () => {
    server.endAtOnce({
      become: ({ body }, index) => (index === 0 && body.messages.length === 2 ? 'nonsense' : 'reply'),
    });
    const graded = await viaBatch('--wait', '--json');
    expect(graded.stderr).toContain('1 of them ask again after a reply that could not be used');
    expect(jsonOf<GradeDocument>(graded).totals).toMatchObject({ graded: 3, requests: 0 });
    expect(server.batches.map((batch) => server.linesOf(batch).length)).toEqual([3, 1]);
    expect(directRequests()).toBe(0);
  });

  test('leaves what failed ungraded, says why, and asks it in a new batch the next time', async () => {
    server.endAtOnce({ become: (_line, index) => (index === 1 ? 'fail' : 'reply') });
    const first = await viaBatch('--wait', '--json');
    expect(first.code).toBe(1);
    expect(first.stderr).toContain('1 × bad: Not like this.');
    expect(first.stderr).toContain('1 answer left ungraded: there is no reply yet');
    const { totals, grades } = jsonOf<GradeDocument>(first);
    expect(totals).toMatchObject({ graded: 2, ungraded: 1 });
    expect(grades.filter(({ state }) => state === 'ungraded').map(({ score }) => score)).toEqual([null]);
    expect(server.batches).toHaveLength(1);

    server.endAtOnce();
    expect(await viaBatch('--wait')).toMatchObject({ code: 0 });
    expect(server.batches.map((batch) => server.linesOf(batch).length)).toEqual([3, 1]);
    expect(directRequests()).toBe(0);
  });

  test.each([
    ['during the upload', 'POST /files', 'before'],
    ['after the batch was made, its id unknown', 'POST /batches', 'after'],
    ['while it waits', 'GET /batches/:id', 'before'],
    ['while results are fetched', 'GET /files/:id/content', 'after'],
  ] as const)('killed %s, the same command goes on without paying twice', async (_name, call, when) => {
    server.endAtOnce();
    await killedAt(call, when, ['grade', 'answers', '--via', 'batch', '--wait']);
    expect(await viaBatch('--wait')).toMatchObject({ code: 0 });
    expect(server.batches).toHaveLength(1);
    expect(directRequests()).toBe(0);
  });

  test('waiting can be ended', async () => {
    const waiting = workspace.start(['grade', 'answers', '--via', 'batch', '--wait'], { env });
    await waiting.saidOnStderr('Waiting: 0/3');
    waiting.kill('SIGINT');
    const { code, stdout, stderr } = await waiting.result;
    expect(code).toBe(1);
    expect(stderr).toContain('Stopped. What was handed over');
    expect(stdout).toContain('nothing was graded yet');
  });

  test('--fresh asks anew once, also when it is said again while the batch is at work', async () => {
    server.endAtOnce();
    await viaBatch('--wait');
    const anew = ['grade', 'answers', '--via', 'batch', '--wait', '--fresh'];
    await killedAt('GET /files/:id/content', 'before', anew);
    expect(await viaBatch('--wait', '--fresh')).toMatchObject({ code: 0 });
    expect(server.batches).toHaveLength(2);
  });

  test.each([
    [['--wait'], '--wait waits for a batch; use it with --via batch.'],
    [['--via', 'batch', '--samples', '2'], '--via batch asks once about each answer'],
    [['--via', 'batch', '--model', 'a', '--model', 'b'], 'a batch takes one model'],
    [['--via', 'batch', '--judge', 'offline'], '--judge offline asks no model'],
    [['--via', 'stored', '--fresh'], '--via stored sends nothing'],
  ])('%j is refused with one sentence', async (options, sentence) => {
    const { code, stderr } = await grade(...options);
    expect(code).toBe(2);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(lastLine(stderr)).toContain(sentence);
  });
});

describe('grade, while a batch is under way', () => {
  test('does not ask twice: those answers have no grade yet, and it is said what to do', async () => {
    await run('batch', 'submit', 'answers', '--member', 'Ann');
    const graded = await grade('--json');
    expect(graded.code).toBe(1);
    expect(graded.stderr).toContain('2 answers left ungraded for now, not asked twice: still in batch 1.');
    const { grades, totals, scoreboard } = jsonOf<GradeDocument>(graded);
    expect(totals).toMatchObject({ graded: 1, ungraded: 2, requests: 1 });
    expect(grades.filter(({ member }) => member === 'Ann').map(({ score }) => score)).toEqual([null, null]);
    expect(scoreboard.find(({ member }) => member === 'Ann')).toMatchObject({ score: null, ungraded: 2 });

    server.end(server.batches[0]);
    await run('batch', 'collect');
    expect(jsonOf<GradeDocument>(await grade('--json')).totals).toMatchObject({ graded: 3, requests: 0 });
    expect(directRequests()).toBe(1);
  });

  test('with --fresh asks them directly', async () => {
    await run('batch', 'submit', 'answers');
    expect(jsonOf<GradeDocument>(await grade('--json', '--fresh')).totals).toMatchObject({ requests: 3 });
  });
});

describe('grade --via stored', () => {
  test('needs no key, sends nothing, and leaves what has no reply', async () => {
    await run('batch', 'submit', 'answers', '--member', 'Ann');
    server.end(server.batches[0]);
    await run('batch', 'collect');
    const result = await workspace.run([
      'grade',
      'answers',
      '--via',
      'stored',
      '--model',
      'gpt-4o-mini',
      '--json',
    ]);
    expect(result.code).toBe(1);
    expect(result.stderr).toContain('1 answer left ungraded: no reply is stored.');
    const { totals, grades } = jsonOf<GradeDocument>(result);
    expect(totals).toMatchObject({ graded: 2, ungraded: 1, requests: 0 });
    expect(grades.find(({ member }) => member === 'Ben')).toMatchObject({
      state: 'ungraded',
      score: null,
      ungradedDetail: 'no reply to it is stored.',
    });
    expect(directRequests()).toBe(0);
  });

  test('asks nobody where stored replies cannot be used', async () => {
    server.endAtOnce({ become: () => 'nonsense' });
    await run('batch', 'submit', 'answers');
    await run('batch', 'collect');
    const { code, stdout } = await grade('--via', 'stored', '--json');
    expect(code).toBe(2);
    const { grades } = jsonOf<GradeDocument>({ code, stdout, stderr: '' });
    expect(grades.map(({ state }) => state)).toEqual(['ungraded', 'ungraded', 'ungraded']);
    expect(directRequests()).toBe(0);
  });
});

describe('batch submit', () => {
  test('keeps a limit on requests, and one on cost at half the list price', async () => {
    const limited = await run('batch', 'submit', 'answers', '--max-requests', '1');
    expect(limited.stdout).toContain('1 request handed over');
    expect(limited.stdout).toContain('2 requests left out because of --max-cost or --max-requests.');

    const preview = await run('batch', 'submit', 'answers', '--dry-run', '--json');
    const { requests, mostCostUsd } = jsonOf<{ requests: number; mostCostUsd: number }>(preview);
    expect(requests).toBe(2);
    const calls = server.calls.length;
    const none = await run('batch', 'submit', 'answers', '--max-cost', String(mostCostUsd / 3));
    expect(none.stdout).toContain('0 requests handed over');
    expect(server.calls).toHaveLength(calls);
    const rest = await run('batch', 'submit', 'answers', '--max-cost', String(mostCostUsd * 1.01));
    expect(rest.stdout).toContain('2 requests handed over');
  });

  test('cannot keep a limit on cost where the price is not known', async () => {
    const { code, stderr } = await run(
      'batch',
      'submit',
      'answers',
      '--max-cost',
      '1',
      '--model',
      'loopback-1',
    );
    expect(code).toBe(2);
    expect(lastLine(stderr)).toContain('the price of "loopback-1" is not known');
  });

  test('a dry run sends nothing and makes no database', async () => {
    const { code, stdout } = await run('batch', 'submit', 'answers', '--dry-run');
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^3 requests would be handed over \(nothing was sent\).*\nIt costs \$0\.\d+ at most/u,
    );
    const graded = await grade('--dry-run', '--via', 'batch');
    expect(graded.stdout).toContain('3 requests would be handed over');
    expect(server.calls).toEqual([]);
    expect(await workspace.files('.answer-grader')).toEqual([]);
  });

  test('hands nothing over that another run is just asking, until that run is dead', async () => {
    const direct = ['grade', 'answers', '--member', 'Ben'];
    await killedAt('POST /chat/completions', 'before', direct, async () => {
      const { stdout } = await run('batch', 'submit', 'answers');
      expect(stdout).toContain('2 requests handed over');
      expect(stdout).toContain('1 request left out because another run is just asking directly.');
    });
    expect((await run('batch', 'submit', 'answers')).stdout).toContain('1 request handed over');
  });

  test('twice at once hands over once', async () => {
    const both = await Promise.all([run('batch', 'submit', 'answers'), run('batch', 'submit', 'answers')]);
    expect(both.map(({ code }) => code)).toEqual([0, 0]);
    expect(server.batches).toHaveLength(1);
    expect(count('POST /files')).toBe(1);
  });

  test('waits for another one that is uploading, and goes on when that dies', async () => {
    server.hangAt('POST /files', 'before');
    const first = workspace.start(['batch', 'submit', 'answers'], { env });
    await server.hanging();
    const second = workspace.start(['batch', 'submit', 'answers'], { env });
    await second.saidOnStderr('Another run is handing batches over; waiting for it to end.');
    expect(server.batches).toHaveLength(0);
    first.kill('SIGKILL');
    expect(await second.result).toMatchObject({ code: 0 });
    expect(server.batches).toHaveLength(1);
    expect(server.linesOf(server.batches[0])).toHaveLength(3);
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { BatchRecord } from '../../src/core/batch.ts';
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

async function prepare(): Promise<void> {
  await prepared?.[Symbol.asyncDispose]();
  prepared = await createBatchWorkspace('loopback-1');
  ({ workspace, server, env, run, count, killedAt } = prepared);
}

afterAll(() => prepared[Symbol.asyncDispose]());

const submit = () => run('batch', 'submit', 'answers');

describe('a chapter graded over a batch', () => {
  let printed: Awaited<ReturnType<typeof run>>;
  beforeAll(async () => {
    await prepare();
    printed = await submit();
  }, patience);

  test('is handed over in one file, with the body that a direct request has', async () => {
    expect(printed).toMatchObject({ code: 0 });
    expect(printed.stdout).toContain('3 requests handed over; 0 with a kept reply');
    expect(server.batches).toHaveLength(1);
    const lines = server.linesOf(server.batches[0]);
    expect(lines.map(({ url, method }) => `${method} ${url}`)).toEqual(
      Array<string>(3).fill('POST /v1/chat/completions'),
    );
    expect(lines[0]?.body).toMatchObject({
      model: 'loopback-1',
      temperature: 0,
      response_format: { type: 'json_schema', json_schema: { strict: true } },
    });
  });

  test('is not handed over twice', async () => {
    const again = await submit();
    expect(again.stdout).toContain('0 requests handed over; 0 with a kept reply, 3 in an earlier batch');
    expect(count('POST /files')).toBe(1);
  });

  test('is shown with its state; collecting it takes nothing yet', async () => {
    const { stdout, code } = await run('batch', 'status');
    expect(code).toBe(0);
    expect(stdout).toMatch(/1 +batch-1 +loopback-1 .* at work +0\/3/u);
    const collected = await run('batch', 'collect');
    expect(collected).toMatchObject({ code: 1, stdout: 'Batch 1: at work, 0/3\n' });
  });

  test('comes back in any order, and is graded without a single request', async () => {
    server.end(server.batches[0]);
    const collected = await run('batch', 'collect');
    expect(collected.code).toBe(0);
    expect(collected.stdout).toContain('Batch 1 (done): 3 replies stored, 0 without one.');
    const graded = jsonOf<GradeDocument>(await run('grade', 'answers', '--json'));
    expect(graded.totals).toMatchObject({ graded: 3, ungraded: 0, requests: 0 });
    expect(graded.grades.map(({ judge }) => judge.models)).toEqual(
      graded.grades.map(() => ['loopback-1-loopback']),
    );
    expect(count('POST /chat/completions')).toBe(0);
  });

  test('is collected once: a second time changes nothing', async () => {
    const downloads = count('GET /files/:id/content');
    expect(await run('batch', 'collect')).toMatchObject({
      code: 0,
      stdout: 'There is no batch to collect.\n',
    });
    expect(count('GET /files/:id/content')).toBe(downloads);
    const { batches } = jsonOf<{ batches: BatchRecord[] }>(await run('batch', 'status', '--json'));
    expect(batches).toMatchObject([{ state: 'completed', outcome: { replies: 3, unanswered: 0 } }]);
    expect((await submit()).stdout).toContain('3 with a kept reply');
  });
});

describe('what did not come back', () => {
  beforeEach(prepare, patience);

  test('of an expired batch is counted by reason, and goes into the next one', async () => {
    await submit();
    const become = (_line: unknown, index: number) =>
      (['reply', 'expire', 'fail'] as const)[index] ?? 'reply';
    server.end(server.batches[0], { status: 'expired', become });
    const collected = await run('batch', 'collect');
    expect(collected.code).toBe(1);
    expect(collected.stdout).toContain('Batch 1 (ran out of time): 1 reply stored, 2 without one.');
    expect(collected.stdout).toContain('1 × batch_expired: This request was not executed in time.');
    expect(collected.stdout).toContain('1 × bad: Not like this.');
    expect(collected.stdout).toContain('"batch submit" puts them into a new batch');

    await submit();
    const ids = server.batches.map((batch) => server.linesOf(batch).map((line) => line.custom_id));
    expect(ids[1]?.toSorted()).toEqual(ids[0]?.slice(1).toSorted());
  });

  test('is asked by an ordinary run, and only that', async () => {
    await submit();
    server.end(server.batches[0], { become: (_line, index) => (index === 2 ? 'nothing' : 'reply') });
    expect((await run('batch', 'collect')).stdout).toContain('1 × no result');
    const graded = jsonOf<GradeDocument>(await run('grade', 'answers', '--json'));
    expect(graded.totals).toMatchObject({ graded: 3, requests: 1 });
  });

  test('because the provider refused the whole file is said with its words', async () => {
    await submit();
    server.end(server.batches[0], { status: 'failed', become: () => 'nothing' });
    const { stdout } = await run('batch', 'collect');
    expect(stdout).toContain('Batch 1 (refused): 0 replies stored, 3 without one.\n  The file is not valid.');
  });

  test('of a cancelled batch is what was not done by then', async () => {
    await submit();
    expect((await run('batch', 'cancel', 'batch-1')).stdout).toContain('Batch 1: being cancelled');
    expect(server.batches[0]?.status).toBe('cancelling');
    expect((await run('batch', 'collect')).stdout).toBe('Batch 1: being cancelled, 0/3\n');
    server.end(server.batches[0], {
      status: 'cancelled',
      become: (_line, index) => (index === 0 ? 'reply' : 'nothing'),
    });
    expect((await run('batch', 'collect')).stdout).toContain('1 reply stored, 2 without one.');
  });
});

describe('killed between two steps, the same command goes on', () => {
  beforeEach(prepare, patience);

  test.each([
    ['during the upload', 'POST /files', 'before', 2],
    ['after the upload, its id unknown', 'POST /files', 'after', 2],
    ['before the batch was made', 'POST /batches', 'before', 1],
    ['after the batch was made, its id unknown', 'POST /batches', 'after', 1],
  ] as const)('%s', async (_name, call, when, uploads) => {
    await killedAt(call, when, ['batch', 'submit', 'answers']);
    const again = await submit();
    expect(again.code).toBe(0);
    expect(again.stdout).toContain('3 requests handed over');
    expect(server.batches).toHaveLength(1);
    expect(count('POST /files')).toBe(uploads);
    expect(server.linesOf(server.batches[0])).toHaveLength(3);
    expect((await submit()).stdout).toContain('3 in an earlier batch');
    expect(server.batches).toHaveLength(1);
  });

  test('while results were fetched', async () => {
    await submit();
    server.end(server.batches[0], { become: (_line, index) => (index === 1 ? 'fail' : 'reply') });
    await killedAt('GET /files/:id/content', 'after', ['batch', 'collect']);
    const { stdout } = await run('batch', 'collect');
    expect(stdout).toContain('2 replies stored, 1 without one.');
  });

  test('during the upload, with an answer changed since: what is asked is the new text', async () => {
    await killedAt('POST /files', 'after', ['batch', 'submit', 'answers']);
    const page = await workspace.read('answers/indexes.md');
    await workspace.write('answers/indexes.md', page.replace('It makes searching quick', 'It speeds it up'));
    await submit();
    expect(server.batches).toHaveLength(1);
    expect(JSON.stringify(server.linesOf(server.batches[0]))).toContain('It speeds it up');
  });
});

describe('waiting', () => {
  beforeEach(prepare, patience);

  test('can be ended at any time; what is there by then stays', async () => {
    await submit();
    const waiting = workspace.start(['batch', 'collect', '--wait'], { env });
    await waiting.saidOnStderr('Waiting: 0/3');
    waiting.kill('SIGINT');
    expect(await waiting.result).toMatchObject({ code: 1, stdout: 'Batch 1: at work, 0/3\n' });
    server.end(server.batches[0]);
    expect(await run('batch', 'collect', '--wait')).toMatchObject({ code: 0 });
  });
});

describe('what does not fit', () => {
  beforeAll(prepare, patience);

  test('several models are refused with a sentence', async () => {
    const { code, stderr } = await run('batch', 'submit', 'answers', '--model', 'a', '--model', 'b');
    expect(code).toBe(2);
    expect(lastLine(stderr)).toContain('It takes one model.');
  });

  test('without key and address nothing is handed over', async () => {
    const { code, stderr } = await workspace.run(['batch', 'submit', 'answers']);
    expect(code).toBe(2);
    expect(lastLine(stderr)).toContain('OPENAI_API_KEY');
  });

  test('a batch that is not there cannot be cancelled', async () => {
    const { code, stderr } = await run('batch', 'cancel', '7');
    expect({ code, said: lastLine(stderr) }).toEqual({
      code: 2,
      said: 'there is no batch "7", or it was collected already; see "batch status" for the numbers.',
    });
  });

  test('a look makes no database', async () => {
    expect(await run('batch', 'status')).toMatchObject({ code: 0 });
    expect(await run('batch', 'collect')).toMatchObject({ code: 0 });
    expect(await workspace.files('.answer-grader')).toEqual([]);
  });
});

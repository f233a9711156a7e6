import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { failure, startLoopbackModel } from '../helpers/loopback-model.ts';
import { clientAddress, peculiar, peculiarId, peculiarIn, peculiarPage } from '../helpers/peculiar.ts';
import { type CliResult, createWorkspace, linesOf, type Workspace } from '../helpers/run-cli.ts';
import { startServing } from '../helpers/serving.ts';

interface LogLine {
  level: string;
  event: string;
  [field: string]: unknown;
}

/** Starts `serve` with a log for machines and with metrics. */
async function startWatched(workspace: Workspace, args: readonly string[], env: Record<string, string> = {}) {
  const options = ['serve', '--port', '0', '--log', 'json', '--metrics-port', '0', ...args];
  const running = workspace.start(options, { env });
  const said = await running.saidOnStderr('"event":"started"');
  const started = linesOf(said)
    .map((line) => JSON.parse(line) as LogLine & { url: string; metricsUrl: string })
    .find(({ event }) => event === 'started');
  if (started === undefined) throw new Error(`it has not started: ${said}`);
  return { running, url: started.url, operators: started.metricsUrl };
}

describe('serve, watched', () => {
  it('tells of all that happens, and of nobody', async () => {
    await using workspace = await createWorkspace();
    await using model = await startLoopbackModel();
    // What a model's endpoint says of a request may repeat it.
    model.handleWith(({ raw }) => (raw.includes('둘째') ? failure(400, `cannot read ${raw}`) : undefined));
    const database = `${peculiar.folder}/grades.db`;
    await workspace.write(`answers/${peculiar.file}`, peculiarPage);
    const { running, url, operators } = await startWatched(
      workspace,
      ['--trust-proxy', '--db', database, `answers/${peculiar.file}`],
      {
        OPENAI_BASE_URL: model.baseUrl,
        OPENAI_API_KEY: peculiar.apiKey,
        ANSWER_GRADER_TOKEN: peculiar.token,
      },
    );
    const send = async (method: string, path: string, body?: unknown, token: string = peculiar.token) => {
      const response = await fetch(url + path, {
        method,
        headers: {
          authorization: `Bearer ${token}`,
          'content-type': 'application/json',
          'x-forwarded-for': clientAddress,
          'x-request-id': peculiar.requestId,
          cookie: `a=${peculiar.requestId}`,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      return { status: response.status, text: await response.text() };
    };
    const chapter = `/v1/chapters/${peculiarId}`;
    await send('POST', '/v1/chapters', { name: peculiar.file, text: peculiarPage });
    expect(await send('POST', `${chapter}/runs`, { member: peculiar.member })).toMatchObject({ status: 202 });
    const { text: events } = await send('GET', '/v1/runs/1/events');
    expect(events).toContain('"finished"');
    const { text: grades } = await send('GET', `${chapter}/grades`);
    expect(peculiarIn(grades)).not.toEqual([]);
    const [{ id }] = JSON.parse(grades).grades as [{ id: number }];
    const decision = { score: 40, reason: peculiar.reason, by: peculiar.reviewer };
    expect(await send('PUT', `/v1/grades/${id}/review`, decision)).toMatchObject({ status: 200 });
    const free = { question: peculiar.question, modelAnswer: peculiar.modelAnswer, answer: peculiar.answer };
    expect(await send('POST', '/v1/feedback', free)).toMatchObject({ status: 200 });
    await send('GET', `/chapters/${peculiarId}/report`);
    await send('GET', `/${peculiar.path}?q=${peculiar.path}`);
    expect(await send('GET', chapter, undefined, peculiar.requestId)).toMatchObject({ status: 401 });
    const own = new DatabaseSync(workspace.path(database));
    own.exec('DROP TABLE reviews');
    own.close();
    expect(await send('GET', `${chapter}/grades`)).toMatchObject({ status: 500 });
    const metrics = await (await fetch(`${operators}/metrics`)).text();
    running.kill('SIGTERM');
    const { code, stderr } = await running.result;
    expect(code).toBe(0);

    const lines = linesOf(stderr).map((line) => JSON.parse(line) as LogLine);
    expect([...new Set(lines.map(({ event }) => event))].toSorted()).toEqual(
      ['fault', 'request', 'run ended', 'run started', 'started', 'stopped'].toSorted(),
    );
    expect(lines.find(({ event }) => event === 'run ended')).toMatchObject({
      ...{ run: 1, state: 'finished', attempts: 2, graded: 1, ungraded: 1, requests: 1 },
    });
    expect(lines.find(({ event }) => event === 'fault')).toMatchObject({
      error: { class: 'StoreError', cause: { code: 'ERR_SQLITE_ERROR' } },
    });
    for (const series of [
      'answer_grader_http_requests_total{method="GET",route="/v1/chapters/:id/grades",status="500"} 1',
      'answer_grader_http_requests_total{method="GET",route="none",status="404"} 1',
      'answer_grader_grades_total{state="ungraded",reason="request_failed"} 1',
      'answer_grader_runs_ended_total{state="finished"} 1',
      'answer_grader_runs{state="running"} 0',
      'outcome="bad_request"} 1',
    ])
      expect(metrics).toContain(series);
    expect(peculiarIn(stderr)).toEqual([]);
    expect(peculiarIn(metrics)).toEqual([]);
    for (const address of [workspace.folder, new URL(model.baseUrl).host]) {
      expect(stderr).not.toContain(address);
      expect(metrics).not.toContain(address);
    }
  });

  it('has metrics at an address of their own, where they are asked for, and says where', async () => {
    await using workspace = await createWorkspace();
    await using serving = await startServing(workspace.folder, ['--judge', 'offline', '--metrics-port', '0']);
    const said = await serving.running.saidOnStderr('/metrics');
    const address = /Metrics for the operator are at (http:\/\/127\.0\.0\.1:\d+)\/metrics\./u.exec(said)?.[1];
    expect(address).not.toBe(serving.url);
    expect((await fetch(`${address}/readyz`)).status).toBe(200);
    expect(await (await fetch(`${address}/metrics`)).text()).toContain(
      'answer_grader_runs{state="queued"} 0',
    );
    expect((await fetch(`${serving.url}/metrics`)).status).toBe(404);
    expect(await serving.get('/readyz')).toEqual({ status: 'ready' });
  });

  it('is not ready without its database', async () => {
    await using workspace = await createWorkspace();
    await using serving = await startServing(workspace.folder, ['--judge', 'offline', '--db', 'own.db']);
    const database = new DatabaseSync(workspace.path('own.db'));
    database.exec('PRAGMA user_version = 9999');
    database.close();
    expect((await fetch(`${serving.url}/readyz`)).status).toBe(503);
    expect((await fetch(`${serving.url}/healthz`)).status).toBe(200);
  });

  it('tells no sentence of what keeps it from starting, save how it was started wrongly', async () => {
    await using workspace = await createWorkspace();
    const missing = await workspace.run(['serve', '--port', '0', '--log', 'json', peculiar.file]);
    expect([missing.code, missing.stdout, peculiarIn(missing.stderr)]).toEqual([2, '', []]);
    const eventsOf = ({ stderr }: CliResult) => linesOf(stderr).map((line) => JSON.parse(line) as LogLine);
    expect(eventsOf(missing)).toMatchObject([
      { event: 'fault', error: { class: expect.stringContaining('Error') } },
    ]);
    const open = await workspace.run(['serve', '--host', '0.0.0.0', '--log', 'json']);
    expect(open.code).toBe(2);
    expect(eventsOf(open)).toMatchObject([
      {
        level: 'error',
        event: 'failed to start',
        message: expect.stringContaining('ANSWER_GRADER_TOKEN'),
      },
    ]);
  });
});

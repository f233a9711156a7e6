import { once } from 'node:events';
import { createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { startLoopbackModel } from '../helpers/loopback-model.ts';
import { createWorkspace, sampleId } from '../helpers/run-cli.ts';
import { startServing } from '../helpers/serving.ts';
import { addSmallChapter, smallTitle } from '../helpers/small-chapter.ts';

const smallId = '3-Indexes';

describe('serve', () => {
  it('grades a chapter that is handed in, by HTTP alone', async () => {
    await using workspace = await createWorkspace();
    await workspace.addSample({ rubric: true });
    await using serving = await startServing(workspace.folder, ['--judge', 'offline']);
    expect(await serving.get('/healthz')).toMatchObject({ status: 'ok' });
    const text = await workspace.read(`answers/${sampleId}.md`);
    const uploaded = await serving.send('POST', '/v1/chapters', { name: 'chapter.md', text });
    expect(uploaded.status).toBe(201);
    const path = `/v1/chapters/${encodeURIComponent(sampleId)}`;
    const started = await serving.send('POST', `${path}/runs`);
    expect(started.status).toBe(202);
    expect(await serving.ended(1)).toMatchObject({ state: 'finished' });
    const { grades } = await serving.get<{ grades: { id: number; score: number }[] }>(`${path}/grades`);
    expect(grades.length).toBeGreaterThan(10);
    serving.running.kill('SIGTERM');
    const { code, stdout, stderr } = await serving.running.result;
    expect([code, stdout]).toEqual([0, '']);
    expect(stderr).not.toMatch(/^ +at /mu);
  });

  it('prints one JSON document with its address under --json', async () => {
    await using workspace = await createWorkspace();
    await using serving = await startServing(workspace.folder, ['--judge', 'offline', '--json']);
    serving.running.kill('SIGINT');
    const { code, stdout } = await serving.running.result;
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ schemaVersion: 1, url: expect.stringContaining(serving.url) });
  });

  it('begins with the chapters that are named, and shows what the command line graded', async () => {
    await using workspace = await createWorkspace();
    await addSmallChapter(workspace);
    await workspace.addSample();
    await workspace.run(['grade', `answers/${sampleId}.md`, '--judge', 'offline']);
    await using serving = await startServing(workspace.folder, ['answers/indexes.md', '--judge', 'offline']);
    const { chapters } = await serving.get<{ chapters: object[] }>('/v1/chapters');
    expect(chapters).toMatchObject(
      [
        { id: sampleId, isUploaded: false, isGraded: true },
        { id: smallId, title: smallTitle, isUploaded: true, isGraded: false },
      ].sort((a, b) => a.id.localeCompare(b.id, 'ko', { numeric: true })),
    );
  });

  it('goes on with a run after it was killed, and asks nothing twice that was answered', async () => {
    await using workspace = await createWorkspace();
    await using model = await startLoopbackModel();
    await addSmallChapter(workspace);
    const env = { OPENAI_BASE_URL: model.baseUrl, OPENAI_API_KEY: 'key' };
    const stuck = Promise.withResolvers<undefined>();
    model.handleWith(({ index }) => (index === 0 ? undefined : stuck.promise));
    await using first = await startServing(
      workspace.folder,
      ['answers/indexes.md', '--concurrency', '1'],
      env,
    );
    await first.send('POST', `/v1/chapters/${smallId}/runs`);
    await model.received(2);
    first.running.kill('SIGKILL');
    await first.running.result;
    stuck.resolve(undefined);
    await using second = await startServing(workspace.folder, [], env);
    expect(await second.ended(1)).toMatchObject({ state: 'finished', totals: { graded: 3 } });
    expect(model.requests.length).toBeLessThanOrEqual(4);
  });

  it('gives a request up when its client goes away', async () => {
    await using workspace = await createWorkspace();
    await using model = await startLoopbackModel();
    const held = Promise.withResolvers<undefined>();
    model.handleWith(() => held.promise);
    const env = { OPENAI_BASE_URL: model.baseUrl, OPENAI_API_KEY: 'key' };
    await using serving = await startServing(workspace.folder, ['--concurrency', '1'], env);
    const client = new AbortController();
    const asked = fetch(`${serving.url}/v1/feedback`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ question: 'Q?', modelAnswer: 'Sorted keys.', answer: 'Keys that are sorted.' }),
      signal: client.signal,
    });
    await model.received(1);
    client.abort();
    await expect(asked).rejects.toThrow();
    // The one place is free again: another answer is asked about although the first was never replied to.
    model.handleWith(() => undefined);
    const next = await serving.send('POST', '/v1/feedback', {
      question: 'Q?',
      modelAnswer: 'Sorted keys.',
      answer: 'They are kept in order.',
    });
    expect((await next.json()) as object).toMatchObject({ grade: { state: 'graded' } });
    held.resolve(undefined);
  });

  it('demands a token where others can come in', async () => {
    await using workspace = await createWorkspace();
    const open = await workspace.run(['serve', '--host', '0.0.0.0', '--port', '0', '--judge', 'offline']);
    expect([open.code, open.stdout]).toEqual([2, '']);
    expect(open.stderr).toContain('ANSWER_GRADER_TOKEN');
    const short = await workspace.run(['serve', '--port', '0'], { env: { ANSWER_GRADER_TOKEN: 'short' } });
    expect(short.stderr).toContain('too short');

    for (const unsendable of ['a long secret of words', '길고 긴 비밀 열여섯 글자가 넘는 토큰']) {
      const refused = await workspace.run(['serve', '--port', '0'], {
        env: { ANSWER_GRADER_TOKEN: unsendable },
      });
      expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining('without spaces')]);
    }

    const token = 'a-long-enough-token';
    const env = { ANSWER_GRADER_TOKEN: token };
    await using serving = await startServing(
      workspace.folder,
      ['--judge', 'offline', '--host', '0.0.0.0'],
      env,
    );
    const local = serving.url;
    expect(local).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/u);
    expect((await fetch(`${local}/v1/chapters`)).status).toBe(401);
    const authorization = { authorization: `Bearer ${token}` };
    expect((await fetch(`${local}/v1/chapters`, { headers: authorization })).status).toBe(200);
  });

  it('says so when its port is taken', async () => {
    await using workspace = await createWorkspace();
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as { port: number };
    const taken = await workspace.run(['serve', '--port', String(port), '--judge', 'offline']);
    other.close();
    expect(taken.code).toBe(2);
    expect(taken.stderr).toContain(String(port));
    expect(taken.stderr).not.toMatch(/^ +at /mu);
  });
});

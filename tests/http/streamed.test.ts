import { inspect } from 'node:util';
import { expect, it, vi } from 'vitest';
import { streamed } from '../../src/http/streamed.ts';
import { cachingId, gradedTestService } from '../helpers/grading-service.ts';
import { listenForTest } from '../helpers/http-app.ts';
import { sendRaw } from '../helpers/http-raw.ts';

it('sends the pieces in order', async () => {
  expect(await new Response(await streamed(['가', 'b', '😀'], () => {})).text()).toBe('가b😀');
});

it('breaks off where a piece cannot be had, and says why', async () => {
  const said: unknown[] = [];
  function* pieces() {
    yield 'a';
    throw new Error('the disk is gone');
  }
  const body = await streamed(pieces(), (fault) => said.push(fault));
  await expect(new Response(body).text()).rejects.toThrow();
  expect(said).toEqual([new Error('the disk is gone')]);
});

it('fails at once, like anything else, where there is not even a first piece', async () => {
  const said: unknown[] = [];
  const broken: Iterable<string> = {
    [Symbol.iterator]: () => ({
      next: () => {
        throw new Error('the disk is gone');
      },
    }),
  };
  await expect(streamed(broken, (fault) => said.push(fault))).rejects.toThrow('the disk is gone');
  expect(said).toEqual([]);
});

it('makes no more pieces when the reader goes away', async () => {
  const { promise: closed, resolve } = Promise.withResolvers<string>();
  function* pieces() {
    try {
      for (;;) yield 'more';
    } finally {
      resolve('closed');
    }
  }
  const reader = (await streamed(pieces(), () => {})).getReader();
  await reader.read();
  await reader.cancel();
  expect(await closed).toBe('closed');
});

it('tells neither client nor console why it breaks off', async () => {
  const secret = '/srv/김비밀/grades.db';
  const printed = vi.spyOn(console, 'error').mockImplementation(() => {});
  const { service } = await gradedTestService();
  const { grades, ...rest } = await service.grades(cachingId);
  async function* broken() {
    for (let round = 0; round < 100; round += 1) yield* grades;
    throw new Error(secret);
  }
  const faults: unknown[] = [];
  const failing = { ...service, grades: async () => ({ ...rest, grades: broken() }) };
  await using server = await listenForTest(failing, { log: (fault) => faults.push(fault) });
  const reply = await sendRaw(server.port, [
    `GET /v1/chapters/${cachingId}/grades HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`,
  ]);
  expect(reply).toContain('"grades"');
  expect(reply).not.toContain('김비밀');
  expect(faults).toEqual([new Error(secret)]);
  expect(inspect(printed.mock.calls)).not.toContain('김비밀');
  printed.mockRestore();
});

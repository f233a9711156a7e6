import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { GradingService } from '../../src/app/grading-service.ts';
import { failureOf } from '../../src/app/run-refusals.ts';
import { tellRuns } from '../../src/app/watched-stores.ts';
import { openWatching } from '../../src/compose-watching.ts';
import { GraderError, InputError, ModelError, StoreError } from '../../src/core/errors.ts';
import { openTestService } from '../helpers/grading-service.ts';
import { jsonRequest, testApp } from '../helpers/http-app.ts';
import { createMemoryService } from '../helpers/memory-service.ts';
import { peculiar, peculiarId, peculiarIn } from '../helpers/peculiar.ts';

const { answer, member, keyInAddress } = peculiar;
const text = { ko: `${member}: ${answer}`, en: `${member}: ${answer}` };
const secrets = z.object({ [member]: z.int(), database: z.int() });

/** Faults as they come from the parts of the program, each with as much of people in it as it can hold. */
const faults: [string, () => unknown][] = [
  ['a refused value', () => secrets.parse({ [member]: answer, database: answer })],
  ['a broken document', () => JSON.parse(answer)],
  ['an address', () => new URL(`postgres://${keyInAddress}:${keyInAddress}@ `)],
  [
    'the database',
    () => {
      throw new StoreError(text, {
        place: { file: `/srv/${member}/grades.db`, line: 1 },
        cause: Object.assign(new Error(`duplicate key (${member})`), { code: '23505', detail: answer }),
      });
    },
  ],
  [
    'a name that is a function',
    () => {
      const byName = { [member]: () => Promise.reject(Object.assign(new Error(answer), { name: member })) };
      return byName[member]?.();
    },
  ],
  [
    'a sentence like a stack',
    () => {
      throw new Error(`${answer}\n    at ${member} (file:///${member}.ts:1:1)`);
    },
  ],
  [
    'an error of a kind that nobody knows',
    () => {
      throw new GraderError(text, { cause: new ModelError('bad_request', text) });
    },
  ],
];

async function watchedApp(changes: Partial<GradingService>) {
  const lines: string[] = [];
  const write = (line: string) => lines.push(line);
  const { log, prometheus } = await openWatching({
    ...{ format: 'json', process: 'serve', language: 'ko', withMetrics: true },
    write,
  });
  const service = { ...openTestService().service, ...changes };
  const app = testApp({ log: log.fault, onServed: log.request }, service);
  return { app, lines, metrics: async () => (await prometheus?.text()) ?? '' };
}

describe('neither log nor metrics tell', () => {
  test.each(faults)('what stands in a fault: %s', async (_, fail) => {
    const failing = async () => {
      await fail();
      throw new Error('this should have failed');
    };
    const { app, lines, metrics } = await watchedApp({ rubrics: failing, grades: failing });
    await app.request('/v1/rubrics');
    const { status } = await app.request(
      `/v1/chapters/${peculiarId}/grades?of=${encodeURIComponent(member)}`,
    );
    expect(status).toBe(500);
    const events = lines.map((line) => (JSON.parse(line) as { event: string }).event);
    expect(events).toEqual(['fault', 'request', 'fault', 'request']);
    expect(peculiarIn(lines.join(''))).toEqual([]);
    expect(await metrics()).toContain('answer_grader_faults_total 2');
    expect(peculiarIn(await metrics())).toEqual([]);
  });

  test('what a client sends that is refused', async () => {
    const { app, lines, metrics } = await watchedApp({});
    const sent: [string, RequestInit?][] = [
      [`/${peculiarId}`],
      [`/v1/${peculiarId}/x?${peculiarId}`],
      ['/v1/feedback', jsonRequest('POST', { [member]: answer })],
      ['/v1/feedback', { ...jsonRequest('POST', {}), body: `{"answer": "${answer}` }],
      ['/v1/chapters', { method: 'POST', body: answer, headers: { 'content-type': peculiar.keyInAddress } }],
      ['/login', { headers: { host: 'zq10x.test', 'x-request-id': peculiar.requestId } }],
    ];
    for (const [path, init] of sent) expect((await app.request(path, init)).status).toBeGreaterThan(399);
    expect(lines).toHaveLength(sent.length);
    expect(peculiarIn(lines.join('') + (await metrics()))).toEqual([]);
  });
});

test('of a run that failed the log tells a word, and nothing of its sentence', async () => {
  const lines: string[] = [];
  const write = (line: string) => lines.push(line);
  const { log, metrics } = await openWatching({
    ...{ format: 'json', process: 'worker', language: 'ko', withMetrics: false },
    write,
  });
  const notes = tellRuns(createMemoryService(), 2, log, metrics);
  const { id } = (await notes.addRun(peculiarId, {}, '2026-11-01T00:00:00.000Z'))!;
  await notes.changeRun(id, { failure: failureOf(new InputError(text)) });
  await notes.changeRun(id, { state: 'failed' });
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    { event: 'run ended', group: 2, run: id, state: 'failed', reason: 'input' },
  ]);
  expect(peculiarIn(lines.join(''))).toEqual([]);
});

test('what is looked for would be found', () => {
  for (const word of Object.values(peculiar)) {
    expect(peculiarIn(word), word).not.toEqual([]);
    expect(peculiarIn(encodeURIComponent(word)), word).not.toEqual([]);
    expect(peculiarIn(word.normalize('NFD')), word).not.toEqual([]);
  }
});

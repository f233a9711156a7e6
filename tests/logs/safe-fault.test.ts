import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { ModelError, StoreError } from '../../src/core/errors.ts';
import { safeFault } from '../../src/logs/safe-fault.ts';

const secret = '김비밀의 답';
/** This very file, as a place of an error thrown in it. */
const here = /^tests\/logs\/safe-fault\.test\.ts:\d+:\d+$/u;

function thrownBy(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}

describe('of an error', () => {
  test('class, code and places are told', () => {
    const error = Object.assign(new TypeError(secret), { code: 'ECONNREFUSED', detail: secret });
    const fault = safeFault(error);
    expect(fault).toEqual({ class: 'TypeError', code: 'ECONNREFUSED', at: fault.at });
    expect(fault.at[0]).toMatch(here);
    expect(fault.at.length).toBeGreaterThan(1);
    expect(fault.at.join('\n')).not.toMatch(/\(|^\//mu);
  });

  test('what it followed from is told in the same way, up to a point', () => {
    const text = { ko: secret, en: secret };
    let error: Error = new ModelError('quota_exhausted', text, { cause: secret });
    for (let depth = 0; depth < 10; depth += 1) error = new StoreError(text, { cause: error });
    const fault = safeFault(new StoreError(text, { cause: new ModelError('timeout', text) }));
    expect(fault).toMatchObject({ class: 'StoreError', cause: { class: 'ModelError', code: 'timeout' } });
    expect(JSON.stringify(safeFault(error)).match(/StoreError/gu)).toHaveLength(5);
    expect(JSON.stringify([fault, safeFault(error)])).not.toContain('김비밀');
  });

  test.each<[string, () => unknown]>([
    ['values that were refused', () => z.object({ [secret]: z.int() }).parse({ [secret]: secret })],
    ['a document that could not be parsed', () => JSON.parse(`{"member": "${secret}", answer`)],
    ['an address with a key', () => new URL(`http:// ${secret}`)],
    ['a text that is thrown', () => thrown(secret)],
    ['a path', () => thrown(Object.assign(new Error(`ENOENT: open '/srv/${secret}.md'`), { path: secret }))],
    ['a class of that name', () => thrown(Object.assign(new Error('x'), { name: secret }))],
    ['a code of that name', () => thrown(Object.assign(new Error('x'), { code: secret }))],
    ['a sentence that changed after it was thrown', () => thrown(changed())],
    ['a function of that name', () => ({ [secret]: () => thrown(new Error('x')) })[secret]?.()],
    ['a sentence like a stack', () => thrown(new Error(`${secret}\n    at ${secret} (file:///a.ts:1:2)`))],
  ])('%s is not', (_, work) => {
    const told = JSON.stringify(safeFault(thrownBy(work)));
    expect(told).toMatch(/^\{"class":"\w+"/u);
    expect(told).not.toMatch(/비밀|답|srv|a\.ts/u);
  });

  test('a sentence cannot pose as a place in the program', () => {
    const place = new URL('../../src/kim-secret.ts', import.meta.url).href;
    const posing = `line\n    at open (${place}:1:2)`;
    const { at } = safeFault(new Error(posing));
    expect(at[0]).toMatch(here);
    expect(at.join()).not.toContain('kim-secret');
  });

  test('that is none, only its kind is told', () => {
    expect(safeFault(secret)).toEqual({ class: 'string', at: [] });
    expect(safeFault(undefined)).toEqual({ class: 'undefined', at: [] });
  });
});

test('places in libraries and in Node are told without the folders that they lie in', () => {
  const error = new Error('x');
  error.stack = [
    'Error: x',
    '    at Client.query (/home/kim/app/node_modules/pg/lib/client.js:10:5)',
    '    at async file:///home/kim/app/node_modules/@hono/node-server/dist/index.mjs:1:2',
    '    at process.processTicksAndRejections (node:internal/process/task_queues:105:5)',
    '    at eval (file:///home/kim/notes.ts:1:1)',
  ].join('\n');
  expect(safeFault(error).at).toEqual([
    'node_modules/pg/lib/client.js:10:5',
    'node_modules/@hono/node-server/dist/index.mjs:1:2',
    'node:internal/process/task_queues:105:5',
  ]);
});

function thrown(value: unknown): never {
  throw value;
}

function changed(): Error {
  const error = new Error(`${secret}\n    at ${secret}`);
  error.message = 'another one';
  return error;
}

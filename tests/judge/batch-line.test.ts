import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { batchLine, readBatchLine, splitIntoFiles } from '../../src/judge/batch-line.ts';

describe('batchLine', () => {
  it('is what the Batch API asks for, on one line', () => {
    const line = batchLine('key-1', { model: 'm', messages: [{ role: 'user', content: 'two\nlines' }] });
    expect(line.indexOf('\n')).toBe(line.length - 1);
    expect(JSON.parse(line)).toEqual({
      custom_id: 'key-1',
      method: 'POST',
      url: '/v1/chat/completions',
      body: { model: 'm', messages: [{ role: 'user', content: 'two\nlines' }] },
    });
  });
});

describe('readBatchLine', () => {
  const read = (line: object) => readBatchLine(JSON.stringify(line));

  it('gives the body of a response', () => {
    const response = { status_code: 200, request_id: 'r', body: { choices: [] } };
    expect(read({ id: 'b', custom_id: 'k', response, error: null })).toEqual({
      key: 'k',
      body: { choices: [] },
    });
  });

  it.each<[string, object, { code: string; message: string }]>([
    [
      'an error of the batch',
      { response: null, error: { code: 'batch_expired', message: 'Too late.' } },
      { code: 'batch_expired', message: 'Too late.' },
    ],
    [
      'an error of the request',
      { response: { status_code: 400, body: { error: { code: 'bad', message: 'No.' } } }, error: null },
      { code: 'bad', message: 'No.' },
    ],
    [
      'an error without words',
      { response: { status_code: 500, body: 'oops' } },
      { code: '500', message: '' },
    ],
    [
      'an error whose code is none',
      { response: { status_code: 429, body: { error: { code: null, message: 'Slow.' } } } },
      { code: '429', message: 'Slow.' },
    ],
    ['nothing at all', { response: null, error: null }, { code: 'no_response', message: '' }],
  ])('gives %s as a failure', (_name, line, failure) => {
    expect(read({ custom_id: 'k', ...line })).toEqual({ key: 'k', failure });
  });

  it.each(['', 'not JSON', '[]', '{"id":"b"}', '{"custom_id":7}'])('%j names no request', (line) => {
    expect(readBatchLine(line)).toBeNull();
  });
});

describe('splitIntoFiles', () => {
  const sizes = fc.array(fc.nat({ max: 50 }).map((bytes) => ({ bytes })));

  it('keeps every request once, in order', () => {
    fc.assert(
      fc.property(sizes, (requests) => {
        expect(splitIntoFiles(requests, { requests: 3, bytes: 60 }).flat()).toEqual(requests);
      }),
    );
  });

  it('keeps each file within the limits, and opens one only when the last is full', () => {
    fc.assert(
      fc.property(sizes, (requests) => {
        const files = splitIntoFiles(requests, { requests: 3, bytes: 60 });
        const bytesOf = (file: { bytes: number }[]) => file.reduce((sum, { bytes }) => sum + bytes, 0);
        for (const [index, file] of files.entries()) {
          expect(file.length).toBeLessThanOrEqual(3);
          expect(bytesOf(file)).toBeLessThanOrEqual(60);
          const next = files[index + 1]?.[0];
          if (next) expect(file.length === 3 || bytesOf(file) + next.bytes > 60).toBe(true);
        }
      }),
    );
  });

  it('gives a request that is too large a file of its own', () => {
    const files = splitIntoFiles([{ bytes: 1 }, { bytes: 99 }, { bytes: 1 }], { requests: 9, bytes: 60 });
    expect(files.map((file) => file.map(({ bytes }) => bytes))).toEqual([[1], [99], [1]]);
  });

  it('has limits of 50,000 requests and 190 MB', () => {
    const small = Array.from({ length: 50_001 }, () => ({ bytes: 1 }));
    expect(splitIntoFiles(small).map((file) => file.length)).toEqual([50_000, 1]);
    expect(splitIntoFiles([{ bytes: 190_000_000 }, { bytes: 1 }])).toHaveLength(2);
  });
});

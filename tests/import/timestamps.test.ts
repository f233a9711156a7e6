import { describe, expect, test } from 'vitest';
import { readTimestamps } from '../../src/import/timestamps.ts';

const at = (iso: string) => Date.parse(iso);

describe('readTimestamps', () => {
  test.each([
    ['2026/03/02 9:05:11 오후 GMT+9', '2026-03-02T12:05:11Z'],
    ['2026. 3. 2 오전 12:00:01', '2026-03-02T00:00:01Z'],
    ['2026년 3월 2일 오후 12:30', '2026-03-02T12:30:00Z'],
    ['2026-03-02 21:05:11', '2026-03-02T21:05:11Z'],
    ['2026-03-02T21:05:11.250Z', '2026-03-02T21:05:11Z'],
    ['2026-03-02T21:05:11-05:30', '2026-03-03T02:35:11Z'],
    ['2026/03/02', '2026-03-02T00:00:00Z'],
    ['3/22/2026 9:05:11 PM', '2026-03-22T21:05:11Z'],
    ['22/03/2026 21:05:11', '2026-03-22T21:05:11Z'],
    ['3/22/26 21:05', '2026-03-22T21:05:00Z'],
  ])('reads %s', (written, iso) => {
    expect(readTimestamps([written])).toEqual([at(iso)]);
  });

  test('tells the month from the day by another row of the column', () => {
    expect(readTimestamps(['2/3/2026 8:00', '25/2/2026 8:00'])).toEqual([
      at('2026-03-02T08:00:00Z'),
      at('2026-02-25T08:00:00Z'),
    ]);
  });

  test.each([['2/3/2026 8:00'], ['yesterday'], [''], ['2026/13/01 8:00'], ['12:30']])(
    'does not guess %j',
    (written) => {
      expect(readTimestamps([written])).toEqual([null]);
    },
  );
});

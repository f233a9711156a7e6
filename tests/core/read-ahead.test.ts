import { describe, expect, it } from 'vitest';
import { readAhead } from '../../src/core/read-ahead.ts';

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);

/** Reads numbers and keeps how many were asked for at the same moment. */
function counted() {
  const together: number[] = [];
  let now = 0;
  const read = async (item: number) => {
    now += 1;
    if (now === 1)
      queueMicrotask(() => {
        together.push(now);
        now = 0;
      });
    return `${item}`;
  };
  return { together, read };
}

describe('items that are read ahead', () => {
  it.each([0, 1, 99, 100, 101, 250])('come in their order, each once, where there are %i', async (count) => {
    const { read, together } = counted();
    expect(await Array.fromAsync(readAhead(numbers(count), read))).toEqual(numbers(count).map(String));
    expect(together.reduce((sum, some) => sum + some, 0)).toBe(count);
    expect(together).toHaveLength(Math.ceil(count / 100));
  });

  it('are not read before the ones before them are used', async () => {
    const { read, together } = counted();
    for await (const item of readAhead(numbers(250), read)) if (item === '99') break;
    expect(together).toEqual([100]);
  });

  it('end with what reading throws', async () => {
    const reading = readAhead([1, 2], (item) => {
      if (item === 2) throw new Error('gone');
      return item;
    });
    await expect(Array.fromAsync(reading)).rejects.toThrow('gone');
  });
});

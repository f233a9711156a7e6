import { describe, expect, it } from 'vitest';
import { createSentLog } from '../../src/judge/sent-log.ts';
import { handClock } from '../helpers/hand-clock.ts';

function logWith(count: number, { everyMs, together }: { everyMs: number; together: (n: number) => number }) {
  const clock = handClock(0);
  const log = createSentLog(clock.options.now);
  const all = Array.from({ length: count }, (_, index) => {
    clock.tick(everyMs);
    return log.note(together(index + 1));
  });
  const [first] = all;
  const last = all.at(-1);
  if (!first || !last) throw new Error('nothing was sent');
  return { log, all, first, last };
}

describe('createSentLog', () => {
  it('counts what went through after a request, and up to another', () => {
    const { log, all, first } = logWith(6, { everyMs: 1, together: () => 1 });
    for (const sent of all) sent.isRefused = sent.number === 3;
    expect(log.passedBetween(first)).toBe(4);
    expect(log.passedBetween(first, all[3])).toBe(2);
    expect(log.count()).toBe(6);
  });

  it('measures the last second, refusals left out', () => {
    const { log, all, last } = logWith(100, { everyMs: 20, together: () => 5 });
    expect(log.passedPerMs(0, last)).toBeCloseTo(0.05, 3);
    for (const sent of all) sent.isRefused = sent.number % 2 === 0;
    expect(log.passedPerMs(0, last)).toBeCloseTo(0.025, 3);
  });

  it('measures nothing that goes back before a time, or too far', () => {
    const { log, last } = logWith(100, { everyMs: 20, together: () => 5 });
    expect(log.passedPerMs(1500, last)).toBeNull();
    const slow = logWith(30, { everyMs: 1000, together: () => 1 });
    expect(slow.log.passedPerMs(0, slow.last)).toBeNull();
  });

  it('sees that only what was sent beside many others was refused', () => {
    const { log, all, last } = logWith(40, { everyMs: 1, together: (n) => (n % 4 === 0 ? 11 : 10) });
    for (const sent of all) sent.isRefused = sent.together > 10;
    expect(log.mostTogether(last)).toBe(10);
  });

  it('sees no such thing where as many together went through', () => {
    const { log, all, last } = logWith(40, { everyMs: 1, together: () => 10 });
    for (const sent of all) sent.isRefused = sent.number % 4 === 0;
    expect(log.mostTogether(last)).toBeNull();
  });
});

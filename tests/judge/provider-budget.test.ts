import { describe, expect, it } from 'vitest';
import { createProviderBudget } from '../../src/judge/provider-budget.ts';
import { createSentLog } from '../../src/judge/sent-log.ts';
import { handClock } from '../helpers/hand-clock.ts';

function setUp() {
  const clock = handClock(0);
  const log = createSentLog(clock.options.now);
  return { clock, log, budget: createProviderBudget(log, clock.options.now) };
}

describe('createProviderBudget', () => {
  it('knows nothing before the first headers, nor where nothing is missing', () => {
    const { log, budget } = setUp();
    expect(budget.waitFor(1)).toBe(0);
    budget.learn({ limit: 50, remaining: 50, resetMs: 0 }, log.note(1), 1);
    expect(budget.waitFor(1)).toBe(0);
  });

  it('waits until enough flowed back, a reserve included', () => {
    const { clock, log, budget } = setUp();
    budget.learn({ limit: 100, remaining: 0, resetMs: 10_000 }, log.note(1), 1);
    expect(budget.waitFor(1)).toBe(500);
    clock.tick(400);
    expect(budget.waitFor(1)).toBeCloseTo(100);
  });

  it('reckons with what was sent after the request that the headers speak of', () => {
    const { log, budget } = setUp();
    const [first, second] = [log.note(1), log.note(2)];
    for (let together = 3; together <= 10; together += 1) log.note(together);
    budget.learn({ limit: 100, remaining: 13, resetMs: 8700 }, first, 1);
    expect(budget.waitFor(1)).toBeCloseTo(100);
    second.isRefused = true;
    expect(budget.waitFor(1)).toBe(0);
  });

  it('takes no news from a reply that was overtaken', () => {
    const { log, budget } = setUp();
    const [first, second] = [log.note(1), log.note(2)];
    budget.learn({ limit: 100, remaining: 0, resetMs: 10_000 }, second, 1);
    budget.learn({ limit: 100, remaining: 99, resetMs: 100 }, first, 1);
    expect(budget.waitFor(1)).toBe(500);
  });

  it('goes on after an outage in which no headers came', () => {
    const { clock, log, budget } = setUp();
    budget.learn({ limit: 100, remaining: 50, resetMs: 1000 }, log.note(1), 1);
    let sent = 0;
    for (let step = 0; step < 10_000; step += 1) {
      clock.tick(10);
      if (budget.waitFor(1) > 0) continue;
      log.note(1);
      sent += 1;
    }
    // 100 s at the 50 a second that the headers spoke of.
    expect(sent).toBeGreaterThan(4000);
    expect(sent).toBeLessThan(5200);
  });

  it('never waits beyond the reset', () => {
    const { clock, log, budget } = setUp();
    const first = log.note(1);
    for (let together = 2; together <= 300; together += 1) log.note(together);
    budget.learn({ limit: 100, remaining: 0, resetMs: 10_000 }, first, 1);
    expect(budget.waitFor(1)).toBe(10_000);
    clock.tick(4000);
    expect(budget.waitFor(1)).toBe(6000);
  });

  it('is no measure where nothing is left time and again and nothing is refused, until something is', () => {
    const { log, budget } = setUp();
    for (let reply = 0; reply < 20; reply += 1) {
      expect(budget.waitFor(1) > 0).toBe(reply > 0);
      budget.learn({ limit: 500, remaining: 3, resetMs: 60_000 }, log.note(1), 1);
    }
    expect(budget.waitFor(1)).toBe(0);
    budget.refused();
    expect(budget.waitFor(1)).toBeGreaterThan(0);
  });
});

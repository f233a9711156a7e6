import { describe, expect, it } from 'vitest';
import { createSharedBudget } from '../../src/judge/shared-budget.ts';

/** An account that gives the answers of a script and throws when asked more. */
function scriptedAccount(rooms: ('reserved' | 'wait' | 'over')[]) {
  const settled: [number, number][] = [];
  return {
    settled,
    async reserve() {
      const room = rooms.shift();
      if (!room) throw new Error('asked more than the script');
      return room;
    },
    async settle(amount: number, cost: number) {
      settled.push([amount, cost]);
    },
  };
}

describe('a budget that others draw on', () => {
  it('waits as long as others may spend less than feared', async () => {
    const account = scriptedAccount(['wait', 'wait', 'reserved']);
    const waits: number[] = [];
    const budget = createSharedBudget(account, 1, async (ms) => void waits.push(ms));
    await budget.reserve(0.1);
    expect(waits).toEqual([200, 200]);
    await budget.settle(0.1, 0.02);
    expect(account.settled).toEqual([[0.1, 0.02]]);
  });

  it('says so when it is used up', async () => {
    const budget = createSharedBudget(scriptedAccount(['over']), 1.5, async () => {});
    await expect(budget.reserve(0.1)).rejects.toMatchObject({ failure: 'over_budget' });
  });

  it('does not wait for what is not wanted any more', async () => {
    const gone = new Error('stopped');
    const budget = createSharedBudget(scriptedAccount(['wait']), 1, () => Promise.reject(gone));
    await expect(budget.reserve(0.1)).rejects.toBe(gone);
  });
});

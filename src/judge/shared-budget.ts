import { type Budget, overBudget } from './budget.ts';

/** A limit on cost that stands where all who work on a run find it. Amounts are US dollars. */
export interface SharedAccount {
  /** Sets an amount aside, if there is room for it now, or says whether there may be later. */
  reserve(amount: number): Promise<'reserved' | 'wait' | 'over'>;
  settle(amount: number, cost: number): Promise<void>;
}

/** How long to wait before it is looked again whether others have spent less than feared. */
const lookAgainMs = 200;

/**
 * A budget over an account that others draw on as well.
 * @param maxCostUsd US dollars that may be spent in all
 */
export function createSharedBudget(
  account: SharedAccount,
  maxCostUsd: number,
  wait: (ms: number) => Promise<void>,
): Budget {
  return {
    async reserve(amount) {
      for (;;) {
        const room = await account.reserve(amount);
        if (room === 'reserved') return;
        if (room === 'over') throw overBudget(maxCostUsd);
        await wait(lookAgainMs);
      }
    },
    settle: (amount, cost) => account.settle(amount, cost),
  };
}

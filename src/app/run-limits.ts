import type { RequestedRun, RunOptions } from '../core/requested-run.ts';
import type { Budget } from '../judge/budget.ts';
import { type RunControl, stoppedError } from '../judge/run-control.ts';
import { createSharedBudget } from '../judge/shared-budget.ts';
import type { SharedPace } from '../judge/shared-pace.ts';
import type { ServiceParts } from './service-parts.ts';

/** What a run keeps to, whoever works on it; null where there is no limit. */
export interface RunLimits {
  budget: Budget | null;
  pace: SharedPace | null;
}

/** For what asks nobody. */
export const noLimits: RunLimits = { budget: null, pace: null };

/** The smaller of two limits; null is none. */
function smaller(most: number | null, own: number | undefined): number | undefined {
  return most === null ? own : Math.min(most, own ?? most);
}

/** A run may cost less than the service allows and send fewer requests a minute, never more. */
export function withinLimits(
  options: RunOptions,
  { maxCostUsd, modelRequestsPerMinute }: Pick<ServiceParts, 'maxCostUsd' | 'modelRequestsPerMinute'>,
): RunOptions {
  return {
    ...options,
    maxCostUsd: smaller(maxCostUsd, options.maxCostUsd),
    modelRequestsPerMinute: smaller(modelRequestsPerMinute, options.modelRequestsPerMinute),
  };
}

/**
 * The limits of a run for one of its portions.
 * @param control ends waiting for them
 */
export function limitsOf(
  parts: ServiceParts,
  { id, options }: RequestedRun,
  portion: number,
  control: RunControl,
): RunLimits {
  const { work, now, wait } = parts;
  const { maxCostUsd, modelRequestsPerMinute } = withinLimits(options, parts);
  return {
    budget:
      maxCostUsd === undefined
        ? null
        : createSharedBudget(
            {
              reserve: async (amount) => work.reserve(id, portion, amount, maxCostUsd),
              settle: async (amount, cost) => work.settle(id, portion, amount, cost),
            },
            maxCostUsd,
            async (ms) => {
              await wait(ms, control.abandoned);
              if (control.abandoned.aborted) throw stoppedError();
            },
          ),
    pace:
      modelRequestsPerMinute === undefined
        ? null
        : {
            nextTurn: async () => work.nextTurn(id, modelRequestsPerMinute, now().getTime()),
            pause: async (ms) => work.pause(id, ms, now().getTime()),
          },
  };
}

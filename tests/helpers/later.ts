import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Scheduler } from 'fast-check';

/** A port of which every call takes its time. */
export type Later<Port> = {
  [Name in keyof Port]: Port[Name] extends (...given: infer Given) => infer Result
    ? (...given: Given) => Promise<Awaited<Result>>
    : Port[Name];
};

/** A port whose calls wait before and after their work; what is changed in it later on is changed here too. */
function waiting<Port extends object>(port: Port, wait: (name: string) => Promise<unknown>): Later<Port> {
  const own = port as Record<string, (...given: unknown[]) => unknown>;
  const slow = Object.keys(own).map((name) => [
    name,
    async (...given: unknown[]) => {
      await wait(`${name} sets out`);
      try {
        return await own[name]?.(...given);
      } finally {
        await wait(`${name} returns`);
      }
    },
  ]);
  return Object.fromEntries(slow) as Later<Port>;
}

/**
 * Answers as one elsewhere does: a call does its work with the next turn of the event loop, and its caller hears of
 * it with the one after; what it throws rejects. Calls that are made at once are done in their order.
 */
export function later<Port extends object>(port: Port): Later<Port> {
  return waiting(port, () => nextTurn());
}

/** The same, but calls overtake each other as a scheduler says. */
export function scheduled<Port extends object>(port: Port, scheduler: Scheduler): Later<Port> {
  return waiting(port, (name) => scheduler.schedule(Promise.resolve(), name));
}

/** Lets everything happen that is due without waiting, calls of {@link later} included. */
export async function settleLater(): Promise<void> {
  for (let turn = 0; turn < 40; turn += 1) await nextTurn();
}

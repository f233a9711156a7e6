import type { Awaitable } from '../core/awaitable.ts';
import { noUsage } from '../core/grade.ts';
import type { Localized } from '../core/localized.ts';
import type { Judge, Material } from './judge.ts';

/**
 * A judge that leaves some answers for later, as a stopped run does: nothing is asked about them, and nothing
 * comes of it but that they have no grade yet.
 * @param reasonFor why an answer is left, or null when it is to be judged
 */
export function withHold(
  inner: Judge,
  reasonFor: (material: Material) => Awaitable<Localized | null>,
): Judge {
  return {
    ...inner,
    async judge(material, signal) {
      const detail = await reasonFor(material);
      if (detail === null) return inner.judge(material, signal);
      return { ungraded: 'awaiting_reply', detail, models: [], usage: noUsage };
    },
  };
}

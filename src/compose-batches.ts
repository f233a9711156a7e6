import { createHold, type Hold } from './app/batch-hold.ts';
import type { Endpoint, JudgeConfig } from './app/config.ts';
import { checkPriceKnown, identityOf, openPriceList, openTokenCounter } from './compose-judging.ts';
import { openClaims } from './compose-network.ts';
import { mostItCanCost } from './judge/budget.ts';
import type { ChatRequest, ReplyStore } from './judge/chat-model.ts';
import type { RunControl } from './judge/run-control.ts';
import type { BatchStore } from './store/batch-store.ts';
import { newRunName } from './store/run-life.ts';

/** Stands among the claimed requests, whose identities are hexadecimal, for the right to hand batches over. */
const handingOver = 'handing batches over';

/** Which requests other runs are just asking directly. */
export function askedByOthers(replies: ReplyStore): (keys: readonly string[]) => Promise<Set<string>> {
  return async (keys) => {
    const run = newRunName();
    const free = await replies.claimReplies(keys, run, Date.now());
    // A look is enough: soon they are noted as part of a batch, where other runs look before they ask.
    await replies.releaseReplies([...free], run);
    return new Set(keys.filter((key) => !free.has(key)));
  };
}

/** After this long somebody who waits for another run is told so. */
const untilToldMs = 1000;

/**
 * Does what changes batches that are not handed over yet; on one database one run after the other does so.
 * @param onWait told when another run is at it
 * @throws ModelError `aborted` when the run is stopped while it waits
 */
export async function handingOverAlone<T>(
  replies: ReplyStore,
  control: RunControl,
  onWait: () => void,
  work: () => Promise<T>,
): Promise<T> {
  const claims = openClaims({ replies, control });
  const timer = setTimeout(onWait, untilToldMs);
  try {
    await claims.take(handingOver);
  } finally {
    clearTimeout(timer);
  }
  try {
    return await work();
  } finally {
    await claims.giveBack(handingOver);
  }
}

/**
 * What a request can cost at most, US dollars at list price.
 * @param isLimited a limit on cost depends on it
 * @returns null when the model's price is not known
 * @throws ConfigError when it is not known and a limit depends on it
 */
export async function openMostCost(
  endpoint: Endpoint,
  isLimited: boolean,
): Promise<((request: ChatRequest) => number) | null> {
  if (isLimited) await checkPriceKnown(endpoint);
  const prices = await openPriceList(endpoint);
  const usage = { inputTokens: 1000, cachedInputTokens: 0, outputTokens: 1000 };
  if (prices.costOf(endpoint.model, usage) === null) return null;
  const countTokens = await openTokenCounter();
  return (request) => mostItCanCost(request, { prices, countTokens });
}

/**
 * What keeps a run from asking about some answers.
 * @param storedOnly only kept replies may be used
 */
export function openHold(
  { endpoints, samples }: Extract<JudgeConfig, { kind: 'llm' }>,
  storedOnly: boolean,
  parts: { replies: Pick<ReplyStore, 'findReply'>; batches: BatchStore },
): Hold {
  const asked = endpoints.flatMap((endpoint) =>
    Array.from({ length: samples }, (_, sample) => ({
      model: endpoint.model,
      endpoint: identityOf(endpoint),
      sample,
      varied: samples > 1,
    })),
  );
  return createHold({ asked, storedOnly, ...parts });
}

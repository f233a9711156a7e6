import type { LoopbackModel, RecordedRequest } from '../helpers/loopback-model.ts';

/** The key that a request came with, by which processes are told apart. */
export function senderOf({ headers }: RecordedRequest): string {
  return (headers.authorization ?? '').replace('Bearer ', '');
}

/** Replies of a fake model that a test keeps back. */
export interface HeldReplies {
  /** Keeps replies back once so many more were given. @returns what lets them go, and all that follow */
  holdAfter(count: number): () => void;
  /** Requests without a reply so far, of one sender or of all. */
  held(sender?: string): number;
  /** Resolves when so many replies are kept back from each of these. */
  holds(count: number, ...senders: string[]): Promise<void>;
}

export function holdReplies(model: LoopbackModel): HeldReplies {
  const held = new Map<number, string>();
  let left = Number.POSITIVE_INFINITY;
  let released = Promise.withResolvers<undefined>();
  let waiting: { isThere: () => boolean; resolve: () => void }[] = [];
  const heldFrom = (sender?: string) =>
    [...held.values()].filter((one) => sender === undefined || one === sender).length;

  model.handleWith(async (request) => {
    left -= 1;
    if (left >= 0) return undefined;
    held.set(request.index, senderOf(request));
    for (const { isThere, resolve } of waiting) if (isThere()) resolve();
    waiting = waiting.filter(({ isThere }) => !isThere());
    await released.promise;
    held.delete(request.index);
    return undefined;
  });

  return {
    held: heldFrom,
    holdAfter(count) {
      left = count;
      released = Promise.withResolvers();
      return () => {
        left = Number.POSITIVE_INFINITY;
        released.resolve(undefined);
      };
    },
    holds: (count, ...senders) =>
      new Promise((resolve) => {
        const isThere = () => senders.every((sender) => heldFrom(sender) >= count);
        if (isThere()) resolve();
        else waiting.push({ isThere, resolve });
      }),
  };
}

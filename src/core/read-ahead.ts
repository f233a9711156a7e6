import type { Awaitable } from './awaitable.ts';

/** So many are read at the same moment. */
const atOnce = 100;

/**
 * What items stand for, in their order. Some are read at the same moment, so that a place that is asked for them may
 * bring them together; the next ones only when somebody asks, so that many need no more memory than a few.
 * @throws what `read` throws
 */
export async function* readAhead<Item, Read>(
  items: Iterable<Item>,
  read: (item: Item) => Awaitable<Read>,
): AsyncGenerator<Read> {
  let waiting: Item[] = [];
  for (const item of items) {
    if (waiting.push(item) < atOnce) continue;
    yield* await Promise.all(waiting.map(read));
    waiting = [];
  }
  yield* await Promise.all(waiting.map(read));
}

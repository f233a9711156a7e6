import { openBossQueue } from '../../src/queue/boss-queue.ts';

/** A worker that says which job it has taken and never ends it, for tests that kill it. */
const [address = ''] = process.argv.slice(2);
const queue = await openBossQueue(address, {
  onFault(error) {
    throw error;
  },
});
await queue.work(
  {
    handle(job) {
      process.send?.(job);
      return new Promise<void>(() => {});
    },
    async giveUp() {},
  },
  1,
);

import { expect, it } from 'vitest';
import { openQueue } from '../src/compose-queue.ts';
import { StoreError } from '../src/core/errors.ts';
import { ask, describePostgres } from './helpers/postgres.ts';
import { job } from './queue/watched.ts';

describePostgres('the queue of a PostgreSQL database', (database) => {
  it('says in a sentence that no server is there', async () => {
    const nowhere = new URL(database.address());
    nowhere.port = '1';
    const opening = openQueue(nowhere.href, () => undefined);
    await expect(opening).rejects.toThrow(StoreError);
    await expect(opening).rejects.toThrow('PostgreSQL cannot be reached');
  });

  it('says in a sentence what goes wrong with jobs', async () => {
    const queue = await openQueue(database.address(), () => undefined);
    await ask(database.address(), 'ALTER SCHEMA answer_grader_jobs RENAME TO elsewhere');
    try {
      await expect(queue.add([job()])).rejects.toThrow(StoreError);
      await expect(queue.length()).rejects.toThrow(StoreError);
    } finally {
      await ask(database.address(), 'ALTER SCHEMA elsewhere RENAME TO answer_grader_jobs');
      await queue.close();
    }
  });
});

import { createPostgresBatches } from '../../src/store/postgres-batches.ts';
import { openPostgresGroup } from '../../src/store/postgres-group.ts';
import { createPostgresRunWork } from '../../src/store/postgres-run-work.ts';
import { createPostgresService } from '../../src/store/postgres-service.ts';
import { describePostgres } from '../helpers/postgres.ts';
import { describeBatches } from './batches-contract.ts';
import { describeRunWork } from './run-work-contract.ts';
import { describeServiceStore } from './service-contract.ts';

describePostgres('a service in PostgreSQL', ({ address, openGroup }) => {
  describeServiceStore('uploads and requested runs', async () => createPostgresService(await openGroup()));
  describeBatches('batches', async () => createPostgresBatches(await openGroup()));
  describeRunWork('work on runs', async () => {
    const database = await openGroup();
    const again = await openPostgresGroup(address(), database.name);
    return { work: createPostgresRunWork(database), service: createPostgresService(again) };
  });
});

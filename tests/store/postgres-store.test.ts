import { createPostgresStore } from '../../src/store/postgres-store.ts';
import { describePostgres } from '../helpers/postgres.ts';
import { describeStore } from './store-contract.ts';

describePostgres('PostgreSQL', ({ openGroup }) => {
  describeStore('PostgreSQL store', async () => createPostgresStore(await openGroup()));
});

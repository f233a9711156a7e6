import { expect, it } from 'vitest';
import { openPostgresGroups } from '../../src/store/postgres-groups.ts';
import { isPostgresReady } from '../../src/store/postgres-ready.ts';
import { describePostgres } from '../helpers/postgres.ts';

it('nothing is ready where nobody listens', async () => {
  expect(await isPostgresReady('postgres://127.0.0.1:1/nowhere')).toBe(false);
});

describePostgres('a database', ({ address }) => {
  it('is ready once it has the form that this version knows', async () => {
    expect(await isPostgresReady(address())).toBe(false);
    const groups = await openPostgresGroups(address());
    await groups.close();
    expect(await isPostgresReady(address())).toBe(true);
  });
});

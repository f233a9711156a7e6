import { groupIn } from './core/postgres-address.ts';
import type { CopyPlace } from './store/copy.ts';
import { createPostgresCopy } from './store/copy-postgres.ts';
import type { GroupStore } from './store/group-store.ts';
import type { GroupStores } from './store/group-stores.ts';
import { createPostgresBatches } from './store/postgres-batches.ts';
import { openPostgresGroup } from './store/postgres-group.ts';
import { openPostgresGroups } from './store/postgres-groups.ts';
import { createPostgresRunWork } from './store/postgres-run-work.ts';
import { createPostgresService } from './store/postgres-service.ts';
import { createPostgresStore } from './store/postgres-store.ts';

/**
 * Opens a group's part of a PostgreSQL database.
 * @param place its address, with the group's name where it is not the default one: `?group=class-a`
 * @throws StoreError
 */
export async function openGroupStores(place: string): Promise<GroupStores> {
  const { address, group } = groupIn(place);
  const database = await openPostgresGroup(address, group);
  return {
    store: createPostgresStore(database),
    batches: createPostgresBatches(database),
    notes: createPostgresService(database),
    work: createPostgresRunWork(database),
  };
}

/**
 * Opens a group's part of a PostgreSQL database to be copied out of or into.
 * @param place its address, as above
 * @throws StoreError
 */
export async function openGroupCopy(place: string): Promise<CopyPlace> {
  const { address, group } = groupIn(place);
  return createPostgresCopy(await openPostgresGroup(address, group));
}

/**
 * Opens the groups of a PostgreSQL database.
 * @param place its address; a group that it names is of no concern
 * @throws StoreError where the database cannot be reached or used
 */
export async function openGroups(place: string): Promise<GroupStore> {
  return openPostgresGroups(groupIn(place).address);
}

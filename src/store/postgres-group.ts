import { type Database, openPostgres, type Waiting } from './postgres-database.ts';
import { defaultGroup, openGroup } from './postgres-migrate.ts';
import { schemaOf } from './postgres-migrations.ts';

/** A group's part of a PostgreSQL database: its tables stand in a schema of their own. */
export interface GroupDatabase extends Database {
  name: string;
  /** The group's number. */
  group: number;
  /** The name of its schema, to stand before the names of tables; it needs no quotes. */
  schema: string;
}

/**
 * Opens a group's tables in the newest form.
 * @param group its name; the default group, made where there is none, when left out
 * @param time how waiting is done; really when left out
 * @throws StoreError when the database cannot be reached, a newer program made it, or there is no such group
 */
export async function openPostgresGroup(
  address: string,
  group = defaultGroup,
  time?: Waiting,
): Promise<GroupDatabase> {
  const database = openPostgres(address, time);
  try {
    const id = await openGroup(database, group);
    return { ...database, name: group, group: id, schema: schemaOf(id) };
  } catch (error) {
    await database.close();
    throw error;
  }
}

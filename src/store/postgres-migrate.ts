import { StoreError } from '../core/errors.ts';
import type { Database, Session } from './postgres-database.ts';
import { madeByNewer } from './postgres-errors.ts';
import { groupMigrations, lockFamily, sharedMigrations, sharedSchema } from './postgres-migrations.ts';

/** Lets nobody else change the form of the database until the transaction ends. */
async function lockForm(session: Session): Promise<void> {
  await session.rows('SELECT pg_advisory_xact_lock($1, 0)', [lockFamily]);
}

async function sharedVersion(session: Session): Promise<number> {
  // To look into the catalog's table, not to ask for the name: names that were not there are remembered.
  const [found] = await session.rows<{ isThere: boolean }>(
    `SELECT EXISTS (
      SELECT FROM pg_catalog.pg_tables WHERE schemaname = $1 AND tablename = 'version'
    ) AS "isThere"`,
    [sharedSchema],
  );
  if (!found?.isThere) return 0;
  const [row] = await session.rows<{ version: number }>(`SELECT version FROM ${sharedSchema}.version`);
  return row?.version ?? 0;
}

/**
 * Brings what all groups share to the newest form.
 * @throws StoreError when a newer program made it
 */
export async function migrateShared(database: Database): Promise<void> {
  const newest = sharedMigrations.length;
  const before = await sharedVersion(database);
  if (before > newest) throw madeByNewer(database.address);
  if (before === newest) return;
  await database.together(async (session) => {
    await lockForm(session);
    const version = await sharedVersion(session);
    if (version > newest) throw madeByNewer(database.address);
    for (const statements of sharedMigrations.slice(version)) await session.change(statements);
    await session.change(`UPDATE ${sharedSchema}.version SET version = $1`, [newest]);
  });
}

/**
 * Brings a group's tables to the newest form, or makes them.
 * @param session a transaction
 * @param address of the database, for messages
 * @throws StoreError when a newer program made them
 */
export async function migrateGroup(session: Session, group: number, address: string): Promise<void> {
  const [row] = await session.rows<{ version: number }>(
    `SELECT version FROM ${sharedSchema}.groups WHERE id = $1 FOR UPDATE`,
    [group],
  );
  const version = row?.version ?? 0;
  if (version > groupMigrations.length) throw madeByNewer(address);
  for (const statements of groupMigrations.slice(version)) await session.change(statements(group));
  await session.change(`UPDATE ${sharedSchema}.groups SET version = $2 WHERE id = $1`, [
    group,
    groupMigrations.length,
  ]);
}

/** Whose data is meant where nobody says. */
export const defaultGroup = 'default';

function noSuchGroup(name: string): StoreError {
  return new StoreError({
    ko: `데이터베이스에 "${name}" 그룹이 없습니다. 이름을 확인하거나 먼저 그룹을 만드세요.`,
    en: `the database has no group "${name}"; check the name, or add the group first.`,
  });
}

/**
 * Finds a group and brings its tables to the newest form. The default group is made where there is none.
 * @returns the group's number
 * @throws StoreError where there is no such group, or when a newer program made the database
 */
export async function openGroup(database: Database, name: string): Promise<number> {
  await migrateShared(database);
  const find = async (session: Session) => {
    const groups = await session.rows<{ id: number; version: number }>(
      `SELECT id, version FROM ${sharedSchema}.groups WHERE name = $1`,
      [name],
    );
    return groups[0];
  };
  const known = await find(database);
  if (known?.version === groupMigrations.length) return known.id;
  return database.together(async (session) => {
    if (name === defaultGroup)
      await session.change(`INSERT INTO ${sharedSchema}.groups (name) VALUES ($1) ON CONFLICT DO NOTHING`, [
        name,
      ]);
    const group = await find(session);
    if (!group) throw noSuchGroup(name);
    await migrateGroup(session, group.id, database.address);
    return group.id;
  });
}

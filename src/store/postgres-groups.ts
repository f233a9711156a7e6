import type { Group, GroupStore } from './group-store.ts';
import { openPostgres, type Waiting } from './postgres-database.ts';
import { migrateGroup, migrateShared } from './postgres-migrate.ts';
import { sharedSchema } from './postgres-migrations.ts';

type Row = Omit<Group, 'createdAt'> & { createdAt: Date };

const columns = 'id, name, created_at AS "createdAt", token_hash IS NOT NULL AS "hasToken"';

function groupIn({ createdAt, ...row }: Row): Group {
  return { ...row, createdAt: createdAt.toISOString() };
}

/**
 * Adapter: the groups of a PostgreSQL database.
 * @param time how waiting is done; really when left out
 * @throws StoreError, here and from every call, when the database cannot be reached or used
 */
export async function openPostgresGroups(address: string, time?: Waiting): Promise<GroupStore> {
  const database = openPostgres(address, time);
  try {
    await migrateShared(database);
  } catch (error) {
    await database.close();
    throw error;
  }
  return {
    addGroup: (name, tokenHash) =>
      database.together(async (session) => {
        const [row] = await session.rows<Row>(
          `INSERT INTO ${sharedSchema}.groups (name, token_hash) VALUES ($1, $2)
            ON CONFLICT (name) DO NOTHING RETURNING ${columns}`,
          [name, tokenHash],
        );
        if (!row) return null;
        await migrateGroup(session, row.id, address);
        return groupIn(row);
      }),
    async groups() {
      const rows = await database.rows<Row>(`SELECT ${columns} FROM ${sharedSchema}.groups ORDER BY id`);
      return rows.map(groupIn);
    },
    async setToken(name, tokenHash) {
      const changed = await database.change(
        `UPDATE ${sharedSchema}.groups SET token_hash = $2 WHERE name = $1`,
        [name, tokenHash],
      );
      return changed > 0;
    },
    async groupOfToken(tokenHash) {
      const [row] = await database.rows<Row>(
        `SELECT ${columns} FROM ${sharedSchema}.groups WHERE token_hash = $1`,
        [tokenHash],
      );
      return row ? groupIn(row) : null;
    },
    close: () => database.close(),
  };
}

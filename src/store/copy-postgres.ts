import { type CopiedTable, copiedTables, type Row, type Value } from './copied-tables.ts';
import type { CopyPlace, CopyReader, CopyWriter } from './copy.ts';
import type { Session } from './postgres-database.ts';
import type { GroupDatabase } from './postgres-group.ts';

const typeOf = { text: 'text', whole: 'bigint', real: 'double precision', flag: 'boolean' };

/** Everything is copied out of or into the tables of a group, each named with its schema. */
function tablesIn(schema: string) {
  const placeOf = ({ name }: CopiedTable) => `${schema}.${name}`;
  return {
    placeOf,
    /** Where the rows of a table are read: the texts of grades stand apart. */
    sourceOf: (table: CopiedTable) =>
      table.name === 'grades' ? `${placeOf(table)} JOIN ${schema}.grade_texts ON grade = id` : placeOf(table),
    /** Adds rows that are given column by column. */
    insertion(table: CopiedTable): string {
      const columns = Object.keys(table.columns);
      const types = Object.values(table.columns).map((kind, index) => `$${index + 1}::${typeOf[kind]}[]`);
      const given = `unnest(${types.join(', ')}) AS given (${columns.join(', ')})`;
      if (table.name !== 'grades')
        return `INSERT INTO ${placeOf(table)} (${columns.join(', ')}) SELECT * FROM ${given}`;
      const own = columns.filter((column) => column !== 'text').join(', ');
      return `WITH given AS MATERIALIZED (SELECT * FROM ${given}), added AS (
          INSERT INTO ${placeOf(table)} (${own}) SELECT ${own} FROM given
        ) INSERT INTO ${schema}.grade_texts (grade, text) SELECT id, text FROM given`;
    },
  };
}

/**
 * Adapter: a group in PostgreSQL that everything is copied out of or into.
 * @param database is closed with it
 * @throws StoreError from every call, when the database cannot be reached or used
 */
export function createPostgresCopy(database: GroupDatabase): CopyPlace {
  const { placeOf, sourceOf, insertion } = tablesIn(database.schema);

  const countIn = (session: Session) => async (table: CopiedTable) => {
    const [row] = await session.rows<{ count: number }>(`SELECT count(*) AS count FROM ${placeOf(table)}`);
    return row?.count ?? 0;
  };

  function readerOn(session: Session): CopyReader {
    return {
      count: countIn(session),
      async *portions(table) {
        const columns = Object.keys(table.columns).join(', ');
        await session.change(`DECLARE copied NO SCROLL CURSOR FOR SELECT ${columns} FROM ${sourceOf(table)}`);
        for (;;) {
          const rows = await session.rows<Row>(`FETCH ${table.rowsAtATime} FROM copied`);
          if (rows.length > 0) yield rows;
          if (rows.length < table.rowsAtATime) break;
        }
        await session.change('CLOSE copied');
      },
    };
  }

  function writerOn(session: Session): CopyWriter {
    return {
      count: countIn(session),
      async add(table, rows) {
        const column = (name: string): Value[] => rows.map((row) => row[name] ?? null);
        await session.change(insertion(table), Object.keys(table.columns).map(column));
      },
      async numberOn(table) {
        await session.rows(
          `SELECT setval(pg_get_serial_sequence('${placeOf(table)}', 'id'), max(id)) FROM ${placeOf(table)}`,
        );
      },
    };
  }

  return {
    read: (work) => database.snapshot((session) => work(readerOn(session))),
    write: (work) =>
      database.together(async (session) => {
        const places = copiedTables.map(placeOf).join(', ');
        await session.change(`LOCK TABLE ${places} IN SHARE ROW EXCLUSIVE MODE`);
        return work(writerOn(session));
      }),
    close: () => database.close(),
  };
}

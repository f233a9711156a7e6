import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, describe, expect, it } from 'vitest';
import { noUsage } from '../../src/core/grade.ts';
import { copiedTables } from '../../src/store/copied-tables.ts';
import { type CopyPlace, type CopyReader, copyStore } from '../../src/store/copy.ts';
import { createPostgresCopy } from '../../src/store/copy-postgres.ts';
import { openSqliteCopy } from '../../src/store/copy-sqlite.ts';
import { sqliteColumns } from '../../src/store/copy-sqlite-rows.ts';
import type { GroupStores } from '../../src/store/group-stores.ts';
import { createPostgresBatches } from '../../src/store/postgres-batches.ts';
import { openPostgresGroup } from '../../src/store/postgres-group.ts';
import { createPostgresRunWork } from '../../src/store/postgres-run-work.ts';
import { createPostgresService } from '../../src/store/postgres-service.ts';
import { createPostgresStore } from '../../src/store/postgres-store.ts';
import { openSqliteBatches } from '../../src/store/sqlite-batches.ts';
import { openSqliteRunWork } from '../../src/store/sqlite-run-work.ts';
import { openSqliteService } from '../../src/store/sqlite-service.ts';
import { openSqliteStore } from '../../src/store/sqlite-store.ts';
import { everythingIn, fillStores, goingOn } from '../helpers/filled-stores.ts';
import { openGate } from '../helpers/gate.ts';
import { ask, describePostgres, type TestDatabase } from '../helpers/postgres.ts';
import { plannedBatch } from './batches-contract.ts';
import { chapterNamed } from './service-contract.ts';
import { sampleReview, sampleRun } from './store-contract.ts';

const folder = mkdtempSync(join(tmpdir(), 'answer-grader-copy-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A place to copy out of or into, with the stores over it. */
interface Side {
  stores: GroupStores;
  place: CopyPlace;
  close(): Promise<void>;
}

type OpenSide = () => Promise<Side>;

async function closeSide({ stores, place }: Pick<Side, 'stores' | 'place'>): Promise<void> {
  await place.close();
  for (const part of Object.values(stores)) await part.close();
}

let files = 0;
function newFile(): string {
  files += 1;
  return join(folder, `grades-${files}.db`);
}

async function openFile(file = newFile()): Promise<Side> {
  const own = {
    place: openSqliteCopy(file),
    stores: {
      store: openSqliteStore(file),
      batches: openSqliteBatches(file),
      notes: openSqliteService(file),
      work: openSqliteRunWork(file),
    },
  };
  return { ...own, close: () => closeSide(own) };
}

function openingGroups({ openGroup }: TestDatabase): OpenSide {
  return async () => {
    const group = await openGroup();
    const own = {
      place: createPostgresCopy(group),
      stores: {
        store: createPostgresStore(group),
        batches: createPostgresBatches(group),
        notes: createPostgresService(group),
        work: createPostgresRunWork(group),
      },
    };
    return { ...own, close: () => closeSide(own) };
  };
}

/** The same place, read with a change. */
function readWith(place: CopyPlace, change: (reader: CopyReader) => CopyReader): CopyPlace {
  return { ...place, read: (work) => place.read((reader) => work(change(reader))) };
}

/** Does something when a table's rows have been read. */
function after(name: string, doing: () => unknown): (reader: CopyReader) => CopyReader {
  return (reader) => ({
    ...reader,
    async *portions(table) {
      yield* reader.portions(table);
      if (table.name === name) await doing();
    },
  });
}

const nothing = { tables: copiedTables.map(({ name }) => ({ name, copied: 0 })), openRuns: 0 };

/** What is copied out of an empty place is what there is: nothing, in every table. */
async function expectEmpty({ place }: Side, open: OpenSide): Promise<void> {
  const other = await open();
  expect(await copyStore(place, other.place)).toEqual(nothing);
  await other.close();
}

function describeCopy(name: string, openFrom: OpenSide, openTo: OpenSide): void {
  describe(`copying from ${name}`, () => {
    async function opened(isFilled = true) {
      const [from, to] = [await openFrom(), await openTo()];
      if (isFilled) await fillStores(from.stores);
      const close = async () => {
        await from.close();
        await to.close();
      };
      return { from, to, close };
    }

    it('takes everything that can be read along, and goes on with its numbers', async () => {
      const { from, to, close } = await opened();
      const { tables, openRuns } = await copyStore(from.place, to.place);
      expect(tables.filter((table) => table.copied === 0)).toEqual([]);
      expect(openRuns).toBe(1);
      expect(await everythingIn(to.stores)).toEqual(await everythingIn(from.stores));
      // The claim of a run that is alive is not copied.
      const before = (await goingOn(from.stores)) as object;
      expect(await goingOn(to.stores)).toEqual({ ...before, claimed: ['key-2'] });
      await close();
    });

    it('copies nothing from an empty one', async () => {
      const { from, to, close } = await opened(false);
      expect(await copyStore(from.place, to.place)).toEqual(nothing);
      await close();
    });

    const first: [string, (stores: GroupStores) => unknown][] = [
      ['a run', ({ store }) => store.startRun(sampleRun)],
      ['a review', ({ store }) => store.addReview(sampleReview())],
      ['a reply', ({ store }) => store.keepReplies([['key-1', 'kept']])],
      ['a batch', ({ batches }) => batches.planBatch(plannedBatch, [])],
      [
        'an upload',
        ({ notes }) =>
          notes.saveUpload({ chapter: chapterNamed('a'), file: 'a.md', source: null, uploadedAt: 'now' }),
      ],
    ];
    it.each(first)('refuses a place that holds %s', async (_, add) => {
      const { from, to, close } = await opened();
      await add(to.stores);
      const before = await everythingIn(to.stores);
      await expect(copyStore(from.place, to.place)).rejects.toThrow('holds something already');
      expect(await everythingIn(to.stores)).toEqual(before);
      await close();
    });

    it.each(['chapters', 'grades', 'settled_questions'])(
      'leaves nothing behind after a fault behind the table %s, and can be tried again',
      async (table) => {
        const { from, to, close } = await opened();
        const fault = after(table, () => {
          throw new Error('fault');
        });
        await expect(copyStore(readWith(from.place, fault), to.place)).rejects.toThrow('fault');
        await expectEmpty(to, openTo);
        await copyStore(from.place, to.place);
        expect(await everythingIn(to.stores)).toEqual(await everythingIn(from.stores));
        await close();
      },
    );

    it('leaves nothing behind when the counts differ', async () => {
      const { from, to, close } = await opened();
      const losing = (reader: CopyReader): CopyReader => ({
        ...reader,
        async *portions(table) {
          for await (const rows of reader.portions(table))
            yield table.name === 'reviews' ? rows.slice(1) : rows;
        },
      });
      await expect(copyStore(readWith(from.place, losing), to.place)).rejects.toThrow(
        'the table "reviews" has 4 rows, of which 3 were copied',
      );
      await expectEmpty(to, openTo);
      await close();
    });

    it('copies a store as it was at one moment', async () => {
      const { from, to, close } = await opened();
      const before = await everythingIn(from.stores);
      const { store } = from.stores;
      const meanwhile = after('chapters', async () => {
        await store.addReview(sampleReview());
        await store.keepReplies([['key-1', 'another']]);
      });
      await copyStore(readWith(from.place, meanwhile), to.place);
      expect(await everythingIn(to.stores)).toEqual(before);
      await close();
    });

    it('takes more rows along than it holds at a time', async () => {
      const { from, to, close } = await opened(false);
      const entries = Array.from({ length: 1001 }, (_, index) => [`key-${index}`, `reply ${index}`] as const);
      await from.stores.store.keepReplies(entries);
      const { tables } = await copyStore(from.place, to.place);
      expect(tables).toContainEqual({ name: 'replies', copied: 1001 });
      for (const [key, reply] of [entries[0], entries[500], entries[1000]].filter((entry) => !!entry))
        expect(await to.stores.store.findReply(key)).toBe(reply);
      await close();
    });
  });
}

/** The rows of the tables of a file, save numbers that nobody refers to. */
function rowsOf(file: string): unknown {
  const database = new DatabaseSync(file);
  const rows = copiedTables.map((table) => {
    const columns = sqliteColumns(table).join(', ');
    return [table.name, database.prepare(`SELECT ${columns} FROM ${table.name} ORDER BY ${columns}`).all()];
  });
  database.close();
  return Object.fromEntries(rows);
}

/** Who works on what at the moment. */
const passing = ['claiming_runs', 'reply_claims'];

describeCopy('a file to a file', openFile, openFile);

it('copies every column that there is in SQLite, save numbers that nobody refers to', () => {
  const file = newFile();
  openSqliteStore(file).close();
  const database = new DatabaseSync(file);
  const columns = database
    .prepare(
      `SELECT tables.name AS "table", columns.name AS "column" FROM sqlite_schema AS tables, pragma_table_info(tables.name) AS columns
        WHERE tables.type = 'table' AND tables.name NOT LIKE 'sqlite%'`,
    )
    .all()
    .map((row) => `${row['table']}.${row['column']}`);
  database.close();
  const copied = copiedTables.flatMap((table) =>
    sqliteColumns(table).map((column) => `${table.name}.${column}`),
  );
  const left = columns.filter((column) => !copied.includes(column));
  expect(copied.filter((column) => !columns.includes(column))).toEqual([]);
  expect(left.filter((column) => !passing.some((table) => column.startsWith(`${table}.`)))).toEqual([
    'replies.id',
    'uploads.id',
  ]);
});

describePostgres('with PostgreSQL', (database) => {
  const openGroup = openingGroups(database);
  describeCopy('a file to a group', openFile, openGroup);
  describeCopy('a group to a file', openGroup, openFile);
  describeCopy('a group to a group', openGroup, openGroup);

  it('brings a file back as it was', async () => {
    const [first, second] = [newFile(), newFile()];
    const [from, group, to] = [await openFile(first), await openGroup(), await openFile(second)];
    await fillStores(from.stores);
    // That nothing was noted of what a run has spent is not told from nothing.
    const { notes, work } = from.stores;
    for (const { id } of await notes.requestedRuns('b')) await work.noteProgress(id, 0, 0, noUsage);
    await copyStore(from.place, group.place);
    await copyStore(group.place, to.place);
    for (const side of [from, group, to]) await side.close();
    expect(rowsOf(second)).toEqual(rowsOf(first));
  });

  /** Resolves when somebody waits for a lock in this database. */
  async function somebodyWaits(): Promise<void> {
    const sql =
      "SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'";
    while ((await ask(database.address(), sql)).length === 0);
  }

  it('lets others add to a group only when everything has been copied', async () => {
    const [from, to] = [await openFile(), await openGroup()];
    await fillStores(from.stores);
    const adding: { review?: Promise<void> } = {};
    const meanwhile = after('chapters', () => {
      adding.review = Promise.resolve(to.stores.store.addReview(sampleReview()));
      return Promise.race([adding.review, somebodyWaits()]);
    });
    await copyStore(readWith(from.place, meanwhile), to.place);
    await adding.review;
    const chapter = sampleReview().chapter;
    const before = await from.stores.store.reviewsOf(chapter);
    expect(await to.stores.store.reviewsOf(chapter)).toEqual([...before, sampleReview()]);
    for (const side of [from, to]) await side.close();
  });

  it('copies every column that there is in PostgreSQL', async () => {
    const group = await database.openGroup();
    const rows = await ask(
      database.address(),
      `SELECT table_name || '.' || column_name AS column FROM information_schema.columns
        WHERE table_schema = $1 AND table_name <> ALL ($2) ORDER BY 1`,
      [group.schema, passing],
    );
    await group.close();
    const copied = copiedTables.flatMap(({ name, columns }) =>
      Object.keys(columns).map((column) => `${name}.${column}`),
    );
    const columns = copied.filter((column) => column !== 'grades.text');
    expect(rows).toEqual(
      [...columns, 'grade_texts.grade', 'grade_texts.text'].toSorted().map((column) => ({ column })),
    );
  });

  it.each([
    ['a grade', 'INSERT INTO SCHEMA.grades', 'before'],
    ['the end', 'COMMIT', 'before'],
    ['the answer to the end', 'COMMIT', 'after'],
  ] as const)('copies everything once where %s is lost on the way', async (_, words, when) => {
    const from = await openFile();
    await fillStores(from.stores);
    const made = await database.openGroup();
    const gate = await openGate(database.address());
    const group = await openPostgresGroup(gate.address, made.name, { now: () => 0, wait: async () => {} });
    const place = createPostgresCopy(group);
    gate.cutAt(words.replace('SCHEMA', group.schema), when);
    await copyStore(from.place, place);
    const into = await openFile();
    await copyStore(createPostgresCopy(made), into.place);
    expect(await everythingIn(into.stores)).toEqual(await everythingIn(from.stores));
    for (const side of [from, into, made, group]) await side.close();
    await gate.stop();
  });

  it('says in a sentence that what it copies from cannot be reached, and copies nothing', async () => {
    const made = await database.openGroup();
    await fillStores({
      store: createPostgresStore(made),
      batches: createPostgresBatches(made),
      notes: createPostgresService(made),
      work: createPostgresRunWork(made),
    });
    const gate = await openGate(database.address());
    const group = await openPostgresGroup(gate.address, made.name);
    const to = await openFile();
    gate.cutAt('FROM '.concat(group.schema, '.runs'), 'before');
    await expect(copyStore(createPostgresCopy(group), to.place)).rejects.toThrow(
      'PostgreSQL cannot be reached',
    );
    await expectEmpty(to, openFile);
    for (const side of [made, group, to]) await side.close();
    await gate.stop();
  });
});

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openSqliteService } from '../../src/store/sqlite-service.ts';
import { ask, describePostgres } from '../helpers/postgres.ts';
import { createWorkspace, jsonOf, patience, type Workspace } from '../helpers/run-cli.ts';
import { addSmallChapter } from '../helpers/small-chapter.ts';

interface Copied {
  schemaVersion: number;
  from: string;
  to: string;
  tables: { name: string; copied: number }[];
  openRuns: number;
}

const file = 'kept/grades.db';

/** A workspace in which a chapter was graded. */
async function gradedWorkspace(): Promise<Workspace> {
  const workspace = await createWorkspace();
  await addSmallChapter(workspace);
  const { code } = await workspace.run(['grade', 'answers', '--db', file]);
  expect(code).toBe(0);
  return workspace;
}

let workspace: Workspace;
beforeAll(async () => {
  workspace = await gradedWorkspace();
}, patience);
afterAll(() => workspace[Symbol.asyncDispose]());

describe('answer-grader db copy', () => {
  test('copies a file to a new one, which is refused the second time', async () => {
    const to = 'new/folder/copy.db';
    const { code, stdout, stderr } = await workspace.run(['db', 'copy', file, to]);
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: `everything in ${file} was copied to ${to}, and both hold as many rows; the original stays as it is.\n`,
    });
    expect(stdout).toMatchSnapshot();
    const [original, copy] = await Promise.all(
      [file, to].map((db) => workspace.run(['scoreboard', '--json', '--db', db])),
    );
    expect(copy).toEqual(original);
    expect(await workspace.run(['db', 'copy', file, to])).toEqual({
      code: 2,
      stdout: '',
      stderr:
        'the place to copy to holds something already, so nothing was copied; name a new file or an empty group.\n',
    });
  });

  test('says that runs go on in both places where some were under way', async () => {
    await workspace.run(['db', 'copy', file, 'running.db']);
    const notes = openSqliteService(workspace.path('running.db'));
    notes.addRun('01', {}, '2026-11-01T00:00:00.000Z');
    notes.close();
    const one = await workspace.run(['db', 'copy', 'running.db', 'one.db', '--lang', 'en']);
    expect(one.stderr).toContain(
      '⚠ what was copied includes a run under way: both places would go on with it',
    );
    const counted = await workspace.run(['db', 'copy', 'running.db', 'two.db', '--json']);
    expect(jsonOf<Copied>(counted).openRuns).toBe(1);
  });

  test('refuses a file that is not there, and makes none', async () => {
    for (const lang of ['en', 'ko']) {
      const { code, stdout, stderr } = await workspace.run([
        ...['db', 'copy', 'gone/none.db', 'gone/new.db'],
        ...['--lang', lang],
      ]);
      expect([code, stdout]).toEqual([2, '']);
      expect(stderr).toMatchSnapshot(lang);
    }
    expect(await workspace.files('gone')).toEqual([]);
  });

  test('takes files and PostgreSQL addresses only, and both places', async () => {
    const other = await workspace.run(['db', 'copy', file, 'mysql://me:s3cret@db.test/grades']);
    expect(other.code).toBe(2);
    expect(other.stderr).toContain('a database is an SQLite file or a postgres:// address');
    expect(other.stderr).not.toContain('s3cret');
    expect((await workspace.run(['db', 'copy', file])).code).toBe(2);
  });
});

test('a blank DATABASE_URL counts as none', async () => {
  await using workspace = await createWorkspace();
  await addSmallChapter(workspace);
  for (const blank of ['', ' ']) {
    const { code } = await workspace.run(['grade', 'answers'], { env: { DATABASE_URL: blank } });
    expect(code).toBe(0);
  }
  expect(await workspace.files('.answer-grader')).toContain('grades.db');
});

describePostgres('answer-grader db copy with PostgreSQL', ({ address, openGroup }) => {
  /** A password that the server may ask for or not, and that nobody is to see. */
  function hidden(): { given: string; shown: string } {
    const [given, shown] = [new URL(address()), new URL(address())];
    given.password ||= 'not-to-be-seen';
    shown.password = '';
    return { given: given.href, shown: shown.href };
  }

  test('copies a file to a group and back, and shows no password', async () => {
    const group = await openGroup();
    await group.close();
    const { given, shown } = hidden();
    const there = await workspace.run(['db', 'copy', file, `${given}?group=${group.name}`, '--json']);
    expect(there.stderr).toBe('');
    const copied = jsonOf<Copied>(there);
    expect(copied).toEqual({
      schemaVersion: 1,
      from: file,
      to: `${shown}?group=${group.name}`,
      tables: expect.arrayContaining([
        { name: 'chapters', copied: 1 },
        { name: 'grades', copied: 3 },
        { name: 'replies', copied: 0 },
      ]),
      openRuns: 0,
    });
    const env = { ANSWER_GRADER_GROUP: group.name };
    const back = await workspace.run(['db', 'copy', given, 'back.db', '--json'], { env });
    expect(jsonOf<Copied>(back)).toEqual({ ...copied, from: copied.to, to: 'back.db' });
    const [original, copy] = await Promise.all(
      [file, 'back.db'].map((db) => workspace.run(['scoreboard', '--json', '--db', db])),
    );
    expect(copy).toEqual(original);
  });

  test('copies into the default group where none is named, and refuses one that is not there', async () => {
    const { given } = hidden();
    expect((await workspace.run(['db', 'copy', file, given])).code).toBe(0);
    expect(await ask(address(), "SELECT name FROM answer_grader.groups WHERE name = 'default'")).toHaveLength(
      1,
    );
    const full = await workspace.run(['db', 'copy', file, given]);
    expect(full).toMatchObject({
      code: 2,
      stdout: '',
      stderr: expect.stringContaining('holds something already'),
    });
    const none = await workspace.run(['db', 'copy', file, `${given}?group=none`]);
    expect(none).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('no group "none"') });
  });

  test('makes no file where the database that it copies from cannot be reached', async () => {
    const nowhere = new URL(address());
    nowhere.pathname = '/no_such_database';
    const { code, stderr } = await workspace.run(['db', 'copy', nowhere.href, 'unreached/new.db']);
    expect(code).toBe(2);
    expect(stderr).toContain('the server has no such database');
    expect(await workspace.files('unreached')).toEqual([]);
  });
});

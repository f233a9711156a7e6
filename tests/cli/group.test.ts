import { describe, expect, test } from 'vitest';
import { hashOfToken } from '../../src/app/group-tokens.ts';
import type { OpenGroups } from '../../src/app/groups.ts';
import {
  groupAddCommand,
  groupDisableCommand,
  groupListCommand,
  groupRotateCommand,
} from '../../src/cli/commands/group-command.ts';
import type { Io } from '../../src/cli/io.ts';
import { createMemoryGroups } from '../helpers/memory-groups.ts';
import { createWorkspace } from '../helpers/run-cli.ts';

const address = 'postgres://grader:secret@db.test/grades';

/** Groups in memory, what the commands say, and the addresses that were opened. */
function terminal(env: NodeJS.ProcessEnv = { DATABASE_URL: address }) {
  const store = createMemoryGroups(() => new Date('2026-11-01T08:30:00.000Z'));
  const opened: string[] = [];
  const closed: string[] = [];
  const open: OpenGroups = async (given) => {
    opened.push(given);
    return { ...store, close: () => void closed.push(given) };
  };
  const texts: { out: string[]; err: string[] } = { out: [], err: [] };
  const io: Io = {
    out: (text) => void texts.out.push(text),
    err: (text) => void texts.err.push(text),
    isTerminal: false,
    readInput: async () => new Uint8Array(),
    env,
    language: 'en',
  };
  /** What was said since the last time. */
  const said = () => {
    const [out, err] = [texts.out.splice(0), texts.err.splice(0)];
    return { out: out.join(''), err: err.join('') };
  };
  return { store, io, open, opened, said, closed };
}

describe('group', () => {
  test('add prints the token alone, and says that it is shown this once', async () => {
    const { store, io, open, said, opened, closed } = terminal();
    expect(await groupAddCommand('Tuesday', {}, io, open)).toBe(0);
    const { out, err } = said();
    expect(out).toMatch(/^agr_[\w-]{43}\n$/u);
    const added = 'group "Tuesday" was added; keep its token now, it cannot be shown again.\n';
    expect(err).toMatch(new RegExp(`^${added}it is the first group: .* must be restarted, .*\n$`, 'u'));
    await groupAddCommand('Friday', {}, io, open);
    expect(said().err).not.toContain('first group');
    expect(store.groupOfToken(hashOfToken(out.trim()))?.name).toBe('Tuesday');
    expect([opened, closed]).toEqual([
      [address, address],
      [address, address],
    ]);
  });

  test('rotate prints another one, disable takes it away, list shows which have one', async () => {
    const { store, io, open, said } = terminal();
    await groupAddCommand('Tuesday', {}, io, open);
    await groupAddCommand('목요일', {}, io, open);
    const first = said().out.split('\n')[0];
    await groupRotateCommand('Tuesday', {}, io, open);
    const { out, err } = said();
    expect(out).not.toContain(first);
    expect(err).toContain('cannot be shown again');
    expect(store.groupOfToken(hashOfToken(out.trim()))?.name).toBe('Tuesday');
    await groupDisableCommand('목요일', {}, io, open);
    expect(said()).toEqual({ out: '', err: expect.stringContaining('"목요일" cannot come in any more') });
    await groupListCommand({}, io, open);
    expect(said().out).toBe(
      'group    since                 token\nTuesday  2026-11-01 08:30 UTC  yes\n목요일   2026-11-01 08:30 UTC  no\n',
    );
  });

  test('prints one JSON document under --json', async () => {
    const { io, open, said } = terminal();
    const json = { json: true };
    await groupAddCommand('A', json, io, open);
    expect(JSON.parse(said().out)).toEqual({
      schemaVersion: 1,
      name: 'A',
      token: expect.stringMatching(/^agr_/u),
    });
    await groupRotateCommand('A', json, io, open);
    expect(JSON.parse(said().out)).toMatchObject({ name: 'A', token: expect.stringMatching(/^agr_/u) });
    await groupDisableCommand('A', json, io, open);
    expect(JSON.parse(said().out)).toEqual({ schemaVersion: 1, name: 'A' });
    await groupListCommand(json, io, open);
    expect(JSON.parse(said().out)).toEqual({
      schemaVersion: 1,
      groups: [{ id: 1, name: 'A', createdAt: '2026-11-01T08:30:00.000Z', hasToken: false }],
    });
  });

  test('takes the address of --db before that of the environment, and closes what it opened on errors', async () => {
    const { io, open, opened, closed } = terminal();
    const other = 'postgresql://other.test/grades';
    await expect(groupRotateCommand('none', { db: other }, io, open)).rejects.toThrow('no group "none"');
    expect([opened, closed]).toEqual([[other], [other]]);
  });

  test.each([
    [{}, {}],
    [{ db: '.answer-grader/grades.db' }, { DATABASE_URL: address }],
    [{}, { DATABASE_URL: 'mysql://grader:secret@db.test/grades' }],
  ])('needs PostgreSQL: %j, %j', async (options, env) => {
    const { io, open, opened } = terminal(env);
    const asked = groupListCommand(options, io, open);
    await expect(asked).rejects.toThrow('groups are kept in PostgreSQL only');
    await expect(asked).rejects.not.toThrow('secret');
    expect(opened).toEqual([]);
  });
});

describe('answer-grader group', () => {
  test('ends with 2 and one sentence where there is no PostgreSQL or no name', async () => {
    await using workspace = await createWorkspace();
    for (const args of [['list'], ['add', 'A'], ['rotate', 'A'], ['disable', 'A']]) {
      const { code, stdout, stderr } = await workspace.run(['group', ...args]);
      expect([code, stdout]).toEqual([2, '']);
      expect(stderr).toMatch(/^groups are kept in PostgreSQL only; .* DATABASE_URL\.\n$/u);
    }
    for (const name of ['', ' ', 'two\nlines', 'a'.repeat(101)]) {
      const { code, stderr } = await workspace.run(['group', 'add', name]);
      expect(code).toBe(2);
      expect(stderr).toContain("is invalid for argument 'name'. It ");
    }
  });
});

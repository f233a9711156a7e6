import { describe, expect, test } from 'vitest';
import { groupOfSession, hashOfToken, newToken, sessionOf } from '../../src/app/group-tokens.ts';
import { addGroup, disableGroup, rotateToken } from '../../src/app/groups.ts';
import { createMemoryGroups } from '../helpers/memory-groups.ts';

describe('a token', () => {
  test('is long, tells what it is, and is never the same', () => {
    const tokens = Array.from({ length: 100 }, newToken);
    for (const token of tokens) expect(token).toMatch(/^agr_[\w-]{43}$/u);
    expect(new Set(tokens).size).toBe(100);
  });

  test('can be made neither of its session nor of what is kept of it', async () => {
    const store = createMemoryGroups();
    const { token } = await addGroup('A', store);
    const hash = hashOfToken(token);
    expect(hash).toMatch(/^[0-9a-f]{64}$/u);
    expect(store.groupOfToken(hash)?.name).toBe('A');
    for (const made of [hash, sessionOf(hash), token, sessionOf(sessionOf(token))])
      expect(await groupOfSession(made, store)).toBeNull();
    expect((await groupOfSession(sessionOf(token), store))?.id).toBe(1);
  });
});

describe('groups', () => {
  test('are found by their own token only', async () => {
    const store = createMemoryGroups();
    const [a, b] = [await addGroup('A', store), await addGroup('B', store)];
    expect((await groupOfSession(sessionOf(a.token), store))?.id).toBe(a.group.id);
    expect((await groupOfSession(sessionOf(b.token), store))?.id).toBe(b.group.id);
    expect(a.group.id).not.toBe(b.group.id);
    expect(await groupOfSession(sessionOf(newToken()), store)).toBeNull();
  });

  test('have one token at a time, or none', async () => {
    const store = createMemoryGroups();
    const { token: old, group } = await addGroup('A', store);
    const token = await rotateToken('A', store);
    expect(await groupOfSession(sessionOf(old), store)).toBeNull();
    expect((await groupOfSession(sessionOf(token), store))?.id).toBe(group.id);
    await disableGroup('A', store);
    expect(await groupOfSession(sessionOf(token), store)).toBeNull();
    const again = await rotateToken('A', store);
    expect((await groupOfSession(sessionOf(again), store))?.id).toBe(group.id);
  });

  test('that are there already, or are not there, are said by name', async () => {
    const store = createMemoryGroups();
    const { token } = await addGroup('A', store);
    await expect(addGroup('A', store)).rejects.toThrow('there is a group "A" already');
    await expect(addGroup(' “a” ', store)).rejects.toThrow('there is a group "A" already');
    expect((await groupOfSession(sessionOf(token), store))?.id).toBe(1);
    await expect(rotateToken('B', store)).rejects.toThrow('there is no group "B"');
    await expect(disableGroup('B', store)).rejects.toThrow('there is no group "B"');
  });
});

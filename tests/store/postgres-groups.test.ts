import { expect, it } from 'vitest';
import { StoreError } from '../../src/core/errors.ts';
import { openPostgresGroup } from '../../src/store/postgres-group.ts';
import { openPostgresGroups } from '../../src/store/postgres-groups.ts';
import { createPostgresStore } from '../../src/store/postgres-store.ts';
import { ask, describePostgres } from '../helpers/postgres.ts';
import { describeGroups } from './groups-contract.ts';
import { storedChapter } from './store-contract.ts';

describePostgres('groups in PostgreSQL', ({ address, empty }) => {
  describeGroups('as every store of groups', async () => {
    await empty();
    return openPostgresGroups(address());
  });

  it('have tables of their own', async () => {
    await empty();
    const groups = await openPostgresGroups(address());
    await groups.addGroup('one', null);
    await groups.addGroup('two', null);
    const open = async (name: string) => createPostgresStore(await openPostgresGroup(address(), name));
    const [one, two] = [await open('one'), await open('two')];
    await one.saveChapter(storedChapter());
    expect(await two.chapters()).toEqual([]);
    expect(await one.chapterNames()).toHaveLength(1);
    const schemas = await ask(
      address(),
      "SELECT DISTINCT schemaname FROM pg_tables WHERE schemaname LIKE 'answer%' ORDER BY schemaname",
    );
    expect(schemas).toEqual(
      ['answer_grader', 'answer_grader_1', 'answer_grader_2'].map((schemaname) => ({ schemaname })),
    );
    for (const store of [one, two, groups]) await store.close();
  });

  it('that are not there have no tables, save the default one', async () => {
    await empty();
    await expect(openPostgresGroup(address(), 'three')).rejects.toThrow(
      new StoreError({
        ko: '데이터베이스에 "three" 그룹이 없습니다. 이름을 확인하거나 먼저 그룹을 만드세요.',
        en: 'the database has no group "three"; check the name, or add the group first.',
      }),
    );
    const group = await openPostgresGroup(address());
    await group.close();
    const groups = await openPostgresGroups(address());
    expect(await groups.groups()).toMatchObject([{ name: 'default', hasToken: false }]);
    await groups.close();
  });
});

import { expect, it } from 'vitest';
import { openServed, type Served } from '../../src/cli/served.ts';
import { openWatching } from '../../src/compose-watching.ts';
import { ConfigError } from '../../src/core/errors.ts';
import { openPostgresGroups } from '../../src/store/postgres-groups.ts';
import { describePostgres } from '../helpers/postgres.ts';

const own = { isGiven: false, isOnlyHere: true, needed: () => null };

async function settings() {
  const watching = await openWatching({
    ...{ format: 'text', process: 'serve', language: 'en', withMetrics: false },
    write: () => {},
  });
  const limits = { concurrency: 1, maxCostUsd: null, modelRequestsPerMinute: null };
  return { config: { kind: 'offline', byDefault: false }, ...limits, watching } as const;
}

describePostgres('what a service offers of a PostgreSQL database', ({ address }) => {
  async function served<T>(token: typeof own, look: (served: Served) => T, place = address()): Promise<T> {
    const opened = await openServed(place, await settings(), token);
    try {
      return look(opened);
    } finally {
      await opened.close();
    }
  }
  const kindOf = ({ access, only }: Served) => [access.kind, only !== null];

  it('is the default group to who is on this machine, and nothing to others, as long as there is no other group', async () => {
    expect(await served(own, kindOf)).toEqual(['open', true]);
    expect(await served({ ...own, isOnlyHere: false }, kindOf)).toEqual(['groups', false]);
  });

  it('is one group where that is named, and every group for its token else, also when all tokens are taken away', async () => {
    const groups = await openPostgresGroups(address());
    await groups.addGroup('A', null);
    await groups.close();
    expect(await served(own, kindOf)).toEqual(['groups', false]);
    expect(await served(own, kindOf, `${address()}?group=A`)).toEqual(['open', true]);
    await expect(served({ ...own, isGiven: true }, kindOf)).rejects.toThrow(ConfigError);
    await expect(served(own, kindOf, `${address()}?group=B`)).rejects.toThrow(/B/u);
  });
});

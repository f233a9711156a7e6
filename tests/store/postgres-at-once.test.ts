import { afterEach, beforeEach, expect, it } from 'vitest';
import { noUsage } from '../../src/core/grade.ts';
import { createPostgresBatches } from '../../src/store/postgres-batches.ts';
import { createPostgresClaims } from '../../src/store/postgres-claims.ts';
import { type GroupDatabase, openPostgresGroup } from '../../src/store/postgres-group.ts';
import { createPostgresRunWork } from '../../src/store/postgres-run-work.ts';
import { createPostgresService } from '../../src/store/postgres-service.ts';
import { createPostgresStore } from '../../src/store/postgres-store.ts';
import { ask, describePostgres } from '../helpers/postgres.ts';
import { sampleGrade } from '../helpers/sample-material.ts';
import { plannedBatch } from './batches-contract.ts';
import { sampleRun, storedChapter } from './store-contract.ts';

const at = '2026-11-01T00:00:00.000Z';

/** Calls something so many times at the same moment. */
function atOnce<T>(times: number, work: (index: number) => Promise<T> | T): Promise<T[]> {
  return Promise.all(Array.from({ length: times }, async (_, index) => work(index)));
}

describePostgres('at the same moment', ({ address, empty, openGroup }) => {
  let group: GroupDatabase;
  beforeEach(async () => {
    group = await openGroup();
  });
  afterEach(() => group.close());

  it('many open a database that is empty: its tables are made once', async () => {
    await empty();
    const groups = await atOnce(8, () => openPostgresGroup(address()));
    expect(new Set(groups.map(({ schema }) => schema)).size).toBe(1);
    for (const opened of groups) await opened.close();
    expect(await ask(address(), 'SELECT name, version FROM answer_grader.groups')).toHaveLength(1);
  });

  it('runs that claim the same keys share them out, each key once', async () => {
    const store = createPostgresStore(group);
    const keys = Array.from({ length: 200 }, (_, index) => `key ${index}`);
    const shuffled = (index: number) => [...keys.slice(index * 17), ...keys.slice(0, index * 17)];
    await atOnce(6, (index) => store.beat(`run ${index}`, 0));
    const claimed = await atOnce(6, (index) => store.claimReplies(shuffled(index), `run ${index}`, 0));
    expect(claimed.flatMap((own) => [...own]).toSorted()).toEqual(keys.toSorted());
  });

  it('runs that take over the keys of a dead one share them out, each key once', async () => {
    const store = createPostgresStore(group);
    const keys = Array.from({ length: 50 }, (_, index) => `key ${index}`);
    await store.claimReplies(keys, 'dead', 0);
    await atOnce(6, (index) => store.beat(`run ${index}`, 0));
    const claimed = await atOnce(6, (index) => store.claimReplies(keys, `run ${index}`, 0));
    expect(claimed.flatMap((own) => [...own]).toSorted()).toEqual(keys.toSorted());
  });

  it('machines whose clocks are an hour apart see that a run is alive', async () => {
    const now = Date.now();
    const hour = 3_600_000;
    const early = createPostgresClaims(group, () => Date.now() - hour);
    const late = createPostgresClaims(group, () => Date.now() + hour);
    await early.beat('one', now - hour);
    await early.claimReplies(['key'], 'one', now - hour);
    await late.beat('other', now + hour);
    expect(await late.claimReplies(['key'], 'other', now + hour)).toEqual(new Set());
    expect(await late.claimReplies(['key'], 'other', now + hour + 60_000)).toEqual(new Set(['key']));
  });

  it('replies to the same requests are all kept, whatever their order, and the same one twice', async () => {
    const store = createPostgresStore(group);
    const keys = Array.from({ length: 40 }, (_, index) => `key ${index}`);
    await atOnce(6, (index) =>
      store.keepReplies(
        (index % 2 ? keys : keys.toReversed()).map((key) => [key, `reply ${index}`] as const),
      ),
    );
    expect(await Promise.all(keys.map(async (key) => store.timesKept(key)))).toEqual(keys.map(() => 6));
    await store.keepReplies([
      ['key 0', 'one'],
      ['key 1', 'one'],
      ['key 0', 'two'],
    ]);
    expect([await store.findReply('key 0'), await store.timesKept('key 0')]).toEqual(['two', 8]);
  });

  it('a chapter that is saved by several is one of theirs, whole', async () => {
    const store = createPostgresStore(group);
    const chapterOf = (index: number) =>
      storedChapter({
        title: `${index}`,
        submissions: Array.from({ length: 20 }, (_, no) => ({
          member: `${index}`,
          question: no,
          status: 'answered' as const,
          attempts: [{ kind: 'first' as const, text: `${index}`, answerHash: `hash-${no}` }],
        })),
      });
    await atOnce(6, (index) => store.saveChapter(chapterOf(index)));
    const [kept] = await store.chapters();
    expect(new Set(kept?.submissions.map(({ member }) => member))).toEqual(new Set([kept?.title]));
    expect(kept?.submissions).toHaveLength(20);
    expect(await store.answerText('03장-인덱스', 'hash-7')).toBe(kept?.title);
  });

  it('a question is not settled by a run while another one grades it', async () => {
    const store = createPostgresStore(group);
    const [run, other] = [await store.startRun(sampleRun), await store.startRun(sampleRun)];
    await store.addGrades(run, [sampleGrade({ question: 1 })]);
    const isWaiting = async () => {
      const waiting = await ask(
        address(),
        "SELECT FROM pg_stat_activity WHERE wait_event = 'advisory' AND datname = current_database()",
      );
      return waiting.length > 0;
    };
    const settling = await group.together(async (session) => {
      // A grade that is on its way: it has its number, and nobody sees it yet.
      await session.change(
        `INSERT INTO ${group.schema}.grades (run, chapter, member, question, attempt, answer_hash, rest)
          VALUES ($1, $2, 'a', 1, 'first', '', '[]')`,
        [other, sampleRun.chapter],
      );
      const settled = Promise.resolve(store.settleQuestions(run, [{ question: 1, basis: 'a' }]));
      while (!(await isWaiting())) await session.rows('SELECT 1');
      return { settled };
    });
    await settling.settled;
    expect(await store.settledQuestions(sampleRun.chapter)).toEqual([]);
  });

  it('changes of a run to different things are all noted', async () => {
    const service = createPostgresService(group);
    const work = createPostgresRunWork(group);
    const run = await service.addRun('a', {}, at);
    const id = run?.id ?? 0;
    await atOnce(4, (index) =>
      [
        () => service.changeRun(id, { state: 'running' }),
        () => service.changeRun(id, { isStopAsked: true }),
        () => service.changeRun(id, { startedAt: at }),
        () => work.noteProgress(id, 0, 1, { ...noUsage, requests: 3 }),
      ][index]?.(),
    );
    expect(await service.requestedRun(id)).toMatchObject({
      state: 'running',
      isStopAsked: true,
      startedAt: at,
      spent: { requests: 3 },
    });
  });

  it('many end a run: one does, and its word stands', async () => {
    const service = createPostgresService(group);
    const other = createPostgresService(await openPostgresGroup(address(), group.name));
    const id = (await service.addRun('a', {}, at))?.id ?? 0;
    const told = await atOnce(40, (index) => {
      const failure = { ko: `${index}`, en: `${index}` };
      return (index % 2 ? service : other).changeRun(id, { state: 'failed', failure });
    });
    const ended = told.filter((run) => run !== null);
    expect(ended).toHaveLength(1);
    expect(await service.requestedRun(id)).toEqual(ended[0]);
    await other.close();
  });

  it('the same requests are handed over once', async () => {
    const batches = createPostgresBatches(group);
    const planned = await Promise.allSettled(
      ['a', 'b', 'c', 'd'].map(async (label) =>
        batches.planBatch({ ...plannedBatch, label }, [label, 'shared']),
      ),
    );
    expect(planned.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await batches.batches()).toHaveLength(1);
  });
});

import { tmpdir } from 'node:os';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { StoreError } from '../../src/core/errors.ts';
import type { Waiting } from '../../src/store/postgres-database.ts';
import { type GroupDatabase, openPostgresGroup } from '../../src/store/postgres-group.ts';
import { createPostgresStore } from '../../src/store/postgres-store.ts';
import type { GradeStore } from '../../src/store/store.ts';
import { type Gate, openGate } from '../helpers/gate.ts';
import { ask, describePostgres } from '../helpers/postgres.ts';
import { type Cluster, startCluster } from '../helpers/postgres-cluster.ts';
import { patience } from '../helpers/run-cli.ts';
import { sampleGrade } from '../helpers/sample-material.ts';
import { sampleReview, sampleRun, storedChapter } from './store-contract.ts';

/** Time that passes only by waiting; what else happens meanwhile is the test's. */
function handTime(meanwhile: () => void = () => {}) {
  const waits: number[] = [];
  const time: Waiting = {
    now: () => waits.reduce((sum, ms) => sum + ms, 0),
    async wait(ms) {
      waits.push(ms);
      meanwhile();
    },
  };
  return { time, waits };
}

async function errorOf(work: () => unknown): Promise<StoreError> {
  try {
    await work();
  } catch (error) {
    if (error instanceof StoreError) return error;
    throw error;
  }
  throw new Error('expected a StoreError');
}

describePostgres('a way to PostgreSQL', ({ address, openGroup }) => {
  let gate: Gate;
  let group: GroupDatabase;
  let store: GradeStore;
  let waits: number[];
  beforeEach(async () => {
    const made = await openGroup();
    gate = await openGate(address());
    const hand = handTime(() => gate.open());
    waits = hand.waits;
    group = await openPostgresGroup(gate.address, made.name, hand.time);
    store = createPostgresStore(group);
    await made.close();
  });
  afterEach(async () => {
    await store.close();
    await gate.stop();
  });

  it('that was cut and is there again is used again, whatever was asked', async () => {
    const work: (() => unknown)[] = [
      () => store.chapters(),
      () => store.saveChapter(storedChapter()),
      () => store.keepReplies([['key', 'reply']]),
      () => store.startRun(sampleRun),
      () => store.addReview(sampleReview()),
      () => store.beat('run', 0),
    ];
    for (const call of work) {
      gate.close();
      await call();
    }
    expect(waits.length).toBeGreaterThanOrEqual(work.length);
    expect(await store.chapterNames()).toHaveLength(1);
    expect(await store.findReply('key')).toBe('reply');
    expect(await store.runs()).toHaveLength(1);
    expect(await store.reviewsOf('03장-인덱스')).toEqual([sampleReview()]);
  });

  it.each(['before', 'after'] as const)(
    'that is cut %s the end of what must be done once: it is done once',
    async (when) => {
      gate.cutAt('COMMIT', when);
      await store.addReview(sampleReview());
      expect(await store.reviewsOf('03장-인덱스')).toEqual([sampleReview()]);
      gate.cutAt('COMMIT', when);
      const run = await store.startRun(sampleRun);
      expect(await store.runs()).toMatchObject([{ id: run }]);
      gate.cutAt('COMMIT', when);
      await store.beat('run', 0);
      expect(await store.claimReplies(['key'], 'run', 0)).toEqual(new Set(['key']));
      expect(waits.length).toBeGreaterThan(2);
    },
  );

  it.each(['before', 'after'] as const)('that is cut %s grades were added: they count once', async (when) => {
    const run = await store.startRun(sampleRun);
    gate.cutAt('grade_texts', when);
    await store.addGrades(run, [sampleGrade()]);
    expect(new Set((await store.gradesOf('03장-인덱스')).map((grade) => JSON.stringify(grade))).size).toBe(1);
    expect(waits).toHaveLength(1);
  });

  it('whose server ended all connections does not end the program', async () => {
    await store.chapters();
    await ask(
      address(),
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'answer-grader' AND datname = current_database()",
    );
    expect(await store.chapters()).toEqual([]);
  });

  it('that ends in the middle of a transaction leaves nothing half done', async () => {
    await store.saveChapter(storedChapter());
    gate.cutAt('answers.text', 'before');
    await store.saveChapter(storedChapter({ title: 'later' }));
    expect(await store.chapters()).toMatchObject([{ title: 'later' }]);
    expect(await store.answerText('03장-인덱스', 'hash-1')).toBe('전부 되거나 전부 안 된다.');
  });
});

describePostgres('a PostgreSQL that cannot be used', ({ address, empty, openGroup }) => {
  const here = () => address().replace(/:[^:@]*@/u, '@');

  async function sentenceOf(at: string): Promise<string> {
    return (await errorOf(() => openPostgresGroup(at, undefined, handTime().time))).sentence('en');
  }

  it('and could be a moment ago is asked again for a minute', async () => {
    const gate = await openGate(address());
    const { time, waits } = handTime();
    const database = await openPostgresGroup(gate.address, undefined, time);
    await gate.stop();
    await errorOf(async () => database.rows('SELECT 1'));
    expect(time.now()).toBeLessThanOrEqual(60_000);
    expect(time.now()).toBeGreaterThan(40_000);
    expect(waits.length).toBeLessThan(30);
    await database.close();
  });

  it('and never could is asked again for ten seconds, and then named without its password', async () => {
    const gate = await openGate(address());
    await gate.stop();
    const { time } = handTime();
    const error = await errorOf(() => openPostgresGroup(gate.address, undefined, time));
    expect(error.sentence('en')).toBe(
      `${gate.address.replace(/:[^:@]*@/u, '@')}: the database: PostgreSQL cannot be reached, or the connection was lost; check the server, the network and the address, and run again. What was stored is still there.`,
    );
    expect(error.sentence('ko')).toContain('연결할 수 없거나');
    expect(time.now()).toBeLessThanOrEqual(10_000);
    expect(time.now()).toBeGreaterThan(5_000);
  });

  it('because there is no such database', async () => {
    const url = new URL(address());
    url.pathname = '/nowhere';
    expect(await sentenceOf(url.href)).toMatch(/nowhere: the database: the server has no such database;/u);
  });

  it('because the user is not known or the password is wrong', async ({ skip }) => {
    const url = new URL(address());
    url.password = 'not-it';
    const opened = await openPostgresGroup(url.href).catch((error: unknown) => error);
    skip(!(opened instanceof Error), 'the server asks for no password');
    expect((opened as StoreError).sentence('en')).toMatch(/did not accept the user or the password/u);
    expect(String(opened)).not.toContain('not-it');
  });

  it('because the user may not', async () => {
    await empty();
    const url = new URL(address());
    // Users are the server's, so that the name must be nobody else's.
    url.username = `guest_of_${url.pathname.slice(1)}`;
    url.password = 'guest';
    await ask(address(), `CREATE ROLE ${url.username} LOGIN PASSWORD 'guest'`);
    const sentence = await sentenceOf(url.href);
    await ask(address(), `DROP ROLE ${url.username}`);
    expect(sentence).toMatch(/the database: the user has no permission; grant CREATE on the database/u);
  });

  it.each([
    ['what groups share', 'UPDATE answer_grader.version SET version = version + 1'],
    ['a group', 'UPDATE answer_grader.groups SET version = version + 1'],
  ])('because a newer program made %s; it is left as it is', async (_name, sql) => {
    await empty();
    await (await openPostgresGroup(address())).close();
    await ask(address(), sql);
    const error = await errorOf(() => openPostgresGroup(address()));
    expect(error.sentence('en')).toBe(
      `${here()}: the database was made by a newer answer-grader; update answer-grader.`,
    );
    expect(error.sentence('ko')).toMatch(/answer-grader를 업데이트하세요/u);
  });

  it('because it was closed', async () => {
    await empty();
    const store = createPostgresStore(await openGroup());
    await store.close();
    await store.close();
    for (const work of [
      () => store.chapters(),
      () => store.keepReplies([['key', 'reply']]),
      () => store.addReview(sampleReview()),
      () => store.claimReplies(['key'], 'run', 0),
      () => store.summariesOf('a'),
    ])
      expect((await errorOf(work)).place).toEqual({ file: here() });
  });
});

const { programs } = inject('postgres');

describe.skipIf(programs === null)('a PostgreSQL server that crashes and is started again', () => {
  let cluster: Cluster;
  beforeAll(async () => {
    cluster = await startCluster(programs ?? '', tmpdir());
  }, patience);
  afterAll(() => cluster.remove(), patience);

  it(
    'has everything, and whoever was at work goes on',
    async () => {
      let isUp = true;
      const { time, waits } = handTime(() => {
        if (!isUp) cluster.start();
        isUp = true;
      });
      const store = createPostgresStore(await openPostgresGroup(cluster.address, undefined, time));
      await store.keepReplies([['key', 'reply']]);
      const run = await store.startRun(sampleRun);
      cluster.stop('immediate');
      isUp = false;
      await store.addGrades(run, [sampleGrade()]);
      expect(waits.length).toBeGreaterThan(0);
      expect(await store.findReply('key')).toBe('reply');
      expect(await store.gradesOf('03장-인덱스')).toEqual([sampleGrade()]);
      await store.close();
    },
    patience,
  );
});

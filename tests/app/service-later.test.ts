import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { GradingService } from '../../src/app/grading-service.ts';
import { ConflictError, NotFoundError } from '../../src/core/errors.ts';
import { hasEnded } from '../../src/core/requested-run.ts';
import { createMemoryStore } from '../../src/store/memory-store.ts';
import type { ServiceStore } from '../../src/store/service-store.ts';
import {
  cachingId,
  cachingPage,
  gradedTestService,
  openTestService,
  runEnded,
  type TestServiceOptions,
} from '../helpers/grading-service.ts';
import { later } from '../helpers/later.ts';
import { createMemoryService } from '../helpers/memory-service.ts';

const never = new AbortController().signal;
const slow = () => ({ store: later(createMemoryStore()), notes: later(createMemoryService()) });

const otherPage = {
  name: 'other.md',
  bytes: new TextEncoder().encode(`# 6 Locks

## Ann

- What is a lock?

    <aside>
    💡 It keeps others out.

    </aside>
`),
};
const otherId = '6-Locks';

async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) await nextTurn();
}

async function gradeOf(service: GradingService, member: string) {
  const { grades } = await service.grades(cachingId);
  const found = (await Array.fromAsync(grades)).find((grade) => grade.member === member);
  if (!found) throw new Error(`${member} has no grade`);
  return found;
}

/** What a service says of a chapter, asked in every way; when it was graded is left out. */
async function everythingOf(service: GradingService): Promise<unknown> {
  const { grades, ...board } = await service.grades(cachingId);
  const { members, grades: _grades, answersOf, ...report } = await service.report(cachingId);
  const { id } = await gradeOf(service, 'Ann');
  const everything = {
    chapters: await service.chapters(),
    uploaded: await service.uploaded(cachingId),
    runs: await service.runs(cachingId),
    estimate: await service.estimate(cachingId, {}),
    board,
    grades: await Array.fromAsync(grades),
    report,
    members: await Array.fromAsync(members),
    ann: await answersOf('Ann'),
    queue: await service.reviewQueue(cachingId),
    grade: await service.grade(id),
    scoreboard: await service.scoreboard([]),
    feedback: await service.feedback({ chapter: cachingId, question: 1, answer: 'A fast store.' }, never),
  };
  return JSON.parse(JSON.stringify(everything), (key, value) => (key === 'gradedAt' ? '' : value));
}

describe('a service on stores that take their time', () => {
  it('says the same as on stores that answer at once', async () => {
    const signature = { by: 'leader', reason: 'Right idea' };
    const [atOnce, inTime] = [await gradedTestService(), await gradedTestService(slow())];
    for (const { service } of [atOnce, inTime])
      await service.review((await gradeOf(service, 'Benedict')).id, { score: 60 }, signature);
    expect(await everythingOf(inTime.service)).toEqual(await everythingOf(atOnce.service));
    expect(inTime.faults).toEqual([]);
  });

  it('finds nothing where nothing is', async () => {
    const { service } = openTestService(slow());
    expect([await service.chapters(), await service.runs(cachingId)]).toEqual([[], []]);
    const answers = await Promise.allSettled([
      service.uploaded('nowhere'),
      service.report('nowhere'),
      service.grade(1),
      service.run(1),
      service.stopRun(1),
      service.startRun('nowhere', {}),
    ]);
    for (const answer of answers) expect(answer).toMatchObject({ reason: expect.any(NotFoundError) });
    await service.upload(cachingPage);
    await expect(service.grades(cachingId)).rejects.toThrow('has not been graded yet');
  });
});

describe('of documents that are kept at the same moment', () => {
  it('the last one stands in all its chapters', async () => {
    const { service } = openTestService(slow());
    const [[first], [second]] = [await service.upload(cachingPage), await service.upload(otherPage)];
    const from = (file: string) =>
      [first!, second!].map((chapter) => ({ chapter: { ...chapter, title: file }, file, source: null }));
    await Promise.all([service.keep(from('a.md')), service.keep(from('b.md').reverse())]);
    const titles = [(await service.uploaded(cachingId)).title, (await service.uploaded(otherId)).title];
    expect(titles).toEqual(['b.md', 'b.md']);
  });
});

describe('of decisions at the same moment', () => {
  const byAnn = { by: 'Ann', reason: 'Right idea' };
  const byBen = { by: 'Ben', reason: 'Not at all' };

  async function decidedTwice() {
    const { service } = await gradedTestService(slow());
    const { id } = await gradeOf(service, 'Benedict');
    await service.review(id, { score: 40 }, byBen);
    const { override } = await service.review(id, { score: 60 }, byAnn);
    if (!override) throw new Error('it was decided');
    return { service, id, undone: { by: override.by, at: override.at } };
  }

  it('one that comes while another is undone stands', async () => {
    const { service, id, undone } = await decidedTwice();
    await Promise.all([service.undoReview(id, undone), service.review(id, { score: 90 }, byBen)]);
    const { grade, history } = await service.grade(id);
    expect(grade.override).toMatchObject({ by: 'Ben', score: 90 });
    expect(history.map(({ score }) => score)).toEqual([40, 60, null, 40, 90]);
  });

  it('one that was followed by another is not undone', async () => {
    const { service, id, undone } = await decidedTwice();
    const both = [service.review(id, { score: 90 }, byBen), service.undoReview(id, undone)] as const;
    await expect(both[1]).rejects.toThrow(ConflictError);
    expect((await both[0]).override).toMatchObject({ score: 90 });
    expect((await service.grade(id)).grade.override).toMatchObject({ score: 90 });
  });

  it('one is undone once, however often that is asked for', async () => {
    const { service, id, undone } = await decidedTwice();
    const all = await Promise.allSettled([1, 2, 3].map(() => service.undoReview(id, undone)));
    expect(all.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected']);
    const { history } = await service.grade(id);
    expect(history.map(({ score }) => score)).toEqual([40, 60, null, 40]);
  });
});

describe('of runs that are asked for at the same moment', () => {
  async function withChapters(options: TestServiceOptions = slow()) {
    const made = openTestService(options);
    await made.service.upload(cachingPage);
    await made.service.upload(otherPage);
    return made;
  }

  it('a chapter has one', async () => {
    const { service } = await withChapters();
    const asked = [1, 2, 3].map(() => service.startRun(cachingId, {}));
    const all = await Promise.allSettled([...asked, service.startRun(otherId, {})]);
    expect(all.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled']);
    const runs = await service.runs(cachingId);
    expect(runs).toHaveLength(1);
    for (const { id } of [...runs, ...(await service.runs(otherId))]) await runEnded(service, id);
  });

  /** Notes that say which runs are open now sooner, now later, and tell when the first run comes to its end. */
  function endingNotes(first: number) {
    let asked = first;
    const notes = later(createMemoryService());
    const ending = Promise.withResolvers<void>();
    const telling: ServiceStore = {
      ...notes,
      openRuns: async () => {
        const open = await notes.openRuns();
        asked += 1;
        await turns((asked * 5) % 12);
        return open;
      },
      changeRun: (id, changes) => {
        if (changes.totals) ending.resolve();
        return notes.changeRun(id, changes);
      },
    };
    return { notes: telling, ending: ending.promise };
  }

  it('none is forgotten while the one before it comes to its end', async () => {
    for (let wait = 0; wait < 20; wait += 1) {
      const { notes, ending } = endingNotes(wait);
      const { service } = await withChapters({ store: createMemoryStore(), notes });
      await service.startRun(otherId, {});
      await ending;
      await turns(wait);
      const { id } = await service.startRun(cachingId, {});
      await runEnded(service, id);
      expect((await service.run(id)).state).toBe('finished');
    }
  });

  it('one that is shown as stopped stays so, whenever it was stopped', async () => {
    const shown = new Set<string>();
    for (let wait = 0; wait < 20; wait += 1) {
      const { service } = await withChapters({
        store: createMemoryStore(),
        notes: later(createMemoryService()),
      });
      const { id } = await service.startRun(cachingId, {});
      await turns(3 * wait);
      const { state } = await service.stopRun(id);
      shown.add(state);
      await runEnded(service, id);
      await service.close();
      if (hasEnded({ state })) expect((await service.run(id)).state).toBe(state);
    }
    expect(shown).toContain('stopped');
    expect(shown.size).toBeGreaterThan(1);
  });
});

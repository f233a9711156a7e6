import type { GroupStores } from '../../src/store/group-stores.ts';
import { plannedBatch } from '../store/batches-contract.ts';
import { outcomeOf, samplePlan } from '../store/run-work-contract.ts';
import { chapterNamed } from '../store/service-contract.ts';
import { sampleReview, sampleRun, storedChapter } from '../store/store-contract.ts';
import { sampleGrade } from './sample-material.ts';

const at = '2026-11-01T00:00:00.000Z';

/** Texts that stores have to take pains over. */
const awkward = ['\u0000', '전부 \u0001a 되거나 \u0000', '😀 \'quoted\' "NULL" {a,\\b}\n\t', '\uFEFF가나다'];
const oddChapter = storedChapter({
  id: '10장-\u0000😀',
  title: '10장 \u0000😀',
  submissions: [
    ...awkward.map((text, index) => ({
      member: `나래 ${text}`,
      question: 2,
      status: 'answered' as const,
      attempts: [
        { kind: 'first' as const, text, answerHash: `odd-${index}` },
        { kind: 'revised' as const, text: '', answerHash: 'none' },
      ],
    })),
    { member: '다온', question: 2, status: 'unanswered', attempts: [] },
  ],
});
const plainChapter = storedChapter();

async function fillGrades({ store }: GroupStores): Promise<void> {
  for (const chapter of [plainChapter, oddChapter]) await store.saveChapter(chapter);
  const first = await store.startRun(sampleRun);
  await store.addGrades(first, [
    sampleGrade({ answerHash: 'hash-1', score: 66.66666666666667 }),
    sampleGrade({ question: 3, state: 'ungraded', score: null, ungradedReason: 'refused' }),
  ]);
  await store.finishRun(first, 'finished', at);
  const second = await store.startRun({ ...sampleRun, judge: 'offline', model: null });
  await store.addGrades(second, [sampleGrade({ attempt: 'revised', score: 0.1, answerHash: 'hash-1' })]);
  await store.takeOver(second, 3, first);
  await store.finishRun(second, 'stopped', at);
  const third = await store.startRun({ ...sampleRun, chapter: oddChapter.id, model: '모델\u0000' });
  await store.addGrades(
    third,
    oddChapter.submissions.map(({ member }) =>
      sampleGrade({ chapter: oddChapter.id, member, ungradedDetail: awkward.join('') }),
    ),
  );
  for (const reason of awkward) await store.addReview(sampleReview({ reason, levels: {} }));
}

/** What is settled is settled last: grades and other replies unsettle it. */
async function fillReplies({ store }: GroupStores): Promise<void> {
  for (const reply of awkward)
    await store.keepReplies([
      ['key-1', reply],
      [`key of ${reply}`, reply],
    ]);
  await store.settleQuestions(1, [{ question: 3, basis: 'basis-3' }]);
  await store.settleQuestions(3, [{ question: 2, basis: 'basis-\u0000' }]);
  await store.claimReplies(['key-2'], 'run-1', Date.now());
  await store.beat('run-1', Date.now());
}

async function fillBatches({ batches }: GroupStores): Promise<void> {
  const forgotten = await batches.planBatch({ ...plannedBatch, label: 'label-0' }, ['key-3']);
  await batches.forgetBatch(forgotten);
  const first = await batches.planBatch({ ...plannedBatch, fresh: true }, ['key-3', 'key-4']);
  await batches.noteUpload(first, 'file-1');
  await batches.noteBatch(first, 'batch-1');
  await batches.noteProgress(first, 'completed', { total: 2, completed: 1, failed: 1 });
  await batches.noteOutcome(first, { at, replies: 1, unanswered: 1 });
  await batches.planBatch({ ...plannedBatch, label: 'label-2' }, ['key-4']);
}

async function fillService({ notes, work }: GroupStores): Promise<void> {
  const odd = { chapter: chapterNamed(oddChapter.id, oddChapter.title), uploadedAt: at };
  await notes.saveUpload({ ...odd, file: '10장 \u0000.md', source: null });
  const plain = { chapter: chapterNamed(plainChapter.id), uploadedAt: at };
  await notes.saveUpload({ ...plain, file: 'a.md', source: '/group/a.md' });
  const spent = { requests: 3, inputTokens: 20, cachedInputTokens: 5, outputTokens: 4, costUsd: 0.1 + 0.2 };
  const [first, second] = [await notes.addRun('a', { fresh: true }, at), await notes.addRun('b', {}, at)];
  await notes.changeRun(first?.id ?? 0, {
    ...{ state: 'failed', startedAt: at, finishedAt: at, isStopAsked: true },
    failure: { ko: '안 됨 \u0000', en: 'failed', reason: 'fault' },
    spent: { ...spent, costUsd: null },
    totals: { ...spent, attempts: 5, graded: 2, ungraded: 1, notAttempted: 2, needsReview: 0 },
  });
  await notes.changeRun(second?.id ?? 0, { state: 'finished' });
  const third = (await notes.addRun('a', { judge: 'offline', question: 3 }, at))?.id ?? 0;
  await notes.changeRun(third, { state: 'running', startedAt: at });
  await work.planRun(third, samplePlan({ total: 7 }), [[0, 1], [2, 4], [3]]);
  for (const portion of [0, 1]) await work.takeAccount(third, portion);
  await work.reserve(third, 0, 0.3, 1);
  await work.settle(third, 0, 0.1, 0.05);
  await work.noteProgress(third, 0, 2, spent);
  await work.endPortion(third, 1, outcomeOf(2));
  await work.pause(third, 5, Date.now());
}

/** Fills an empty store with some of everything: three runs of each kind, and texts that are hard to keep. */
export async function fillStores(stores: GroupStores): Promise<void> {
  await fillGrades(stores);
  await fillReplies(stores);
  await fillBatches(stores);
  await fillService(stores);
}

const numbers = [1, 2, 3, 4];
/** What is asked for one by one. */
const each = <Key, T>(keys: readonly Key[], ask: (key: Key) => T) =>
  Promise.all(keys.map(async (key) => ask(key)));

/** Everything that can be read of stores that were filled so. */
export async function everythingIn({ store, batches, notes, work }: GroupStores): Promise<unknown> {
  const chapters = [plainChapter.id, oddChapter.id];
  const hashes = ['hash-1', 'none', ...awkward.map((_, index) => `odd-${index}`)];
  const keys = ['key-1', 'key-2', 'key-3', 'key-4', ...awkward.map((text) => `key of ${text}`)];
  return {
    names: await store.chapterNames(),
    chapters: await store.chapters(),
    texts: await each(chapters, (id) => each(hashes, (hash) => store.answerText(id, hash))),
    runs: await store.runs(),
    grades: await each(chapters, (id) => store.gradesOf(id)),
    grade: await each(numbers, (id) => store.grade(id)),
    summaries: await each(chapters, async (id) => [...(await store.summariesOf(id))]),
    summariesOfRuns: await each(numbers, async (run) => [...(await store.summariesOfRun(run))]),
    summariesOfAnswer: [...(await store.summariesOfAnswer(plainChapter.id, '가람', 2))],
    reviews: await each(chapters, (id) => store.reviewsOf(id)),
    replies: await each(keys, (key) => store.findReply(key)),
    timesKept: await each(keys, (key) => store.timesKept(key)),
    settled: await each(chapters, (id) => store.settledQuestions(id)),
    batches: await batches.batches(),
    requests: await each(numbers, (id) => batches.keysOf(id)),
    batchOf: await each(keys, (key) => batches.batchOf(key)),
    uploadNames: await notes.uploadNames(),
    uploads: await each(chapters, (id) => notes.upload(id)),
    requested: await each(['a', 'b'], (id) => notes.requestedRuns(id)),
    open: await notes.openRuns(),
    plans: await each(numbers, (run) => work.runPlan(run)),
    openPortions: await each(numbers, (run) => work.openPortions(run)),
    portions: await each(numbers, (run) => each([0, 1, 2], (portion) => work.openPortion(run, portion))),
    outcomes: await each(numbers, (run) => work.outcomes(run)),
    done: await each(numbers, (run) => work.doneIn(run)),
  };
}

/** What can only be learnt by going on with stores that were filled so. */
export async function goingOn({ store, batches, notes, work }: GroupStores): Promise<unknown> {
  const [grades] = await each([plainChapter.id], (id) => store.gradesOf(id));
  const room = await each([0.81, 0.71], (amount) => work.reserve(3, 2, amount, 1));
  const takenUp = await each([0, 1, 2], (portion) => work.takeAccount(3, portion));
  const run = await store.startRun(sampleRun);
  await store.addGrades(run, [sampleGrade()]);
  await store.addReview(sampleReview());
  return {
    room,
    takenUp,
    claimed: [...(await store.claimReplies(['key-2'], 'run-2', Date.now()))],
    run,
    added: [...(await store.summariesOfRun(run))].map(({ id }) => id),
    before: grades?.length,
    reviews: (await store.reviewsOf(plainChapter.id)).length,
    batch: await batches.planBatch({ ...plannedBatch, label: 'label-3' }, ['key-5']),
    requested: (await notes.addRun('c', {}, at))?.id,
  };
}

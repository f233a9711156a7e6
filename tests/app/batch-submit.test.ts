import { describe, expect, it } from 'vitest';
import { previewSubmission, type SubmitRequest, submitBatches } from '../../src/app/batch-submit.ts';
import { createMemoryBatches } from '../../src/store/memory-batches.ts';
import { createMemoryStore } from '../../src/store/memory-store.ts';
import { later } from '../helpers/later.ts';
import { coverageCriteria, loadedRubric, sampleChapter, verdictFor } from '../helpers/sample-material.ts';
import { modelError, noSignal, replyWith } from '../helpers/scripted-model.ts';
import { keysIn, type ScriptedProvider, scriptedProvider } from '../helpers/scripted-provider.ts';

/** The sample chapter has three attempts that a judge must read. */
const prepared = {
  chapter: sampleChapter(),
  file: 'answers/03.md',
  rubric: loadedRubric(),
  language: 'ko' as const,
};

const target = { name: 'judge-1', model: 'judge-1', baseUrl: 'https://models.test/v1', endpoint: undefined };

/** A kept reply to the answer to the second question: sound, or with a quote that is not there. */
function replyToSecond(quote = '실패하면 롤백한다'): string {
  return JSON.stringify(replyWith(verdictFor(coverageCriteria, quote)));
}

function setUp(overrides: Partial<SubmitRequest> = {}) {
  const provider: ScriptedProvider = scriptedProvider();
  const batches = createMemoryBatches();
  const replies = createMemoryStore();
  const request: SubmitRequest = {
    chapters: [prepared],
    selection: {},
    target,
    provider,
    batches: later(batches),
    replies: later(replies),
    signal: noSignal,
    ...overrides,
  };
  const submit = (changes: Partial<SubmitRequest> = {}) => submitBatches({ ...request, ...changes });
  return { provider, batches, replies, request, submit };
}

describe('submitBatches', () => {
  it('uploads what needs a judge, question by question, and makes one batch', async () => {
    const { provider, batches, submit } = setUp();
    const result = await submit();
    expect(result).toMatchObject({ resumed: [], totals: { requests: 3, settled: 3, kept: 0, underWay: 0 } });
    expect(result.submitted).toMatchObject([{ batchId: 'batch-1', fileId: 'file-1', state: 'running' }]);
    expect(provider.calls).toEqual(['upload', 'create']);
    const [record] = batches.batches();
    const keys = keysIn(provider.files.get('file-1'));
    expect(keys.toSorted()).toEqual(batches.keysOf(record?.id ?? 0).toSorted());
    const lines = (provider.files.get('file-1') ?? '').trim().split('\n');
    const questions = lines.map((line) => /# Question\\n([^\\]*)/u.exec(line)?.[1]);
    expect(questions).toEqual([
      '인덱스가 조회를 빠르게 하는 까닭은?',
      '인덱스가 조회를 빠르게 하는 까닭은?',
      '트랜잭션의 원자성이란?',
    ]);
  });

  it('notes its intention before the upload, and the file before the batch', async () => {
    const { provider, batches, submit } = setUp();
    const seen: object[] = [];
    const look = () => {
      const [record] = batches.batches();
      seen.push({
        state: record?.state,
        fileId: record?.fileId,
        keys: batches.keysOf(record?.id ?? 0).length,
      });
    };
    const { upload, create } = provider;
    provider.upload = (...given) => {
      look();
      return upload(...given);
    };
    provider.create = (...given) => {
      look();
      return create(...given);
    };
    await submit();
    expect(seen).toEqual([
      { state: 'planned', fileId: null, keys: 3 },
      { state: 'uploaded', fileId: 'file-1', keys: 3 },
    ]);
  });

  it('leaves out what has a reply or is under way', async () => {
    const { provider, batches, replies, submit } = setUp();
    await submit({ selection: { question: 2 } });
    const [first = ''] = keysIn(provider.files.get('file-1'));
    expect(await submit()).toMatchObject({ totals: { underWay: 1, kept: 0 }, submitted: [{ requests: 2 }] });
    replies.keepReplies([[first, replyToSecond()]]);
    expect(await submit()).toMatchObject({ totals: { underWay: 2, kept: 1 }, submitted: [] });
    expect(batches.batches()).toHaveLength(2);
  });

  it('asks once for equal answers to a question', async () => {
    const chapter = sampleChapter();
    const [one] = chapter.submissions;
    if (!one) throw new Error('no submission');
    chapter.submissions.push({ ...one, member: '라온' });
    const { provider, submit } = setUp({ chapters: [{ ...prepared, chapter }] });
    await submit();
    expect(keysIn(provider.files.get('file-1'))).toHaveLength(3);
  });

  it('fills several files, each a batch of its own', async () => {
    const { provider, submit } = setUp({ limits: { requests: 2, bytes: 1_000_000 } });
    const { submitted } = await submit();
    expect(submitted.map(({ requests }) => requests)).toEqual([2, 1]);
    const keys = [...provider.files.values()].flatMap(keysIn);
    expect(new Set(keys).size).toBe(3);
  });

  it('notes all files before the first one is on its way, for other runs to see', async () => {
    const noted: number[] = [];
    const { provider, batches, submit } = setUp({ limits: { requests: 1, bytes: 1_000_000 } });
    const upload = provider.upload.bind(provider);
    provider.upload = (...args) => {
      noted.push(batches.batches().length);
      return upload(...args);
    };
    await submit();
    expect(noted).toEqual([3, 3, 3]);
  });

  it('goes on with an uploaded file, whose batch is looked for before it is made', async () => {
    const { provider, submit } = setUp();
    provider.failNext('create', modelError('timeout'));
    await expect(submit()).rejects.toMatchObject({ failure: 'timeout' });
    const again = await submit();
    expect(again).toMatchObject({
      resumed: [{ batchId: 'batch-1', requests: 3 }],
      submitted: [],
      totals: { underWay: 3 },
    });
    expect(provider.calls).toEqual(['upload', 'create', 'find', 'create']);
  });

  it('takes a batch that was made without our hearing of it', async () => {
    const { provider, submit } = setUp();
    const { create } = provider;
    provider.create = async (...given) => {
      await create(...given);
      throw modelError('connection');
    };
    await expect(submit()).rejects.toMatchObject({ failure: 'connection' });
    provider.create = create;
    expect(await submit()).toMatchObject({ resumed: [{ batchId: 'batch-1' }], submitted: [] });
    expect(provider.reports).toHaveLength(1);
  });

  it('plans anew what was never uploaded', async () => {
    const { provider, batches, submit } = setUp();
    provider.failNext('upload', modelError('connection'));
    await expect(submit()).rejects.toMatchObject({ failure: 'connection' });
    expect(batches.batches()).toMatchObject([{ state: 'planned' }]);
    expect(await submit()).toMatchObject({ resumed: [], submitted: [{ requests: 3 }] });
    expect(batches.batches()).toHaveLength(1);
  });

  it.each(['bad_request', 'not_found'] as const)(
    'gives the requests free when the provider refuses the batch (%s)',
    async (failure) => {
      const { provider, batches, submit } = setUp();
      provider.failNext('create', modelError(failure));
      await expect(submit()).rejects.toMatchObject({ failure });
      expect(batches.batches()).toEqual([]);
    },
  );

  it('leaves what another endpoint has not taken yet', async () => {
    const { provider, batches, submit } = setUp();
    const other = {
      name: 'other',
      baseUrl: 'https://other.test/v1',
      label: 'l',
      plannedAt: '2026-01-01',
      fresh: false,
    };
    const id = batches.planBatch(other, ['x']);
    batches.noteUpload(id, 'file-9');
    await submit();
    expect(provider.calls).toEqual(['upload', 'create']);
    expect(batches.batches()[0]).toMatchObject({ id, batchId: null });
  });

  it('asks again after a reply that cannot be used, in the next batch', async () => {
    const { provider, replies, submit } = setUp({ selection: { question: 2 } });
    await submit();
    const [first = ''] = keysIn(provider.files.get('file-1'));
    const fresh = setUp({ selection: { question: 2 }, replies });
    replies.keepReplies([[first, replyToSecond('여기에 없는 말')]]);
    const { totals } = await fresh.submit();
    expect(totals).toMatchObject({ requests: 1, followUps: 1, kept: 0 });
    const text = fresh.provider.files.get('file-1') ?? '';
    expect(text).toContain('Your evidence was compared with the answer');
    expect(keysIn(text)).not.toContain(first);
    expect((await fresh.submit()).totals).toMatchObject({ requests: 0, underWay: 1 });
  });

  it('hands over no more requests than the limit, and says how many are left out', async () => {
    const { provider, submit } = setUp({ spending: { maxRequests: 2 } });
    expect((await submit()).totals).toMatchObject({ requests: 2, leftOut: 1, mostCostUsd: null });
    expect(keysIn(provider.files.get('file-1'))).toHaveLength(2);
    expect((await submit()).totals).toMatchObject({ requests: 1, leftOut: 0, underWay: 2 });
  });

  it('hands over no more than can cost the limit, at half the list price', async () => {
    const listPriceOf = () => 1;
    const { submit, provider } = setUp({ spending: { maxCostUsd: 1.49 }, listPriceOf });
    expect((await submit()).totals).toMatchObject({ requests: 2, leftOut: 1, mostCostUsd: 1 });
    expect(keysIn(provider.files.get('file-1'))).toHaveLength(2);
  });

  it('makes no batch where nothing is within the limits', async () => {
    const { submit, provider } = setUp({ spending: { maxCostUsd: 0.4 }, listPriceOf: () => 1 });
    expect(await submit()).toMatchObject({ submitted: [], totals: { requests: 0, leftOut: 3 } });
    expect(provider.calls).toEqual([]);
  });

  it('asks anew where that is wanted, though not what is under way', async () => {
    const { provider, batches, replies, submit } = setUp({ selection: { question: 2 } });
    await submit();
    const [key = ''] = keysIn(provider.files.get('file-1'));
    expect((await submit({ fresh: true })).totals).toMatchObject({ requests: 0, underWay: 1 });
    replies.keepReplies([[key, replyToSecond()]]);
    batches.noteOutcome(1, { at: '2026-11-02', replies: 1, unanswered: 0 });
    expect((await submit()).totals).toMatchObject({ requests: 0, kept: 1 });
    expect((await submit({ fresh: true })).submitted).toMatchObject([{ requests: 1, fresh: true }]);
  });

  it('leaves out what another run is just asking', async () => {
    const { submit } = setUp({ askedNow: (keys) => new Set(keys.slice(0, 2)) });
    expect((await submit()).totals).toMatchObject({ requests: 1, askedNow: 2 });
  });

  it('leaves out what is set aside', async () => {
    const { provider, batches, submit } = setUp({ selection: { question: 2 } });
    await submit();
    const setAside = new Set(keysIn(provider.files.get('file-1')));
    batches.noteOutcome(1, { at: '2026-11-02', replies: 0, unanswered: 1 });
    expect((await submit({ setAside })).totals).toMatchObject({ requests: 0, setAside: 1 });
    expect((await submit()).totals).toMatchObject({ requests: 1, setAside: 0 });
  });

  it('tells of each batch as soon as it is there', async () => {
    const told: number[] = [];
    const limits = { requests: 1, bytes: 1_000_000 };
    const { submit } = setUp({ limits, onSubmitted: ({ id }) => told.push(id) });
    await submit();
    expect(told).toEqual([1, 2, 3]);
  });
});

describe('previewSubmission', () => {
  it('tells what would be handed over and what it can cost, and does nothing', async () => {
    const { provider, batches, request } = setUp({ listPriceOf: () => 3 });
    expect(await previewSubmission(request)).toEqual({
      requests: 3,
      followUps: 0,
      settled: 3,
      kept: 0,
      underWay: 0,
      setAside: 0,
      leftOut: 0,
      askedNow: 0,
      mostCostUsd: 4.5,
    });
    expect(provider.calls).toEqual([]);
    expect(batches.batches()).toEqual([]);
  });
});

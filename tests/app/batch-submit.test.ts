import { describe, expect, it } from 'vitest';
import { type SubmitRequest, submitBatches } from '../../src/app/batch-submit.ts';
import { createMemoryBatches } from '../../src/store/memory-batches.ts';
import { createMemoryStore } from '../../src/store/memory-store.ts';
import { loadedRubric, sampleChapter } from '../helpers/sample-material.ts';
import { modelError, noSignal } from '../helpers/scripted-model.ts';
import { keysIn, type ScriptedProvider, scriptedProvider } from '../helpers/scripted-provider.ts';

/** The sample chapter has three attempts that a judge must read. */
const prepared = {
  chapter: sampleChapter(),
  file: 'answers/03.md',
  rubric: loadedRubric(),
  language: 'ko' as const,
};

const target = { name: 'judge-1', model: 'judge-1', baseUrl: 'https://models.test/v1', endpoint: undefined };

function setUp(overrides: Partial<SubmitRequest> = {}) {
  const provider: ScriptedProvider = scriptedProvider();
  const batches = createMemoryBatches();
  const replies = createMemoryStore();
  const request: SubmitRequest = {
    chapters: [prepared],
    selection: {},
    target,
    provider,
    batches,
    replies,
    signal: noSignal,
    ...overrides,
  };
  const submit = (changes: Partial<SubmitRequest> = {}) => submitBatches({ ...request, ...changes });
  return { provider, batches, replies, submit };
}

describe('submitBatches', () => {
  it('uploads what needs a judge, question by question, and makes one batch', async () => {
    const { provider, batches, submit } = setUp();
    const result = await submit();
    expect(result).toMatchObject({ resumed: [], settled: 3, kept: 0, underWay: 0 });
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
    expect(await submit()).toMatchObject({ underWay: 1, kept: 0, submitted: [{ requests: 2 }] });
    replies.keepReplies([[first, '{}']]);
    expect(await submit()).toMatchObject({ underWay: 2, kept: 1, submitted: [] });
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

  it('goes on with an uploaded file, whose batch is looked for before it is made', async () => {
    const { provider, submit } = setUp();
    provider.failNext('create', modelError('timeout'));
    await expect(submit()).rejects.toMatchObject({ failure: 'timeout' });
    const again = await submit();
    expect(again).toMatchObject({
      resumed: [{ batchId: 'batch-1', requests: 3 }],
      submitted: [],
      underWay: 3,
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
    const other = { name: 'other', baseUrl: 'https://other.test/v1', label: 'l', plannedAt: '2026-01-01' };
    const id = batches.planBatch(other, ['x']);
    batches.noteUpload(id, 'file-9');
    await submit();
    expect(provider.calls).toEqual(['upload', 'create']);
    expect(batches.batches()[0]).toMatchObject({ id, batchId: null });
  });

  it('tells of each batch as soon as it is there', async () => {
    const told: number[] = [];
    const limits = { requests: 1, bytes: 1_000_000 };
    const { submit } = setUp({ limits, onSubmitted: ({ id }) => told.push(id) });
    await submit();
    expect(told).toEqual([1, 2, 3]);
  });
});

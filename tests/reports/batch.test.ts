import { describe, expect, test } from 'vitest';
import type { BatchRecord } from '../../src/core/batch.ts';
import {
  batchTable,
  cancellationText,
  collectionText,
  submissionText,
  submittedLine,
} from '../../src/reports/batch.ts';

function record(parts: Partial<BatchRecord> = {}): BatchRecord {
  return {
    id: 1,
    name: 'judge-1',
    baseUrl: 'https://models.test/v1',
    label: 'label',
    plannedAt: '2026-11-01T09:08:07.000Z',
    fresh: false,
    requests: 20,
    fileId: 'file-1',
    batchId: 'batch-1',
    state: 'running',
    counts: { total: 20, completed: 7, failed: 2 },
    outcome: null,
    ...parts,
  };
}
const outcome = { at: '2026-11-02T00:00:00.000Z', replies: 18, unanswered: 2 };

describe('batchTable', () => {
  test('shows number, id, model, time, state and counts, and what to do', () => {
    const records = [
      record(),
      record({ id: 2, state: 'completed', outcome }),
      record({ id: 3, state: 'expired' }),
      record({ id: 4, state: 'uploaded', batchId: null, counts: null }),
    ];
    expect(
      batchTable(records, 'en')
        .split('\n')
        .map((line) => line.replace(/ {2,}/gu, ' | ')),
    ).toEqual([
      'no | batch | model | planned | state | replies | failed',
      ' 1 | batch-1 | judge-1 | 2026-11-01 09:08 UTC | at work | 7/20 | 2',
      ' 2 | batch-1 | judge-1 | 2026-11-01 09:08 UTC | done | 7/20 | 2 | 18 stored, 2 without a reply',
      ' 3 | batch-1 | judge-1 | 2026-11-01 09:08 UTC | ran out of time | 7/20 | 2 | fetch with "batch collect"',
      ' 4 | – | judge-1 | 2026-11-01 09:08 UTC | file uploaded | 0/20 | 0 | go on with "batch submit"',
      '',
    ]);
  });

  test('says where there are none', () => {
    expect(batchTable([], 'ko')).toBe('보낸 배치가 없습니다. batch submit으로 보내세요.\n');
    expect(batchTable([], 'en')).toContain('There are no batches');
  });
});

test('submittedLine names the batch on one line', () => {
  expect(submittedLine(record(), 'en')).toBe('Batch 1 (batch-1): 20 requests to judge-1.\n');
  expect(submittedLine(record(), 'ko')).toBe('배치 1번(batch-1): judge-1에 요청 20개를 맡겼습니다.\n');
});

describe('submissionText', () => {
  const totals = {
    requests: 20,
    followUps: 0,
    settled: 3,
    kept: 2,
    underWay: 1,
    leftOut: 0,
    askedNow: 0,
    mostCostUsd: null,
  };

  test('adds up what was handed over, and says what was left out and how to go on', () => {
    const text = submissionText({ resumed: [record()], submitted: [record()], totals }, 'en');
    expect(text).toContain('1 batch from an earlier run brought to an end.');
    expect(text).toContain(
      '40 requests handed over; 2 with a kept reply, 1 in an earlier batch, 3 settled without a model.',
    );
    expect(text).toContain('"batch collect"');
  });

  test('says when there is nothing to hand over', () => {
    expect(submissionText({ resumed: [], submitted: [], totals }, 'ko')).toBe(
      '맡긴 요청 0개. 응답이 이미 있는 답 2개, 맡겨 둔 답 1개, 모델이 필요 없는 답 3개.\n새로 맡길 것이 없습니다.\n',
    );
  });
});

test('submissionText says what asks again and what the limits left out', () => {
  const totals = { requests: 0, settled: 0, kept: 0, underWay: 0, askedNow: 0, mostCostUsd: 0.1 };
  const parts = { resumed: [], submitted: [] };
  expect(
    submissionText({ ...parts, totals: { ...totals, followUps: 2, leftOut: 7 } }, 'en').split('\n'),
  ).toEqual([
    '0 requests handed over; 0 with a kept reply, 0 in an earlier batch, 0 settled without a model.',
    '2 of them ask again after a reply that could not be used as it was.',
    '7 requests left out because of --max-cost or --max-requests.',
    '',
  ]);
});

describe('collectionText', () => {
  const nothing = { collected: [], running: [], unfinished: [] };

  test('says what was stored, the most frequent reasons, and both ways to go on', () => {
    const reasons = [1, 2, 3, 4, 5, 6].map((count) => ({ reason: `reason ${count}`, count }));
    const collected = [{ record: record({ state: 'expired', outcome }), reasons, problem: 'Out of quota.' }];
    const lines = collectionText({ ...nothing, collected }, 'en').split('\n');
    expect(lines.slice(0, 3)).toEqual([
      'Batch 1 (ran out of time): 18 replies stored, 2 without one.',
      '  Out of quota.',
      '  1 × reason 1',
    ]);
    expect(lines).not.toContain('  6 × reason 6');
    expect(lines.at(-3)).toContain('"grade" asks them directly, "batch submit" puts them into a new batch.');
    expect(lines.at(-2)).toContain('Now run "grade"');
  });

  test('speaks of a new batch only where something has no reply', () => {
    const collected = [
      { record: record({ outcome: { ...outcome, unanswered: 0 } }), reasons: [], problem: null },
    ];
    expect(collectionText({ ...nothing, collected }, 'ko')).not.toContain('batch submit');
  });

  test('names what is still to come', () => {
    const text = collectionText(
      { ...nothing, running: [record()], unfinished: [record({ id: 2, state: 'planned' })] },
      'ko',
    );
    expect(text).toBe(
      '배치 1번: 진행 중, 7/20\n배치 2번: 보내기 전. batch submit을 다시 실행하면 이어집니다.\n',
    );
  });

  test('says when there is nothing', () => {
    expect(collectionText(nothing, 'en')).toBe('There is no batch to collect.\n');
  });
});

test('cancellationText says of each batch what became of it', () => {
  const result = {
    cancelled: [record()],
    ended: [record({ id: 2, state: 'completed' })],
    forgotten: [record({ id: 3 })],
  };
  expect(cancellationText(result, 'en').split('\n')).toEqual([
    'Batch 1: being cancelled; what was done by then can be fetched with "batch collect".',
    'Batch 2: already done; fetch it with "batch collect".',
    'Batch 3: not at the provider, so it was taken off the list.',
    '',
  ]);
  expect(cancellationText({ cancelled: [], ended: [], forgotten: [] }, 'ko')).toBe(
    '취소할 배치가 없습니다.\n',
  );
});

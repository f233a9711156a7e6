import { describe, expect, test } from 'vitest';
import { heldNotice, previewText, stillOutText, submissionNotes } from '../../src/reports/via-batch.ts';

const totals = {
  requests: 12,
  followUps: 0,
  settled: 3,
  kept: 2,
  underWay: 1,
  leftOut: 0,
  askedNow: 0,
  mostCostUsd: 0.25,
};
const open = {
  id: 4,
  name: 'judge-1',
  baseUrl: 'https://models.test/v1',
  label: 'label',
  plannedAt: '2026-11-01T09:08:07.000Z',
  fresh: false,
  requests: 12,
  fileId: 'file-1',
  batchId: 'batch-1',
  state: 'running' as const,
  counts: null,
  outcome: null,
};

describe('previewText', () => {
  test('says how much and what it can cost', () => {
    expect(previewText(totals, 'en')).toBe(
      '12 requests would be handed over (nothing was sent); 2 with a kept reply, 1 in an earlier batch, 3 settled without a model.\nIt costs $0.250 at most (batch price, half of the list price).\n',
    );
    expect(previewText(totals, 'ko')).toContain('최대 $0.250');
  });

  test('does not invent a price', () => {
    expect(previewText({ ...totals, mostCostUsd: null }, 'en')).toContain('the cost cannot be told');
    expect(previewText({ ...totals, mostCostUsd: null }, 'ko')).toContain('가격을 몰라');
  });
});

test('submissionNotes says nothing where nothing is to be said', () => {
  expect(submissionNotes(totals, 'ko')).toBe('');
  expect(submissionNotes({ ...totals, followUps: 1, leftOut: 5, askedNow: 2 }, 'ko')).toBe(
    '그중 1개는 그대로 쓸 수 없는 응답에 이어서 다시 묻는 것입니다.\n--max-cost나 --max-requests 때문에 5개는 맡기지 않았습니다.\n2개는 다른 실행이 지금 바로 묻고 있어 맡기지 않았습니다.\n',
  );
});

test('stillOutText warns of asking anew a second time', () => {
  expect(stillOutText([open, { ...open, id: 5 }], true, 'en')).toContain(
    '24 requests in batches 4, 5; nothing was graded yet. They come back within a day.\nThe same command without --fresh goes on',
  );
  expect(stillOutText([open], false, 'ko')).toContain('배치 4번');
});

describe('heldNotice', () => {
  const underWay = new Map([
    [7, 2],
    [3, 1],
  ]);

  test('names the batches and every way out', () => {
    const text = heldNotice({ underWay, missing: 0 }, 'direct', 'en');
    expect(text).toContain('3 answers left ungraded for now, not asked twice: still in batches 3, 7.');
    for (const way of ['"batch collect"', '"batch cancel 3"', '--fresh']) expect(text).toContain(way);
    expect(heldNotice({ underWay, missing: 0 }, 'direct', 'ko')).toContain('배치 3, 7번');
  });

  test('says of answers without a reply what can be done, which depends on the way', () => {
    const held = { underWay: new Map<number, number>(), missing: 1 };
    expect(heldNotice(held, 'stored', 'en')).toContain('1 answer left ungraded: no reply is stored.');
    expect(heldNotice(held, 'batch', 'en')).toContain('The same command puts them into a new batch');
    expect(heldNotice({ ...held, missing: 0 }, 'stored', 'en')).toBe('');
  });
});

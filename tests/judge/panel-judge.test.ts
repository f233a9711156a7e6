import { describe, expect, it } from 'vitest';
import { noUsage, type UngradedReason } from '../../src/core/grade.ts';
import { scoreOf } from '../../src/core/scoring.ts';
import type { Verdict } from '../../src/core/verdict.ts';
import type { Judge, Judgement } from '../../src/judge/judge.ts';
import { createPanelJudge, type PanelMember } from '../../src/judge/panel-judge.ts';
import { keyPointCriteria, sampleMaterial, verdictFor } from '../helpers/sample-material.ts';
import { deferred, modelError, noSignal, settle } from '../helpers/scripted-model.ts';

const usage = { requests: 1, inputTokens: 100, cachedInputTokens: 0, outputTokens: 10, costUsd: 0.5 };
const best = verdictFor(keyPointCriteria, '쓰기가 느려지고');
const middling = verdictFor(keyPointCriteria, '쓰기가 느려지고', { k1: 'partial', accuracy: 'flawed' });
const worst = verdictFor(keyPointCriteria, '', {
  k1: 'missing',
  k2: 'missing',
  accuracy: 'wrong',
  explanation: 'thin',
});
const levelsOf = (verdict: Verdict) =>
  Object.fromEntries(Object.entries(verdict.criteria).map(([id, { level }]) => [id, level]));

const gives = (verdict: Verdict, models = ['a-2026']): Judgement => ({
  verdict,
  opinions: [],
  models,
  usage,
});
const fails = (ungraded: UngradedReason): Judgement => ({
  ungraded,
  detail: { ko: '오류', en: 'failure' },
  models: [],
  usage: noUsage,
});

function member(judge: Judge['judge'], model = 'a', sample = 0): PanelMember {
  return {
    judge: { kind: 'llm', asked: [model], promptVersion: 'v2-test', samples: 1, judge },
    model,
    sample,
  };
}

/** A panel in which each member says what is given; the models are a, b, c … */
function panelOf(...judgements: Judgement[]) {
  const members = judgements.map((judgement, index) =>
    member(async () => judgement, String.fromCharCode(97 + index)),
  );
  return createPanelJudge(members, 1).judge(sampleMaterial(), noSignal);
}

describe('createPanelJudge', () => {
  it('says whom it asks, each model once, and how often', () => {
    const members = ['a', 'a', 'b', 'b'].map((model, index) =>
      member(async () => gives(best), model, index % 2),
    );
    expect(createPanelJudge(members, 2)).toMatchObject({
      kind: 'llm',
      asked: ['a', 'b'],
      promptVersion: 'v2-test',
      samples: 2,
    });
  });

  it('brings the median, and beside it what each of them said', async () => {
    const judgement = await panelOf(
      gives(best),
      gives(middling, ['b-2026', 'b-2027']),
      gives(worst, ['a-2026']),
    );
    expect(judgement).toEqual({
      verdict: middling,
      opinions: [
        { model: 'a-2026', sample: 0, score: 100, levels: levelsOf(best) },
        { model: 'b-2026', sample: 0, score: 62.9, levels: levelsOf(middling) },
        { model: 'a-2026', sample: 0, score: 0, levels: levelsOf(worst) },
      ],
      models: ['a-2026', 'b-2026', 'b-2027'],
      usage: { requests: 3, inputTokens: 300, cachedInputTokens: 0, outputTokens: 30, costUsd: 1.5 },
    });
    expect(scoreOf(keyPointCriteria, middling)).toBeCloseTo(62.9375, 4);
  });

  it('among equal levels lets one speak whose quotes stand in the answer', async () => {
    const inventing = verdictFor(keyPointCriteria, '지어낸 말');
    expect(await panelOf(gives(inventing), gives(best))).toMatchObject({ verdict: best });
    expect(await panelOf(gives(inventing), gives(inventing))).toMatchObject({ verdict: inventing });
  });

  it('does not know the cost where one of the prices is not known', async () => {
    const unpriced = { ...gives(best), usage: { ...usage, costUsd: null } };
    expect((await panelOf(gives(best), unpriced)).usage).toMatchObject({ requests: 2, costUsd: null });
  });

  it('asks all at once, with the same material and signal', async () => {
    const { signal } = new AbortController();
    const source = deferred<Judgement>();
    const heard: unknown[][] = [];
    const members = [0, 1, 2].map((sample) =>
      member(
        (...given) => {
          heard.push(given);
          return source.promise;
        },
        'a',
        sample,
      ),
    );
    const material = sampleMaterial();
    const judgement = createPanelJudge(members, 3).judge(material, signal);
    expect(heard).toEqual([
      [material, signal],
      [material, signal],
      [material, signal],
    ]);
    source.resolve(gives(best));
    expect(await judgement).toMatchObject({ opinions: [{ sample: 0 }, { sample: 1 }, { sample: 2 }] });
  });

  it('does with two of three; the third has no score', async () => {
    const judgement = await panelOf(gives(best), fails('request_failed'), gives(best));
    expect(judgement).toMatchObject({
      verdict: best,
      opinions: [
        { model: 'a-2026', score: 100 },
        { model: 'b', sample: 0, score: null, levels: {} },
        { model: 'a-2026', score: 100 },
      ],
      usage: { requests: 2 },
    });
  });

  it.each([
    ['one of two', [gives(best), fails('refused')]],
    ['one of three', [fails('refused'), gives(best), fails('truncated')]],
    ['two of four', [gives(best), fails('refused'), gives(best), fails('refused')]],
    ['none', [fails('refused'), fails('refused')]],
  ])('gives no verdict with %s, but the reason, and what it took', async (_name, judgements) => {
    const given = judgements.filter((judgement) => 'verdict' in judgement).length;
    expect(await panelOf(...judgements)).toEqual({
      ungraded: 'refused',
      detail: { ko: '오류', en: 'failure' },
      models: given > 0 ? ['a-2026'] : [],
      usage: expect.objectContaining({ requests: given, costUsd: given / 2 }),
      isPartial: true,
    });
  });

  it('throws what every further request would meet, once all the others are done', async () => {
    const source = deferred<Judgement>();
    const error = modelError('authentication');
    const panel = createPanelJudge(
      [member(() => Promise.reject(error)), member(() => source.promise, 'b')],
      1,
    );
    const outcome = panel.judge(sampleMaterial(), noSignal).then(
      () => 'judged',
      (thrown: unknown) => thrown,
    );
    let ended = false;
    void outcome.then(() => {
      ended = true;
    });
    await settle();
    expect(ended).toBe(false);
    source.resolve(gives(best));
    expect(await outcome).toBe(error);
  });

  it('of nobody is a bug', () => {
    expect(() => createPanelJudge([], 1)).toThrow(/at least one member/u);
  });
});

import { afterAll, beforeAll, expect, it } from 'vitest';
import { describePostgres } from '../helpers/postgres.ts';
import { patience } from '../helpers/run-cli.ts';
import type { Serving } from '../helpers/serving.ts';
import { openSite, type Site } from './site.ts';
import { siteChapter } from './site-chapter.ts';

describePostgres('two services and two workers, started at once on an empty database', (database) => {
  let site: Site;
  let serving: Serving;
  let other: Serving;

  beforeAll(async () => {
    site = await openSite(database.address());
    const workers = [site.worker('one'), site.worker('two')];
    [serving, other] = await Promise.all([site.serve(), site.serve()]);
    await Promise.all(workers);
  }, patience);

  afterAll(() => site?.[Symbol.asyncDispose](), patience);

  it('share a run and ask nothing twice', { timeout: patience }, async () => {
    const chapter = siteChapter(site, 'Sharing');
    const letGo = site.holdAfter(0);
    const run = await chapter.askForRun(serving);
    // No worker takes all portions at once, so neither is alone.
    await site.holds(1, 'one', 'two');
    letGo();
    const { totals } = await chapter.expectWhole(serving, run, 0);
    expect(totals?.requests).toBe(chapter.answers);
  });

  it('make one run of two that are asked for at the same moment', { timeout: patience }, async () => {
    const chapter = siteChapter(site, 'Moment', 1, 10);
    await chapter.handIn(serving);
    // Or the first could have ended before the second is asked for.
    const letGo = site.holdAfter(0);
    const started = await Promise.all([chapter.startRun(serving), chapter.startRun(other)]);
    letGo();
    expect(started.map(({ status }) => status).sort()).toEqual([202, 409]);
    const [made] = await Promise.all(
      started.filter(({ status }) => status === 202).map((response) => response.json()),
    );
    await chapter.expectWhole(other, (made as { id: number }).id, 0);
  });

  it('show a run to its end, whichever service is looked at', { timeout: patience }, async () => {
    const chapter = siteChapter(site, 'Looking', 2, 20);
    const letGo = site.holdAfter(10);
    const run = await chapter.askForRun(serving);
    const events = await fetch(`${other.url}/v1/runs/${run}/events`);
    let seen = '';
    for await (const text of events.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      seen += text;
      if (/"progress":\{"done":[1-9]/u.test(seen)) letGo();
    }
    expect(seen).toMatch(/"state":"running".*"progress":\{"done":[1-9]\d*,"total":40/u);
    expect(seen.match(/^data: .*$/gmu)?.at(-1)).toContain('"state":"finished"');
    await chapter.expectWhole(other, run, 0);
  });

  it('never spend more than a run may cost', { timeout: patience }, async () => {
    const chapter = siteChapter(site, 'Budget', 6, 8);
    // Of gpt-4o-mini, 1,000 tokens in and 100 out. A request may cost half a cent, so two have room at the same moment.
    const [each, limit] = [1000 * 0.15e-6 + 100 * 0.6e-6, 0.0125];
    const run = await chapter.askForRun(serving, { maxCostUsd: limit });
    const { state, failure, totals } = await chapter.ended(serving, run);
    expect(state).toBe('failed');
    expect(failure).toContain('the cost limit of 0.0125 USD');
    const sent = chapter.requests().length;
    expect(sent * each).toBeLessThanOrEqual(limit);
    expect(totals?.costUsd).toBeCloseTo(sent * each, 8);
    expect([totals?.requests, totals?.graded]).toEqual([sent, sent]);
    expect([await chapter.graded(other), chapter.repeated()]).toEqual([sent, 0]);
    expect(sent).toBeGreaterThan(0);
  });

  it('keep what was graded when a person stops the run', { timeout: patience }, async () => {
    const chapter = siteChapter(site, 'Stopping');
    const letGo = site.holdAfter(20);
    const run = await chapter.askForRun(serving);
    await site.holds(1, 'one', 'two');
    expect((await other.send('POST', `/v1/runs/${run}/stop`)).status).toBe(202);
    // What is in flight is given up after a while, so that the run ends whatever the model does.
    const { state, failure, totals } = await chapter.ended(other, run);
    letGo();
    expect([state, failure]).toEqual(['stopped', null]);
    expect(totals).toMatchObject({ graded: 20, ungraded: chapter.answers - 20 });
    expect(await chapter.graded(serving)).toBe(20);
    const again = await chapter.startRun(serving);
    const { id } = (await again.json()) as { id: number };
    const given = chapter.requests().length - 20;
    await chapter.expectWhole(serving, id, given);
  });

  it('keep to requests a minute together', { timeout: patience }, async () => {
    const [perMinute, questions, members] = [600, 6, 5];
    const chapter = siteChapter(site, 'Pace', questions, members);
    const run = await chapter.askForRun(serving, { modelRequestsPerMinute: perMinute });
    await chapter.expectWhole(serving, run, 0);
    const { startedAt, finishedAt } = await serving.get<{ startedAt: string; finishedAt: string }>(
      `/v1/runs/${run}`,
    );
    const took = Date.parse(finishedAt) - Date.parse(startedAt);
    // Timers may ring a millisecond early; two that each kept to the rate would take half as long.
    expect(took).toBeGreaterThanOrEqual((chapter.answers - 1) * (60_000 / perMinute) - 10);
  });
});

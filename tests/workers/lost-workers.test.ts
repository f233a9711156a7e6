import { afterAll, beforeAll, expect, it } from 'vitest';
import { describePostgres } from '../helpers/postgres.ts';
import { patience } from '../helpers/run-cli.ts';
import type { Serving } from '../helpers/serving.ts';
import { openSite, type Site } from './site.ts';
import { siteChapter } from './site-chapter.ts';

describePostgres('a worker that is gone', (database) => {
  let site: Site;
  let serving: Serving;

  beforeAll(async () => {
    site = await openSite(database.address());
    serving = await site.serve();
  }, patience);

  afterAll(() => site?.[Symbol.asyncDispose](), patience);

  it('by kill -9 has its portions done by another', { timeout: patience }, async () => {
    const chapter = siteChapter(site, 'Killed');
    await using killed = await site.worker('killed');
    const letGo = site.holdAfter(30);
    const run = await chapter.askForRun(serving);
    await site.holds(8, 'killed');
    const jobs = await site.jobsAtWork();
    const starting = site.worker('other');
    await killed.kill();
    const inFlight = site.held('killed');
    await site.silence(jobs);
    letGo();
    await using _other = await starting;
    const { totals } = await chapter.expectWhole(serving, run, inFlight);
    expect(chapter.repeated()).toBe(inFlight);
    // Of what the killed one sent, only what it had no time to note is missing from the sums.
    expect(totals?.requests).toBeLessThanOrEqual(chapter.requests().length);
  });

  it('by SIGTERM gives its portions back at once', { timeout: patience }, async () => {
    const chapter = siteChapter(site, 'Ended');
    await using ending = await site.worker('ending');
    const letGo = site.holdAfter(30);
    const run = await chapter.askForRun(serving);
    await site.holds(8, 'ending');
    ending.running.kill('SIGTERM');
    await ending.running.saidOnStderr('Ending.');
    letGo();
    expect((await ending.running.result).code).toBe(0);
    expect(await site.jobsAtWork()).toEqual([]);
    await using _other = await site.worker('heir');
    await chapter.expectWhole(serving, run, 0);
  });

  it('or set up for another model does not make the run', { timeout: patience }, async () => {
    const chapter = siteChapter(site, 'Models', 1, 5);
    await using other = await site.worker('other', { env: { ANSWER_GRADER_MODEL: 'gpt-4o' } });
    const run = await chapter.askForRun(serving);
    const { state, failure } = await chapter.ended(serving, run);
    expect(state).toBe('failed');
    expect(failure).toContain('asked for with gpt-4o-mini, but whatever makes it now has gpt-4o;');
    await other.running.saidOnStderr('has failed (other_models)');
    expect(chapter.requests()).toEqual([]);
  });
});

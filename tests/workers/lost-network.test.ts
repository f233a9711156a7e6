import { afterAll, beforeAll, it } from 'vitest';
import { type Gate, openGate } from '../helpers/gate.ts';
import { describePostgres } from '../helpers/postgres.ts';
import { patience } from '../helpers/run-cli.ts';
import type { Serving } from '../helpers/serving.ts';
import { openSite, type Site } from './site.ts';
import { siteChapter } from './site-chapter.ts';

describePostgres('a worker whose network is cut', (database) => {
  let site: Site;
  let serving: Serving;
  let gate: Gate;

  beforeAll(async () => {
    site = await openSite(database.address());
    gate = await openGate(database.address());
    const others = [site.worker('cut', { address: gate.address }), site.worker('other')];
    serving = await site.serve();
    await Promise.all(others);
  }, patience);

  afterAll(async () => {
    await site?.[Symbol.asyncDispose]();
    await gate?.stop();
  }, patience);

  it('for some seconds keeps what it was told meanwhile', { timeout: patience }, async () => {
    const chapter = siteChapter(site, 'Seconds');
    const letGo = site.holdAfter(20);
    const run = await chapter.askForRun(serving);
    await site.holds(8, 'cut', 'other');
    const inFlight = site.held('cut');
    gate.close();
    letGo();
    await gate.refuses(6);
    gate.open();
    await chapter.expectWhole(serving, run, inFlight);
  });

  it('for good has its portions done by another', { timeout: patience }, async () => {
    const chapter = siteChapter(site, 'Good');
    const letGo = site.holdAfter(0);
    const run = await chapter.askForRun(serving);
    await site.holds(8, 'cut', 'other');
    const inFlight = site.held('cut');
    gate.close();
    await site.silence(await site.jobsAtWork());
    letGo();
    await chapter.expectWhole(serving, run, inFlight);
  });
});

import { tmpdir } from 'node:os';
import { setTimeout as passed } from 'node:timers/promises';
import { afterEach, describe, expect, inject, it } from 'vitest';
import { type Cluster, startCluster } from '../helpers/postgres-cluster.ts';
import { patience } from '../helpers/run-cli.ts';
import { openSite } from './site.ts';
import { siteChapter } from './site-chapter.ts';

const { programs, missing } = inject('postgres');

describe.skipIf(programs === null)(
  `a PostgreSQL that is stopped in the middle of a run${missing ? ` (skipped: ${missing})` : ''}`,
  () => {
    let cluster: Cluster | null = null;

    afterEach(() => cluster?.remove(), patience);

    it('for ten seconds loses nothing, and all go on by themselves', { timeout: patience }, async () => {
      cluster = await startCluster(programs ?? '', tmpdir());
      await using site = await openSite(cluster.address);
      const workers = [site.worker('one'), site.worker('two')];
      const serving = await site.serve();
      const processes = [serving, ...(await Promise.all(workers))];
      const chapter = siteChapter(site, 'Outage');
      const letGo = site.holdAfter(30);
      const run = await chapter.askForRun(serving);
      await site.holds(8, 'one', 'two');
      const inFlight = site.held();
      const events = fetch(`${serving.url}/v1/runs/${run}/events`).then((response) => response.text());
      cluster.stop('immediate');
      // Replies come while there is nowhere to keep them.
      letGo();
      // The length of the fault, which nothing tells the end of.
      await passed(10_000);
      cluster.start();
      await chapter.expectWhole(serving, run, inFlight);
      expect((await events).match(/^data: .*$/gmu)?.at(-1)).toContain('"state":"finished"');
      for (const { running } of processes) running.kill('SIGTERM');
      const ends = await Promise.all(processes.map(({ running }) => running.result));
      expect(ends.map(({ code }) => code)).toEqual([0, 0, 0]);
      for (const { stderr } of ends) {
        expect(stderr).not.toMatch(/^ +at /mu);
        expect(stderr.match(/cannot be reached.*tried again by itself/gu)).toHaveLength(1);
      }
    });
  },
);

import { it } from 'vitest';
import { readPageScript } from '../../src/compose-service.ts';
import { describeInBrowser } from '../helpers/browser.ts';
import { cachingId, cachingPage, openTestService } from '../helpers/grading-service.ts';
import { listenForTest } from '../helpers/http-app.ts';

describeInBrowser('the page of a run that nobody makes', (visit) => {
  it('says after a minute by itself that it still waits', async () => {
    const { service } = openTestService({ worksHere: false });
    await service.upload(cachingPage);
    let createdAt = new Date().toISOString();
    const aging = { ...service, run: async (id: number) => ({ ...(await service.run(id)), createdAt }) };
    const { id } = await service.startRun(cachingId, {});
    await using server = await listenForTest(aging, { script: await readPageScript() });
    await visit({ host: new URL(server.url).host }, async (page) => {
      await page.clock.install();
      await page.goto(`${server.url}/runs/${id}`);
      await page.getByText('It starts in a moment.').waitFor();
      createdAt = '2000-01-01T00:00:00.000Z';
      await page.clock.fastForward(61_000);
      await page.getByText('It is still waiting').waitFor();
    });
  });
});

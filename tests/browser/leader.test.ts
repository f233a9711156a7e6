import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { barriersOn, describeInBrowser } from '../helpers/browser.ts';
import { patience } from '../helpers/run-cli.ts';
import { type HeldModel, startHeldModel } from './held-model.ts';
import { queuesPage, queuesTitle } from './queues-chapter.ts';
import { type ServedPages, servePages } from './serve-pages.ts';

const file = { name: 'queues.md', mimeType: 'text/markdown', buffer: Buffer.from(queuesPage) };

async function click(page: Page, role: 'link' | 'button', name: string): Promise<void> {
  await page.getByRole(role, { name, exact: true }).first().click();
}

async function sees(page: Page, text: string | RegExp): Promise<void> {
  await page.getByText(text).first().waitFor();
}

/** Decides on the grade that the page shows. */
async function decide(page: Page, score: string): Promise<void> {
  await page.getByLabel('Give a score directly').check();
  await page.getByLabel('Score (0 to 100)').fill(score);
  await page.getByLabel('Reason for your decision').fill('Said in own words');
  await page.getByLabel('Your name').fill('Leader');
  await click(page, 'button', 'Decide');
}

describeInBrowser('a leader with a model', (visit) => {
  let held: HeldModel;
  let pages: ServedPages;

  beforeAll(async () => {
    held = await startHeldModel();
    pages = await servePages({ model: held.model });
  }, patience);
  afterAll(async () => {
    await pages[Symbol.asyncDispose]();
    await held[Symbol.asyncDispose]();
  });

  async function handIn(page: Page): Promise<void> {
    await page.goto(pages.serving.url);
    await sees(page, '단원 올리기');
    await click(page, 'link', 'English');
    await page.getByLabel('Chapter file').setInputFiles(file);
    await click(page, 'button', 'Hand in');
    await sees(page, '2 members, 2 questions, 3 submissions');
    await sees(page, '1 thing to check');
    await page.getByRole('row', { name: 'Ben' }).waitFor();
  }

  async function seeTheCost(page: Page): Promise<void> {
    const estimate = page.locator('#estimate');
    await page.getByLabel(/Offline baseline/u).check();
    await estimate.getByText('free').waitFor();
    await page.getByLabel(/Language model: gpt-6-luna/u).check();
    await estimate.getByText('Requests to the model').waitFor();
    await estimate
      .getByText(/^\$0\.\d{4}$/u)
      .first()
      .waitFor();
  }

  async function watchAndStop(page: Page): Promise<void> {
    await click(page, 'button', 'Start grading');
    for (const done of [1, 2]) {
      held.letGo(1);
      await sees(page, new RegExp(`^${done} of 3`, 'u'));
    }
    await held.model.received(3);
    await click(page, 'button', 'Stop');
    await page.locator('#state', { hasText: 'stopped' }).waitFor();
  }

  async function finish(page: Page): Promise<void> {
    await click(page, 'link', 'Back to the chapter');
    await click(page, 'button', 'Start grading');
    await page.getByRole('button', { name: 'Stop' }).focus();
    const announced = await page.locator('[aria-live]').elementHandle();
    held.letGo(2);
    await page.locator('#state', { hasText: 'finished' }).waitFor();
    expect(await announced?.textContent()).toBe('finished');
    await page.getByRole('link', { name: 'See the scoreboard' }).waitFor();
    expect(await page.locator('#run').evaluate((part) => part.matches(':focus'))).toBe(true);
    await click(page, 'link', 'See the scoreboard');
  }

  async function readResults(page: Page): Promise<void> {
    await page.getByRole('heading', { name: `Scoreboard: ${queuesTitle}` }).waitFor();
    await page.locator('.heat').getByRole('link').first().click();
    expect(new URL(page.url()).hash).toMatch(/^#m\d+-q\d+-first$/u);
    await click(page, 'link', 'See the scoreboard');
    await click(page, 'link', 'Ben');
    await page.getByRole('heading', { name: 'Ben' }).waitFor();
    expect(await page.locator('mark').count()).toBeGreaterThan(0);
    await click(page, 'link', 'See the scoreboard');
  }

  async function overrideAndUndo(page: Page): Promise<void> {
    const scoreOfBen = async () => (await page.getByRole('row', { name: 'Ben' }).first().textContent()) ?? '';
    await click(page, 'link', 'Answers to check');
    await click(page, 'link', 'Begin with the first answer');
    await page.getByRole('heading', { name: 'Ben, question 1' }).waitFor();
    await decide(page, '61.5');
    await page.getByRole('status').getByText('Decided: Ben, question 1').waitFor();
    await click(page, 'link', 'Scoreboard');
    expect(await scoreOfBen()).toContain('61.5');
    await page.goBack();
    expect(await barriersOn(page)).toEqual([]);
    await click(page, 'button', 'Undo');
    await sees(page, 'The decision was taken back.');
    await click(page, 'link', 'Scoreboard');
    expect(await scoreOfBen()).not.toContain('61.5');
  }

  async function download(page: Page): Promise<void> {
    await click(page, 'link', queuesTitle);
    await click(page, 'link', 'Back to the chapter');
    await page.getByText('Download files').click();
    const [downloaded] = await Promise.all([
      page.waitForEvent('download'),
      click(page, 'link', 'grades.csv'),
    ]);
    expect(downloaded.suggestedFilename()).toBe(`${queuesTitle} grades.csv`);
    const csv = await readFile(await downloaded.path(), 'utf8');
    for (const member of ['Ann', 'Ben']) expect(csv).toContain(`,${member},`);
  }

  it('hands a chapter in, grades it, decides and takes the results home', () =>
    visit({ host: pages.host, language: 'ko' }, async (page) => {
      await handIn(page);
      await seeTheCost(page);
      await watchAndStop(page);
      await finish(page);
      await readResults(page);
      await overrideAndUndo(page);
      await download(page);
      await click(page, 'link', 'Whole report');
      await page.getByRole('heading', { level: 1, name: queuesTitle }).waitFor();
      const font = await page.evaluate<string>('getComputedStyle(document.body).fontFamily');
      expect(font).toContain('Noto Sans KR');
    }));
});

describeInBrowser('a leader without a model', (visit) => {
  let pages: ServedPages;

  beforeAll(async () => {
    pages = await servePages();
  }, patience);
  afterAll(() => pages[Symbol.asyncDispose]());

  it('needs no script from the first page to a decision', () =>
    visit({ host: pages.host, hasScript: false }, async (page) => {
      await page.goto(pages.serving.url);
      await page.getByText('Paste a page instead of a file').click();
      await page.getByLabel('Name of the chapter').fill('queues');
      await page.getByLabel('The whole page').fill(queuesPage);
      await click(page, 'button', 'Hand in');
      await click(page, 'button', 'See the cost');
      await page.locator('#estimate').getByText('free').waitFor();
      await click(page, 'button', 'Start grading');
      await page.locator('#state', { hasText: 'finished' }).waitFor();
      await click(page, 'link', 'See the answers to check');
      await click(page, 'link', 'Begin with the first answer');
      await decide(page, '42.5');
      await page.getByRole('status').getByText('Decided: Ben, question 1').waitFor();
      await page.getByRole('listitem').filter({ hasText: '42.5' }).waitFor();
    }));

  it('drops a file on the page', () =>
    visit({ host: pages.host }, async (page) => {
      await page.goto(pages.serving.url);
      const dropped = await page.evaluateHandle<unknown>(`(() => {
        const transfer = new DataTransfer();
        transfer.items.add(new File([${JSON.stringify(queuesPage)}], 'queues.md'));
        return transfer;
      })()`);
      await page.locator('[data-drop]').dispatchEvent('drop', { dataTransfer: dropped });
      await page.getByRole('heading', { level: 1, name: queuesTitle }).waitFor();
    }));

  it('is told what is wrong with a file', () =>
    visit({ host: pages.host, refusals: [422] }, async (page) => {
      await page.goto(pages.serving.url);
      await page.getByLabel('Chapter file').setInputFiles({ ...file, buffer: Buffer.from('No chapter.') });
      await click(page, 'button', 'Hand in');
      await page.getByRole('alert').getByText('queues.md').waitFor();
    }));
});

import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { barriersOn, describeInBrowser, overflowOf, type Visit } from '../helpers/browser.ts';
import { patience, sampleId } from '../helpers/run-cli.ts';
import { hostileChapter, hostileRubric, hostileTexts, hostileTitle } from './hostile-chapter.ts';
import { gradedByHttp, type ServedPages, servePages } from './serve-pages.ts';

/** The addresses of every page about a graded chapter, and of those about none. */
function pathsOf(id: string): string[] {
  const chapter = `/chapters/${encodeURIComponent(id)}`;
  return [
    '/',
    '/scoreboard',
    chapter,
    `${chapter}?estimate=1&judge=offline`,
    `${chapter}/scoreboard`,
    `${chapter}/members/1`,
    `${chapter}/review`,
    `${chapter}/report`,
    '/grades/1',
    '/runs/1',
  ];
}

async function eachPage(page: Page, pages: ServedPages, id: string, look: (path: string) => Promise<void>) {
  for (const path of pathsOf(id)) {
    const response = await page.goto(pages.serving.url + path);
    expect([path, response?.status()]).toEqual([path, 200]);
    for (const summary of await page.locator('summary').all()) {
      if (await summary.isVisible()) await summary.click();
    }
    await look(path);
  }
}

describeInBrowser('every page of the service', (visit: Visit) => {
  let pages: ServedPages;

  beforeAll(async () => {
    pages = await servePages({ prepare: (workspace) => workspace.addSample({ rubric: true }) });
    const text = await pages.workspace.read(`answers/${sampleId}.md`);
    await gradedByHttp(pages, 'chapter.md', text);
  }, patience);
  afterAll(() => pages[Symbol.asyncDispose]());

  it.each([
    { colorScheme: 'light', width: 1280, language: 'ko' },
    { colorScheme: 'dark', width: 360, language: 'en' },
  ] as const)('can be read by everybody: $colorScheme, $width, $language', (looks) =>
    visit({ ...looks, host: pages.host }, (page) =>
      eachPage(page, pages, sampleId, async (path) => {
        expect([path, await barriersOn(page)]).toEqual([path, []]);
      }),
    ),
  );

  it.each([360, 320])('does not scroll sideways at %i pixels', (width) =>
    visit({ host: pages.host, width, language: 'ko' }, (page) =>
      eachPage(page, pages, sampleId, async (path) => {
        expect([path, Math.max(0, await overflowOf(page))]).toEqual([path, 0]);
      }),
    ),
  );

  it.each([
    { width: 390, language: 'en' },
    { width: 360, language: 'en' },
    { width: 360, language: 'ko' },
  ] as const)('has its header on one line at $width pixels in $language', ({ width, language }) =>
    visit({ host: pages.host, width, language }, async (page) => {
      await page.goto(pages.serving.url);
      const middles = await page.locator('header.site a').evaluateAll((links) =>
        links.map((link) => {
          const { top, bottom } = link.getBoundingClientRect();
          return Math.round((top + bottom) / 2);
        }),
      );
      expect(middles).toHaveLength(4);
      expect(Math.max(...middles) - Math.min(...middles)).toBeLessThan(5);
    }),
  );

  it('shows all of who answered what on a wide screen', () =>
    visit({ host: pages.host, language: 'en' }, async (page) => {
      await page.goto(`${pages.serving.url}/chapters/${encodeURIComponent(sampleId)}`);
      const place = page.getByRole('group', { name: 'Who answered what' });
      expect(await place.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBe(0);
    }));

  it('says in words what is not there', () =>
    visit({ host: pages.host, refusals: [404] }, async (page) => {
      await page.goto(`${pages.serving.url}/chapters/nowhere`);
      await page.getByRole('link', { name: 'Back to the start' }).waitFor();
      expect(await barriersOn(page)).toEqual([]);
    }));
});

describeInBrowser('a service on a hostile chapter', (visit: Visit) => {
  let pages: ServedPages;
  let id: string;

  beforeAll(async () => {
    pages = await servePages({
      prepare: (workspace) => workspace.write('rubrics/hostile.yaml', hostileRubric()),
    });
    id = await gradedByHttp(
      pages,
      `"><img src=x onerror=window.hacked=1>.jsonl`,
      hostileChapter(),
      'hostile',
    );
  }, patience);
  afterAll(() => pages[Symbol.asyncDispose]());

  it('runs and loads nothing of it on any page', () =>
    visit({ host: pages.host }, (page) =>
      eachPage(page, pages, id, async (path) => {
        await page.mouse.move(200, 300);
        const found = await page.locator('iframe, img, svg a, [onload], [onerror], [onfocus]').count();
        const links = await page.locator('a[href^="javascript:"], a[href^="data:"]').count();
        const hacked = await page.evaluate('window.hacked');
        expect([path, found, links, hacked]).toEqual([path, 0, 0, undefined]);
      }),
    ));

  it('shows the texts of its rubric as they are', () =>
    visit({ host: pages.host }, async (page) => {
      await page.goto(`${pages.serving.url}/grades/1`);
      expect(await page.locator('main').textContent()).toContain(`Keys are sorted ${hostileTexts[0]}`);
    }));

  it('shows the title and the members as they are', () =>
    visit({ host: pages.host }, async (page) => {
      await page.goto(`${pages.serving.url}/chapters/${encodeURIComponent(id)}/scoreboard`);
      expect(await page.locator('h1').textContent()).toContain(hostileTitle);
      for (const text of hostileTexts.filter((each) => each.startsWith('<')))
        expect(await page.locator('main').textContent()).toContain(text);
    }));
});

describeInBrowser('a service behind a token', (visit: Visit) => {
  const token = 'a-token-that-is-long-enough';
  let pages: ServedPages;

  beforeAll(async () => {
    pages = await servePages({ env: { ANSWER_GRADER_TOKEN: token } });
  }, patience);
  afterAll(() => pages[Symbol.asyncDispose]());

  it('asks for it, refuses a wrong one, and lets a right one in and out', () =>
    visit({ host: pages.host, refusals: [401, 403] }, async (page) => {
      await page.goto(`${pages.serving.url}/scoreboard`);
      const field = page.getByLabel('Token');
      await field.waitFor();
      expect(await barriersOn(page)).toEqual([]);
      await field.fill('a-token-that-is-not-right');
      await page.getByRole('button', { name: 'Log in' }).click();
      await page.getByRole('alert').waitFor();
      await page.getByLabel('Token').fill(token);
      await page.getByRole('button', { name: 'Log in' }).click();
      await page.getByRole('heading', { level: 1, name: 'answer-grader' }).waitFor();
      await page.getByRole('button', { name: 'Log out' }).click();
      await page.getByLabel('Token').waitFor();
    }));
});

import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Grade } from '../../src/core/grade.ts';
import { barriersOn, describeInBrowser, type Looks, overflowOf } from '../helpers/browser.ts';
import { createWorkspace, patience, sampleFile, sampleId, type Workspace } from '../helpers/run-cli.ts';

/** Between them every colour and every width. */
const looks: readonly Looks[] = [
  { colorScheme: 'light', width: 1280 },
  { colorScheme: 'dark', width: 360 },
];

describeInBrowser('the report on the sample chapter', (visit) => {
  let workspace: Workspace;
  let grades: Grade[];
  let members: string[];

  beforeAll(async () => {
    workspace = await createWorkspace();
    await workspace.addSample({ rubric: true });
    await workspace.run(['grade', sampleFile, '--judge', 'offline', '--anonymous']);
    grades = JSON.parse(await workspace.read(`reports/${sampleId}/grades.json`)).grades;
    members = [...new Set(grades.map((grade) => grade.member))];
  }, patience);
  afterAll(() => workspace[Symbol.asyncDispose]());

  async function open(page: Page, name = 'index.html'): Promise<void> {
    await page.goto(pathToFileURL(workspace.path('reports', sampleId, name)).href);
  }
  const colourOf = (page: Page) => page.evaluate<string>('getComputedStyle(document.body).backgroundColor');

  it.each(looks)('can be read by everybody: $colorScheme, $width', (own) =>
    visit(own, async (page) => {
      await open(page);
      expect(await barriersOn(page)).toEqual([]);
    }),
  );

  it.each([360, 320])('does not scroll sideways at %i pixels', (width) =>
    visit({ width }, async (page) => {
      await open(page);
      expect(await overflowOf(page)).toBeLessThanOrEqual(0);
    }),
  );

  /** By how many pixels the widest of some tables is wider than its place. */
  const hiddenOf = (page: Page, tables: string) =>
    page
      .locator(`.scroll:has(> ${tables})`)
      .evaluateAll((places) => Math.max(...places.map((place) => place.scrollWidth - place.clientWidth)));

  it('shows all of a heat map of ten questions on a screen as wide as a page', () =>
    visit({ width: 1100 }, async (page) => {
      await open(page);
      expect(await hiddenOf(page, '.heat')).toBe(0);
    }));

  it('shows all of the scoreboard and of the criteria on a phone', () =>
    visit({ width: 390 }, async (page) => {
      await open(page);
      expect(await hiddenOf(page, '.board')).toBe(0);
      expect(await hiddenOf(page, '.criteria')).toBe(0);
      const [rank, score] = [page.locator('.board .rank').first(), page.locator('.board .score').first()];
      expect((await rank.boundingBox())?.y).toBe((await score.boundingBox())?.y);
    }));

  it('shows that a heat map goes on where it does, until its end', () =>
    visit({ width: 390 }, async (page) => {
      await open(page);
      const place = page.locator('.scroll:has(> .heat)');
      const mask = () =>
        page.evaluate<string>("getComputedStyle(document.querySelector('.scroll:has(> .heat)')).maskImage");
      expect(await mask()).toContain('56px');
      await place.evaluate((element) => element.scrollTo(element.scrollWidth, 0));
      await expect.poll(mask).toContain('0px');
      await page.setViewportSize({ width: 1280, height: 900 });
      await expect.poll(mask).not.toContain('56px');
    }));

  it('has other colours on dark screens', async () => {
    const colours: string[] = [];
    for (const colorScheme of ['light', 'dark'] as const) {
      await visit({ colorScheme }, async (page) => {
        await open(page);
        colours.push(await colourOf(page));
      });
    }
    expect(new Set(colours).size).toBe(2);
  });

  it('leads from each cell of the heat map to the answer', () =>
    visit({}, async (page) => {
      await open(page);
      const links = page.locator('.heat tbody a');
      expect(await links.count()).toBe(new Set(grades.map(({ member, question }) => member + question)).size);
      for (const link of await links.all()) {
        const member = await link.locator('xpath=ancestor::tr/th').textContent();
        const target = page.locator(`[id="${(await link.getAttribute('href'))?.slice(1)}"]`);
        expect(await target.locator('xpath=ancestor::article/h3').textContent()).toBe(member);
      }
      await links.first().click();
      const card = page.locator(`[id="${decodeURIComponent(new URL(page.url()).hash.slice(1))}"]`);
      await card.waitFor();
      expect(await card.locator('.answer').first().isVisible()).toBe(true);
    }));

  it('marks the evidence within the own text of the member', () =>
    visit({}, async (page) => {
      await open(page);
      const plain = (text: string) => text.replace(/[^\p{L}\p{N}]/gu, '');
      const marked = (
        await page.locator('mark').evaluateAll((marks) =>
          marks.map((mark) => {
            const copy = mark.cloneNode(true) as typeof mark;
            for (const hidden of copy.querySelectorAll('.hidden')) hidden.remove();
            return copy.textContent ?? '';
          }),
        )
      ).map(plain);
      const quotes = grades.flatMap(({ keyPoints, criteria }) =>
        [...keyPoints, ...criteria].flatMap(({ evidence }) => evidence.map(plain)),
      );
      expect(marked.length).toBeGreaterThan(10);
      for (const text of marked) expect(quotes.some((quote) => quote.includes(text))).toBe(true);
      for (const quote of quotes) expect(marked.some((text) => quote.includes(text))).toBe(true);
      expect(await page.locator('mark').count()).toBe(await page.locator('.card > .answer mark').count());
    }));

  it('folds the model answers until they are asked for', () =>
    visit({}, async (page) => {
      await open(page);
      const reference = page.locator('details.reference').first();
      const text = reference.locator('.answer');
      expect(await text.isVisible()).toBe(false);
      await reference.locator('summary').click();
      expect(await text.isVisible()).toBe(true);
    }));

  it('is used with the keyboard alone, beginning with a way to skip the contents', () =>
    visit({}, async (page) => {
      await open(page);
      const interactive = await page.locator('a[href], summary, [tabindex="0"]').count();
      await page.keyboard.press('Tab');
      const focused = page.locator(':focus');
      expect(await focused.getAttribute('class')).toBe('skip');
      expect(await focused.isVisible()).toBe(true);
      for (let reached = 1; reached < interactive; reached += 1) await page.keyboard.press('Tab');
      const last = page.locator('a[href], summary, [tabindex="0"]').last();
      expect(await last.evaluate((element) => element.matches(':focus'))).toBe(true);
    }));

  it('leaves out on paper what is only good on a screen', () =>
    visit({ colorScheme: 'dark' }, async (page) => {
      await open(page);
      expect(await page.locator('nav.contents').isVisible()).toBe(true);
      await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
      expect(await page.locator('nav.contents').isVisible()).toBe(false);
      expect(await colourOf(page)).toBe('rgb(255, 255, 255)');
      const pdf = await page.pdf({ format: 'A4', printBackground: true });
      expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    }));

  it('names nobody when it is anonymous', () =>
    visit({}, async (page) => {
      await open(page, 'anonymous.html');
      const [source, text] = [await page.content(), await page.locator('body').textContent()];
      for (const member of members) {
        expect(source).not.toContain(member);
        expect(text).not.toContain(member);
      }
      expect(text).toContain('멤버 1');
    }));
});

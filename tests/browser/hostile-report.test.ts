import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeInBrowser, overflowOf } from '../helpers/browser.ts';
import { createWorkspace, patience, type Workspace } from '../helpers/run-cli.ts';
import {
  asShown,
  asShownInAnswer,
  hostileChapter,
  hostileRubric,
  hostileTexts,
  hostileTitle,
  memberShown,
} from './hostile-chapter.ts';

describeInBrowser('the report on a hostile chapter', (visit) => {
  let workspace: Workspace;
  let files: string[];

  beforeAll(async () => {
    workspace = await createWorkspace();
    await workspace.write('hostile.jsonl', hostileChapter());
    await workspace.write('rubric.yaml', hostileRubric());
    const command = ['grade', 'hostile.jsonl', '--rubric', 'rubric.yaml', '--judge', 'offline'];
    await workspace.run([...command, '--anonymous', '--lang', 'en']);
    files = await workspace.files('reports');
  }, patience);
  afterAll(() => workspace[Symbol.asyncDispose]());

  function addressOf(name: string): string {
    return pathToFileURL(workspace.path('reports', files.find((file) => file.endsWith(name)) ?? name)).href;
  }

  it.each(['index.html', 'anonymous.html'])('runs and loads nothing: %s', (name) =>
    visit({}, async (page) => {
      await page.goto(addressOf(name));
      for (const summary of await page.locator('summary').all()) await summary.click();
      await page.mouse.move(200, 300);
      expect(await page.evaluate('window.hacked')).toBeUndefined();
      expect(await page.locator('script, iframe, img, svg a, [onload], [onerror], [onfocus]').count()).toBe(
        0,
      );
      expect(await page.locator('main a[href^="javascript:"], main a[href^="data:"]').count()).toBe(0);
    }),
  );

  it('shows every text as it was written', () =>
    visit({}, async (page) => {
      await page.goto(addressOf('index.html'));
      for (const summary of await page.locator('summary').all()) await summary.click();
      expect(await page.locator('h1').textContent()).toBe(asShown(hostileTitle));
      const names = await page.locator('article.member > h3').allTextContents();
      expect(names.map(asShown).sort()).toEqual(hostileTexts.map(memberShown).sort());
      for (const text of hostileTexts) {
        const article = page.getByRole('article', { name: memberShown(text), exact: true });
        for (const part of ['.asked', '.card > .answer', '.reference .answer'])
          expect(asShownInAnswer((await article.locator(part).textContent()) ?? '')).toContain(
            asShownInAnswer(text),
          );
        const keyPoints = await article.locator('.criteria th[scope=row]').allTextContents();
        expect(keyPoints.map(asShown)).toContain(asShown(`Rows are found ${text}`));
      }
    }));

  it('keeps its shape on a phone', () =>
    visit({ width: 320 }, async (page) => {
      await page.goto(addressOf('index.html'));
      expect(await overflowOf(page)).toBeLessThanOrEqual(0);
    }));
});

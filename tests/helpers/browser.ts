import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { patience } from './run-cli.ts';

/** How a page is looked at. */
export interface Looks {
  colorScheme?: 'light' | 'dark';
  /** CSS pixels; 1280 when left out. */
  width?: number;
  /** true when left out. */
  hasScript?: boolean;
  /** What the browser asks for; English when left out. */
  language?: 'ko' | 'en';
  /** The only host that may be asked for anything, with its port; none when left out. */
  host?: string;
  /** Statuses of refusals that belong to the test; any other one is a fault. */
  refusals?: readonly number[];
}

/** Opens a page, uses it, and fails where the page did anything that pages must not do. */
export type Visit = (looks: Looks, use: (page: Page) => Promise<void>) => Promise<void>;

const names = ['chromium', 'chromium-browser', 'google-chrome'];
const needed =
  'needs a browser: install Chromium (apt-get install chromium) or put its path into the variable CHROMIUM';

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function findBrowser({ CHROMIUM, PATH = '' }: NodeJS.ProcessEnv): string | undefined {
  if (CHROMIUM) return CHROMIUM;
  const folders = [...PATH.split(delimiter).filter((folder) => folder !== ''), '/usr/bin'];
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isProgram);
}

/** Each launch has a new user data folder, and no name but this machine's leads anywhere. */
const launchFlags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
];

/** What a page did that it must not do, as it comes. */
function faultsOf(page: Page, { host, refusals = [] }: Looks): string[] {
  const faults: string[] = [];
  const isRefusal = (text: string) =>
    refusals.some((status) => text.includes(`responded with a status of ${status} `));
  page.on('console', (message) => {
    const isFault = message.type() === 'error' || message.type() === 'warning';
    if (isFault && !isRefusal(message.text())) faults.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => faults.push(`script: ${error.message}`));
  page.on('dialog', (dialog) => {
    faults.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('request', (request) => {
    const url = new URL(request.url());
    const isOwn = url.protocol.startsWith('http')
      ? url.host === host
      : ['file:', 'data:'].includes(url.protocol);
    if (!isOwn) faults.push(`request: ${request.url()}`);
  });
  page.on('requestfailed', (request) => {
    const reason = request.failure()?.errorText ?? '';
    // Given up by the page itself: it was left, or what came is a download.
    if (reason !== 'net::ERR_ABORTED') faults.push(`failed: ${request.url()} ${reason}`);
  });
  return faults;
}

async function visitWith(browser: Browser, looks: Looks, use: (page: Page) => Promise<void>): Promise<void> {
  const { colorScheme = 'light', width = 1280, hasScript = true, language = 'en' } = looks;
  const context = await browser.newContext({
    colorScheme,
    viewport: { width, height: 900 },
    javaScriptEnabled: hasScript,
    locale: language === 'ko' ? 'ko-KR' : 'en-GB',
  });
  context.setDefaultTimeout(15_000);
  try {
    const page = await context.newPage();
    const faults = faultsOf(page, looks);
    await use(page);
    expect(faults).toEqual([]);
  } finally {
    await context.close();
  }
}

/**
 * Tests that share a browser. Where there is none they are skipped, saying so; with `CI` in the environment they
 * fail.
 */
export function describeInBrowser(name: string, tests: (visit: Visit) => void): void {
  const executablePath = findBrowser(process.env);
  if (executablePath === undefined && process.env['CI']) {
    it(name, () => expect.unreachable(needed));
    return;
  }
  const isThere = executablePath !== undefined;
  describe.skipIf(!isThere)(isThere ? name : `${name} (skipped: ${needed})`, () => {
    let browser: Browser;
    beforeAll(async () => {
      browser = await chromium.launch({ ...(isThere ? { executablePath } : {}), args: launchFlags });
    }, patience);
    afterAll(() => browser.close());
    tests((looks, use) => visitWith(browser, looks, use));
  });
}

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What is wrong with a page by the rules of WCAG 2.2 A and AA and by good practice; nothing, we hope. */
export async function barriersOn(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).withTags(rules).analyze();
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} at ${target.join(' ')}: ${failureSummary}`),
  );
}

/** By how many pixels a page is wider than its window. */
export function overflowOf(page: Page): Promise<number> {
  return page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
}

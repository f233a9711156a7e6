import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { GradingService } from '../../../src/app/grading-service.ts';
import { attachmentHeader, exportNames } from '../../../src/http/pages/exports.ts';
import { cachingId, gradedTestService, openTestService } from '../../helpers/grading-service.ts';
import { openBrowser } from './browser.ts';

let service: GradingService;
beforeAll(async () => {
  ({ service } = await gradedTestService());
});

describe('a file of a chapter', () => {
  it.each([
    ['grades.csv', 'text/csv', 'chapter,member,question'],
    ['grades.json', 'application/json', '"schemaVersion": 1'],
    ['scoreboard.csv', 'text/csv', 'rank,member,score'],
    ['scoreboard.md', 'text/markdown', '# Scoreboard: 5 Caching'],
    ['scoreboard.svg', 'image/svg+xml', '<svg'],
    ['report.html', 'text/html', 'Benedict'],
    ['anonymous.html', 'text/html', '<!DOCTYPE html>'],
    ['study-list.md', 'text/markdown', '# To read again together'],
  ])('%s', async (name, type, content) => {
    const file = await openBrowser(service).visit(`/chapters/${cachingId}/export/${name}`);
    expect(file.headers.get('content-type')).toBe(`${type}; charset=utf-8`);
    expect(file.headers.get('content-disposition')).toBe(
      `attachment; filename="${name}"; filename*=UTF-8''5%20Caching%20${name}`,
    );
    expect(file.text).toContain(content);
  });

  it('is on offer for every name, and only for a graded chapter', async () => {
    const page = await openBrowser(service).visit(`/chapters/${cachingId}`);
    for (const name of exportNames) expect(page.text).toContain(`/export/${name}"`);
    const empty = openBrowser(openTestService().service);
    expect((await empty.visit(`/chapters/${cachingId}/export/grades.csv`)).status).toBe(404);
    expect((await openBrowser(service).visit(`/chapters/${cachingId}/export/constructor`)).status).toBe(404);
  });

  it('tells no names where they are taken out', async () => {
    const file = await openBrowser(service).visit(`/chapters/${cachingId}/export/anonymous.html`);
    expect(file.text).not.toContain('Benedict');
  });

  it('has a name that keeps the header whole, whatever the title', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (title) => {
        const header = attachmentHeader(title, 'grades.csv');
        expect(header).toMatch(/^attachment; filename="grades\.csv"; filename\*=UTF-8''[\w.!~%-]+$/u);
        expect(decodeURIComponent(header.split("''")[1] ?? '')).toMatch(/grades\.csv$/u);
      }),
    );
  });
});

describe('the report', () => {
  it('may load and run nothing, and its style is the one that the policy names', async () => {
    const page = await openBrowser(service).visit(`/chapters/${cachingId}/report`);
    const style = /<style>(.*?)<\/style>/su.exec(page.text)?.[1] ?? '';
    const hash = createHash('sha256').update(style).digest('base64');
    expect(page.headers.get('content-security-policy')).toBe(
      `default-src 'none'; style-src 'sha256-${hash}'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    );
  });

  it('leaves out the names where that is asked for', async () => {
    const browser = openBrowser(service);
    expect((await browser.visit(`/chapters/${cachingId}/report`)).text).toContain('Benedict');
    expect((await browser.visit(`/chapters/${cachingId}/report?anonymous=1`)).text).not.toContain('Benedict');
  });
});

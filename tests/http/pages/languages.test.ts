import { beforeAll, describe, expect, it } from 'vitest';
import type { GradingService } from '../../../src/app/grading-service.ts';
import { gradingWords } from '../../../src/http/pages/grading-words.ts';
import { reviewWords } from '../../../src/http/pages/review-words.ts';
import { words } from '../../../src/http/pages/words.ts';
import { cachingId, openTestService } from '../../helpers/grading-service.ts';
import { doubtfulService, openBrowser } from './browser.ts';

let service: GradingService;
beforeAll(async () => {
  service = await doubtfulService();
});

const chapter = `/chapters/${cachingId}`;
const pages = [
  '/',
  chapter,
  '/runs/1',
  `${chapter}/scoreboard`,
  `${chapter}/members/1`,
  '/scoreboard',
  `${chapter}/review`,
  '/grades/1',
  '/nowhere',
];

function tagsOf(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map(([tag]) => tag);
}

describe.each(['ko', 'en'])('in %s', (language) => {
  it.each(pages)('%s has one h1, a main part, a title, and a label for every field', async (path) => {
    const { text } = await openBrowser(service, language).visit(path);
    expect(text).toContain(`<html lang="${language}">`);
    expect(tagsOf(text, /<h1[\s>]/gu)).toHaveLength(1);
    expect(tagsOf(text, /<main /gu)).toHaveLength(1);
    expect(text).not.toMatch(/<title>\s*·/u);
    expect(text).not.toMatch(
      / style=|<style|<script(?! type="module" src="\/assets\/page.js">)| on[a-z]+="/u,
    );
    for (const [, id] of text.matchAll(
      /<(?:input|select|textarea)(?![^>]*type="hidden")[^>]* id="([^"]+)"/gu,
    ))
      expect(text).toContain(`<label for="${id}">`);
    const ids = [...text.matchAll(/ id="([^"]+)"/gu)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const [, id] of text.matchAll(/aria-(?:describedby|labelledby)="([^"]+)"/gu))
      expect(ids).toContain(id);
  });

  it.each(['/', chapter, '/runs/1', `${chapter}/review`, '/grades/1', '/login'])(
    'shows %s as ever',
    async (path) => {
      const { text } = await openBrowser(
        service,
        language,
        path === '/login' ? { token: 'secret' } : {},
      ).visit(path);
      expect(text).toMatchSnapshot();
    },
  );

  it.each([`${chapter}/scoreboard`, `${chapter}/members/1`, '/scoreboard', `${chapter}/report`])(
    'says everything on %s in the language of the reader, whatever the chapter is written in',
    async (path) => {
      const { text } = await openBrowser(service, language).visit(path);
      expect(text).toContain(`<html lang="${language}">`);
      const [own, other] = language === 'ko' ? (['ko', 'en'] as const) : (['en', 'ko'] as const);
      const sentences = { ko: /오프라인 기준선|채점: /u, en: /Offline baseline|Judged by/u };
      expect(text).toMatch(sentences[own]);
      expect(text).not.toMatch(sentences[other]);
    },
  );

  it('keeps files in the language of the chapter', async () => {
    const { text } = await openBrowser(service, language).visit(`${chapter}/export/report.html`);
    expect(text).toContain('<html lang="en">');
  });

  it('shows the empty states', async () => {
    const browser = openBrowser(openTestService().service, language);
    const own = language === 'ko' ? 'ko' : 'en';
    expect((await browser.visit('/')).text).toContain(words[own].noChapters);
    expect((await browser.visit('/scoreboard')).text).toContain(gradingWords[own].nothingGraded);
  });
});

it('keeps the language that was chosen, whatever the browser prefers', async () => {
  const browser = openBrowser(service, 'en-US,en;q=0.9');
  const english = await browser.visit('/scoreboard?x=1');
  expect(english.text).toContain('href="/scoreboard?x=1&amp;lang=ko"');
  expect((await browser.visit('/?lang=ko')).text).toContain('<html lang="ko">');
  expect((await browser.visit(`${chapter}/review`)).text).toContain(reviewWords.ko.queueTitle('5 Caching'));
  expect((await browser.visit('/?lang=xx')).text).toContain('<html lang="ko">');
});

it('takes the language of the system where nobody asks for one', async () => {
  const korean = openBrowser(service, null, { language: 'ko' });
  expect((await korean.visit('/')).text).toContain('<html lang="ko">');
  const preferring = openBrowser(service, 'fr, ko-KR;q=0.8', { language: 'en' });
  expect((await preferring.visit('/')).text).toContain('<html lang="ko">');
});

it('has every text in both languages', () => {
  for (const own of [words, gradingWords, reviewWords])
    expect(Object.keys(own.ko)).toEqual(Object.keys(own.en));
});

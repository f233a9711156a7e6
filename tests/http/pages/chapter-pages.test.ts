import { describe, expect, it } from 'vitest';
import { runOptions } from '../../../src/http/pages/run-form.ts';
import {
  cachingId,
  cachingPage,
  gradedTestService,
  oneModel,
  openTestService,
} from '../../helpers/grading-service.ts';
import { testApp } from '../../helpers/http-app.ts';
import { zipOf } from '../../helpers/zips.ts';
import { doubtfulFile, openBrowser } from './browser.ts';

describe('handing in', () => {
  it('shows what could not be read, and what was pasted still in the field', async () => {
    const browser = openBrowser(openTestService().service);
    const page = await browser.send('/chapters', { name: 'Nothing', text: 'no headings <b>here</b>' });
    expect(page.status).toBe(422);
    expect(page.text).toContain('role="alert"');
    expect(page.text).toContain('no headings &lt;b&gt;here&lt;/b&gt;</textarea>');
    expect(page.text).toContain('value="Nothing"');
    expect(page.text).toContain('aria-invalid="true" aria-describedby="upload-problem"');
  });

  it('asks for a file where there is none', async () => {
    const browser = openBrowser(openTestService().service);
    const page = await browser.send('/chapters', { file: new File([], ''), name: '', text: '' });
    expect(page.status).toBe(422);
    expect(page.text).toContain('Choose a file or paste a page first.');
  });

  it('takes a page that was pasted, whose name needs no ending', async () => {
    const { service } = openTestService();
    const text = await doubtfulFile().text();
    const page = await openBrowser(service).send('/chapters', { name: 'Caches', text });
    expect(page.path).toBe(`/chapters/${cachingId}`);
  });

  it('takes a zip as Notion exports it', async () => {
    const { service } = openTestService();
    const zip = await zipOf({ 'a/caches.md': await doubtfulFile().text() });
    const file = new File([new Uint8Array(zip)], 'export.zip');
    const page = await openBrowser(service).send('/chapters', { file, name: '', text: '' });
    expect(page.path).toBe(`/chapters/${cachingId}`);
  });

  it('keeps the files that can be read beside one that cannot', async () => {
    const { service } = openTestService();
    const form = new FormData();
    form.append('file', doubtfulFile());
    form.append('file', new File(['nothing at all'], 'odd.md'));
    const reply = await testApp({}, service).request('/chapters', { method: 'POST', body: form });
    expect(reply.status).toBe(422);
    expect(await reply.text()).toContain('odd.md');
    expect((await service.chapters()).map(({ id }) => id)).toEqual([cachingId]);
  });

  it('refuses a body that is no form', async () => {
    const init = {
      method: 'POST',
      body: 'x',
      headers: { 'content-type': 'multipart/form-data; boundary=y' },
    };
    const reply = await testApp().request('/chapters', init);
    expect(reply.status).toBe(422);
    expect(await reply.text()).toContain('could not be read');
  });
});

describe('who answered what', () => {
  it('says how many questions its table leaves out', async () => {
    const { service } = openTestService();
    const rows = Array.from(
      { length: 63 },
      (_, index) => `Ann,${index + 1},Why so?,So it is.,So it is because of it.`,
    );
    const table = ['member,question,question_text,answer,model_answer', ...rows].join('\n');
    const [chapter] = await service.upload({ name: 'reasons.csv', bytes: new TextEncoder().encode(table) });
    const page = await openBrowser(service).visit(`/chapters/${chapter?.id}`);
    expect(page.text).toContain('<abbr title="Question 60">60</abbr>');
    expect(page.text).not.toContain('<abbr title="Question 61">');
    expect(page.text).toContain('3 more questions not in this table.');
  });
});

describe('the form for a run', () => {
  it('shows what a model would cost, with the most it can', async () => {
    const { service } = openTestService({ config: oneModel, maxCostUsd: 2 });
    await service.upload(cachingPage);
    const page = await openBrowser(service).visit(`/chapters/${cachingId}?estimate=1`);
    expect(page.text).toContain('Language model: judge-1');
    expect(page.text).toContain('<dt>At most</dt>');
    expect(page.text).toContain('max="2"');
  });

  it('says of a chapter that was graded what is taken over', async () => {
    const [fresh, graded] = [openTestService(), await gradedTestService()];
    await fresh.service.upload(cachingPage);
    const path = `/chapters/${cachingId}?estimate=1`;
    const sentence = 'A question of which nothing has changed is not graded again';
    expect((await openBrowser(graded.service).visit(path)).text).toContain(sentence);
    expect((await openBrowser(fresh.service).visit(path)).text).not.toContain(sentence);
  });

  it('counts what the report counts: submissions, revised answers, and both together', async () => {
    const { service } = await gradedTestService();
    const browser = openBrowser(service);
    const page = await browser.visit(`/chapters/${cachingId}?estimate=1`);
    const counts = /(\d+) submissions?, (\d+) revised answers?/u.exec(page.text)?.slice(1).map(Number) ?? [];
    const looked = /submissions and revised ones\)<\/dt><dd>(\d+)/u.exec(page.text)?.[1];
    expect(counts[0]).toBeGreaterThan(0);
    expect((counts[0] ?? 0) + (counts[1] ?? 0)).toBe(Number(looked));
    const report = await browser.visit(`/chapters/${cachingId}/report`);
    expect(report.text).toMatch(new RegExp(`${counts[0]} submissions? · ${counts[1]} revised answers?`, 'u'));
  });

  it('warns of the baseline', async () => {
    const { service } = openTestService();
    await service.upload(cachingPage);
    const page = await openBrowser(service).visit(`/chapters/${cachingId}`);
    expect(page.text).toContain('cannot tell right from wrong');
    expect(page.text).toContain('No language model is connected');
  });

  it.each([
    ['maxCost=-1', 'The cost limit must be a number above 0.'],
    ['judge=chance', 'One of the choices is not on offer.'],
    ['language=fr', 'One of the choices is not on offer.'],
    ['rubric=none', 'There is no rubric &quot;none&quot;'],
  ])('says what is wrong with %s', async (query, sentence) => {
    const { service } = openTestService();
    await service.upload(cachingPage);
    const page = await openBrowser(service).visit(`/chapters/${cachingId}?estimate=1&${query}`);
    expect(page.status).toBe(422);
    expect(page.text).toContain(sentence);
  });

  it('says that a chapter is being graded already', async () => {
    const { service } = openTestService();
    await service.upload(cachingPage);
    const browser = openBrowser(service);
    const [, second] = await Promise.all([
      browser.send(`/chapters/${cachingId}/runs`, {}),
      browser.send(`/chapters/${cachingId}/runs`, {}),
    ]);
    expect(second.status).toBe(409);
    expect(second.text).toContain('id="grade-problem" role="alert"');
  });

  it('makes options of what is chosen', () => {
    const form = { judge: 'llm', rubric: 'own', language: 'ko', maxCost: '0.25' };
    expect(runOptions(form)).toEqual({ judge: 'llm', rubric: 'own', language: 'ko', maxCostUsd: 0.25 });
    expect(runOptions({ judge: 'auto', rubric: '', language: '', maxCost: '' })).toEqual({ judge: 'auto' });
  });
});

describe('what is not there', () => {
  it.each([
    '/nowhere',
    '/chapters/none',
    '/chapters/none/scoreboard',
    '/chapters/none/review',
    '/runs/99',
    '/grades/99',
    `/chapters/${cachingId}/members/99`,
    `/chapters/${cachingId}/export/secrets.txt`,
  ])('%s is a page that leads back', async (path) => {
    const { service } = await gradedTestService();
    const page = await openBrowser(service).visit(path);
    expect(page.status).toBe(404);
    expect(page.text).toContain('<h1>That did not work</h1>');
    expect(page.text).toContain('href="/"');
  });
});

it('stops a run that waits', async () => {
  const { service } = openTestService();
  await service.upload(cachingPage);
  const browser = openBrowser(service);
  const running = await browser.send(`/chapters/${cachingId}/runs`, {});
  expect(running.text).toContain('<noscript><meta http-equiv="refresh" content="2"></noscript>');
  expect(running.text).toMatch(/<progress id="bar" aria-label="Progress of the run"/u);
  const stopped = await browser.send(`${running.path}/stop`, {});
  expect(stopped.status).toBe(200);
});

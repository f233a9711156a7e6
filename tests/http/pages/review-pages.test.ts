import { describe, expect, it } from 'vitest';
import { criteriaFor } from '../../../src/core/rubric.ts';
import { decisionIn, freshDecision, sentDecision } from '../../../src/http/pages/decision-form.ts';
import { cachingId, cachingPage, gradedTestService, runEnded } from '../../helpers/grading-service.ts';
import { doubtfulService, openBrowser } from './browser.ts';

async function doubtfulGrade() {
  const service = await doubtfulService();
  const [grade] = await service.reviewQueue(cachingId);
  const { rubric } = await service.report(cachingId);
  return { service, grade: grade!, criteria: criteriaFor(rubric, grade!.question) };
}

describe('the page of a grade', () => {
  it.each([
    [{ how: 'score', score: '101', reason: 'x', by: 'y' }, 'from 0 to 100', 'name="score"'],
    [{ how: 'levels', reason: 'x', by: 'y' }, 'Choose a level for every criterion', '<fieldset'],
    [{ how: 'score', score: '5', reason: ' ', by: 'y' }, 'Please give a reason.', 'name="reason"'],
    [{ how: 'score', score: '5', reason: 'x', by: '' }, 'Please give your name.', 'name="by"'],
    [
      { how: 'score', score: '5', reason: 'x', by: 'y'.repeat(101) },
      'may have 100 characters at most',
      'name="by"',
    ],
    [
      { how: 'score', score: '5', reason: 'x'.repeat(10_001), by: 'y' },
      'may have 10000 characters at most',
      'name="reason"',
    ],
  ])('points at the field that lacks something: %o', async (fields, sentence, field) => {
    const { service, grade } = await doubtfulGrade();
    const page = await openBrowser(service).send(`/grades/${grade.id}/review`, fields);
    expect(page.status).toBe(422);
    expect(page.text).toContain(sentence);
    const wrong = page.text.split('\n').filter((line) => line.includes('aria-invalid="true"'));
    expect(wrong).toHaveLength(1);
    expect(wrong[0]).toContain(field);
  });

  it('says all that is missing at once', async () => {
    const { service, grade } = await doubtfulGrade();
    const page = await openBrowser(service).send(`/grades/${grade.id}/review`, {});
    const sentences = [
      'Choose a level for every criterion',
      'Please give a reason.',
      'Please give your name.',
    ];
    for (const sentence of sentences) expect(page.text).toContain(sentence);
    expect(page.text.match(/aria-invalid="true"/gu)).toHaveLength(3);
  });

  it('computes the score from levels', async () => {
    const { service, grade, criteria } = await doubtfulGrade();
    const best = criteria.map(({ id, levels }) => [`level-${id}`, levels.at(-1)!.id] as const);
    const fields = { ...Object.fromEntries(best), how: 'levels', reason: 'All there', by: 'Kim' };
    const page = await openBrowser(service).send(`/grades/${grade.id}/review`, fields);
    expect(page.text).toContain('100.0 of 100');
    expect(page.path).toBe(`/chapters/${cachingId}/review?decided=${grade.id}`);
    expect(page.text).toContain('<p class="empty">There is nothing to check.</p>');
    expect(page.text).toContain('Kim: All there');
  });

  it('is that of the grade which counts now, also where its text has changed since', async () => {
    const { service } = await gradedTestService();
    const [old] = await Array.fromAsync((await service.grades(cachingId)).grades);
    const text = new TextDecoder().decode(cachingPage.bytes).replace('A small fast store', 'A quick store');
    await service.upload({ name: 'caching.md', bytes: new TextEncoder().encode(text) });
    await runEnded(service, (await service.startRun(cachingId, {})).id);
    const browser = openBrowser(service);
    const page = await browser.visit(`/grades/${old!.id}`);
    const { grade } = await service.grade(old!.id);
    expect(page.path).toBe(`/grades/${grade.id}`);
    expect(page.text).toContain('A quick store');
    const late = { how: 'score', score: '5', reason: 'x', by: 'y' };
    const refused = await browser.send(`/grades/${old!.id}/review`, late);
    expect(refused.status).toBe(409);
    expect(refused.text).toContain(`action="/grades/${grade.id}/review"`);
  });

  it('marks the evidence in the answer', async () => {
    const { service } = await gradedTestService();
    const { grades } = await service.grades(cachingId);
    const all = await Array.fromAsync(grades);
    const own = all.find(({ member, question }) => member === 'Benedict' && question === 2)!;
    const page = await openBrowser(service).visit(`/grades/${own.id}`);
    expect(page.text).toMatch(/<mark [^>]*>(?:<span.*<\/span>)?When the original has changed since/u);
  });

  it('has nothing to undo for a decision that is not there', async () => {
    const { service, grade } = await doubtfulGrade();
    const browser = openBrowser(service);
    const path = `/chapters/${cachingId}/review`;
    expect((await browser.visit(`${path}?decided=${grade.id}`)).text).not.toContain('Undo');
    expect((await browser.visit(`${path}?decided=999`)).status).toBe(200);
    expect((await browser.visit(`${path}?decided=%3Cb%3E`)).text).not.toContain('Undo');
    expect((await browser.send(`/grades/${grade.id}/review/clear`, {})).status).toBe(422);
  });
});

describe('undoing', () => {
  const score = (points: string, by: string) => ({ how: 'score', score: points, reason: 'Read it', by });
  const atIn = (text: string) => /name="at" value="([^"]+)"/u.exec(text)?.[1] ?? '';

  it('brings the decision before back, and leaves what somebody else decided since', async () => {
    const { service, grade } = await doubtfulGrade();
    const browser = openBrowser(service);
    const path = `/grades/${grade.id}/review`;
    const kims = await browser.send(path, score('80', 'Kim'));
    const lees = await browser.send(path, score('60', 'Lee'));
    expect((await browser.send(`${path}/undo`, { by: 'Kim', at: atIn(kims.text) })).status).toBe(409);
    const undone = await browser.send(`${path}/undo`, { by: 'Lee', at: atIn(lees.text) });
    expect(undone.text).toContain('The one before it stands again.');
    const { grade: now, history } = await service.grade(grade.id);
    expect(now).toMatchObject({ score: 80, override: { by: 'Kim' } });
    expect(history.map(({ by, action }) => [by, action])).toEqual([
      ['Kim', 'set'],
      ['Lee', 'set'],
      ['Lee', 'clear'],
      ['Kim', 'set'],
    ]);
  });

  it('a decision altogether is by whoever says so', async () => {
    const { service, grade } = await doubtfulGrade();
    const browser = openBrowser(service);
    const path = `/grades/${grade.id}/review`;
    await browser.send(path, score('80', 'Kim'));
    const unsigned = await browser.send(`${path}/clear`, {});
    expect([unsigned.status, unsigned.text]).toEqual([
      422,
      expect.stringContaining('Please give your name.'),
    ]);
    const cleared = await browser.send(`${path}/clear`, { by: 'Lee' });
    expect(cleared.text).toContain('The decision was taken back.');
    expect((await service.grade(grade.id)).history.at(-1)).toMatchObject({ action: 'clear', by: 'Lee' });
  });
});

describe('a decision', () => {
  it('counts only the levels that differ from the machine, and all where none does', async () => {
    const { grade, criteria } = await doubtfulGrade();
    const fresh = { ...freshDecision(grade, criteria, 'Kim'), reason: 'Read it' };
    expect(decisionIn(fresh, grade, criteria)).toEqual({ levels: fresh.levels });
    const [first] = criteria;
    const other = first!.levels.find(({ id }) => id !== fresh.levels[first!.id])!.id;
    const changed = { ...fresh, levels: { ...fresh.levels, [first!.id]: other } };
    expect(decisionIn(changed, grade, criteria)).toEqual({ levels: { [first!.id]: other } });
  });

  it('takes a score with a decimal comma', async () => {
    const { grade, criteria } = await doubtfulGrade();
    const sent = { how: 'score', score: '62,5', reason: 'r', by: 'b' };
    const fields = sentDecision((name) => sent[name as keyof typeof sent] ?? '', criteria);
    expect(decisionIn(fields, grade, criteria)).toEqual({ score: 62.5 });
  });
});

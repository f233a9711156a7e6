import { describe, expect, it } from 'vitest';
import type { ServiceRun } from '../../../src/app/grading-service.ts';
import { noUsage } from '../../../src/core/grade.ts';
import { runPage } from '../../../src/http/pages/run-page.ts';

const running: ServiceRun = {
  id: 7,
  chapter: '5 장/가',
  options: {},
  state: 'running',
  createdAt: '2026-11-01T00:00:00.000Z',
  startedAt: '2026-11-01T00:00:01.000Z',
  finishedAt: null,
  totals: null,
  failure: null,
  isStopAsked: false,
  spent: noUsage,
  progress: { done: 12, total: 34, spent: { ...noUsage, costUsd: 0.0012 } },
};

const soon = new Date('2026-11-01T00:01:00.000Z');
const later = new Date('2026-11-01T00:01:00.001Z');

function shown(changes: Partial<ServiceRun>, language: 'ko' | 'en' = 'en', now = soon): string {
  const { body, head } = runPage({ ...running, ...changes }, 'Title', language, now);
  return `${head ?? ''}${String(body)}`;
}

describe('the page of a run', () => {
  it('says how far it is and what it has cost', () => {
    expect(shown({})).toContain('<p id="progress">12 of 34 · $0.0012</p>');
    expect(shown({}, 'ko')).toContain('<p id="progress">34개 가운데 12개 · $0.0012</p>');
    expect(shown({})).toContain('value="12" max="34"');
  });

  it('has what is read out outside of the part that is replaced', () => {
    for (const state of ['running', 'finished'] as const) {
      const page = shown({ state });
      expect(page.indexOf('aria-live="polite"')).toBeLessThan(page.indexOf('<div id="run" tabindex="-1">'));
      expect(page.match(/aria-live|id="state"/gu)).toHaveLength(2);
    }
    expect(shown({})).toContain(
      'data-finished="finished" data-stopped="stopped" data-failed="could not finish"',
    );
  });

  it('gives the script a pattern for what it fills in', () => {
    expect(shown({}, 'ko')).toContain('data-run="7" data-pattern="{total}개 가운데 {done}개"');
  });

  it('says nothing of a cost that is not known, and of a run that waits only that', () => {
    const spent = { ...noUsage, costUsd: null };
    expect(shown({ progress: { done: 1, total: 2, spent } })).toContain('<p id="progress">1 of 2</p>');
    const waiting = shown({ state: 'queued', progress: null });
    expect(waiting).toContain('waiting for its turn');
    expect(waiting).toContain('<progress id="bar" aria-label="Progress of the run" max="1"></progress>');
    expect(waiting).toContain('<p id="progress">It starts in a moment.</p>');
  });

  it('says of a run that has waited for more than a minute what that may come of', () => {
    const waiting = { state: 'queued', progress: null } as const;
    expect(shown(waiting, 'en', later)).toContain(
      '<p id="progress">It is still waiting: other runs may come first. If it does not begin, ask whoever runs the service to have a look; with PostgreSQL, a worker must be running.</p>',
    );
    expect(shown(waiting, 'ko', later)).toMatch(/<p id="progress">아직 기다리고 있어요\..+ worker가 /u);
    expect(shown({ ...waiting, state: 'running' }, 'en', later)).toContain('It starts in a moment.');
  });

  it('says why it failed, and leads back to the chapter', () => {
    const failure = { ko: '모델이 <없어요>', en: 'there is no <model>' };
    const failed = shown({ state: 'failed', progress: null, failure });
    expect(failed).toContain('<p class="problem">there is no &lt;model&gt;</p>');
    expect(failed).toContain('href="/chapters/5%20%EC%9E%A5%2F%EA%B0%80"');
    expect(failed).not.toContain('See the scoreboard');
    expect(failed).not.toContain('http-equiv');
  });

  it('says of answers without a grade that they are no zeros', () => {
    const totals = { ...noUsage, attempts: 3, graded: 1, ungraded: 2, notAttempted: 0, needsReview: 2 };
    const ended = shown({ state: 'finished', progress: null, totals });
    expect(ended).toContain('<dt>Could not be graded</dt><dd>2</dd>');
    expect(ended).toContain('is not a zero');
    expect(ended).toContain('See the scoreboard');
  });
});

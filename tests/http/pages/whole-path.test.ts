import { expect, it } from 'vitest';
import { cachingId, openTestService, runEnded } from '../../helpers/grading-service.ts';
import { doubtfulFile, openBrowser } from './browser.ts';

it('leads from an upload to a decision and a file, without script', async () => {
  const { service, faults } = openTestService();
  const browser = openBrowser(service);
  expect((await browser.visit('/')).text).toContain('There is no chapter yet.');

  const understood = await browser.send('/chapters', { file: doubtfulFile(), name: '', text: '' });
  expect(understood.path).toBe(`/chapters/${cachingId}`);
  expect(understood.text).toContain('3 members, 2 questions, 5 submissions');
  expect(understood.text).not.toContain('See the results');

  const estimated = await browser.visit(`/chapters/${cachingId}?estimate=1&judge=offline&rubric=&maxCost=`);
  expect(estimated.text).toMatch(/<dt>Estimated cost<\/dt><dd>free<\/dd>/u);

  const started = await browser.send(`/chapters/${cachingId}/runs`, {
    judge: 'offline',
    rubric: '',
    language: '',
  });
  expect(started.path).toBe('/runs/1');
  await runEnded(service, 1);
  const ended = await browser.visit('/runs/1');
  expect(ended.text).toContain('finished');
  expect(ended.text).not.toContain('http-equiv="refresh"');

  const board = await browser.visit(`/chapters/${cachingId}/scoreboard`);
  expect(board.text).toContain(`href="/chapters/${cachingId}/members/1"`);

  const member = await browser.visit(`/chapters/${cachingId}/members/1`);
  expect(member.text).toMatch(/<a href="\/grades\/\d+">Decide on this grade<\/a>/u);

  const queue = await browser.visit(`/chapters/${cachingId}/review`);
  const grade = /href="(\/grades\/\d+)"/u.exec(queue.text)?.[1] ?? '';
  const before = await browser.visit(grade);
  expect(before.text).toContain('Benedict, question 1');
  expect(before.text).toContain('speaks to the grader');

  const decided = await browser.send(`${grade}/review`, {
    how: 'score',
    score: '35.5',
    reason: 'Half of it',
    by: '리더',
  });
  expect(decided.path).toContain(`decided=${grade.split('/')[2]}`);
  expect(decided.text).toContain('Decided: Benedict, question 1, 35.5 of 100 (리더)');
  expect(decided.text).toContain(`action="${grade}/review/undo"`);
  expect((await browser.visit(grade)).text).toContain('value="리더"');

  const exported = await browser.visit(`/chapters/${cachingId}/export/grades.csv`);
  expect(exported.text).toContain('Half of it');

  const at = /name="at" value="([^"]+)"/u.exec(decided.text)?.[1] ?? '';
  const undone = await browser.send(`${grade}/review/undo`, { by: '리더', at });
  expect(undone.text).toContain('The decision was taken back.');
  expect(undone.text).toContain('taken back');
  expect((await browser.visit(`/chapters/${cachingId}/export/grades.csv`)).text).not.toContain('Half of it');
  expect(faults).toEqual([]);
});

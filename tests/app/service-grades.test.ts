import { describe, expect, it } from 'vitest';
import { ConfigError, ConflictError, InputError, NotFoundError } from '../../src/core/errors.ts';
import type { Judge } from '../../src/judge/judge.ts';
import { createOfflineJudge } from '../../src/judge/offline-judge.ts';
import {
  cachingId,
  cachingPage,
  gradedTestService,
  groupFiles,
  openTestService,
  runEnded,
} from '../helpers/grading-service.ts';

const signature = { by: 'leader', reason: 'Right idea' };

async function firstGrade(service: Awaited<ReturnType<typeof gradedTestService>>['service'], member: string) {
  const { grades } = await service.grades(cachingId);
  const found = (await Array.fromAsync(grades)).find((grade) => grade.member === member);
  if (!found) throw new Error(`${member} has no grade`);
  return found;
}

describe('what was graded', () => {
  it('is given with numbers by which each grade can be asked for', async () => {
    const { service } = await gradedTestService();
    const { grades, scoreboard } = await service.grades(cachingId);
    const all = await Array.fromAsync(grades);
    expect(all).toHaveLength(5);
    expect(new Set(all.map(({ id }) => id)).size).toBe(5);
    expect(scoreboard.map(({ member }) => member).sort()).toEqual(['=Cem', 'Ann', 'Benedict']);
    const ann = await firstGrade(service, 'Ann');
    expect(await service.grade(ann.id)).toMatchObject({
      chapter: { id: cachingId, title: '5 Caching' },
      grade: ann,
      question: 'What is a cache?',
      answer: 'A small fast store that keeps copies of data, as Benedict showed me.',
      history: [],
    });
  });

  it('is a report whose members come by rank, with what they wrote', async () => {
    const { service } = await gradedTestService();
    const report = await service.report(cachingId);
    const members = await Array.fromAsync(report.members);
    expect(members.map(({ member }) => member)).toEqual(report.rows.map(({ member }) => member));
    expect(await Array.fromAsync(report.members)).toEqual(members);
    const ann = members.find(({ member }) => member === 'Ann');
    expect(ann?.answers.map(({ text }) => text)).toEqual([
      'A small fast store that keeps copies of data, as Benedict showed me.',
      '',
    ]);
  });

  it('is a report without any name when asked for', async () => {
    const { service } = await gradedTestService();
    const benedict = await firstGrade(service, 'Benedict');
    await service.review(benedict.id, { score: 40 }, { by: 'Ann', reason: 'Ann and Benedict agreed' });
    const report = await service.report(cachingId, { anonymous: true });
    const members = await Array.fromAsync(report.members);
    const everything = JSON.stringify({ ...report, members, rubric: null });
    expect(everything).not.toMatch(/Ann|Benedict|Cem/u);
    expect(report.rows.map(({ member }) => member)).toEqual(['Member 1', 'Member 2', 'Member 3']);
    expect(report.isAnonymous).toBe(true);
    const named = await service.report(cachingId);
    expect(report.rows.map(({ score }) => score)).toEqual(named.rows.map(({ score }) => score));
  });

  it('is shown by the rubric that it was graded by while its file is being edited', async () => {
    const files = groupFiles();
    const { service } = await gradedTestService({ files });
    const ann = await firstGrade(service, 'Ann');
    const [report, full] = [await service.report(cachingId), await service.grade(ann.id)];
    await files.write('/group/rubrics/5-Caching.yaml', 'extends: default.yaml\nquestions: [\n');
    const edited = await service.report(cachingId);
    expect([edited.rubric, edited.rows, edited.studyList]).toEqual([
      report.rubric,
      report.rows,
      report.studyList,
    ]);
    expect(await service.grade(ann.id)).toEqual(full);
    const byLevel = service.review(ann.id, { levels: { k1: 'covered' } }, signature);
    await expect(byLevel).rejects.toThrow(ConfigError);
  });

  it('is not there before it is graded, nor elsewhere', async () => {
    const { service } = openTestService();
    await expect(service.grades('nowhere')).rejects.toThrow(NotFoundError);
    await expect(service.scoreboard([])).rejects.toThrow(InputError);
    await service.upload(cachingPage);
    await expect(service.report(cachingId)).rejects.toThrow('has not been graded yet');
    await expect(service.grade(1)).rejects.toThrow(NotFoundError);
  });
});

describe('a decision', () => {
  it('stands in place of the machine, in the history, and until it is taken back', async () => {
    const { service } = await gradedTestService();
    const { id, score } = await firstGrade(service, 'Benedict');
    const decided = await service.review(id, { score: 60 }, signature);
    expect(decided).toMatchObject({ id, score: 60, override: { by: 'leader', machine: { score } } });
    expect((await service.reviewQueue(cachingId)).map((grade) => grade.id)).toContain(id);
    expect(
      (await service.scoreboard([cachingId])).rows.find((row) => row.member === 'Benedict'),
    ).toBeTruthy();
    expect(await service.clearReview(id, signature)).toMatchObject({ id, score, override: null });
    expect((await service.grade(id)).history.map(({ action }) => action)).toEqual(['set', 'clear']);
    await expect(service.clearReview(id, signature)).rejects.toThrow(InputError);
  });

  it('by levels is computed by the rubric', async () => {
    const { service } = await gradedTestService();
    const { id, score } = await firstGrade(service, 'Ann');
    const better = await service.review(id, { levels: { k2: 'covered' } }, signature);
    expect(better.score).toBeGreaterThan(score ?? 100);
    await expect(service.review(id, { levels: { k9: 'covered' } }, signature)).rejects.toThrow(ConfigError);
  });

  it('on a text that has changed since is refused, and made on the grade that counts now', async () => {
    const { service } = await gradedTestService();
    const { id } = await firstGrade(service, 'Benedict');
    const text = new TextDecoder().decode(cachingPage.bytes).replace('bananas', 'apples');
    await service.upload({ name: 'caching.md', bytes: new TextEncoder().encode(text) });
    await runEnded(service, (await service.startRun(cachingId, {})).id);
    const { grade, answer } = await service.grade(id);
    expect(answer).toContain('apples');
    expect(grade.id).toBeGreaterThan(id);
    await expect(service.review(id, { score: 50 }, signature)).rejects.toThrow(ConflictError);
    const decided = await service.review(grade.id, { score: 50 }, signature);
    expect(decided).toMatchObject({ id: grade.id, needsReview: false, override: { score: 50, stale: [] } });
    await expect(service.clearReview(id, signature)).rejects.toThrow(`look at grade ${grade.id}`);
  });

  it('on a text that was graded anew unchanged is made by any number of it', async () => {
    const { service } = await gradedTestService();
    const { id } = await firstGrade(service, 'Benedict');
    await runEnded(service, (await service.startRun(cachingId, { fresh: true })).id);
    const { grade } = await service.grade(id);
    expect(grade.id).toBeGreaterThan(id);
    expect(await service.review(id, { score: 50 }, signature)).toMatchObject({ id: grade.id, score: 50 });
  });
});

it('shows first what most needs a person, then what was decided', async () => {
  const speaking: Judge = {
    ...createOfflineJudge(['A small fast store']),
    async judge(material, signal) {
      const judgement = await createOfflineJudge(['A small fast store']).judge(material, signal);
      if (!('verdict' in judgement) || !material.answer.includes('bananas')) return judgement;
      return { ...judgement, verdict: { ...judgement.verdict, addressesGrader: true } };
    },
  };
  const { service } = await gradedTestService({ judge: speaking });
  const ann = await firstGrade(service, 'Ann');
  await service.review(ann.id, { score: 90 }, signature);
  expect((await service.reviewQueue(cachingId)).map(({ member }) => member)).toEqual(['Benedict', 'Ann']);
});

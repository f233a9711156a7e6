import { describe, expect, it } from 'vitest';
import { BusyError, ConfigError, ModelError, NotFoundError } from '../../src/core/errors.ts';
import type { Judge } from '../../src/judge/judge.ts';
import { createOfflineJudge } from '../../src/judge/offline-judge.ts';
import { cachingId, cachingPage, gradedTestService, openTestService } from '../helpers/grading-service.ts';
import { modelError } from '../helpers/scripted-model.ts';

const never = new AbortController().signal;
const free = {
  question: 'What is a cache?',
  modelAnswer: 'A fast store of copies.',
  answer: 'A fast store.',
};

describe('feedback', () => {
  it('grades one answer and puts nothing on a scoreboard', async () => {
    const { service, store } = openTestService();
    const grade = await service.feedback(free, never);
    expect(grade).toMatchObject({ state: 'graded', member: '' });
    expect(await store.chapterNames()).toEqual([]);
  });

  it('grades an answer to a question of a chapter by its key points', async () => {
    const { service, store } = await gradedTestService();
    const before = (await store.gradesOf(cachingId)).length;
    const request = { chapter: cachingId, question: 1, answer: 'A small fast store keeps copies of data.' };
    const grade = await service.feedback(request, never);
    expect(grade.keyPoints.map(({ id }) => id)).toEqual(['k1', 'k2']);
    expect(grade.keyPoints[0]?.level).toBe('covered');
    expect(await store.gradesOf(cachingId)).toHaveLength(before);
  });

  it('knows the questions of a chapter that was handed in and not graded yet', async () => {
    const { service } = openTestService();
    await service.upload(cachingPage);
    const grade = await service.feedback({ chapter: cachingId, question: 2, answer: '' }, never);
    expect(grade).toMatchObject({ state: 'not_attempted', score: 0 });
  });

  it('is refused for questions that are not there and texts that are blank', async () => {
    const { service } = await gradedTestService();
    await expect(service.feedback({ chapter: 'x', question: 1, answer: 'a' }, never)).rejects.toThrow(
      NotFoundError,
    );
    await expect(service.feedback({ chapter: cachingId, question: 9, answer: 'a' }, never)).rejects.toThrow(
      'its questions are 1, 2',
    );
    await expect(service.feedback({ ...free, question: ' ' }, never)).rejects.toThrow(ConfigError);
  });

  it('is given up when the one who asked goes away, while it waits as well', async () => {
    const asked = Promise.withResolvers<void>();
    const judge: Judge = {
      ...createOfflineJudge([]),
      judge: (_, signal) =>
        new Promise((_resolve, reject) => {
          asked.resolve();
          signal.addEventListener('abort', () => reject(modelError('aborted')));
        }),
    };
    const { service } = openTestService({ judge, concurrency: 1 });
    const [first, second] = [new AbortController(), new AbortController()];
    const one = service.feedback(free, first.signal);
    const two = service.feedback(free, second.signal);
    await asked.promise;
    second.abort();
    first.abort();
    expect((await Promise.allSettled([one, two])).map(({ status }) => status)).toEqual([
      'rejected',
      'rejected',
    ]);
  });

  it('says what failed, and that too much is asked at once', async () => {
    const failing: Judge = {
      ...createOfflineJudge([]),
      judge: () => Promise.reject(modelError('authentication')),
    };
    const { service } = openTestService({ judge: failing });
    await expect(service.feedback(free, never)).rejects.toThrow(ModelError);

    const held = Promise.withResolvers<never>();
    const slow = openTestService({ judge: { ...failing, judge: () => held.promise }, concurrency: 1 });
    const all = Array.from({ length: 502 }, () => slow.service.feedback(free, never));
    const settled = Promise.allSettled(all);
    await expect(all[501]).rejects.toThrow(BusyError);
    held.reject(modelError('authentication'));
    expect((await settled).filter(({ status }) => status === 'fulfilled')).toEqual([]);
  });
});

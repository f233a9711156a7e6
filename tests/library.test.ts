import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import * as entrance from '../src/index.ts';
import {
  type Chapter,
  ConfigError,
  decodeDocument,
  type GradingOptions,
  giveFeedback,
  InputError,
  importChapter,
  openMemoryStore,
  openStore,
  type Progress,
} from '../src/index.ts';
import { sampleChapter, sampleGrade } from './helpers/sample-material.ts';
import { withGrades } from './helpers/with-grades.ts';

/** Grades a chapter and reads the grades. */
const gradeChapter = (...given: Parameters<typeof entrance.gradeChapter>) =>
  withGrades(entrance.gradeChapter(...given));

const rubricFile = fileURLToPath(new URL('../rubrics/02장-데이터베이스-기초.yaml', import.meta.url));
const chapterFile = new URL('../answers/02장-데이터베이스-기초.md', import.meta.url);
const chapter = (): Chapter => importChapter(decodeDocument(readFileSync(chapterFile), 'a.md'), 'a.md');

const server = setupServer();
const baseUrl = 'http://models.test/v1';
beforeAll(() => server.listen({ onUnhandledFrame: 'error' }));
afterAll(() => server.close());
beforeEach(() => {
  for (const name of ['OPENAI_API_KEY', 'OPENAI_BASE_URL', 'ANSWER_GRADER_MODEL']) vi.stubEnv(name, '');
});
afterEach(() => {
  server.resetHandlers();
  vi.unstubAllEnvs();
});

/** An endpoint that replies what a function says; it notes the models it was asked for. */
function endpoint(reply: () => Response | Promise<Response>, address = baseUrl): string[] {
  const models: string[] = [];
  server.use(
    http.post<never, { model: string }>(`${address}/chat/completions`, async ({ request }) => {
      models.push((await request.json()).model);
      return reply();
    }),
  );
  return models;
}

function refuse(status: number) {
  return HttpResponse.json({ error: { message: 'no' } }, { status });
}

/** A verdict on the sample question with the built-in rubric. */
function verdict() {
  const opinion = (level: string) => ({ evidence: ['정렬된'], reason: '이유', level });
  const content = {
    criteria: { coverage: opinion('all'), accuracy: opinion('right'), explanation: opinion('adequate') },
    addressesGrader: false,
    feedback: { summary: '요약', strengths: ['강점'], improvements: [], nextStep: '다음' },
  };
  return HttpResponse.json({
    model: 'judge-1-2026',
    choices: [{ finish_reason: 'stop', message: { content: JSON.stringify(content) } }],
    usage: { prompt_tokens: 900, completion_tokens: 100 },
  });
}

const single = {
  question: '인덱스가 조회를 빠르게 하는 까닭은?',
  modelAnswer: '인덱스는 키가 정렬된 별도의 자료구조입니다. 그래서 빨리 찾습니다. 쓰기는 느려집니다.',
  answer: '키가 정렬된 자료구조라서 빨리 찾는다',
};
const offline: GradingOptions = { judge: 'offline' };
const remote: GradingOptions = { judge: 'llm', apiKey: 'sk-test', baseUrl, model: 'judge-1' };

describe('the package', () => {
  it('has these entrances', () => {
    expect(Object.keys(entrance).sort()).toEqual([
      'ConfigError',
      'GraderError',
      'InputError',
      'ModelError',
      'StoreError',
      'decodeDocument',
      'giveFeedback',
      'gradeChapter',
      'importChapter',
      'openMemoryStore',
      'openStore',
    ]);
  });

  it('opens a store in a folder that it makes', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'answer-grader-library-'));
    try {
      const store = await openStore(join(folder, 'deep', 'er', 'grades.db'));
      await gradeChapter(sampleChapter(), { ...offline, store });
      expect((await store.chapters()).map(({ id }) => id)).toEqual(['03장-인덱스']);
      await store.close();
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

describe('gradeChapter, offline, on the sample chapter', () => {
  it('grades every attempt and makes a scoreboard', async () => {
    const { grades, scoreboard, totals, failure, run, language } = await gradeChapter(chapter(), offline);
    const attempts = chapter().submissions.flatMap(({ member, question, attempts: own }) =>
      (own.length > 0 ? own : [{ kind: 'first' }]).map(({ kind }) => [member, question, kind]),
    );
    expect(grades.map(({ member, question, attempt }) => [member, question, attempt])).toEqual(attempts);
    expect(grades.filter(({ state }) => state === 'ungraded')).toEqual([]);
    expect(totals).toMatchObject({ attempts: attempts.length, ungraded: 0, requests: 0, costUsd: 0 });
    expect({ failure, language, judge: run.judge, stopped: run.stopped }).toEqual({
      failure: null,
      language: 'ko',
      judge: 'offline',
      stopped: false,
    });
    expect(scoreboard.map(({ member }) => member).sort()).toEqual(
      ['남기훈', '문채린', '배솔', '서다온', '오하람'].sort(),
    );
    for (const { assigned, score } of scoreboard) {
      expect(assigned).toBe(2);
      expect(score).toBeGreaterThanOrEqual(0);
      expect(score).toBeLessThanOrEqual(100);
    }
  });

  it('gives the same grades every time', async () => {
    const once = async () =>
      (await gradeChapter(chapter(), offline)).grades.map((grade) => ({ ...grade, gradedAt: '' }));
    expect(await once()).toEqual(await once());
  });

  it("gives nothing to don't know and to nothing", async () => {
    const { grades } = await gradeChapter(chapter(), offline);
    const of = (member: string, question: number) =>
      grades.find((grade) => grade.member === member && grade.question === question);
    expect(of('남기훈', 4)).toMatchObject({ state: 'not_attempted', score: 0, flags: ['dont_know'] });
    expect(of('오하람', 10)).toMatchObject({ state: 'not_attempted', score: 0, flags: ['blank'] });
  });

  it('marks what was written again after reading higher than what was written before', async () => {
    const { grades, scoreboard } = await gradeChapter(chapter(), { ...offline, rubric: rubricFile });
    for (const [member, question] of [
      ['서다온', 1],
      ['남기훈', 3],
      ['배솔', 6],
    ] as const) {
      const own = grades.filter((grade) => grade.member === member && grade.question === question);
      expect(own.map(({ attempt }) => attempt)).toEqual(['first', 'revised']);
      expect(own[1]?.score, member).toBeGreaterThan(own[0]?.score ?? 100);
      const row = scoreboard.find((item) => item.member === member);
      expect(row?.revisedScore, member).toBeGreaterThan(row?.score ?? 100);
    }
  });

  it('quotes only what stands in the answer', async () => {
    const { grades } = await gradeChapter(chapter(), { ...offline, rubric: rubricFile });
    for (const grade of grades) expect(grade.reviewReasons).toEqual([]);
  });

  it('takes a rubric file, laid over the default one', async () => {
    const { grades, rubric } = await gradeChapter(chapter(), { ...offline, rubric: rubricFile });
    expect(rubric.file).toBe(rubricFile);
    const graded = grades.filter(({ state }) => state === 'graded');
    expect(graded.length).toBeGreaterThan(0);
    for (const { keyPoints, criteria } of graded) {
      expect(keyPoints.length).toBeGreaterThanOrEqual(3);
      expect(criteria.map(({ id }) => id)).toEqual(['accuracy', 'explanation']);
    }
  });

  it('takes a rubric as a value', async () => {
    const rubric = {
      attempt: 'best' as const,
      questions: { 1: { keyPoints: ['정렬된 별도의 구조이다', { text: '쓰기가 느려진다', weight: 3 }] } },
    };
    const { grades, standing } = await gradeChapter(chapter(), { ...offline, rubric, question: 1 });
    expect(standing.attempt).toBe('best');
    const max = (name: string) => grades[1]?.keyPoints.find((item) => item.name === name)?.maxPoints ?? 0;
    expect(grades[1]?.keyPoints.map(({ id }) => id)).toEqual(['k1', 'k2']);
    expect(max('쓰기가 느려진다') / max('정렬된 별도의 구조이다')).toBeCloseTo(3, 1);
  });

  it('refuses a rubric that is not valid', async () => {
    const rubric = { questions: { 1: { keyPoints: [] } } };
    const graded = gradeChapter(chapter(), { ...offline, rubric });
    await expect(graded).rejects.toThrow(ConfigError);
    await expect(graded).rejects.toThrow(/questions › 1 › keyPoints/u);
  });

  it('grades the part that is asked for', async () => {
    const { grades } = await gradeChapter(chapter(), { ...offline, member: '배솔', question: 6 });
    expect(grades.map(({ member, question, attempt }) => [member, question, attempt])).toEqual([
      ['배솔', 6, 'first'],
      ['배솔', 6, 'revised'],
    ]);
  });

  it.each([{ member: '아무개' }, { question: 99 }, { member: '배솔', question: 1 }])(
    'refuses a part that is not there: %o',
    async (part) => {
      await expect(gradeChapter(chapter(), { ...offline, ...part })).rejects.toThrow(InputError);
    },
  );

  it('writes feedback in the language asked for', async () => {
    const { grades, language } = await gradeChapter(chapter(), { ...offline, language: 'en' });
    expect(language).toBe('en');
    expect(grades.find(({ feedback }) => feedback)?.feedback?.summary).toMatch(
      /sentences of the model answer/u,
    );
  });

  it('tells how far it is', async () => {
    const told: Progress[] = [];
    await gradeChapter(chapter(), { ...offline, onProgress: (progress) => told.push(progress) });
    expect(told[0]?.done).toBe(0);
    expect(told.at(-1)?.done).toBe(told.at(-1)?.total);
  });

  it('adds to the store it is given', async () => {
    const store = openMemoryStore();
    const other = await store.startRun({ chapter: 'x', startedAt: '', judge: 'llm', model: null });
    await store.addGrades(other, [sampleGrade()]);
    const { grades, run } = await gradeChapter(chapter(), { ...offline, store });
    expect(run.id).toBe(2);
    expect(await store.gradesOf('02장-데이터베이스-기초')).toHaveLength(grades.length);
    expect(await store.gradesOf('03장-인덱스')).toHaveLength(1);
  });

  it('judges nothing when it is told to stop beforehand, and makes no zeros of it', async () => {
    const store = openMemoryStore();
    const result = await gradeChapter(chapter(), { ...offline, store, signal: AbortSignal.abort() });
    expect(result).toMatchObject({ failure: null, run: { stopped: true }, totals: { graded: 0 } });
    expect(new Set(result.grades.map(({ state, ungradedReason }) => ungradedReason ?? state))).toEqual(
      new Set(['stopped', 'not_attempted']),
    );
    for (const { state, score } of result.grades) expect(score).toBe(state === 'ungraded' ? null : 0);
    const kept = await store.gradesOf(result.chapter.id);
    expect(kept.every(({ state }) => state === 'not_attempted')).toBe(true);
  });
});

describe('gradeChapter with a model', () => {
  const one = (): Chapter => {
    const { questions, submissions } = sampleChapter();
    return sampleChapter({
      questions: questions.slice(0, 1),
      submissions: submissions.slice(2, 3).map((submission) => ({
        ...submission,
        // Both hold what the verdict quotes.
        attempts: [
          { kind: 'first', text: '정렬된 것이라서 그렇다.' },
          { kind: 'revised', text: single.answer },
        ],
      })),
    });
  };

  it('grades, and a second time for nothing', async () => {
    const models = endpoint(verdict);
    const store = openMemoryStore();
    const first = await gradeChapter(one(), { ...remote, store });
    expect(first.totals).toMatchObject({ graded: 2, requests: 2, inputTokens: 1800, costUsd: null });
    expect(first.grades[1]).toMatchObject({
      score: 96.7,
      judge: { kind: 'llm', models: ['judge-1-2026'] },
    });
    const second = await gradeChapter(one(), { ...remote, store });
    expect(second.totals).toMatchObject({ graded: 2, requests: 0, inputTokens: 0, costUsd: 0 });
    expect(second.grades.map(({ score }) => score)).toEqual(first.grades.map(({ score }) => score));
    expect(models).toEqual(['judge-1', 'judge-1']);
  });

  it('asks several models, or one several times, and takes the median', async () => {
    const models = endpoint(verdict);
    const panel = await gradeChapter(one(), { ...remote, model: ['judge-1', 'judge-2'] });
    expect(models.toSorted()).toEqual(['judge-1', 'judge-1', 'judge-2', 'judge-2']);
    expect(panel.grades[0]).toMatchObject({
      score: 96.7,
      spread: 0,
      judge: { asked: ['judge-1', 'judge-2'], samples: 1 },
    });
    const sampled = await gradeChapter(one(), { ...remote, samples: 3 });
    expect(models).toHaveLength(4 + 6);
    expect(sampled.grades[0]?.opinions).toHaveLength(3);
  });

  it('refuses samples of the baseline', async () => {
    await expect(gradeChapter(one(), { ...offline, samples: 2 })).rejects.toThrow(ConfigError);
  });

  it('forgets everything after the call without a store', async () => {
    const models = endpoint(verdict);
    await gradeChapter(one(), remote);
    await gradeChapter(one(), remote);
    expect(models).toHaveLength(4);
  });

  it('has the model at hand when an address is given, and the baseline otherwise', async () => {
    endpoint(verdict);
    expect((await gradeChapter(one(), { baseUrl })).run).toMatchObject({ judge: 'llm' });
    expect((await gradeChapter(one())).run).toMatchObject({ judge: 'offline', model: null });
  });

  it('reads key, address and model from the environment', async () => {
    const models = endpoint(verdict, 'http://env.test/v1');
    vi.stubEnv('OPENAI_BASE_URL', 'http://env.test/v1/');
    vi.stubEnv('ANSWER_GRADER_MODEL', 'env-model');
    await gradeChapter(one());
    expect(models).toEqual(['env-model', 'env-model']);
  });

  it('leaves the environment as it was', async () => {
    endpoint(verdict);
    await gradeChapter(one(), remote);
    expect(process.env['OPENAI_API_KEY']).toBe('');
  });

  it('needs key or address when a model is asked for', async () => {
    await expect(gradeChapter(one(), { judge: 'llm' })).rejects.toThrow(ConfigError);
    await expect(gradeChapter(one(), { judge: 'llm' })).rejects.toThrow(/OPENAI_API_KEY.*OPENAI_BASE_URL/u);
  });

  it('throws when the model failed before anything was graded', async () => {
    endpoint(() => refuse(401));
    await expect(gradeChapter(one(), remote)).rejects.toMatchObject({
      name: 'ModelError',
      failure: 'authentication',
    });
  });

  it('returns what was graded when the model failed later', async () => {
    let count = 0;
    endpoint(() => {
      count += 1;
      return count === 1 ? verdict() : refuse(401);
    });
    const result = await gradeChapter(one(), { ...remote, concurrency: 1 });
    expect(result.failure).toMatchObject({ failure: 'authentication' });
    expect(result).toMatchObject({ totals: { graded: 1, ungraded: 1 }, run: { stopped: true } });
  });

  it('leaves an answer ungraded whose request is refused', async () => {
    endpoint(() => refuse(400));
    const { totals, failure, grades } = await gradeChapter(one(), remote);
    expect(totals).toMatchObject({ graded: 0, ungraded: 2 });
    expect(failure).toBeNull();
    expect(grades.map(({ score, ungradedReason }) => [score, ungradedReason])).toEqual([
      [null, 'request_failed'],
      [null, 'request_failed'],
    ]);
  });

  it('gives requests in flight up when it is told to', async () => {
    const controller = new AbortController();
    endpoint(async () => {
      controller.abort();
      return new Promise<Response>(() => {});
    });
    const result = await gradeChapter(one(), { ...remote, concurrency: 1, signal: controller.signal });
    expect(result).toMatchObject({
      failure: null,
      run: { stopped: true },
      totals: { graded: 0, ungraded: 2 },
    });
    expect(result.grades.map(({ ungradedReason }) => ungradedReason)).toEqual(['stopped', 'stopped']);
  });

  it('keeps to a limit on what it may cost', async () => {
    const models = endpoint(verdict);
    const limited = { ...remote, model: 'gpt-4o', maxCostUsd: 0.000_01 };
    await expect(gradeChapter(one(), limited)).rejects.toMatchObject({ failure: 'over_budget' });
    expect(models).toEqual([]);
    expect((await gradeChapter(one(), { ...limited, maxCostUsd: 5 })).totals).toMatchObject({ graded: 2 });
  });

  it('cannot keep to a limit on a model whose price it does not know', async () => {
    await expect(gradeChapter(one(), { ...remote, maxCostUsd: 1 })).rejects.toThrow(ConfigError);
  });
});

describe('giveFeedback', () => {
  it('grades one answer', async () => {
    const grade = await giveFeedback(single, offline);
    expect(grade).toMatchObject({
      question: 1,
      attempt: 'first',
      state: 'graded',
      criteria: [{ id: 'coverage' }, { id: 'accuracy' }, { id: 'explanation' }],
      judge: { kind: 'offline' },
      needsReview: false,
    });
    expect(grade.score).toBeGreaterThan(0);
    expect(grade.feedback?.improvements).toContain('“쓰기는 느려집니다.”');
  });

  it('grades a better answer higher', async () => {
    const worse = await giveFeedback({ ...single, answer: '마법 같은 것' }, offline);
    const better = await giveFeedback(
      { ...single, answer: `${single.answer}. 대신 쓰기는 느려진다` },
      offline,
    );
    const own = await giveFeedback(single, offline);
    expect(worse.score).toBe(0);
    expect(own.score).toBeGreaterThan(0);
    expect(better.score).toBeGreaterThan(own.score ?? 100);
  });

  it('takes key points as a value', async () => {
    const rubric = { questions: { 1: { keyPoints: ['정렬된 자료구조이다'] } } };
    const { keyPoints } = await giveFeedback(single, { ...offline, rubric });
    expect(keyPoints).toMatchObject([{ id: 'k1', name: '정렬된 자료구조이다', level: 'covered' }]);
  });

  it.each([
    ['nothing', '  ', 'blank'],
    ["don't know", '모르겠습니다', 'dont_know'],
    ['the model answer', single.modelAnswer, 'undeclared_copy'],
  ])('asks no judge about %s', async (_name, answer, flag) => {
    expect(await giveFeedback({ ...single, answer }, offline)).toMatchObject({
      state: 'not_attempted',
      score: 0,
      feedback: null,
      flags: [flag],
      judge: { kind: 'triage' },
    });
  });

  it('writes in the language of the question, or the one asked for', async () => {
    const korean = await giveFeedback(single, offline);
    const english = await giveFeedback(single, { ...offline, language: 'en' });
    expect(korean.feedback?.nextStep).toMatch(/모범답안/u);
    expect(english.feedback?.nextStep).toMatch(/model answer/u);
  });

  it('asks the model when there is one', async () => {
    const models = endpoint(verdict);
    expect(await giveFeedback(single, remote)).toMatchObject({
      state: 'graded',
      score: 96.7,
      feedback: { summary: '요약' },
      usage: { requests: 1, inputTokens: 900, outputTokens: 100, costUsd: null },
    });
    expect(models).toEqual(['judge-1']);
  });

  it('throws when the model failed', async () => {
    endpoint(() => refuse(404));
    await expect(giveFeedback(single, remote)).rejects.toMatchObject({ failure: 'not_found' });
  });

  it.each([{ question: ' ' }, { modelAnswer: '' }])('needs question and model answer: %o', async (blank) => {
    await expect(giveFeedback({ ...single, ...blank }, offline)).rejects.toThrow(ConfigError);
  });
});

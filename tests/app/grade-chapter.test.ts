import { describe, expect, it } from 'vitest';
import {
  type GradingRequest,
  type GradingResult,
  gradeChapter,
  languageOf,
  type Progress,
} from '../../src/app/grade-chapter.ts';
import type { LoadedRubric } from '../../src/app/load-rubric.ts';
import { answerHashOf } from '../../src/app/plan.ts';
import type { AtOnce } from '../../src/core/awaitable.ts';
import type { Chapter } from '../../src/core/chapter.ts';
import { type Grade, noUsage } from '../../src/core/grade.ts';
import type { GradeSummary } from '../../src/core/grade-summary.ts';
import type { Review } from '../../src/core/review.ts';
import { createLlmJudge } from '../../src/judge/llm-judge.ts';
import { createMeter, withMeter } from '../../src/judge/meter.ts';
import { createOfflineJudge } from '../../src/judge/offline-judge.ts';
import { withRetries } from '../../src/judge/retry.ts';
import { createRunControl, type RunControl } from '../../src/judge/run-control.ts';
import { withKeptReplies, withStoredReplies } from '../../src/models/stored-replies.ts';
import { createMemoryStore } from '../../src/store/memory-store.ts';
import type { GradeStore } from '../../src/store/store.ts';
import { later } from '../helpers/later.ts';
import { openThrottle } from '../helpers/open-throttle.ts';
import { loadedRubric, sampleChapter } from '../helpers/sample-material.ts';
import {
  always,
  answerIn,
  judging,
  modelError,
  plainPrices,
  replyWith,
  type Step,
  scriptedModel,
} from '../helpers/scripted-model.ts';
import { withGrades } from '../helpers/with-grades.ts';

interface Setup {
  chapter?: Chapter;
  rubric?: LoadedRubric;
  store?: AtOnce<GradeStore>;
  fresh?: boolean;
  control?: RunControl;
  request?: Partial<GradingRequest>;
}

/** Grades with a scripted model behind everything that stands between it and a run. */
async function grade(script: readonly Step[], setup: Setup = {}) {
  const { store = createMemoryStore(), control = createRunControl() } = setup;
  const model = scriptedModel(script);
  const network = withRetries(withKeptReplies(model, store), {
    throttle: openThrottle(1),
    control,
    wait: async () => {},
  });
  const meter = createMeter();
  const chat = withStoredReplies(withMeter(network, meter, plainPrices), store, setup.fresh ?? false);
  const grading = gradeChapter({
    chapter: setup.chapter ?? sampleChapter(),
    file: '03장.md',
    rubric: setup.rubric ?? loadedRubric(),
    judge: createLlmJudge({ model: 'judge-1', chat, prices: plainPrices }),
    fresh: setup.fresh ?? false,
    language: 'ko',
    store,
    control,
    spent: meter.spent,
    ...setup.request,
  });
  const result = await withGrades(grading);
  return { result, model, store, control };
}

/** The first answer to question 1 is bad, its revision and the answer to question 2 are good. */
const script = [judging('worst'), judging('best'), judging('best')];

const summary = ({ grades }: { grades: readonly GradeSummary[] }) =>
  grades.map(({ member, question, attempt, state, score }) => [member, question, attempt, state, score]);

const expectedSummary = [
  ['가람', 2, 'first', 'graded', 100],
  ['가람', 3, 'first', 'ungraded', null],
  ['나래', 1, 'first', 'graded', 0],
  ['나래', 1, 'revised', 'graded', 100],
  ['나래', 4, 'first', 'not_attempted', 0],
  ['다온', 2, 'first', 'not_attempted', 0],
];

describe('a run', () => {
  it('grades every attempt, in the order of the document', async () => {
    const { result } = await grade(script);
    expect(summary(result)).toEqual(expectedSummary);
    expect(result).toMatchObject({
      language: 'ko',
      failure: null,
      run: { judge: 'llm', model: 'judge-1', stopped: false },
    });
  });

  it('asks the model question by question', async () => {
    const { model } = await grade(script);
    const answers = sampleChapter().submissions;
    expect(model.requests.map(answerIn)).toEqual([
      answers[2]?.attempts[0]?.text,
      answers[2]?.attempts[1]?.text,
      answers[0]?.attempts[0]?.text,
    ]);
  });

  it('sends nothing that tells who wrote an answer', async () => {
    const { model } = await grade(script);
    expect(JSON.stringify(model.requests)).not.toMatch(/가람|나래|다온/u);
  });

  it('adds up its grades and what it spent', async () => {
    const { result } = await grade(script);
    expect(result.totals).toEqual({
      attempts: 6,
      graded: 3,
      ungraded: 1,
      notAttempted: 2,
      needsReview: 1,
      requests: 3,
      inputTokens: 300,
      cachedInputTokens: 120,
      outputTokens: 30,
      costUsd: 3 * 164,
    });
  });

  it('ranks the members; what is ungraded counts for nothing, what is not attempted for zero', async () => {
    const { result } = await grade(script);
    const id = '03장-인덱스';
    const row = {
      graded: 1,
      ungraded: 0,
      needsReview: 0,
      revisedScore: null,
      stale: 0,
      provisional: false,
      trend: null,
    };
    expect(result.scoreboard).toEqual([
      {
        ...row,
        rank: 1,
        member: '가람',
        score: 100,
        answeredScore: 100,
        assigned: 2,
        answered: 2,
        ungraded: 1,
        needsReview: 1,
        provisional: true,
        chapters: { [id]: 100 },
      },
      {
        ...row,
        rank: 2,
        member: '나래',
        score: 0,
        answeredScore: 0,
        assigned: 2,
        answered: 1,
        revisedScore: 50,
        chapters: { [id]: 0 },
      },
      {
        ...row,
        rank: 2,
        member: '다온',
        score: 0,
        answeredScore: null,
        assigned: 1,
        answered: 0,
        graded: 0,
        chapters: { [id]: 0 },
      },
    ]);
  });

  it('gives every grade its source', async () => {
    const rubric = loadedRubric();
    const { result } = await grade(script, {
      rubric,
      request: { now: () => new Date('2026-11-01T00:00:00Z') },
    });
    expect(result.grades[0]).toMatchObject({
      chapter: '03장-인덱스',
      judge: { kind: 'llm', models: ['judge-1-2026'], samples: 1, rubricHash: rubric.hash },
      usage: { requests: 1, costUsd: 164 },
      answerHash: answerHashOf(sampleChapter().submissions[0]?.attempts[0]?.text ?? ''),
      gradedAt: '2026-11-01T00:00:00.000Z',
    });
  });

  it('keeps the time by its clock', async () => {
    const times = ['2026-11-01T00:00:00.000Z', '2026-11-01T00:05:00.000Z'];
    const { result } = await grade([], {
      chapter: sampleChapter({ submissions: [] }),
      request: { now: () => new Date(times.shift() ?? 0) },
    });
    expect(result.run).toMatchObject({
      startedAt: '2026-11-01T00:00:00.000Z',
      finishedAt: '2026-11-01T00:05:00.000Z',
    });
  });

  it('tells how far it is, counting every attempt', async () => {
    const told: Progress[] = [];
    await grade(script, { request: { onProgress: (progress) => told.push(progress) } });
    const counts = told.map(({ done }) => done);
    expect(counts).toEqual(counts.toSorted((a, b) => a - b));
    expect([counts[0], counts.at(-1)]).toEqual([0, 6]);
    expect(told.every(({ total }) => total === 6)).toBe(true);
    expect([told[0]?.spent.requests, told.at(-1)?.spent.requests]).toEqual([0, 3]);
  });

  it('asks nobody where code can settle everything', async () => {
    const { result } = await grade([], { request: { selection: { member: '다온' } } });
    expect(summary(result)).toEqual([['다온', 2, 'first', 'not_attempted', 0]]);
    expect(result.totals).toMatchObject({ attempts: 1, notAttempted: 1, ...noUsage });
  });

  it('never makes a zero of an answer that has no verdict', async () => {
    const { result } = await grade([
      replyWith('no', { finish: { reason: 'filtered', raw: 'content_filter' } }),
      modelError('bad_request'),
      replyWith('Very good!'),
      replyWith('I said very good!'),
    ]);
    const reasons = result.grades.map(({ score, ungradedReason }) => [score, ungradedReason]);
    expect(reasons.slice(0, 4)).toEqual([
      [null, 'malformed_reply'],
      [null, 'no_reference'],
      [null, 'filtered'],
      [null, 'request_failed'],
    ]);
    expect(result.scoreboard.find(({ member }) => member === '가람')).toMatchObject({
      rank: null,
      score: null,
      ungraded: 2,
      provisional: true,
    });
    expect(result).toMatchObject({ failure: null, run: { stopped: false } });
  });
});

describe('what a run keeps', () => {
  it('is every grade, and the chapter with the texts that a review shows', async () => {
    const { result, store } = await grade(script);
    expect(new Set(store.gradesOf('03장-인덱스'))).toEqual(new Set(result.grades));
    expect(store.chapters()).toMatchObject([
      {
        id: '03장-인덱스',
        title: '03장 인덱스',
        language: 'ko',
        attempt: 'first',
        rubricFile: '/rubrics/default.yaml',
        questions: sampleChapter().questions,
        submissions: sampleChapter().submissions.map(({ member, question, attempts }) => ({
          member,
          question,
          // What was left open is graded as one empty attempt.
          attempts: attempts.length > 0 ? attempts.map(({ kind }) => ({ kind })) : [{ kind: 'first' }],
        })),
      },
    ]);
    const written = sampleChapter().submissions.flatMap(({ attempts }) => attempts.map(({ text }) => text));
    for (const text of written) expect(store.answerText('03장-인덱스', answerHashOf(text))).toBe(text);
  });

  it('is every reply before the next answer is asked about, and every grade at the end', async () => {
    const memory = createMemoryStore();
    let kept = 0;
    const store: AtOnce<GradeStore> = {
      ...memory,
      keepReplies: (entries) => {
        memory.keepReplies(entries);
        kept += entries.length;
      },
    };
    const counts: number[] = [];
    const looking: Step = (request) => {
      counts.push(kept);
      return judging('best')(request);
    };
    await grade(always(looking, 3), { store });
    expect(counts).toEqual([0, 1, 2]);
    expect(store.gradesOf('03장-인덱스').filter(({ state }) => state === 'graded')).toHaveLength(3);
  });

  it('makes a second run cost nothing', async () => {
    const { store, result: first } = await grade(script);
    const { result } = await grade([], { store });
    expect(summary(result)).toEqual(expectedSummary);
    expect(result.totals).toEqual({ ...first.totals, ...noUsage });
    expect(result.run.id).toBeGreaterThan(first.run.id);
    const before = first.grades[0] as Grade;
    expect(result.grades[0]).toEqual({
      ...before,
      usage: { ...before.usage, requests: 0 },
      gradedAt: expect.any(String),
    });
  });

  it('is asked for again when told to', async () => {
    const { store } = await grade(script);
    const { result } = await grade(always(judging('worst'), 3), { store, fresh: true });
    expect(result.totals.requests).toBe(3);
    expect(
      result.standing.grades.filter(({ state }) => state === 'graded').map(({ score }) => score),
    ).toEqual([0, 0, 0]);
  });

  it('is graded anew where the rubric changed, and only there', async () => {
    const { store } = await grade(script);
    const rubric = loadedRubric({ questions: { 1: { keyPoints: [{ text: '정렬되어 있다', weight: 1 }] } } });
    const { result, model } = await grade([judging('best'), judging('worst')], { store, rubric });
    expect(model.requests).toHaveLength(2);
    for (const { messages } of model.requests) expect(messages[1]?.content).toContain('k1: 정렬되어 있다');
    expect(summary(result)).toEqual(
      expectedSummary.map((row) => {
        if (row[0] !== '나래' || row[1] !== 1) return row;
        return [...row.slice(0, 4), row[2] === 'first' ? 100 : 0];
      }),
    );
  });

  it('is scored anew without a request where only weights changed', async () => {
    const { store } = await grade(script);
    const rubric = loadedRubric();
    rubric.rubric.keyPoints.weight = 10;
    const { result } = await grade([], { store, rubric });
    expect(result.totals.requests).toBe(0);
    expect(result.grades[3]?.keyPoints[0]?.maxPoints).toBeCloseTo(100 * (5 / 37), 1);
  });

  it('is graded anew where the model answer changed, and only there', async () => {
    const { store } = await grade(script);
    const chapter = sampleChapter();
    const question = chapter.questions[1];
    if (question) question.modelAnswer = '모두 반영되거나 전혀 반영되지 않는 성질입니다.';
    const { model } = await grade([judging('worst')], { store, chapter });
    expect(model.requests[0]?.messages[1]?.content).toContain('전혀 반영되지 않는');
  });

  it('counts only while the answer is the same', async () => {
    const { store } = await grade(script);
    const chapter = sampleChapter();
    const attempt = chapter.submissions[0]?.attempts[0];
    if (attempt) attempt.text = '나눌 수 없는 한 덩어리라는 뜻이다.';
    const { result } = await grade([judging('worst')], { store, chapter });
    expect(result.standing.grades).toHaveLength(6);
    expect(result.scoreboard.find(({ member }) => member === '가람')?.score).toBe(0);
  });

  it('stands beside what a run over a part of the chapter adds', async () => {
    const { store } = await grade(script);
    const { result } = await grade([judging('worst')], {
      store,
      fresh: true,
      request: { selection: { member: '가람', question: 2 } },
    });
    expect(summary(result)).toEqual([['가람', 2, 'first', 'graded', 0]]);
    expect(result.totals).toMatchObject({ attempts: 1, graded: 1, requests: 1 });
    expect(summary(result.standing)).toEqual([
      ['가람', 2, 'first', 'graded', 0],
      ...expectedSummary.slice(1),
    ]);
    expect(result.scoreboard.map(({ member }) => member).sort()).toEqual(['가람', '나래', '다온']);
  });

  it('from a model is not replaced by the baseline', async () => {
    const { store } = await grade(script);
    const { result } = await grade([], {
      store,
      request: { judge: createOfflineJudge(['모범답안']), spent: () => noUsage },
    });
    expect(result.run).toMatchObject({ judge: 'offline', model: null });
    expect(result.grades[0]?.judge.kind).toBe('offline');
    expect(result.standing.grades[0]).toMatchObject({ score: 100, judge: { kind: 'llm' } });
  });

  it('a failure does not replace a grade', async () => {
    const { store } = await grade(script);
    const { result } = await grade(always(modelError('bad_request'), 3), { store, fresh: true });
    expect(result.grades[0]).toMatchObject({ state: 'ungraded', ungradedReason: 'request_failed' });
    expect(result.standing.grades[0]).toMatchObject({ state: 'graded', score: 100 });
  });
});

describe('a run after others', () => {
  const review: Review = {
    chapter: '03장-인덱스',
    member: '가람',
    question: 2,
    attempt: 'first',
    action: 'set',
    score: 40,
    levels: {},
    criteria: [],
    keyPoints: [],
    reason: '말로 설명하지 못함',
    by: '모임장',
    at: '2026-12-01T00:00:00.000Z',
    answerHash: answerHashOf(sampleChapter().submissions[0]?.attempts[0]?.text ?? ''),
    referenceHash: '',
    criteriaHash: '',
  };
  const moves = ({ changes }: Pick<GradingResult, 'changes'>) =>
    changes.map(({ member, question, attempt, difference, causes }) => [
      member,
      question,
      attempt,
      difference,
      causes,
    ]);

  it('says whose score moved, and why; the first one moves none', async () => {
    const { store, result: first } = await grade(script);
    expect(moves(first)).toEqual([]);
    const rubric = loadedRubric({ questions: { 1: { keyPoints: [{ text: '정렬되어 있다', weight: 1 }] } } });
    const { result } = await grade([judging('best'), judging('best')], { store, rubric });
    expect(moves(result)).toEqual([['나래', 1, 'first', 100, ['rubric']]]);
  });

  it('says of a score that moved without a reason that it was asked anew', async () => {
    const { store } = await grade(script);
    const { result } = await grade(always(judging('best'), 3), { store, fresh: true });
    expect(moves(result)).toEqual([['나래', 1, 'first', 100, []]]);
  });

  it('says nothing of answers that the run was not about', async () => {
    const { store } = await grade(script);
    const selection = { member: '가람', question: 2 };
    const { result } = await grade([judging('worst')], { store, fresh: true, request: { selection } });
    expect(moves(result)).toEqual([['가람', 2, 'first', -100, []]]);
  });

  it("lets people's decisions stand, and shows what it says itself", async () => {
    const { store } = await grade(script);
    store.addReview(review);
    const { result } = await grade(always(judging('best'), 3), { store, fresh: true });
    expect(summary(result)[0]).toEqual(['가람', 2, 'first', 'graded', 40]);
    for (const grades of [result.grades, await Array.fromAsync(result.standing.whole())])
      expect(grades[0]).toMatchObject({ override: { by: '모임장', machine: { score: 100 } } });
    expect(result.scoreboard.find(({ member }) => member === '가람')?.score).toBe(40);
    expect(moves(result)).toEqual([['나래', 1, 'first', 100, []]]);
    // What is stored is what the machine said: a decision that is cleared leaves nothing behind.
    expect(store.gradesOf('03장-인덱스').every(({ override }) => override === null)).toBe(true);
  });
});

describe('a run whose store takes its time', () => {
  const withGuesses = () => {
    const chapter = sampleChapter();
    const guesses = Array.from({ length: 1500 }, (_, index) => ({
      ...(chapter.submissions[0] as Chapter['submissions'][number]),
      member: `멤버 ${index}`,
      attempts: [{ kind: 'first' as const, text: '모르겠어요' }],
    }));
    return { ...chapter, submissions: [...guesses, ...chapter.submissions] };
  };
  const seen = ({ grades, scoreboard, totals, changes }: Awaited<ReturnType<typeof grade>>['result']) => ({
    grades: grades.map(({ gradedAt: _, ...own }) => own),
    scoreboard,
    totals,
    changes,
  });

  it('gives what one gives that answers at once, however much needs no judge', async () => {
    const chapter = withGuesses();
    const memory = createMemoryStore();
    const slow = await grade(script, { chapter, store: memory, request: { store: later(memory) } });
    const { result } = await grade(script, { chapter });
    expect(seen(slow.result)).toEqual(seen(result));
    expect(memory.gradesOf(chapter.id)).toHaveLength(result.grades.length);
  });

  it('takes over what has not changed', async () => {
    const memory = createMemoryStore();
    const request = { store: later(memory) };
    const { result: first } = await grade(script, { store: memory, request });
    const { result, model } = await grade([], { store: memory, request });
    expect(model.requests).toEqual([]);
    expect(summary(result)).toEqual(summary(first));
  });

  it('throws what cannot be stored', async () => {
    const full = new Error('disk full');
    const broken = { ...createMemoryStore(), addGrades: () => Promise.reject(full) };
    await expect(grade(script, { request: { store: broken } })).rejects.toBe(full);
    const many = { chapter: withGuesses(), request: { store: broken, selection: { question: 2 } } };
    await expect(grade(script, many)).rejects.toBe(full);
  });
});

describe('a run that ends early', () => {
  it('stops on a failure that every request would meet, and keeps what was done', async () => {
    const error = modelError('authentication');
    const { result, store } = await grade([judging('best'), ...always(error, 2)]);
    expect(result.failure).toBe(error);
    expect(result.run.stopped).toBe(true);
    expect(result.grades.map(({ state, ungradedReason }) => ungradedReason ?? state)).toEqual([
      'stopped',
      'no_reference',
      'graded',
      'stopped',
      'not_attempted',
      'not_attempted',
    ]);
    expect(result.totals).toMatchObject({
      attempts: 6,
      graded: 1,
      ungraded: 3,
      notAttempted: 2,
      needsReview: 1,
    });
    expect(store.gradesOf('03장-인덱스').map(({ ungradedReason }) => ungradedReason)).not.toContain(
      'stopped',
    );
    expect(result.scoreboard.find(({ member }) => member === '가람')).toMatchObject({
      score: null,
      ungraded: 2,
      provisional: true,
    });
  });

  it('is taken up where it was left', async () => {
    const { store } = await grade([judging('worst'), ...always(modelError('quota_exhausted'), 2)]);
    const { result, model } = await grade([judging('best'), judging('best')], { store });
    expect(model.requests).toHaveLength(2);
    expect(summary(result)).toEqual(expectedSummary);
    expect(result.run.stopped).toBe(false);
  });

  it('settles what needs no judge even when it was stopped before it began', async () => {
    const control = createRunControl();
    control.stop();
    const told: Progress[] = [];
    const { result } = await grade([], {
      control,
      request: { onProgress: (progress) => told.push(progress) },
    });
    expect(result.totals).toMatchObject({ graded: 0, ungraded: 4, notAttempted: 2, requests: 0 });
    expect(result).toMatchObject({ failure: null, run: { stopped: true } });
    expect([told[0]?.done, told.at(-1)?.done]).toEqual([0, 3]);
  });

  it('lets what is in flight arrive when the user stops it', async () => {
    const control = createRunControl();
    const stopping: Step = (request) => {
      control.stop();
      return judging('best')(request);
    };
    const { result } = await grade([stopping], { control });
    expect(result.totals).toMatchObject({ graded: 1, requests: 1 });
    expect(result).toMatchObject({ failure: null, run: { stopped: true } });
  });

  it('throws what cannot be stored', async () => {
    const full = new Error('disk full');
    const store: AtOnce<GradeStore> = {
      ...createMemoryStore(),
      addGrades: () => {
        throw full;
      },
    };
    await expect(grade(script, { store })).rejects.toBe(full);
  });

  it('throws on a selection that names nobody, before anything is kept', async () => {
    const store = createMemoryStore();
    await expect(grade([], { store, request: { selection: { member: '라온' } } })).rejects.toMatchObject({
      name: 'InputError',
    });
    expect(store.chapters()).toEqual([]);
  });
});

describe('languageOf', () => {
  const english = sampleChapter({
    questions: [{ no: 1, text: 'Why does an index speed up a query?', modelAnswer: 'It is sorted (정렬).' }],
  });

  it.each([
    ['what is asked for', sampleChapter(), 'ko', 'en', 'en'],
    ["then the rubric's", sampleChapter(), 'en', undefined, 'en'],
    ["then the chapter's own, Korean", sampleChapter(), 'auto', undefined, 'ko'],
    ["then the chapter's own, English", english, 'auto', undefined, 'en'],
  ] as const)('%s', (_name, chapter, language, asked, expected) => {
    expect(languageOf(chapter, loadedRubric({ language }).rubric, asked)).toBe(expected);
  });
});

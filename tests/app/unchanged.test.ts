import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { type GradingRequest, gradeChapter } from '../../src/app/grade-chapter.ts';
import type { AtOnce } from '../../src/core/awaitable.ts';
import type { Chapter } from '../../src/core/chapter.ts';
import { type Grade, noUsage } from '../../src/core/grade.ts';
import type { Judge } from '../../src/judge/judge.ts';
import { createOfflineJudge } from '../../src/judge/offline-judge.ts';
import { createRunControl } from '../../src/judge/run-control.ts';
import { createMemoryStore } from '../../src/store/memory-store.ts';
import { openSqliteStore } from '../../src/store/sqlite-store.ts';
import type { GradeStore } from '../../src/store/store.ts';
import { loadedRubric, sampleChapter, verdictFor } from '../helpers/sample-material.ts';
import { withGrades } from '../helpers/with-grades.ts';

const folder = mkdtempSync(join(tmpdir(), 'answer-grader-unchanged-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let databases = 0;
function newDatabase(): AtOnce<GradeStore> {
  databases += 1;
  return openSqliteStore(join(folder, `${databases}.db`));
}

/** A judge of a kind whose verdicts follow from the answer and the model alone, and that counts what it is asked. */
function judgeNamed(model: string) {
  const asked: string[] = [];
  const judge: Judge = {
    kind: 'llm',
    asked: [model],
    promptVersion: 'v1',
    samples: 1,
    judge: async ({ answer, criteria }) => {
      asked.push(answer);
      const best = (answer.length + model.length) % 2 === 0;
      const levels = Object.fromEntries(
        criteria.map(({ id, levels: own }) => [id, own.at(best ? -1 : 0)?.id ?? '']),
      );
      const verdict = verdictFor(criteria, answer.slice(0, 12), levels);
      return { verdict, opinions: [], models: [model], usage: { ...noUsage, requests: 1, inputTokens: 10 } };
    },
  };
  return { judge, asked };
}

const offline = createOfflineJudge(sampleChapter().questions.flatMap(({ modelAnswer }) => modelAnswer ?? []));

function grade(store: GradeStore, parts: Partial<GradingRequest> = {}) {
  const grading = gradeChapter({
    chapter: sampleChapter(),
    file: '03장.md',
    rubric: loadedRubric(),
    judge: judgeNamed('model').judge,
    language: 'ko',
    store,
    control: createRunControl(),
    ...parts,
  });
  return withGrades(grading);
}

/** The sample chapter with another answer of one member to a question. */
function withAnswer(member: string, question: number, text: string, chapter = sampleChapter()): Chapter {
  const submissions = chapter.submissions.map((item) =>
    item.member === member && item.question === question
      ? { ...item, status: 'answered' as const, attempts: [{ kind: 'first' as const, text }] }
      : item,
  );
  return { ...chapter, submissions };
}

describe.each<[string, () => AtOnce<GradeStore>]>([
  ['memory', createMemoryStore],
  ['SQLite', newDatabase],
])('a chapter that was graded before, in %s', (_name, open) => {
  test('is not judged again, adds no grade, and gives the same', async () => {
    const store = open();
    const first = await grade(store);
    const again = judgeNamed('model');
    const second = await grade(store, { judge: again.judge });
    expect(again.asked).toEqual([]);
    expect(store.gradesOf(first.chapter.id)).toHaveLength(first.grades.length);
    expect(second.grades.map(({ usage: _, ...own }) => own)).toEqual(
      first.grades.map(({ usage: _, ...own }) => own),
    );
    expect(second.grades.every(({ usage }) => usage.requests === 0)).toBe(true);
    expect(second.totals).toEqual({ ...first.totals, requests: 0 });
    expect([...store.summariesOfRun(second.run.id)]).toHaveLength(first.grades.length);
  });

  test('is judged again question by question where an answer changed', async () => {
    const store = open();
    await grade(store);
    const again = judgeNamed('model');
    await grade(store, {
      judge: again.judge,
      chapter: withAnswer('나래', 1, '키가 정렬되어 있어서 빠르다.'),
    });
    expect(again.asked).toEqual(['키가 정렬되어 있어서 빠르다.']);
  });

  test.each<[string, Partial<GradingRequest>]>([
    ['another model', { judge: judgeNamed('other').judge }],
    ['another address', { judge: { ...judgeNamed('model').judge, addresses: ['http://two.test'] } }],
    ['other samples', { judge: { ...judgeNamed('model').judge, samples: 2 } }],
    ['another prompt', { judge: { ...judgeNamed('model').judge, promptVersion: 'v2' } }],
    ['another language', { language: 'en' }],
    ['another rubric', { rubric: loadedRubric({ evidence: 'lower' }) }],
    ['other names', { names: ['가람', '나래'] }],
    [
      'another model answer',
      {
        chapter: {
          ...sampleChapter(),
          questions: sampleChapter().questions.map((item) => ({ ...item, modelAnswer: '다른 모범답안' })),
        },
      },
    ],
    ['--fresh', { fresh: true }],
  ])('is judged again with %s', async (_what, parts) => {
    const store = open();
    const first = await grade(store);
    const added = () => store.gradesOf(first.chapter.id).length - first.grades.length;
    await grade(store, parts);
    expect(added()).toBe(first.grades.length);
  });

  test('is judged again where it was not graded to the end', async () => {
    const store = open();
    const failing: Judge = {
      ...judgeNamed('model').judge,
      judge: async () => ({ ungraded: 'request_failed', detail: null, models: [], usage: noUsage }),
    };
    await grade(store, { judge: failing });
    const again = judgeNamed('model');
    const { totals } = await grade(store, { judge: again.judge });
    expect(again.asked.length).toBeGreaterThan(0);
    expect(totals.graded).toBe(again.asked.length);
  });

  test('is judged again where the judge could not say all', async () => {
    const store = open();
    const { judge } = judgeNamed('model');
    const hindered: Judge = {
      ...judge,
      judge: async (material, signal) => ({ ...(await judge.judge(material, signal)), isPartial: true }),
    };
    await grade(store, { judge: hindered });
    const again = judgeNamed('model');
    await grade(store, { judge: again.judge });
    expect(again.asked.length).toBeGreaterThan(0);
  });

  test('is judged again after another judge has graded it', async () => {
    const store = open();
    const first = await grade(store);
    await grade(store, { judge: offline });
    const again = judgeNamed('model');
    const { grades } = await grade(store, { judge: again.judge });
    expect(again.asked).toHaveLength(first.grades.filter(({ state }) => state === 'graded').length);
    expect(grades.every(({ judge }) => judge.kind !== 'offline')).toBe(true);
  });
});

/** What a step of a group's work may be; each is done with and without regard to what was done before. */
type Step =
  | { kind: 'answer'; member: string; question: number; text: string }
  | { kind: 'model'; model: string | null }
  | { kind: 'language'; language: 'ko' | 'en' }
  | { kind: 'only'; member?: string; question?: number };

const steps = fc.array(
  fc.oneof(
    fc.record({
      kind: fc.constant('answer' as const),
      member: fc.constantFrom('가람', '나래', '다온'),
      question: fc.constantFrom(1, 2),
      text: fc.constantFrom(
        '',
        '모르겠어요',
        '전부 되거나 전부 안 된다.',
        '정렬되어 있어서 빨리 찾는다고 배웠다.',
      ),
    }),
    fc.record({ kind: fc.constant('model' as const), model: fc.constantFrom('model', 'other!', null) }),
    fc.record({
      kind: fc.constant('language' as const),
      language: fc.constantFrom('ko' as const, 'en' as const),
    }),
    fc.record(
      {
        kind: fc.constant('only' as const),
        member: fc.constantFrom('가람', '나래'),
        question: fc.constant(2),
      },
      { requiredKeys: ['kind'] },
    ),
  ),
  { maxLength: 8 },
);

function lasting({ usage: _, gradedAt: __, ...grade }: Grade) {
  return grade;
}

async function outcome(store: GradeStore, request: Partial<GradingRequest>) {
  const result = await grade(store, request).catch((error: unknown) => String(error));
  if (typeof result === 'string') return result;
  const { grades, standing, scoreboard, totals, changes } = result;
  const counts = [totals.attempts, totals.graded, totals.ungraded, totals.notAttempted, totals.needsReview];
  return {
    grades: grades.map(lasting),
    standing: (await Array.fromAsync(standing.whole())).map(lasting),
    scoreboard,
    counts,
    changes,
  };
}

test('taking over what has not changed gives what grading it all again gives, whatever was done before', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (all) => {
      const [remembering, forgetting] = [newDatabase(), createMemoryStore()];
      let request: Partial<GradingRequest> = {};
      for (const step of [...all, { kind: 'only' as const } satisfies Step]) {
        const only: Step = step;
        if (only.kind === 'answer')
          request = {
            ...request,
            chapter: withAnswer(only.member, only.question, only.text, request.chapter),
          };
        if (only.kind === 'model')
          request = { ...request, judge: only.model === null ? offline : judgeNamed(only.model).judge };
        if (only.kind === 'language') request = { ...request, language: only.language };
        const selection = only.kind === 'only' ? { member: only.member, question: only.question } : {};
        const own = { ...request, selection };
        expect(await outcome(remembering, own)).toEqual(await outcome(forgetting, { ...own, fresh: true }));
      }
      remembering.close();
    }),
    { numRuns: 30 },
  );
}, 60_000);

import { describe, expect, test } from 'vitest';
import { type CalibrationRequest, calibrate, overriddenResults } from '../../src/app/calibrate.ts';
import { setReview } from '../../src/app/review.ts';
import { rubricOfStored } from '../../src/app/stored-rubric.ts';
import { noUsage } from '../../src/core/grade.ts';
import { readMarkedAnswers } from '../../src/import/marked-answers.ts';
import { createLlmJudge } from '../../src/judge/llm-judge.ts';
import { createOfflineJudge } from '../../src/judge/offline-judge.ts';
import { createRunControl } from '../../src/judge/run-control.ts';
import { createMemoryStore } from '../../src/store/memory-store.ts';
import { gradedGroup, withAnswer } from '../helpers/graded-chapter.ts';
import { later } from '../helpers/later.ts';
import { sampleRubric } from '../helpers/sample-material.ts';
import {
  judging,
  modelError,
  replyWith,
  type Step,
  scriptedModel,
  unknownPrices,
} from '../helpers/scripted-model.ts';

const reference = 'A cache keeps copies of data close by.';
const marked = readMarkedAnswers(
  [
    {
      id: 'a',
      question: 'What is a cache?',
      reference,
      answer: reference,
      score: 4,
      max_score: 4,
      score2: 3,
    },
    {
      id: 'b',
      question: 'What is a cache?',
      reference,
      answer: 'Bananas.',
      score: 1,
      max_score: 4,
      feedback: 'no',
    },
    { id: 'c', question: 'What is a cache?', reference, answer: '', score: 0, max_score: 4 },
  ]
    .map((row) => JSON.stringify(row))
    .join('\n'),
  'marks.jsonl',
);

function request(parts: Partial<CalibrationRequest> = {}): CalibrationRequest {
  return {
    marked,
    title: 'marks',
    rubric: sampleRubric(),
    judgeFor: () => createOfflineJudge([reference]),
    examples: { shown: 0, from: [] },
    language: 'en',
    store: createMemoryStore(),
    control: createRunControl(),
    concurrency: 8,
    spent: () => noUsage,
    ...parts,
  };
}

/** Calibrates with a model that replies by a script. */
async function asking(script: readonly Step[], parts: Partial<CalibrationRequest> = {}) {
  const model = scriptedModel(script);
  const judge = createLlmJudge({ model: 'judge-1', chat: model, prices: unknownPrices });
  const outcome = await calibrate(request({ judgeFor: () => judge, ...parts }));
  return { ...outcome, requests: model.requests.map(({ messages }) => messages[1]?.content ?? '') };
}

describe('calibrate', () => {
  test('puts people’s marks and the judge’s side by side, as shares, in the order of the file', async () => {
    const { results, judge, failure } = await calibrate(request());
    expect(failure).toBeNull();
    expect(judge?.kind).toBe('offline');
    expect(results.map(({ id, human, second }) => [id, human, second])).toEqual([
      ['a', 1, 0.75],
      ['b', 0.25, null],
      ['c', 0, null],
    ]);
    const [copy, bananas, blank] = results;
    // A good answer may well be word for word the reference.
    expect(copy?.machine).toBe(1);
    expect(bananas?.machine).toBeLessThan(0.5);
    expect(bananas?.humanReason).toBe('no');
    expect(bananas?.machineReason).toContain('coverage');
    expect(blank).toMatchObject({ machine: 0, ungradedReason: null, machineReason: 'blank' });
  });

  test('shows each answer the marks of the others, never its own', async () => {
    const examples = { shown: 2, from: marked };
    const { requests } = await asking([judging('best'), judging('worst')], { examples });
    const [first = '', second = ''] = requests;
    expect(first).toContain('Bananas.');
    expect(first).toContain('The leader gave: 25 of 100 in all');
    expect(first).not.toContain('100 of 100 in all');
    expect(second).toContain('The leader gave: 100 of 100 in all');
    expect(second).not.toContain('25 of 100 in all');
  });

  test('counts a reply that cannot be read as ungraded, not as a zero', async () => {
    const { results } = await asking([judging('best'), replyWith('no JSON'), replyWith('no JSON')]);
    expect(results[1]).toMatchObject({ machine: null, ungradedReason: 'malformed_reply', needsReview: true });
    expect(results[0]?.machine).toBe(1);
  });

  test('says what stopped it', async () => {
    const { results, failure } = await asking([modelError('authentication'), modelError('authentication')]);
    expect(failure?.failure).toBe('authentication');
    expect(results.map(({ machine }) => machine)).toEqual([null, null, 0]);
  });
});

describe('overriddenResults', () => {
  const decidedGroup = async () => {
    const group = await gradedGroup();
    const rubric = await rubricOfStored((await group.find('Ann', 1)).stored, group.files, group.places);
    const signature = { by: 'Lea', reason: 'the use is missing', at: new Date(0) };
    await setReview(group.store, await group.find('Ann', 1), { score: 60 }, signature, rubric);
    await setReview(group.store, await group.find('Ann', 2), { score: 10 }, signature, rubric);
    return group;
  };

  test('are the machine’s grades beside what people decided', async () => {
    const { store, find } = await decidedGroup();
    const machine = (await find('Ann', 1)).grade.override?.machine.score ?? Number.NaN;
    const [ungiven, first, ...others] = (await overriddenResults(later(store), [])).toSorted(
      (a, b) => a.human - b.human,
    );
    expect(others).toEqual([]);
    expect(first).toMatchObject({
      question: '5-Caching/1',
      questionText: 'What is a cache?',
      answer: 'A small fast store that keeps copies of data, as Benedict showed me.',
      human: 0.6,
      machine: machine / 100,
      ungradedReason: null,
      humanReason: 'the use is missing',
    });
    expect(ungiven).toMatchObject({ question: '5-Caching/2', human: 0.1, machine: 0 });
  });

  test('leave out what was decided about an older text', async () => {
    const { store, grade } = await decidedGroup();
    await grade(withAnswer('Ann', 1, 'Something else.'));
    expect((await overriddenResults(later(store), ['5 Caching'])).map(({ human }) => human)).toEqual([0.1]);
  });

  test('are none while nobody decided', async () => {
    const { store } = await gradedGroup();
    expect(await overriddenResults(later(store), [])).toEqual([]);
  });
});

import { describe, expect, test } from 'vitest';
import {
  answerIn,
  completion,
  environmentFor,
  type Handler,
  type RecordedRequest,
  startLoopbackModel,
  verdictFor,
} from '../helpers/loopback-model.ts';
import {
  chapterPage,
  createWorkspace,
  type GradeDocument,
  jsonOf,
  type Workspace,
} from '../helpers/run-cli.ts';

const questions = [
  { text: 'What is an index for?', modelAnswer: 'It finds rows without reading the whole table.' },
  { text: 'What is a transaction?', modelAnswer: 'Changes of which all take effect or none does.' },
];

const shared = {
  Ann: {
    1: 'An index keeps keys sorted beside the table so that rows are found quickly.',
    2: 'Several changes that are made together or not at all.',
  },
  Ben: { 1: 'It makes searching quick because not every row has to be looked at.' },
};
/** An answer that the second run alone has, to the last question: when it is asked for, all others are too. */
const cats = 'A bracket around changes that can be taken back as one.';
const isCats = (request: RecordedRequest) => answerIn(request) === cats;

const [first, second] = ['first.md', 'second.md'];

/** Two pages of one chapter, of which the second has one answer more, and a model that waits to be let go. */
async function prepare(holds: (request: RecordedRequest) => boolean = () => true) {
  const workspace = await createWorkspace();
  const title = '3 Indexes';
  await workspace.write(first, chapterPage({ title, members: shared, questions }));
  await workspace.write(second, chapterPage({ title, members: { ...shared, Cat: { 2: cats } }, questions }));
  const { promise, resolve } = Promise.withResolvers<undefined>();
  // No two replies are alike: equal scores come from equal replies.
  const reply: Handler = (request) =>
    completion(
      request,
      verdictFor(
        request,
        (criterion, levels) => levels[(request.index + criterion.length) % levels.length] ?? '',
      ),
    );
  const handler: Handler = async (request) => {
    if (holds(request)) await promise;
    return reply(request);
  };
  const model = await startLoopbackModel({ handler });
  const env = environmentFor(model);
  const start = (page: string, ...options: string[]) =>
    workspace.start(['grade', page, '--judge', 'llm', '--json', '--out', `reports-${page}`, ...options], {
      env,
    });
  return {
    workspace: workspace satisfies Workspace,
    model,
    start,
    letGo: () => resolve(undefined),
    answerAtOnce: () => model.handleWith(reply),
    asked: () => model.requests.map(answerIn).toSorted(),
    async [Symbol.asyncDispose]() {
      resolve(undefined);
      await workspace[Symbol.asyncDispose]();
      await model.close();
    },
  };
}

const everyAnswer = [shared.Ann[1], shared.Ann[2], shared.Ben[1], cats].toSorted();

/** Scores by member and question. */
function scoresIn({ grades }: GradeDocument): Map<string, number | null> {
  return new Map(grades.map(({ member, question, score }) => [`${member} ${question}`, score]));
}

describe('two runs at once on one database', () => {
  test('ask for each answer once and end with equal scores', async () => {
    await using prepared = await prepare();
    const { model, start, letGo, asked } = prepared;
    const one = start(first);
    await model.received(3);
    const other = start(second);
    await model.received(4);
    await other.saidOnStderr('Another run is already asking about 3 answers');
    letGo();
    const [mine, yours] = [
      jsonOf<GradeDocument>(await one.result),
      jsonOf<GradeDocument>(await other.result),
    ];
    expect(asked()).toEqual(everyAnswer);
    expect([mine.totals.requests, yours.totals.requests]).toEqual([3, 1]);
    expect([mine.totals.graded, yours.totals.graded]).toEqual([3, 4]);
    expect(Object.fromEntries(scoresIn(yours))).toMatchObject(Object.fromEntries(scoresIn(mine)));
    expect(new Set(scoresIn(mine).values()).size).toBeGreaterThan(1);
  });

  test('started at the same moment on no database yet, too', async () => {
    await using prepared = await prepare();
    const { model, start, letGo, asked } = prepared;
    const runs = [start(first), start(second)];
    await model.received(4);
    letGo();
    const results = await Promise.all(runs.map((run) => run.result));
    expect(results.map(({ code, stderr }) => [code, /database/u.test(stderr)])).toEqual([
      [0, false],
      [0, false],
    ]);
    expect(asked()).toEqual(everyAnswer);
  });

  test('told --fresh renew each reply once', async () => {
    await using prepared = await prepare((request) => request.index >= 3);
    const { model, start, letGo, asked } = prepared;
    const before = scoresIn(jsonOf<GradeDocument>(await start(first).result));
    const one = start(first, '--fresh');
    await model.received(6);
    const other = start(second, '--fresh');
    await model.received(7);
    letGo();
    const [mine, yours] = [
      jsonOf<GradeDocument>(await one.result),
      jsonOf<GradeDocument>(await other.result),
    ];
    expect(asked().slice()).toEqual(
      [...everyAnswer, ...everyAnswer.filter((item) => item !== cats)].toSorted(),
    );
    expect(Object.fromEntries(scoresIn(yours))).toMatchObject(Object.fromEntries(scoresIn(mine)));
    expect(scoresIn(mine)).not.toEqual(before);
  });
});

describe('of two runs', () => {
  test('the one that waits goes on when the other is killed, and repeats only what was in flight', async () => {
    await using prepared = await prepare((request) => request.index > 0);
    const { model, start, letGo, asked } = prepared;
    const killed = start(first, '--concurrency', '1');
    await model.received(2);
    const other = start(second);
    await model.received(3);
    killed.kill('SIGKILL');
    await killed.result;
    await model.received(5);
    letGo();
    const { totals } = jsonOf<GradeDocument>(await other.result);
    expect(totals).toMatchObject({ graded: 4, ungraded: 0, requests: 3 });
    const inFlight = model.requests[1];
    if (!inFlight) throw new Error('nothing was in flight');
    expect(asked()).toEqual([...everyAnswer, answerIn(inFlight)].toSorted());
  });

  test('the one that waits takes over what the other gives up', async () => {
    await using prepared = await prepare();
    const { model, start, letGo, answerAtOnce } = prepared;
    const stopped = start(first);
    await model.received(3);
    const other = start(second);
    await model.received(4);
    answerAtOnce();
    stopped.kill('SIGINT');
    await stopped.saidOnStderr('Stopping.');
    stopped.kill('SIGINT');
    expect((await stopped.result).code).toBe(1);
    await model.received(7);
    letGo();
    const { totals } = jsonOf<GradeDocument>(await other.result);
    expect(totals).toMatchObject({ graded: 4, ungraded: 0, requests: 4 });
  });

  test('the one that waits can be stopped, and the other does not notice', async () => {
    await using prepared = await prepare((request) => !isCats(request));
    const { model, start, letGo } = prepared;
    const one = start(first);
    await model.received(3);
    const waiting = start(second);
    await model.received(4);
    waiting.kill('SIGINT');
    const stopped = await waiting.result;
    expect(stopped.code).toBe(1);
    expect(jsonOf<GradeDocument>(stopped).totals).toMatchObject({ graded: 1, ungraded: 3 });
    letGo();
    expect(jsonOf<GradeDocument>(await one.result).totals).toMatchObject({ graded: 3, requests: 3 });
    expect(model.requests).toHaveLength(4);
  });
});

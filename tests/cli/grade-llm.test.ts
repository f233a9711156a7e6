import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  answerIn,
  completion,
  environmentFor,
  type Handler,
  type LoopbackModel,
  questionIn,
  schemaIn,
  startLoopbackModel,
  verdictFor,
} from '../helpers/loopback-model.ts';
import {
  attemptsIn,
  type CliResult,
  chapterPage,
  createWorkspace,
  type GradeDocument,
  type ImportDocument,
  jsonOf,
  lasting,
  linesOf,
  patience,
  sampleId,
  sampleRubric,
  type Workspace,
} from '../helpers/run-cli.ts';

const grade = ['grade', 'answers', '--judge', 'llm'];

let toJudge: number;
let settled: number;
beforeAll(async () => {
  await using reader = await createWorkspace();
  await reader.addSample();
  const imported = jsonOf<ImportDocument>(await reader.run(['import', 'answers', '--json']));
  ({ toJudge, settled } = attemptsIn(imported));
}, patience);

/** A workspace with the sample chapter, and a model. */
async function prepare(handler?: Handler) {
  const workspace = await createWorkspace();
  const model = await startLoopbackModel(handler ? { handler } : {});
  await workspace.addSample({ rubric: true });
  const env = environmentFor(model);
  return {
    workspace,
    model,
    env,
    run: (...options: string[]) => workspace.run([...grade, ...options], { env }),
    async [Symbol.asyncDispose]() {
      await workspace[Symbol.asyncDispose]();
      await model.close();
    },
  };
}

describe('grading the sample chapter with a model', () => {
  let prepared: Awaited<ReturnType<typeof prepare>>;
  let workspace: Workspace;
  let model: LoopbackModel;
  let printed: CliResult;
  let document: GradeDocument;
  beforeAll(async () => {
    prepared = await prepare();
    ({ workspace, model } = prepared);
    printed = await prepared.run('--json', '--concurrency', '1');
    document = jsonOf(printed);
  }, patience);
  afterAll(() => prepared[Symbol.asyncDispose]());

  test('is done', () => {
    expect(printed.code).toBe(0);
  });

  test('asks once for each attempt that needs a judge', () => {
    expect(model.requests).toHaveLength(toJudge);
    expect(document.totals).toMatchObject({
      graded: toJudge,
      notAttempted: settled,
      requests: toJudge,
    });
  });

  test('posts chat completions with the key', () => {
    const seen = model.requests.map(({ path, headers }) => `${path} ${headers.authorization}`);
    expect(new Set(seen)).toEqual(new Set(['/v1/chat/completions Bearer test-key']));
  });

  test('asks the model of ANSWER_GRADER_MODEL', () => {
    expect(new Set(model.requests.map((request) => request.body.model))).toEqual(new Set(['loopback-1']));
  });

  test('asks for a strict JSON schema', () => {
    const formats = model.requests.map(({ body }) => [
      body.response_format?.type,
      body.response_format?.json_schema?.strict,
    ]);
    expect(formats).toEqual(model.requests.map(() => ['json_schema', true]));
  });

  test('requires each key point and criterion of the question in the reply', () => {
    const request = model.requests.find((item) => questionIn(item).startsWith('데이터베이스 복제'));
    const criteria = request && schemaIn(request).properties?.['criteria'];
    expect(criteria?.required).toEqual(['k1', 'k2', 'k3', 'accuracy', 'explanation']);
    expect(criteria?.additionalProperties).toBe(false);
  });

  test('asks for evidence, then reason, then level', () => {
    const request = model.requests[0];
    const criterion = request && schemaIn(request).properties?.['criteria']?.properties?.['accuracy'];
    expect(Object.keys(criterion?.properties ?? {})).toEqual(['evidence', 'reason', 'level']);
  });

  test('asks question by question, the answer last', () => {
    const questions = model.requests.map(questionIn);
    expect(questions).toEqual(
      document.grades
        .filter((item) => item.state === 'graded')
        .toSorted((a, b) => a.question - b.question)
        .map((item) => expect.stringContaining(textOf(item.question))),
    );
    for (const { body } of model.requests) expect(body.messages.at(-1)?.content).toMatch(/^=== answer .*$/mu);
  });
  const textOf = (question: number) =>
    new Map([
      [1, '인덱스(index)'],
      [2, 'ACID'],
      [3, '정규화'],
      [5, 'INNER JOIN'],
      [6, '격리 수준'],
      [7, '복제'],
      [8, '교착 상태'],
      [9, 'WAL'],
    ]).get(question) ?? `question ${question}`;

  test('begins every request alike', () => {
    const systems = new Set(model.requests.map((request) => request.body.messages[0]?.content));
    expect(systems.size).toBe(1);
  });

  test('marks each answer with a marker of its own', () => {
    const markers = model.requests.map(({ body }) => body.messages.at(-1)?.content.split('\n').at(-1));
    expect(new Set(markers).size).toBe(model.requests.length);
  });

  test.each(['서다온', '남기훈', '배솔', '문채린', '오하람', '@', sampleId])('never sends %s', (name) => {
    expect(model.requests.filter((request) => request.raw.includes(name))).toEqual([]);
  });

  test('names in each grade the model as its reply does', () => {
    const graded = document.grades.filter((item) => item.state === 'graded');
    expect(new Set(graded.map((item) => item.judge.models.join()))).toEqual(new Set(['loopback-1-loopback']));
    expect(new Set(graded.map((item) => item.judge.kind))).toEqual(new Set(['llm']));
  });

  test('turns the highest levels into 100 points', () => {
    const scores = document.grades.filter((item) => item.state === 'graded').map((item) => item.score);
    expect(new Set(scores)).toEqual(new Set([100]));
  });

  test('finds the quotes in the answers', () => {
    const all = document.grades.flatMap((item) => [...item.criteria, ...item.keyPoints]);
    expect(all.filter((item) => !item.evidenceVerified)).toEqual([]);
  });

  test('says in the reports which model judged, and nothing of a baseline', async () => {
    for (const file of ['scoreboard.md', 'feedback/배솔.md']) {
      const report = await workspace.read(`reports/${sampleId}/${file}`);
      expect(report).toContain('> 채점: loopback-1-loopback');
      expect(report).not.toContain('baseline');
    }
  });

  test('shows progress by tenths where there is no terminal', () => {
    const lines = linesOf(printed.stderr).filter((line) => line.startsWith('done '));
    const counts = lines.map((line) => Number(/^done (\d+)\/\d+ · \d+ tokens$/u.exec(line)?.[1]));
    expect(counts).toEqual(counts.toSorted((a, b) => a - b));
    expect(lines.length).toBeLessThanOrEqual(10);
    expect(lines.at(-1)).toBe(`done ${toJudge + settled}/${toJudge + settled} · ${toJudge * 1100} tokens`);
  });
});

describe('asking again', () => {
  test('a second run asks nothing and gives equal grades', async () => {
    await using prepared = await prepare();
    const { model, run } = prepared;
    const first = jsonOf<GradeDocument>(await run('--json'));
    const second = jsonOf<GradeDocument>(await run('--json'));
    expect(model.requests).toHaveLength(toJudge);
    expect(second.grades.map(lasting)).toEqual(first.grades.map(lasting));
    expect(second.scoreboard).toEqual(first.scoreboard);
    expect(second.totals).toMatchObject({ requests: 0, inputTokens: 0, outputTokens: 0 });
  });

  test('--fresh asks everything again and takes the new replies', async () => {
    await using prepared = await prepare();
    const { model, run } = prepared;
    await run();
    model.handleWith((request) =>
      completion(
        request,
        verdictFor(request, (_, levels) => levels[0] ?? ''),
      ),
    );
    const { grades } = jsonOf<GradeDocument>(await run('--json', '--fresh'));
    expect(model.requests).toHaveLength(2 * toJudge);
    expect(grades.filter((item) => item.state === 'graded' && item.score !== 0)).toEqual([]);
  });

  test('what --fresh brought is kept for the next run', async () => {
    await using prepared = await prepare();
    const { model, run } = prepared;
    await run('--question', '5');
    await run('--question', '5', '--fresh');
    await run('--question', '5');
    expect(model.requests).toHaveLength(2);
  });

  test('a changed key point asks again only for its question', async () => {
    await using prepared = await prepare();
    const { workspace, model, run } = prepared;
    await run();
    const rubric = await workspace.read(sampleRubric);
    await workspace.write(
      sampleRubric,
      rubric.replace('INNER JOIN은 조인 조건에', 'INNER JOIN은 정한 조건에'),
    );
    await run();
    const again = model.requests.slice(toJudge);
    expect(again.map(questionIn)).toEqual([expect.stringMatching(/^INNER JOIN/u)]);
  });

  test('a changed weight asks nothing and changes the points', async () => {
    await using prepared = await prepare();
    const { workspace, model, run } = prepared;
    await run('--question', '5');
    const rubric = await workspace.read(sampleRubric);
    await workspace.write(
      sampleRubric,
      rubric.replace(
        '- INNER JOIN은 조인 조건에 맞는 짝이 양쪽에 있는 행만 남기고 나머지는 뺀다',
        '- text: INNER JOIN은 조인 조건에 맞는 짝이 양쪽에 있는 행만 남기고 나머지는 뺀다\n        weight: 2',
      ),
    );
    const { grades } = jsonOf<GradeDocument>(await run('--question', '5', '--json'));
    expect(model.requests).toHaveLength(1);
    expect(grades[0]?.keyPoints.map((item) => item.maxPoints)).toEqual([30, 15, 15, 15]);
  });

  test('a changed answer asks again only for itself', async () => {
    await using prepared = await prepare();
    const { workspace, model, run } = prepared;
    await run();
    const file = `answers/${sampleId}.md`;
    const page = await workspace.read(file);
    await workspace.write(file, page.replace('회사에서 쿼리 짜본', '회사에서 SQL 짜본'));
    await run();
    expect(model.requests.slice(toJudge).map(answerIn)).toEqual([
      expect.stringContaining('회사에서 SQL 짜본'),
    ]);
  });

  test('another model is asked everything', async () => {
    await using prepared = await prepare();
    const { model, run } = prepared;
    await run();
    await run('--model', 'loopback-2');
    const models = model.requests.map((request) => request.body.model);
    expect(models).toEqual([
      ...Array<string>(toJudge).fill('loopback-1'),
      ...Array<string>(toJudge).fill('loopback-2'),
    ]);
  });
});

describe('a run that ends early', () => {
  /** Answers the first requests, holds the others back until they are let go. */
  function holdFrom(count: number) {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const handler: Handler = ({ index }) => (index < count ? undefined : promise);
    return { handler, letGo: () => resolve(undefined) };
  }

  describe('killed in the middle', () => {
    let prepared: Awaited<ReturnType<typeof prepare>>;
    let board: CliResult;
    let resumed: CliResult;
    beforeAll(async () => {
      prepared = await prepare(holdFrom(3).handler);
      const { workspace, model, env } = prepared;
      const killed = workspace.start([...grade, '--concurrency', '1'], { env });
      await model.received(4);
      killed.kill('SIGKILL');
      await killed.result;
      board = await workspace.run(['scoreboard', '--json']);
      model.handleWith(() => undefined);
      resumed = await prepared.run();
    }, patience);
    afterAll(() => prepared[Symbol.asyncDispose]());

    test('counts on the scoreboard what it did not come to as ungraded', () => {
      const { scoreboard } = jsonOf<GradeDocument>(board);
      const graded = scoreboard.reduce((sum, row) => sum + row.graded, 0);
      // Replies are kept at once, grades that follow from them a moment later.
      expect(graded).toBeLessThanOrEqual(3);
      expect(scoreboard.every((row) => row.ungraded === 0 || row.provisional)).toBe(true);
    });

    test('asks the next time only for what had not come back', () => {
      expect(resumed.code).toBe(0);
      expect(prepared.model.requests).toHaveLength(4 + toJudge - 3);
    });
  });

  describe('by SIGINT', () => {
    let prepared: Awaited<ReturnType<typeof prepare>>;
    let stopped: CliResult;
    let report: string;
    let next: GradeDocument;
    beforeAll(async () => {
      const { handler, letGo } = holdFrom(3);
      prepared = await prepare(handler);
      const { workspace, model, env } = prepared;
      const running = workspace.start([...grade, '--concurrency', '1'], { env });
      await model.received(4);
      running.kill('SIGINT');
      await running.saidOnStderr('Stopping.');
      letGo();
      stopped = await running.result;
      report = await workspace.read(`reports/${sampleId}/scoreboard.md`);
      next = jsonOf(await prepared.run('--json'));
    }, patience);
    afterAll(() => prepared[Symbol.asyncDispose]());

    test('exits with 1', () => {
      expect(stopped.code).toBe(1);
    });

    test('says that it waits for what is in flight', () => {
      expect(linesOf(stopped.stderr)).toContain(
        'Stopping. Replies to requests already sent are awaited for up to 5 seconds; press again to stop at once.',
      );
    });

    test('keeps the reply that was in flight', () => {
      const line = linesOf(stopped.stderr).find((text) => text.startsWith('4 graded · '));
      expect(line).toContain(`${settled} not attempted · ${toJudge - 4} ungraded · `);
      expect(line).toContain(' · 4 requests · ');
    });

    test('says how to go on', () => {
      expect(stopped.stderr).toContain(' · stopped: the same command goes on from here\n');
    });

    test('says that ungraded is not zero', () => {
      expect(stopped.stdout).toContain('채점되지 않은 답은 0점으로 치지 않습니다');
    });

    test('writes the reports of what is there, members without a score last', () => {
      const rows = linesOf(report).filter((line) => line.startsWith('|'));
      expect(rows.at(-1)).toMatch(/^\| – \| 배솔 \| – \|/u);
    });

    test('asks the next time only for the rest', () => {
      expect(prepared.model.requests).toHaveLength(toJudge);
      expect(next.totals).toMatchObject({ graded: toJudge, ungraded: 0, requests: toJudge - 4 });
    });
  });

  test.each(['SIGINT', 'SIGTERM'] as const)('by a second %s waits for nothing', async (signal) => {
    await using prepared = await prepare(holdFrom(2).handler);
    const { workspace, model, env } = prepared;
    const stopped = workspace.start([...grade, '--concurrency', '1', '--json'], { env });
    await model.received(3);
    stopped.kill(signal);
    await stopped.saidOnStderr('Stopping.');
    stopped.kill(signal);
    const result = await stopped.result;
    expect(result.code).toBe(1);
    expect(jsonOf<GradeDocument>(result).totals).toMatchObject({ graded: 2, ungraded: toJudge - 2 });
  });
});

describe('grades of the baseline and of a model', () => {
  describe('the baseline after a model', () => {
    let prepared: Awaited<ReturnType<typeof prepare>>;
    let before: CliResult;
    let after: CliResult;
    let reportBefore: string;
    beforeAll(async () => {
      prepared = await prepare();
      const { workspace, run } = prepared;
      await run();
      before = await workspace.run(['scoreboard']);
      reportBefore = await workspace.read(`reports/${sampleId}/feedback/배솔.md`);
      await workspace.run(['grade', 'answers', '--judge', 'offline']);
      after = await workspace.run(['scoreboard']);
    }, patience);
    afterAll(() => prepared[Symbol.asyncDispose]());

    test('replaces nothing on the scoreboard', () => {
      expect(after).toEqual(before);
      expect(after.stdout).not.toContain('baseline');
    });

    test('replaces nothing in the reports', async () => {
      expect(await prepared.workspace.read(`reports/${sampleId}/feedback/배솔.md`)).toBe(reportBefore);
    });
  });

  test('a model replaces the baseline', async () => {
    await using prepared = await prepare();
    const { workspace, run } = prepared;
    await workspace.run(['grade', 'answers', '--judge', 'offline', '--question', '5']);
    await run('--question', '5');
    const { stdout } = await workspace.run(['scoreboard']);
    expect(stdout).toContain('채점: loopback-1-loopback');
    expect(stdout).not.toContain('baseline');
  });

  test('both on one scoreboard are both named', async () => {
    await using prepared = await prepare();
    const { workspace, run } = prepared;
    await workspace.run(['grade', 'answers', '--judge', 'offline']);
    await run('--member', '배솔');
    const { stdout } = await workspace.run(['scoreboard']);
    expect(stdout).toContain('채점: loopback-1-loopback');
    expect(stdout).toContain('baseline');
  });
});

describe('what leaves the machine', () => {
  test('e-mail addresses and names of members in an answer do not', async () => {
    await using prepared = await prepare();
    const { workspace, model, env } = prepared;
    const answer = 'Ann Lee (ann.lee@example.org) and @Ben say: a packet has a header.';
    const page = chapterPage({
      title: 'Networks',
      members: { 'Ann Lee': { 1: answer }, Ben: { 1: '' } },
      questions: [{ text: 'What is a packet?', modelAnswer: 'A unit of data that says where it goes.' }],
    });
    await workspace.write('networks.md', page);
    await workspace.run(['grade', 'networks.md'], { env });
    expect(model.requests.map(answerIn)).toEqual([
      '[member] ([email]) and [member] say: a packet has a header.',
    ]);
    expect(model.requests[0]?.raw).not.toMatch(/Ann|Ben|@|Networks/u);
  });

  test('the answer as it was written does', async () => {
    await using prepared = await prepare();
    const { model, run } = prepared;
    await run('--question', '6');
    expect(model.requests.map(answerIn)).toContain(
      '격리니까 서버를 따로 떼어놓는 것..? 보안이 좋아진다에 한 표ㅋㅋ',
    );
  });
});

describe('where the model is', () => {
  test('is read from a file .env in the working folder', async () => {
    await using prepared = await prepare();
    const { workspace, model } = prepared;
    await workspace.write('.env', `OPENAI_BASE_URL=${model.baseUrl}\nANSWER_GRADER_MODEL=from-file\n`);
    const { code } = await workspace.run(['grade', 'answers', '--question', '5']);
    expect({ code, models: model.requests.map((request) => request.body.model) }).toEqual({
      code: 0,
      models: ['from-file'],
    });
  });

  test('is taken from the environment rather than from .env', async () => {
    await using prepared = await prepare();
    const { workspace, model, env } = prepared;
    await workspace.write('.env', 'OPENAI_BASE_URL=http://127.0.0.1:9/v1\nANSWER_GRADER_MODEL=from-file\n');
    await workspace.run(['grade', 'answers', '--question', '5'], { env });
    expect(model.requests.map((request) => request.body.model)).toEqual(['loopback-1']);
  });

  test('is taken from --base-url and --model before all else', async () => {
    await using prepared = await prepare();
    const { model, run } = prepared;
    await using other = await startLoopbackModel();
    await run('--question', '5', '--base-url', `${other.baseUrl}/`, '--model', 'named');
    expect(model.requests).toEqual([]);
    expect(other.requests.map(({ path, body }) => [path, body.model])).toEqual([
      ['/v1/chat/completions', 'named'],
    ]);
  });

  test('needs no key when the address is given', async () => {
    await using prepared = await prepare();
    const { workspace, model } = prepared;
    const env = { OPENAI_BASE_URL: model.baseUrl };
    const { code } = await workspace.run(['grade', 'answers', '--question', '5'], { env });
    expect({ code, requests: model.requests.length }).toEqual({ code: 0, requests: 1 });
  });
});

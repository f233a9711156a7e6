import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  answerIn,
  environmentFor,
  failure,
  type LoopbackModel,
  type PickLevel,
  startLoopbackModel,
} from '../helpers/loopback-model.ts';
import {
  type CliResult,
  createWorkspace,
  type GradeDocument,
  jsonOf,
  lastLine,
  linesOf,
  patience,
  type Workspace,
} from '../helpers/run-cli.ts';
import { addSmallChapter, smallAnswers } from '../helpers/small-chapter.ts';

/** Models with a list price. */
const [cheap, dear] = ['gpt-4o-mini', 'gpt-4o'];
/** Ann's two answers and Ben's one. */
const answers = 3;
const lowest: PickLevel = (_criterion, levels) => levels[0] ?? '';

interface NamedLoopback {
  model: string;
  at: LoopbackModel;
  apiKeyEnv?: string;
}

/** A workspace with the small chapter and a configuration file that names these models. */
async function workspaceWith(models: Readonly<Record<string, NamedLoopback>>): Promise<Workspace> {
  const workspace = await createWorkspace();
  await addSmallChapter(workspace);
  const entries = Object.entries(models).map(([name, { model, at, apiKeyEnv }]) => [
    name,
    { model, baseUrl: at.baseUrl, ...(apiKeyEnv ? { apiKeyEnv } : {}) },
  ]);
  await workspace.write('answer-grader.yaml', JSON.stringify({ models: Object.fromEntries(entries) }));
  return workspace;
}

const grade = ['grade', 'answers', '--json'];
const keysSent = ({ requests }: LoopbackModel) => [
  ...new Set(requests.map(({ headers }) => headers.authorization)),
];
const scoresIn = (result: CliResult) => jsonOf<GradeDocument>(result).grades.map(({ score }) => score);

describe('two models at two addresses that disagree', () => {
  let kind: LoopbackModel;
  let strict: LoopbackModel;
  let workspace: Workspace;
  let result: CliResult;
  const env = { OPENAI_API_KEY: 'general-key', KIND_KEY: 'kind-key' };
  beforeAll(async () => {
    kind = await startLoopbackModel();
    strict = await startLoopbackModel({ level: lowest });
    workspace = await workspaceWith({
      kind: { model: cheap, at: kind, apiKeyEnv: 'KIND_KEY' },
      strict: { model: dear, at: strict },
    });
    result = await workspace.run([...grade, '--model', 'kind', '--model', 'strict'], { env });
  }, patience);
  afterAll(async () => {
    await workspace[Symbol.asyncDispose]();
    await kind.close();
    await strict.close();
  });

  test('are each asked once for an answer, under their own names', () => {
    expect(result.code).toBe(0);
    expect(kind.requests).toHaveLength(answers);
    expect(strict.requests).toHaveLength(answers);
    expect(new Set(kind.requests.map(({ body }) => body.model))).toEqual(new Set([cheap]));
    expect(new Set(strict.requests.map(({ body }) => body.model))).toEqual(new Set([dear]));
    expect(kind.requests.map(answerIn).sort()).toEqual(strict.requests.map(answerIn).sort());
  });

  test('get their own key, and never one that belongs elsewhere', () => {
    expect(keysSent(kind)).toEqual(['Bearer kind-key']);
    expect(keysSent(strict)).not.toContain('Bearer kind-key');
    for (const model of [kind, strict])
      expect(JSON.stringify(model.requests.map(({ headers, raw }) => [headers, raw]))).not.toContain(
        'general-key',
      );
  });

  test('make a grade of the median, with the spread and a reason to look', () => {
    const { grades } = jsonOf<GradeDocument>(result);
    expect(grades).toHaveLength(answers);
    for (const item of grades) {
      expect(item).toMatchObject({
        state: 'graded',
        score: 0,
        spread: 100,
        needsReview: true,
        reviewReasons: ['judges_disagree'],
        judge: {
          kind: 'llm',
          asked: [cheap, dear],
          models: [`${cheap}-loopback`, `${dear}-loopback`],
          samples: 1,
        },
        usage: { requests: 2 },
      });
      expect(item.opinions.map(({ model, sample, score }) => [model, sample, score])).toEqual([
        [`${cheap}-loopback`, 0, 100],
        [`${dear}-loopback`, 0, 0],
      ]);
    }
  });

  test('are announced with their cost before anything is asked', () => {
    const lines = linesOf(result.stderr);
    const announced = lines.findIndex((line) => line.startsWith('3 Indexes: '));
    expect(lines[announced]).toMatch(
      /^3 Indexes: gpt-4o-mini, gpt-4o, 6 requests\. Estimated cost \$0\.\d+, at most \$0\.\d+ \(list prices/u,
    );
    expect(lines.findIndex((line) => /^done \d+\/\d+/u.test(line))).toBeGreaterThan(announced);
  });

  test('are added up in what the run cost', () => {
    const { totals } = jsonOf<GradeDocument>(result);
    expect(totals).toMatchObject({ requests: 2 * answers, inputTokens: 2 * answers * 1000 });
    expect(totals.costUsd).toBeGreaterThan(0);
  });

  test('cost nothing the second time', async () => {
    const before = kind.requests.length + strict.requests.length;
    const again = await workspace.run([...grade, '--model', 'kind', '--model', 'strict'], { env });
    expect(scoresIn(again)).toEqual(scoresIn(result));
    expect(jsonOf<GradeDocument>(again).totals.requests).toBe(0);
    expect(kind.requests.length + strict.requests.length).toBe(before);
  });

  test('may be asked for with the configuration file somewhere else', async () => {
    await workspace.write(
      'elsewhere/own.yaml',
      JSON.stringify({ models: { only: { model: 'own', baseUrl: kind.baseUrl } } }),
    );
    const own = await workspace.run(
      [...grade, '--config', 'elsewhere/own.yaml', '--model', 'only', '--db', 'own.db'],
      {
        env,
      },
    );
    expect(jsonOf<GradeDocument>(own).grades[0]?.judge).toMatchObject({
      asked: ['own'],
      models: ['own-loopback'],
    });
    expect(keysSent(kind)).not.toContain('Bearer general-key');
  });
});

describe('one model at two addresses', () => {
  test('is asked at both, with replies that are kept apart', async () => {
    await using kind = await startLoopbackModel();
    await using strict = await startLoopbackModel({ level: lowest });
    await using workspace = await workspaceWith({
      kind: { model: 'twin', at: kind },
      strict: { model: 'twin', at: strict },
    });
    const both = [...grade, '--model', 'kind', '--model', 'strict'];
    const opinionsIn = (result: CliResult) =>
      jsonOf<GradeDocument>(result).grades.map(({ opinions }) =>
        opinions.map(({ sample, score }) => [sample, score]),
      );
    const expected = Array.from({ length: answers }, () => [
      [0, 100],
      [0, 0],
    ]);
    expect(opinionsIn(await workspace.run(both))).toEqual(expected);
    expect(opinionsIn(await workspace.run(both))).toEqual(expected);
    expect([kind, strict].map(({ requests }) => requests.length)).toEqual([answers, answers]);
    const alone = await workspace.run([...grade, '--model', 'strict']);
    expect(scoresIn(alone)).toEqual(Array.from({ length: answers }, () => 0));
    expect(strict.requests).toHaveLength(answers);
  });
});

describe('--samples 3', () => {
  let model: LoopbackModel;
  let workspace: Workspace;
  let result: CliResult;
  let env: Record<string, string>;
  beforeAll(async () => {
    // Of each three replies one finds nothing and two find everything.
    const seen = new Map<string, number>();
    model = await startLoopbackModel({
      level: (criterion, levels, request) => {
        const key = `${criterion} ${answerIn(request)}`;
        const count = seen.get(key) ?? 0;
        seen.set(key, count + 1);
        return (count % 3 === 0 ? levels[0] : levels.at(-1)) ?? '';
      },
    });
    workspace = await createWorkspace();
    await addSmallChapter(workspace);
    env = environmentFor(model);
    result = await workspace.run([...grade, '--samples', '3'], { env });
  }, patience);
  afterAll(async () => {
    await workspace[Symbol.asyncDispose]();
    await model.close();
  });

  test('sends three requests an answer', () => {
    expect(result.code).toBe(0);
    expect(model.requests).toHaveLength(3 * answers);
    for (const text of [...Object.values(smallAnswers.Ann), ...Object.values(smallAnswers.Ben)])
      expect(model.requests.filter((request) => answerIn(request) === text)).toHaveLength(3);
  });

  test('does not tell the model to choose the likeliest reply', () => {
    for (const { body } of model.requests) expect(body).not.toHaveProperty('temperature');
  });

  test('takes the median and keeps what each sample said', () => {
    for (const item of jsonOf<GradeDocument>(result).grades) {
      expect(item).toMatchObject({ score: 100, spread: 100, reviewReasons: ['judges_disagree'] });
      expect(item.judge).toMatchObject({ asked: ['loopback-1'], samples: 3 });
      expect(item.opinions.map(({ sample }) => sample)).toEqual([0, 1, 2]);
      expect(item.opinions.map(({ score }) => score).toSorted()).toEqual([0, 100, 100]);
    }
  });

  test('sends none the second time, and says the same', async () => {
    const again = await workspace.run([...grade, '--samples', '3'], { env });
    expect(model.requests).toHaveLength(3 * answers);
    expect(scoresIn(again)).toEqual(scoresIn(result));
    expect(again.stderr).toContain('3 Indexes: loopback-1 × 3, 0 requests. ');
  });

  test('is something else than asking once, which tells the model to be steady', async () => {
    await workspace.run([...grade, '--question', '2'], { env });
    expect(model.requests.slice(3 * answers).map(({ body }) => body.temperature)).toEqual([0]);
  });
});

describe('one of three models that fails', () => {
  const passing = { 'retry-after': '0' };
  test.each([
    ['with 500 throughout', () => failure(500, 'out of order', passing)],
    ['with 400', () => failure(400, 'no such thing')],
  ])(
    '%s leaves the grades to the others, and a person to look',
    async (_name, handler) => {
      await using good = await startLoopbackModel();
      await using bad = await startLoopbackModel({ handler });
      await using workspace = await workspaceWith({
        one: { model: 'one', at: good },
        two: { model: 'two', at: bad },
        three: { model: 'three', at: good },
      });
      const panel = ['one', 'two', 'three'].flatMap((name) => ['--model', name]);
      const result = await workspace.run([...grade, ...panel]);
      expect(result.code).toBe(0);
      expect(bad.requests.length).toBeGreaterThanOrEqual(answers);
      for (const item of jsonOf<GradeDocument>(result).grades) {
        expect(item).toMatchObject({
          state: 'graded',
          score: 100,
          spread: 0,
          needsReview: true,
          reviewReasons: ['panel_incomplete'],
        });
        expect(item.opinions.map(({ model, score }) => [model, score])).toEqual([
          ['one-loopback', 100],
          ['two', null],
          ['three-loopback', 100],
        ]);
      }
    },
    patience,
  );

  test('with another that fails leaves no majority: ungraded, not zero', async () => {
    await using good = await startLoopbackModel();
    await using bad = await startLoopbackModel({ handler: () => failure(400, 'no such thing') });
    await using workspace = await workspaceWith({
      one: { model: 'one', at: good },
      two: { model: 'two', at: bad },
    });
    const result = await workspace.run([...grade, '--model', 'one', '--model', 'two']);
    expect(result.code).not.toBe(0);
    expect(jsonOf<GradeDocument>(result).grades).toMatchObject(
      Array.from({ length: answers }, () => ({ score: null, ungradedReason: 'request_failed' })),
    );
  });
});

describe('what does not fit together is refused before anything is sent', () => {
  let workspace: Workspace;
  beforeAll(async () => {
    workspace = await createWorkspace();
    await addSmallChapter(workspace);
  }, patience);
  afterAll(() => workspace[Symbol.asyncDispose]());

  test.each([
    ['--model', 'kind'],
    ['--samples', '3'],
  ])('--judge offline with %s %s', async (...options) => {
    const result = await workspace.run([...grade, '--judge', 'offline', ...options]);
    expect(result).toEqual({
      code: 2,
      stdout: '',
      stderr: '--judge offline asks no model, so --model and --samples do not go with it.\n',
    });
  });

  test('a key in the configuration file, which is not shown', async () => {
    await workspace.write('keys.yaml', 'models:\n  a:\n    apiKeyEnv: sk-very-secret\n');
    const { code, stdout, stderr } = await workspace.run([...grade, '--config', 'keys.yaml', '--model', 'a']);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(lastLine(stderr)).toMatch(
      /^keys\.yaml:3: the configuration file is not valid: models › a › apiKeyEnv: /u,
    );
    expect(stderr).not.toContain('sk-very-secret');
  });

  test('a named model whose key is not set', async () => {
    await workspace.write('rented.yaml', 'models:\n  rented:\n    apiKeyEnv: RENTED_KEY\n');
    const env = { OPENAI_API_KEY: 'general-key' };
    const named = ['--config', 'rented.yaml', '--model', 'rented'];
    expect(await workspace.run([...grade, ...named], { env })).toEqual({
      code: 2,
      stdout: '',
      stderr: 'the model "rented" has no key; set the environment variable RENTED_KEY.\n',
    });
  });

  test('a name that the configuration file does not have, without a general key', async () => {
    await workspace.write('named.yaml', 'models:\n  home:\n    baseUrl: http://127.0.0.1:1/v1\n');
    const { code, stderr } = await workspace.run([...grade, '--config', 'named.yaml', '--model', 'hom']);
    expect(code).toBe(2);
    expect(lastLine(stderr)).toContain('has no model "hom" (it names home)');
  });

  test('a configuration file that is not there', async () => {
    const { code, stderr } = await workspace.run([...grade, '--config', 'nowhere.yaml', '--model', 'a']);
    expect(code).toBe(2);
    expect(lastLine(stderr)).toContain('nowhere.yaml');
  });

  test('nothing is left behind', async () => {
    expect(await workspace.files('reports')).toEqual([]);
  });
});

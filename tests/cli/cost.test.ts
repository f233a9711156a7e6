import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  environmentFor,
  failure,
  type LoopbackModel,
  startLoopbackModel,
} from '../helpers/loopback-model.ts';
import {
  attemptsIn,
  type CliResult,
  createWorkspace,
  type GradeDocument,
  type ImportDocument,
  jsonOf,
  lastLine,
  linesOf,
  patience,
  sampleFile,
  sampleId,
  sampleRubric,
  type Workspace,
} from '../helpers/run-cli.ts';

/** A model with a list price. Of a reply, 1,000 tokens in and 100 out are paid; 8,000 out are feared. */
const priced = 'gpt-4o-mini';

let workspace: Workspace;
let model: LoopbackModel;
let env: Record<string, string>;
let toJudge: number;
let settled: number;
beforeAll(async () => {
  await using reader = await createWorkspace();
  await reader.addSample();
  const imported = jsonOf<ImportDocument>(await reader.run(['import', 'answers', '--json']));
  ({ toJudge, settled } = attemptsIn(imported));
}, patience);

/** Each group of tests has a fresh folder and a model of its own. */
function freshStart() {
  beforeAll(async () => {
    workspace = await createWorkspace();
    model = await startLoopbackModel();
    env = environmentFor(model, priced);
    await workspace.addSample({ rubric: true });
  }, patience);
  afterAll(async () => {
    await workspace[Symbol.asyncDispose]();
    await model.close();
  });
}

describe('a run with a model of known price', () => {
  freshStart();

  test('says what it cost, in all and for each answer', async () => {
    const result = await workspace.run(['grade', 'answers', '--json'], { env });
    const { grades, totals } = jsonOf<GradeDocument>(result);
    const each = grades.filter((item) => item.state === 'graded').map((item) => item.usage.costUsd ?? 0);
    expect(each.every((cost) => cost > 0)).toBe(true);
    expect(totals.costUsd).toBeCloseTo(
      each.reduce((sum, cost) => sum + cost, 0),
      9,
    );
    expect(result.stderr).toMatch(/^done \d+\/\d+ · \d+ tokens · \$0\.\d{4}$/mu);
  });
});

describe('a run with a model of unknown price', () => {
  freshStart();

  test('says that the cost is unknown, not that it is nothing', async () => {
    const result = await workspace.run(['grade', 'answers', '--question', '5', '--model', 'nameless'], {
      env,
    });
    expect(result.stderr).toContain('1 request · 1000+100 tokens · cost unknown\n');
  });

  test('with --max-cost is refused before anything is sent', async () => {
    const { code, stdout, stderr } = await workspace.run(
      ['grade', 'answers', '--fresh', '--model', 'nameless-2', '--max-cost', '1'],
      { env },
    );
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(lastLine(stderr)).toBe(
      'the price of "nameless-2" is not known, so the cost limit cannot be kept; run without a limit or use a model with a known price.',
    );
    expect(model.requests.filter((request) => request.body.model === 'nameless-2')).toEqual([]);
  });
});

describe('--max-cost', () => {
  test('too small for one request sends nothing and exits with 2', async () => {
    await using own = await createWorkspace();
    await using other = await startLoopbackModel();
    await own.addSample({ rubric: true });
    const { code, stdout, stderr } = await own.run(['grade', 'answers', '--max-cost', '0.00001'], {
      env: environmentFor(other, priced),
    });
    expect({ code, stdout, requests: other.requests.length }).toEqual({ code: 2, stdout: '', requests: 0 });
    expect(lastLine(stderr)).toBe(
      'the next request could exceed the cost limit of 0.00001 USD, so the run stopped. What was graded is kept; run again with a higher limit to go on.',
    );
  });

  describe('reached in the middle', () => {
    freshStart();
    // The most that one request can cost is a little above half a cent; what it does cost is 0.021 cents.
    const limited = ['grade', 'answers', '--concurrency', '1', '--max-cost', '0.0056'];

    test('stops, keeps what was graded and exits with 1; a higher limit goes on', async () => {
      const { code, stderr } = await workspace.run(limited, { env });
      const sent = model.requests.length;
      expect(code).toBe(1);
      expect(lastLine(stderr)).toMatch(/^the next request could exceed the cost limit of 0\.0056 USD/u);
      expect(sent).toBeGreaterThan(0);
      expect(sent).toBeLessThan(toJudge);
      expect(await workspace.files(`reports/${sampleId}`)).toContain('scoreboard.md');

      const more = await workspace.run(['grade', 'answers', '--max-cost', '5'], { env });
      expect(more.code).toBe(0);
      expect(model.requests).toHaveLength(toJudge);
    });
  });

  test('large enough is not noticed', async () => {
    await using own = await createWorkspace();
    await using other = await startLoopbackModel();
    await own.addSample({ rubric: true });
    const { code } = await own.run(['grade', 'answers', '--max-cost', '5'], {
      env: environmentFor(other, priced),
    });
    expect({ code, requests: other.requests.length }).toEqual({ code: 0, requests: toJudge });
  });
});

describe('--max-requests', () => {
  test('is a hard limit, repeated requests included; the same command goes on', async () => {
    await using own = await createWorkspace();
    await using other = await startLoopbackModel({
      handler: ({ index }) => (index === 1 ? failure(500, 'busy') : undefined),
    });
    await own.addSample({ rubric: true });
    const options = { env: environmentFor(other, priced) };
    const first = await own.run(['grade', 'answers', '--max-requests', '3', '--concurrency', '1'], options);
    expect({ code: first.code, requests: other.requests.length }).toEqual({ code: 1, requests: 3 });
    expect(lastLine(first.stderr)).toBe(
      '--max-requests 3 were sent, so the run stopped. What was graded is kept; the same command goes on from here.',
    );
    const second = await own.run(['grade', 'answers'], options);
    // One of the three brought no reply.
    expect({ code: second.code, requests: other.requests.length }).toEqual({
      code: 0,
      requests: toJudge + 1,
    });
    expect(await own.files(`reports/${sampleId}`)).toContain('cost.md');
  });
});

describe('--dry-run', () => {
  freshStart();
  const dry = ['grade', 'answers', '--dry-run'];

  interface DryRunDocument {
    schemaVersion: number;
    dryRun: boolean;
    chapters: {
      id: string;
      title: string;
      model: string;
      settled: number;
      toSend: number;
      inputTokens: number;
      outputTokens: number;
      costUsd: number | null;
      mostCostUsd: number | null;
      requests: { member: string; question: number; inputTokens: number; stored: boolean }[];
    }[];
  }
  const chapterOf = async (options: string[], on = workspace) => {
    const [chapter] = jsonOf<DryRunDocument>(await on.run([...dry, '--json', ...options], { env })).chapters;
    if (!chapter) throw new Error('no chapter');
    return chapter;
  };

  let shown: CliResult;
  let filesAfter: string[];
  let requestsAfter: number;
  beforeAll(async () => {
    shown = await workspace.run(dry, { env });
    filesAfter = await workspace.files('.');
    requestsAfter = model.requests.length;
  }, patience);

  test('is done, without a word on standard error', () => {
    expect({ code: shown.code, stderr: shown.stderr }).toEqual({ code: 0, stderr: '' });
  });

  test('sends nothing', () => {
    expect(requestsAfter).toBe(0);
  });

  test('writes nothing', () => {
    expect(filesAfter).toEqual([sampleFile, sampleRubric]);
  });

  test('says how many requests there are, and what code settles', () => {
    expect(linesOf(shown.stdout)).toContain(
      `${priced} at ${model.baseUrl}: ${toJudge} requests, 0 kept replies, ${settled} settled by code`,
    );
  });

  test('says how many tokens', () => {
    expect(shown.stdout).toMatch(/^\d{5} input tokens, about \d{5} output tokens$/mu);
  });

  test('says what it costs, and at most', () => {
    expect(shown.stdout).toMatch(/^Estimated cost \$0\.\d+, at most \$0\.\d+ /mu);
  });

  test('shows one request word for word', () => {
    expect(shown.stdout).toMatch(/^--- system ---\nYou grade one answer/mu);
    expect(shown.stdout).toMatch(/^--- user ---\n# Question\n인덱스\(index\)/mu);
  });

  test('says it in Korean', async () => {
    const { stdout } = await workspace.run([...dry, '--lang', 'ko'], { env });
    expect(stdout).toContain(
      `${model.baseUrl}의 ${priced}: 요청 ${toJudge}개, 저장된 응답 0개, 모델 없이 처리한 답 ${settled}개`,
    );
  });

  test('does not invent a cost for a model of unknown price', async () => {
    const { stdout } = await workspace.run([...dry, '--model', 'nameless'], { env });
    expect(stdout).toContain('The price of "nameless" is not known, so the cost cannot be told.');
  });

  test('--json has the estimate and every request', async () => {
    const result = await workspace.run([...dry, '--json'], { env });
    const document = jsonOf<DryRunDocument>(result);
    const [chapter] = document.chapters;
    expect(result).toMatchObject({ code: 0, stderr: '' });
    expect(document).toMatchObject({ schemaVersion: 1, dryRun: true });
    expect(chapter).toMatchObject({ id: sampleId, models: [priced], settled, toSend: toJudge });
    expect(chapter?.requests).toHaveLength(toJudge);
    expect(chapter?.inputTokens).toBe(
      chapter?.requests.reduce((sum, request) => sum + request.inputTokens, 0),
    );
    expect(chapter?.mostCostUsd).toBeGreaterThan(chapter?.costUsd ?? 0);
  });

  test('counts only the selected member', async () => {
    const { requests } = await chapterOf(['--member', '배솔']);
    expect(requests.map((request) => `${request.member} ${request.question}`)).toEqual([
      '배솔 5',
      '배솔 6',
      '배솔 6',
    ]);
  });

  test('counts no request whose reply is kept, unless --fresh', async () => {
    await using own = await createWorkspace();
    await own.addSample({ rubric: true });
    await using other = await startLoopbackModel();
    const options = ['--base-url', other.baseUrl];
    await own.run(['grade', 'answers', '--question', '6', ...options], { env });
    const kept = await chapterOf(options, own);
    expect(kept.toSend).toBe(toJudge - 2);
    expect(kept.requests.filter((request) => request.stored).map((request) => request.question)).toEqual([
      6, 6,
    ]);
    expect((await chapterOf([...options, '--fresh'], own)).toSend).toBe(toJudge);
  });

  test('needs no key', async () => {
    const { code, stdout } = await workspace.run([...dry, '--question', '5', '--model', priced]);
    expect(code).toBe(0);
    expect(stdout).toContain(`${priced} at https://api.openai.com/v1: 1 requests, `);
  });

  test('of the baseline says that nothing is sent', async () => {
    const { code, stdout, stderr } = await workspace.run([...dry, '--judge', 'offline']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: 'The offline baseline sends nothing.\n' });
    expect(linesOf(stdout).at(-1)).toBe(`${toJudge + settled} changed, 0 as before`);
  });

  test('of the baseline has a JSON form too', async () => {
    const result = await workspace.run([...dry, '--judge', 'offline', '--json']);
    const document = jsonOf<{ chapters: { id: string; remakes: { causes: string[] }[] }[] }>(result);
    expect(document).toMatchObject({ schemaVersion: 1, dryRun: true, chapters: [{ id: sampleId }] });
    const causes = document.chapters.flatMap(({ remakes }) => remakes.map((remake) => remake.causes));
    expect(causes).toEqual(Array.from({ length: toJudge + settled }, () => ['new']));
  });
});

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  completion,
  environmentFor,
  failure,
  type Handler,
  type LoopbackModel,
  questionIn,
  type RecordedRequest,
  startLoopbackModel,
  verdictFor,
} from '../helpers/loopback-model.ts';
import {
  type CliResult,
  createWorkspace,
  type GradeDocument,
  jsonOf,
  lastLine,
  linesOf,
  patience,
  sampleId,
  type Workspace,
} from '../helpers/run-cli.ts';

let workspace: Workspace;
beforeAll(async () => {
  workspace = await createWorkspace();
  await workspace.addSample({ rubric: true });
}, patience);
afterAll(() => workspace[Symbol.asyncDispose]());

const freeAnswer = [
  ...['feedback', '--question', 'What is an index for?', '--answer', 'It finds rows quickly.'],
  ...['--model-answer', 'An index finds rows without reading the whole table.', '--fresh'],
];

/** Feedback on one free answer from a model that behaves like this. */
async function ask(
  handler: Handler,
  ...options: string[]
): Promise<CliResult & { requests: RecordedRequest[]; baseUrl: string }> {
  await using model = await startLoopbackModel({ handler });
  const result = await workspace.run([...freeAnswer, ...options], { env: environmentFor(model) });
  return { ...result, requests: model.requests, baseUrl: model.baseUrl };
}

describe('an endpoint that understands less', () => {
  const chatter = (request: RecordedRequest) =>
    completion(
      request,
      `Sure, here it is:\n\n\`\`\`json\n${verdictFor(request)}\n\`\`\`\n\nAnything else? {}`,
    );
  const withoutFormats: Handler = (request) =>
    request.body.response_format
      ? failure(400, `'response_format' of type ${request.body.response_format.type} is not supported`)
      : chatter(request);

  test('of response formats gets the next simpler one', async () => {
    const { code, requests } = await ask(withoutFormats);
    expect(code).toBe(0);
    expect(requests.map((request) => request.body.response_format?.type)).toEqual([
      'json_schema',
      'json_object',
      undefined,
    ]);
  });

  test('of response formats is told the form in words', async () => {
    const { requests } = await ask(withoutFormats);
    const systems = requests.map((request) => request.body.messages[0]?.content ?? '');
    expect(systems.map((text) => text.includes('as a JSON schema:\n{"type":"object"'))).toEqual([
      false,
      true,
      true,
    ]);
  });

  test('of response formats is remembered for the rest of the run', async () => {
    await using model = await startLoopbackModel({ handler: withoutFormats });
    const { stdout } = await workspace.run(
      ['grade', 'answers', '--json', '--fresh', '--concurrency', '1', '--member', '배솔'],
      { env: environmentFor(model, 'plain') },
    );
    const { totals } = jsonOf<GradeDocument>({ code: 0, stdout, stderr: '' });
    expect(totals).toMatchObject({ graded: 3, ungraded: 0 });
    expect(model.requests).toHaveLength(2 + 3);
  });

  test('of a temperature gets none', async () => {
    const { code, requests } = await ask((request) =>
      request.body.temperature === undefined
        ? undefined
        : failure(400, "Unsupported value: 'temperature' does not support 0 with this model."),
    );
    expect(code).toBe(0);
    expect(requests.map((request) => request.body.temperature)).toEqual([0, undefined]);
  });

  test('of max_completion_tokens gets max_tokens', async () => {
    const { code, requests } = await ask((request) =>
      request.body.max_tokens === undefined
        ? failure(400, "Unrecognized request argument supplied: 'max_completion_tokens'")
        : undefined,
    );
    expect(code).toBe(0);
    expect(requests.at(-1)?.body).toMatchObject({ max_tokens: 8000 });
    expect(requests.at(-1)?.body.max_completion_tokens).toBeUndefined();
  });

  test('and thinks aloud before its reply is understood', async () => {
    const { code, stdout } = await ask((request) =>
      completion(request, `<think>{"level": "wrong"} perhaps?</think>\n${verdictFor(request)}`),
    );
    expect({ code, isBest: stdout.includes('100.0 of 100') }).toEqual({ code: 0, isBest: true });
  });
});

describe('a passing failure', () => {
  test.each([429, 500, 503])('%i is tried again after Retry-After', async (status) => {
    const { code, stderr, requests, baseUrl } = await ask(({ index }) =>
      index === 0 ? failure(status, 'not now', { 'retry-after': '0' }) : undefined,
    );
    expect({ code, requests: requests.length }).toEqual({ code: 0, requests: 2 });
    expect(linesOf(stderr)).toEqual([expect.stringMatching(/ Trying again in 0\.0 s\.$/u)]);
    expect(stderr).toContain(baseUrl);
  });

  test('is told in Korean where the system speaks Korean', async () => {
    const { stderr } = await ask(
      ({ index }) => (index === 0 ? failure(429, 'not now', { 'retry-after': '0' }) : undefined),
      '--lang',
      'ko',
    );
    expect(stderr).toMatch(/에서 요청 속도를 제한합니다\(429\)\. 0\.0초 뒤에 다시 보냅니다\.\n$/u);
  });

  test('of a gateway that answers in HTML is tried again', async () => {
    const page = '<html><body><h1>502 Bad Gateway</h1></body></html>';
    const headers = { 'content-type': 'text/html', 'retry-after': '0' };
    const { code, stderr } = await ask(({ index }) =>
      index === 0 ? { status: 502, headers, body: page } : undefined,
    );
    expect(code).toBe(0);
    expect(stderr).not.toContain('<');
  });

  test('is a reply that breaks off', async () => {
    const headers = { 'content-type': 'application/json' };
    const { code, requests } = await ask(({ index }) =>
      index === 0 ? { status: 200, headers, body: '{"choices": [{"message": {"cont' } : undefined,
    );
    expect({ code, requests: requests.length }).toEqual({ code: 0, requests: 2 });
  });

  test('is a connection that breaks', async () => {
    const { code, requests } = await ask(({ index }) => (index === 0 ? 'hang_up' : undefined));
    expect({ code, requests: requests.length }).toEqual({ code: 0, requests: 2 });
  });
});

describe('a failure that would meet every request is one sentence and exit code 2', () => {
  test.each([401, 403])('%i names OPENAI_API_KEY', async (status) => {
    const { code, stdout, stderr, baseUrl } = await ask(() =>
      failure(status, 'Incorrect API key provided: test-key'),
    );
    expect({ code, stdout, stderr }).toEqual({
      code: 2,
      stdout: '',
      stderr: `${baseUrl} does not accept the API key (${status}); check OPENAI_API_KEY.\n`,
    });
  });

  test('the key is never shown', async () => {
    const { stderr } = await ask(() => failure(401, 'Incorrect API key provided: test-key'));
    expect(stderr).not.toContain('test-key');
  });

  test('404 names the model, --model and OPENAI_BASE_URL', async () => {
    const { code, stdout, stderr, baseUrl } = await ask(() => failure(404, 'no such model'));
    expect({ code, stdout, stderr }).toEqual({
      code: 2,
      stdout: '',
      stderr: `${baseUrl} has no model "loopback-1", or is not the address of a chat API (404); check --model and OPENAI_BASE_URL (it usually ends in /v1).\n`,
    });
  });

  test('an exhausted quota is not waited for', async () => {
    const error = { message: 'You exceeded your current quota', code: 'insufficient_quota' };
    const { code, stderr, requests } = await ask(() => ({
      status: 429,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ error }),
    }));
    expect({ code, requests: requests.length }).toEqual({ code: 2, requests: 1 });
    expect(stderr).toMatch(/^the quota at .* is exhausted: .*You exceeded your current quota\n$/u);
  });

  test('a web page in place of an API', async () => {
    const { code, stdout, stderr, baseUrl } = await ask(() => ({
      status: 200,
      headers: { 'content-type': 'text/html' },
      body: '<!doctype html><html><body>Welcome!</body></html>',
    }));
    expect({ code, stdout, stderr }).toEqual({
      code: 2,
      stdout: '',
      stderr: `${baseUrl} did not reply like a chat API; check that OPENAI_BASE_URL is the address of the API (it usually ends in /v1).\n`,
    });
  });

  test.each(['{"hello": "world"}', '{"choices": []}', '[]', 'null'])(
    'JSON that is no chat completion: %s',
    async (body) => {
      const headers = { 'content-type': 'application/json' };
      const { code, stderr } = await ask(() => ({ status: 200, headers, body }));
      expect(code).toBe(2);
      expect(linesOf(stderr)).toEqual([expect.stringContaining('did not reply like a chat API')]);
    },
  );

  test('nobody at the address', async () => {
    const model = await startLoopbackModel();
    await model.close();
    const { code, stdout, stderr } = await workspace.run(freeAnswer, { env: environmentFor(model) });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(lastLine(stderr)).toBe(
      `cannot connect to ${model.baseUrl} (ECONNREFUSED); check the address (OPENAI_BASE_URL, --base-url or the configuration file) and that the server is running.`,
    );
  });

  test.each(['localhost:11434/v1', 'ftp://127.0.0.1/v1', 'here'])('no address: %s', async (address) => {
    const result = await workspace.run([...freeAnswer, '--base-url', address]);
    expect(result).toEqual({
      code: 2,
      stdout: '',
      stderr: `"${address}" is not an address; set OPENAI_BASE_URL, --base-url or the configuration file to something like http://localhost:11434/v1.\n`,
    });
  });

  test('--judge llm without a key or an address names both, and the offline way', async () => {
    expect(await workspace.run(['grade', 'answers', '--judge', 'llm'])).toEqual({
      code: 2,
      stdout: '',
      stderr:
        'to grade with a language model, set OPENAI_API_KEY (or OPENAI_BASE_URL, the address of a server of your own); to try without a model, use --judge offline.\n',
    });
  });

  test('in Korean too', async () => {
    const env = { LC_ALL: 'ko_KR.UTF-8' };
    const { stderr } = await workspace.run(['grade', 'answers', '--judge', 'llm'], { env });
    expect(stderr).toMatch(/OPENAI_API_KEY.*OPENAI_BASE_URL.*--judge offline을 쓰세요\.\n$/u);
  });
});

describe('a failure in the middle of a run', () => {
  let own: Workspace;
  let model: LoopbackModel;
  let result: CliResult;
  beforeAll(async () => {
    own = await createWorkspace();
    await own.addSample({ rubric: true });
    model = await startLoopbackModel({
      handler: ({ index }) => (index < 4 ? undefined : failure(401, 'revoked')),
    });
    result = await own.run(['grade', 'answers', '--concurrency', '1', '--json'], {
      env: environmentFor(model),
    });
  }, patience);
  afterAll(async () => {
    await own[Symbol.asyncDispose]();
    await model.close();
  });

  test('keeps what was graded', () => {
    const { totals, run } = jsonOf<GradeDocument>(result);
    expect({ code: result.code, graded: totals.graded, stopped: run.stopped }).toEqual({
      code: 1,
      graded: 4,
      stopped: true,
    });
  });

  test('ends with the sentence that says why', () => {
    expect(lastLine(result.stderr)).toBe(
      `${model.baseUrl} does not accept the API key (401); check OPENAI_API_KEY.`,
    );
  });

  test('still writes the reports', async () => {
    expect(await own.files(`reports/${sampleId}`)).toContain('scoreboard.md');
  });
});

describe('a reply that cannot be used', () => {
  /** Grades 배솔, whose answer to question 5 meets this; the other two get verdicts. */
  async function gradeWith(own: Workspace, handler: Handler) {
    await own.addSample({ rubric: true });
    await using model = await startLoopbackModel({
      handler: (request) => (questionIn(request).startsWith('INNER JOIN') ? handler(request) : undefined),
    });
    const result = await own.run(['grade', 'answers', '--member', '배솔', '--json'], {
      env: environmentFor(model),
    });
    const { grades, scoreboard, totals } = jsonOf<GradeDocument>(result);
    const asked = model.requests.filter((request) => questionIn(request).startsWith('INNER JOIN'));
    return {
      code: result.code,
      asked,
      totals,
      grade: grades.find((item) => item.question === 5),
      others: grades.filter((item) => item.question !== 5).map((item) => item.state),
      row: scoreboard.find((item) => item.member === '배솔'),
    };
  }

  const useless: [reason: string, requests: number, handler: Handler][] = [
    ['malformed_reply', 2, (request) => completion(request, 'I think it is rather good.')],
    ['malformed_reply', 2, (request) => completion(request, '')],
    [
      'malformed_reply',
      2,
      (request) => completion(request, verdictFor(request).replace('"covered"', '"excellent"')),
    ],
    [
      'malformed_reply',
      2,
      (request) => completion(request, verdictFor(request).replace('"accuracy":', '"precision":')),
    ],
    ['malformed_reply', 2, (request) => completion(request, verdictFor(request) + verdictFor(request))],
    ['truncated', 2, (request) => completion(request, '{"criteria":{"k1', { finishReason: 'length' })],
    ['truncated', 2, (request) => completion(request, verdictFor(request), { finishReason: 'length' })],
    ['refused', 1, (request) => completion(request, null, { refusal: 'I cannot help with that.' })],
    ['filtered', 1, (request) => completion(request, '', { finishReason: 'content_filter' })],
    ['request_failed', 1, () => failure(400, 'maximum context length exceeded')],
  ];
  test.each(useless)(
    'leaves the answer ungraded: %s after %i requests',
    async (reason, requests, handler) => {
      await using own = await createWorkspace();
      const { code, asked, grade, others, totals } = await gradeWith(own, handler);
      expect(code).toBe(1);
      expect(asked).toHaveLength(requests);
      expect(grade).toMatchObject({
        state: 'ungraded',
        score: null,
        ungradedReason: reason,
        feedback: null,
        criteria: [],
        keyPoints: [],
      });
      expect(others).toEqual(['graded', 'graded']);
      expect(totals).toMatchObject({ graded: 2, ungraded: 1 });
    },
  );

  describe('is never a zero', () => {
    let own: Workspace;
    let met: Awaited<ReturnType<typeof gradeWith>>;
    const report = (file: string) => own.read(`reports/${sampleId}/${file}`);
    beforeAll(async () => {
      own = await createWorkspace();
      met = await gradeWith(own, (request) => completion(request, 'no'));
    }, patience);
    afterAll(() => own[Symbol.asyncDispose]());

    test('in a row of the scoreboard', () => {
      expect(met.row).toMatchObject({
        score: 100,
        answeredScore: 100,
        graded: 1,
        ungraded: 1,
        provisional: true,
      });
    });

    test('in scoreboard.md', async () => {
      const row = linesOf(await report('scoreboard.md')).find((line) => line.includes('배솔'));
      expect(row).toMatch(/^\| 1\S*\* \| 배솔 \| 100\.0 \|/u);
    });

    test('in grades.csv', async () => {
      const row = linesOf(await report('grades.csv')).find((line) => line.includes(',배솔,5,'));
      expect(row).toContain(',배솔,5,first,ungraded,,malformed_reply,');
    });

    test('in the feedback', async () => {
      expect(await report('feedback/배솔.md')).toContain(
        '### 첫 답: 채점되지 않음 (0점이 아님): 모델의 응답이 정해진 형식이 아님',
      );
    });
  });

  test('malformed once is mended by asking what was wrong', async () => {
    await using own = await createWorkspace();
    const { code, asked, grade } = await gradeWith(own, (request) =>
      request.body.messages.length === 2 ? completion(request, 'Good answer.') : undefined,
    );
    expect({ code, state: grade?.state }).toEqual({ code: 0, state: 'graded' });
    expect(asked[1]?.body.messages.slice(2)).toEqual([
      { role: 'assistant', content: 'Good answer.' },
      {
        role: 'user',
        content: expect.stringMatching(
          /^Your reply cannot be used: there is no JSON object in the reply\. Reply again .* JSON schema:\n\{"type":"object"/su,
        ),
      },
    ]);
  });

  test('cut off once gets twice the room', async () => {
    await using own = await createWorkspace();
    const { code, asked } = await gradeWith(own, (request) =>
      request.body.max_completion_tokens === 8000
        ? completion(request, '{"criteria":', { finishReason: 'length' })
        : undefined,
    );
    expect(code).toBe(0);
    expect(asked.map((request) => request.body.max_completion_tokens)).toEqual([8000, 16000]);
  });

  test('is asked for again when the failure was the request, not the reply', async () => {
    await using own = await createWorkspace();
    await gradeWith(own, () => failure(400, 'maximum context length exceeded'));
    const { code, asked, grade } = await gradeWith(own, () => undefined);
    expect({ code, asked: asked.length, state: grade?.state }).toEqual({
      code: 0,
      asked: 1,
      state: 'graded',
    });
  });
});

describe('a verdict that a person should look at', () => {
  async function reviewReasons(change: (verdict: string) => string) {
    await using model = await startLoopbackModel({
      handler: (request) => completion(request, change(verdictFor(request))),
    });
    const result = await workspace.run(
      ['feedback', 'answers', '--member', '배솔', '--question', '5', '--fresh', '--json'],
      { env: environmentFor(model) },
    );
    const [grade] = jsonOf<GradeDocument>(result).grades;
    return { code: result.code, needsReview: grade?.needsReview, reasons: grade?.reviewReasons };
  }

  test('quotes what is not in the answer', async () => {
    expect(
      await reviewReasons((verdict) => verdict.replace(/"evidence":\["[^"]*"\]/u, '"evidence":["made up"]')),
    ).toEqual({ code: 0, needsReview: true, reasons: ['evidence_not_found'] });
  });

  test('gives a level without a quote', async () => {
    expect(
      await reviewReasons((verdict) => verdict.replace(/"evidence":\["[^"]*"\]/u, '"evidence":[]')),
    ).toEqual({ code: 0, needsReview: true, reasons: ['evidence_missing'] });
  });

  test('reports words to the grader', async () => {
    expect(
      await reviewReasons((verdict) => verdict.replace('"addressesGrader":false', '"addressesGrader":true')),
    ).toEqual({ code: 0, needsReview: true, reasons: ['addresses_grader'] });
  });
});

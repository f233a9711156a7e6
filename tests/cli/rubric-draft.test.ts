import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  completion,
  environmentFor,
  failure,
  type LoopbackModel,
  type RecordedRequest,
  startLoopbackModel,
} from '../helpers/loopback-model.ts';
import {
  createWorkspace,
  jsonOf,
  linesOf,
  patience,
  sampleFile,
  sampleRubric,
  type Workspace,
} from '../helpers/run-cli.ts';

interface DraftDocument {
  schemaVersion: number;
  file: string | null;
  questions: { no: number; keyPoints: { text: string; verified: boolean }[] }[];
  judge: string;
  model: string | null;
}

function proposing(request: RecordedRequest) {
  const keyPoints = ['첫째 핵심 내용', '둘째 핵심 내용'].map((text) => ({ text, quote: '입니다' }));
  return completion(request, JSON.stringify({ keyPoints }));
}

let workspace: Workspace;
let model: LoopbackModel;
beforeAll(async () => {
  workspace = await createWorkspace();
  await workspace.addSample();
  model = await startLoopbackModel({ handler: proposing });
}, patience);
afterAll(async () => {
  await model.close();
  await workspace[Symbol.asyncDispose]();
});

test('without a model a rubric is made from sentences; it is valid, and it is not overwritten', async () => {
  await using own = await createWorkspace();
  await own.addSample();
  const { code, stdout, stderr } = await own.run(['rubric', 'draft', sampleFile]);
  expect(code).toBe(0);
  expect(linesOf(stdout)).toEqual([sampleRubric, expect.stringContaining(`rubric check "${sampleRubric}"`)]);
  expect(linesOf(stderr)).toEqual([
    expect.stringMatching(/^⚠ Without a language model/u),
    expect.stringContaining('OPENAI_API_KEY'),
  ]);

  const checked = await own.run(['rubric', 'check', sampleRubric, '--chapter', sampleFile]);
  expect(checked.stdout).toMatch(/ \d+ key points for 10 questions\n$/u);
  expect(checked.stderr).toBe(`Rubric: ${sampleRubric}\n`);

  const before = await own.read(sampleRubric);
  expect(await own.run(['rubric', 'draft', sampleFile, '--judge', 'offline'])).toEqual({
    code: 2,
    stdout: '',
    stderr: `${sampleRubric}: there is such a file already, and it is not overwritten; name another one with --out.\n`,
  });
  expect(await own.read(sampleRubric)).toBe(before);
});

test('--out - prints the rubric and writes nothing', async () => {
  const { stdout, stderr } = await workspace.run([
    ...['rubric', 'draft', sampleFile, '--out', '-', '--judge', 'offline', '--question', '2', '--lang', 'ko'],
  ]);
  expect(stdout).toMatch(
    /^# 모범답안을 .*\n# .*\n\nextends: default\.yaml\nquestions:\n {2}# 2\. .*ACID.*\n {2}2:\n/u,
  );
  expect(linesOf(stderr)).toEqual([
    expect.stringMatching(/^⚠ 언어 모델 없이/u),
    expect.stringMatching(/^다음: /u),
  ]);
  expect(await workspace.files('rubrics')).toEqual([]);
});

test('a model is asked once for each question, and its replies are kept', async () => {
  const env = environmentFor(model);
  const asked = model.requests.length;
  const draft = ['rubric', 'draft', sampleFile, '--json'];
  const first = await workspace.run([...draft, '--out', 'first.yaml'], { env });
  expect(first).toMatchObject({ code: 0, stderr: '' });
  expect(jsonOf<DraftDocument>(first)).toEqual({
    schemaVersion: 1,
    file: 'first.yaml',
    questions: Array.from({ length: 10 }, (_, index) => ({
      no: index + 1,
      keyPoints: [
        { text: '첫째 핵심 내용', verified: expect.any(Boolean) },
        { text: '둘째 핵심 내용', verified: expect.any(Boolean) },
      ],
    })),
    judge: 'llm',
    model: 'loopback-1',
  });
  expect(await workspace.read('first.yaml')).toMatch(/^# loopback-1이\(가\) /u);

  await workspace.run([...draft, '--out', 'second.yaml'], { env });
  expect(model.requests).toHaveLength(asked + 10);
  expect(await workspace.read('second.yaml')).toBe(await workspace.read('first.yaml'));
});

describe('when the model fails', () => {
  test('with a reply of another form, sentences stand in', async () => {
    await using broken = await startLoopbackModel({ handler: (request) => completion(request, 'no') });
    const { code, stdout, stderr } = await workspace.run(
      ['rubric', 'draft', sampleFile, '--question', '3', '--out', '-', '--lang', 'en'],
      { env: environmentFor(broken, 'broken-1') },
    );
    expect(code).toBe(0);
    expect(stderr).toContain(
      "⚠ question 3: split into sentences instead (the model's reply did not have the required form)\n",
    );
    expect(stdout).toContain('# For 3 sentences were taken instead.\n');
    expect(stdout).toContain('- "삽입 이상: ');
  });

  test('for good, nothing is written and the exit code is 2', async () => {
    await using closed = await startLoopbackModel({ handler: () => failure(401, 'wrong key') });
    const { code, stdout, stderr } = await workspace.run(
      ['rubric', 'draft', sampleFile, '--out', 'never.yaml'],
      { env: environmentFor(closed, 'closed-1') },
    );
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(linesOf(stderr)).toEqual([expect.stringContaining('401')]);
    expect(await workspace.files('.')).not.toContain('never.yaml');
  });
});

describe('what cannot be drafted is one sentence and exit code 2', () => {
  test('a question that is not there', async () => {
    const { code, stderr } = await workspace.run([
      ...['rubric', 'draft', sampleFile, '--question', '11', '--judge', 'offline'],
    ]);
    expect(code).toBe(2);
    expect(stderr).toContain(`${sampleFile}: question 11 is not one of this chapter's questions`);
  });

  test('a folder with several chapters', async () => {
    await using own = await createWorkspace();
    await own.addSample();
    const page = await own.read(sampleFile);
    await own.write('answers/other.md', page.replace(/^# .*/u, '# 다른 단원'));
    expect(await own.run(['rubric', 'draft', 'answers'])).toEqual({
      code: 2,
      stdout: '',
      stderr: 'answers: this folder holds several chapters; name the file of one.\n',
    });
  });
});

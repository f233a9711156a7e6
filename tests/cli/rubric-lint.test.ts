import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { environmentFor, startLoopbackModel } from '../helpers/loopback-model.ts';
import {
  chapterPage,
  createWorkspace,
  jsonOf,
  linesOf,
  patience,
  sampleFile,
  sampleId,
  sampleRubric,
  type Workspace,
} from '../helpers/run-cli.ts';

interface LintDocument {
  schemaVersion: number;
  findings: {
    file: string;
    line: number | null;
    question: number;
    keyPoint: string | null;
    code: string;
    other?: string;
  }[];
  rubrics: { file: string; valid: boolean; withoutKeyPoints: number[]; problem: string | null }[];
}

const flawed = [
  'extends: default.yaml',
  'questions:',
  '  2:',
  '    keyPoints:',
  '      - 커밋된 결과는 장애가 나도 사라지지 않는다',
  '      - "지속성: 커밋된 결과는 장애가 나도 사라지지 않는다"',
  '      - 비타민은 몸에서 만들어지지 않아 음식으로 섭취해야 한다',
  '      - 모두 반영된다; 규칙이 깨지지 않는다; 서로 영향을 주지 않는다',
  '  12: { keyPoints: [없는 질문] }',
  '',
].join('\n');

let workspace: Workspace;
beforeAll(async () => {
  workspace = await createWorkspace();
  await workspace.addSample({ rubric: true });
  await workspace.write('flawed.yaml', flawed);
}, patience);
afterAll(() => workspace[Symbol.asyncDispose]());

test('the sample rubric gets no remarks', async () => {
  expect(await workspace.run(['rubric', 'lint', sampleRubric, '--chapter', sampleFile])).toEqual({
    code: 0,
    stdout: `${sampleRubric}: no remarks\n`,
    stderr: '',
  });
});

test('without a file everything in rubrics/ is looked at, without a chapter only the rubric itself', async () => {
  const { code, stdout, stderr } = await workspace.run(['rubric', 'lint', '--lang', 'ko']);
  const file = workspace.path('rubrics', `${sampleId}.yaml`);
  expect({ code, stdout }).toEqual({ code: 0, stdout: `${file}: 덧붙일 말이 없어요\n` });
  expect(linesOf(stderr)).toEqual([expect.stringMatching(/단원을 몰라서 .*--chapter/u)]);
});

describe('remarks', () => {
  test('name line, question, key point, why and what to do, with exit code 0', async () => {
    const { code, stdout, stderr } = await workspace.run([
      ...['rubric', 'lint', 'flawed.yaml', '--chapter', sampleFile],
    ]);
    expect(code).toBe(0);
    expect(linesOf(stdout)).toEqual([
      'flawed.yaml:6: question 2, "지속성: 커밋된 결과는 장애가 나도 사라지지 않는다": says nearly the same as "커밋된 결과는 장애가 나도 사라지지 않는다"; join the two or drop one.',
      expect.stringMatching(
        /^flawed\.yaml:7: question 2, "비타민은 .*": hardly stands in the model answer; /u,
      ),
      expect.stringMatching(
        /^flawed\.yaml:8: question 2, "모두 .*": joins three or more claims, .*; split it\.$/u,
      ),
      'flawed.yaml:9: question 12: the chapter has no such question; correct the number or drop it.',
    ]);
    expect(linesOf(stderr)).toEqual([
      'flawed.yaml: without key points: questions 1, 3, 4, 5, 6, 7, 8, 9, 10; compared with the model answer as a whole.',
    ]);
  });

  test('in Korean', async () => {
    const { stdout } = await workspace.run([
      ...['rubric', 'lint', 'flawed.yaml', '--chapter', sampleFile, '--lang', 'ko'],
    ]);
    expect(linesOf(stdout).at(-1)).toBe(
      'flawed.yaml:9: 질문 12: 이 단원에 없는 질문이에요. 번호를 고치거나 지우세요.',
    );
  });

  test('come from grades of a model, not of the baseline', async () => {
    await using own = await createWorkspace();
    await using model = await startLoopbackModel();
    const answers = [
      'It sorts the keys.',
      'It keeps them in order.',
      'Sorted keys.',
      'The keys are in order.',
    ];
    const question = { text: 'What does an index do?', modelAnswer: 'It keeps the keys of a table sorted.' };
    const members = Object.fromEntries(answers.map((answer, index) => [`Member${index}`, { 1: answer }]));
    await own.write('answers/keys.md', chapterPage({ title: 'Keys', members, questions: [question] }));
    await own.write(
      'rubrics/Keys.yaml',
      'extends: default.yaml\nquestions:\n  1: { keyPoints: [Sorts the keys] }\n',
    );
    const lint = ['rubric', 'lint', 'rubrics/Keys.yaml'];

    await own.run(['grade', 'answers', '--judge', 'offline']);
    expect(await own.run(lint)).toEqual({ code: 0, stdout: 'rubrics/Keys.yaml: no remarks\n', stderr: '' });

    await own.run(['grade', 'answers'], { env: environmentFor(model) });
    expect((await own.run(lint)).stdout).toBe(
      'rubrics/Keys.yaml:3: question 1, "Sorts the keys": every graded answer has the highest level; ask for more, or lower its weight.\n',
    );
  });
});

test('--json lists the remarks', async () => {
  await workspace.write('invalid.yaml', 'extends: default.yaml\nnope: 1\n');
  const result = await workspace.run([
    ...['rubric', 'lint', 'flawed.yaml', 'invalid.yaml', '--chapter', sampleFile, '--json'],
  ]);
  expect(result.code).toBe(2);
  expect(result.stderr).toMatch(/^invalid\.yaml:2: /u);
  expect(jsonOf<LintDocument>(result)).toEqual({
    schemaVersion: 1,
    findings: [
      expect.objectContaining({ file: 'flawed.yaml', line: 6, question: 2, code: 'overlap' }),
      expect.objectContaining({ line: 8, code: 'compound' }),
    ],
    rubrics: [
      { file: 'flawed.yaml', valid: true, withoutKeyPoints: [], problem: null },
      expect.objectContaining({
        file: 'invalid.yaml',
        valid: false,
        problem: expect.stringContaining('nope'),
      }),
    ],
  });
});

test('a chapter that is not there is exit code 2', async () => {
  expect(await workspace.run(['rubric', 'lint', 'flawed.yaml', '--chapter', 'nowhere.md'])).toEqual({
    code: 2,
    stdout: '',
    stderr: 'nowhere.md: there is no such file; check the path.\n',
  });
});

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  createWorkspace,
  jsonOf,
  linesOf,
  patience,
  sampleFile,
  sampleId,
  type Workspace,
} from '../helpers/run-cli.ts';

interface RubricDocument {
  schemaVersion: number;
  rubrics: { file: string; valid: boolean; hash: string | null; problem: string | null }[];
}

const extended = 'extends: default.yaml\n';
const misspelt = `${extended}questions:\n  3:\n    keyPoints:\n      - text: first\n        wieght: 2\n`;

let workspace: Workspace;
beforeAll(async () => {
  workspace = await createWorkspace();
  await workspace.addSample({ rubric: true });
  await workspace.write('good.yaml', `${extended}questions:\n  1:\n    keyPoints: [first, second]\n`);
  await workspace.write('misspelt.yaml', misspelt);
}, patience);
afterAll(() => workspace[Symbol.asyncDispose]());

test('a valid rubric is summed up', async () => {
  const file = `rubrics/${sampleId}.yaml`;
  expect(await workspace.run(['rubric', 'check', file])).toEqual({
    code: 0,
    stdout: `${file}: valid · 2 general criteria, 39 key points for 10 questions\n`,
    stderr: '',
  });
});

test('a valid rubric is summed up in Korean', async () => {
  const { stdout } = await workspace.run(['rubric', 'check', 'good.yaml', '--lang', 'ko']);
  expect(stdout).toBe('good.yaml: 올바름 · 공통 항목 2개, 질문 1개에 핵심 내용 2개\n');
});

test('without a file everything in rubrics/ is checked', async () => {
  const { code, stdout } = await workspace.run(['rubric', 'check']);
  expect(code).toBe(0);
  expect(linesOf(stdout)).toEqual([
    expect.stringContaining(`${workspace.path('rubrics', `${sampleId}.yaml`)}: valid`),
  ]);
});

test('without a file and without rubrics/ a file is asked for', async () => {
  await using own = await createWorkspace();
  const { code, stdout, stderr } = await own.run(['rubric', 'check']);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(linesOf(stderr)).toEqual([expect.stringMatching(/rubrics: .*name a file\.$/u)]);
});

describe('a fault is named with file and line, exit code 2', () => {
  const cases: [what: string, content: string, line: string, says: RegExp][] = [
    ['broken YAML', `${extended}questions:\n  1:\n    keyPoints: [a\n`, ':5', /it is not YAML/u],
    ['an unknown setting', `${extended}# why not\nweigth: 3\n`, ':3', /there is no setting "weigth"$/u],
    [
      'an unknown setting within',
      misspelt,
      ':6',
      /there is no setting "wieght" in questions › 3 › keyPoints › \[1\]$/u,
    ],
    ['an unknown value', `${extended}attempt: last\n`, ':2', /attempt: .*"first".*"revised".*"best"/u],
    ['a weight below 0', `${extended}keyPoints:\n  weight: -1\n`, ':3', /keyPoints › weight: /u],
    ['a missing part', `${extended}bands:\n  - from: 3\n`, ':3', /bands › \[1\] › name is missing$/u],
    ['a list in place of settings', '- a\n- b\n', ':1', /expected object, received array/u],
    [
      'settings missing',
      'attempt: first\n',
      '',
      /^bad\.yaml: the rubric lacks language, copies, .*; write "extends: default\.yaml" at its top/u,
    ],
    ['an empty file', '', '', /the rubric lacks language, .*"extends: default\.yaml"/u],
    ['a base that is not there', 'extends: nowhere.yaml\n', '', /extends names nowhere\.yaml/u],
    ['itself as base', 'extends: bad.yaml\n', '', /the rubric extends itself/u],
  ];
  test.each(cases)('%s', async (_what, content, line, says) => {
    await using own = await createWorkspace();
    await own.write('bad.yaml', content);
    const { code, stdout, stderr } = await own.run(['rubric', 'check', 'bad.yaml']);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(linesOf(stderr)).toEqual([expect.stringMatching(says)]);
    expect(stderr.startsWith(`bad.yaml${line}: `)).toBe(true);
  });

  test('in Korean', async () => {
    const { stderr } = await workspace.run(['rubric', 'check', 'misspelt.yaml', '--lang', 'ko']);
    expect(stderr).toBe(
      'misspelt.yaml:6: 루브릭에 오류가 있습니다: "wieght" 항목은 없습니다 (questions › 3 › keyPoints › [1])\n',
    );
  });

  test('and does not keep the others from being checked', async () => {
    const { code, stdout, stderr } = await workspace.run(['rubric', 'check', 'misspelt.yaml', 'good.yaml']);
    expect(code).toBe(2);
    expect(stdout).toMatch(/^good\.yaml: valid/u);
    expect(stderr).toMatch(/^misspelt\.yaml:6: /u);
  });

  test('when grading too', async () => {
    const { code, stdout, stderr } = await workspace.run([
      ...['grade', 'answers', '--judge', 'offline', '--rubric', 'misspelt.yaml'],
    ]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(linesOf(stderr)).toEqual([expect.stringMatching(/^misspelt\.yaml:6: .*"wieght"/u)]);
  });

  test.each([
    ['rubric', 'check', 'nowhere.yaml'],
    ['grade', 'answers', '--rubric', 'nowhere.yaml'],
  ])('when the file is not there: %s %s', async (...args) => {
    expect(await workspace.run(args)).toEqual({
      code: 2,
      stdout: '',
      stderr: 'nowhere.yaml: there is no such file; check the path.\n',
    });
  });
});

describe('--chapter', () => {
  test('says nothing more when the rubric fits', async () => {
    const file = `rubrics/${sampleId}.yaml`;
    const { code, stderr } = await workspace.run(['rubric', 'check', file, '--chapter', sampleFile]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: `Rubric: ${file}\n` });
  });

  test('says which questions have no key points', async () => {
    const { stderr } = await workspace.run(['rubric', 'check', 'good.yaml', '--chapter', 'answers']);
    expect(linesOf(stderr)).toContain(
      '  9 questions without key points, compared with the model answer as a whole.',
    );
  });

  test('says which questions of the rubric are not in the chapter', async () => {
    await using own = await createWorkspace();
    await own.addSample();
    await own.write('more.yaml', `${extended}questions:\n  11: {keyPoints: [a]}\n  12: {keyPoints: [b]}\n`);
    const { stderr } = await own.run(['rubric', 'check', 'more.yaml', '--chapter', 'answers']);
    expect(linesOf(stderr)).toContain("  the rubric's questions 11, 12 are not in this chapter.");
  });

  test('that is not there is exit code 2', async () => {
    const { code, stderr } = await workspace.run(['rubric', 'check', 'good.yaml', '--chapter', 'nowhere.md']);
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: 'nowhere.md: there is no such file; check the path.\n',
    });
  });
});

describe('--json', () => {
  test('has a row for each rubric', async () => {
    const result = await workspace.run(['rubric', 'check', 'good.yaml', 'misspelt.yaml', '--json']);
    expect(result.code).toBe(2);
    expect(jsonOf<RubricDocument>(result)).toEqual({
      schemaVersion: 1,
      rubrics: [
        { file: 'good.yaml', valid: true, hash: expect.stringMatching(/^[0-9a-f]{16}$/u), problem: null },
        {
          file: 'misspelt.yaml',
          valid: false,
          hash: null,
          problem: expect.stringMatching(/^misspelt\.yaml:6: the rubric is not valid: /u),
        },
      ],
    });
  });

  test('gives rubrics that differ hashes that differ', async () => {
    await using own = await createWorkspace();
    await own.write('a.yaml', `${extended}questions:\n  1: {keyPoints: [a]}\n`);
    await own.write('b.yaml', `${extended}questions:\n  1: {keyPoints: [b]}\n`);
    await own.write('c.yaml', `# the same as a\n${extended}questions: {"1": {keyPoints: ["a"]}}\n`);
    const result = await own.run(['rubric', 'check', 'a.yaml', 'b.yaml', 'c.yaml', '--json']);
    const [a, b, c] = jsonOf<RubricDocument>(result).rubrics.map((rubric) => rubric.hash);
    expect(a).not.toBe(b);
    expect(a).toBe(c);
  });
});

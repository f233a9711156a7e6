import { mkdir, symlink } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  createWorkspace,
  type ImportDocument,
  jsonOf,
  linesOf,
  patience,
  type Workspace,
} from '../helpers/run-cli.ts';
import { zipOf } from '../helpers/zips.ts';

const id = (no: number) => no.toString(16).padStart(2, '0').repeat(16);
const folder = `8주차 ${id(8)}`;
const [first, second] = ['로그는 왜 남기나요?', '지표와 로그는 무엇이 다른가요?'];

const member = (name: string, ...answers: string[]) =>
  `# ${name}\n\n## 1. ${first}\n\n${answers[0]}\n\n## 2. ${second}\n\n${answers[1]}\n`;

/** A chapter as Notion exports it: a page of each member, and one of the model answers. */
const pages: Readonly<Record<string, string>> = {
  [`${folder}.md`]: `# 8주차: 관찰\n\n[다정](x%20${id(1)}.md)\n\n[솔하](x%20${id(2)}.md)\n`,
  [`${folder}/다정 ${id(1)}.md`]: member('다정', '나중에 무슨 일이 있었는지 알려고', '모르겠습니다'),
  [`${folder}/솔하 ${id(2)}.md`]: member('솔하', '', '지표는 숫자이고 로그는 글이다'),
  [`${folder}/모범답안 ${id(3)}.md`]: `# 모범답안\n\n**1. ${first}**\n\n일어난 일을 뒤에 되짚어 원인을 찾으려고 남깁니다.\n\n**2. ${second}**\n\n지표는 시간에 따른 수이고, 로그는 낱낱의 사건입니다.\n`,
};

let workspace: Workspace;
beforeAll(async () => {
  workspace = await createWorkspace();
  for (const [file, text] of Object.entries(pages)) {
    await workspace.write(`unpacked/${file}`, text);
    await workspace.write(`unpacked/node_modules/${file}`, text);
    await workspace.write(`unpacked/.trash/${file}`, text);
  }
  await workspace.write(`unpacked/${folder}/그림.png`, 'png');
  await workspace.write('elsewhere/secret.md', '# Secret\n');
  await symlink(workspace.path('elsewhere'), workspace.path('unpacked/linked'));
  await symlink(workspace.path('elsewhere/secret.md'), workspace.path('unpacked/secret.md'));
  await mkdir(workspace.path('unpacked/empty'));
  const part = await zipOf(pages);
  await workspace.write(
    'export.zip',
    await zipOf({ [`Export-${'0f1e2d3c-aaaa-4bbb-8ccc-0123456789ab'}-Part-1.zip`]: part }),
  );
  await workspace.write('cut.zip', part.subarray(0, part.length - 30));
  await workspace.write('web.zip', await zipOf({ 'index.html': '<h1>8주차</h1>' }));
}, patience);
afterAll(() => workspace[Symbol.asyncDispose]());

/** Whose answers were understood, without the places. */
const understood = ({ chapter, submissions }: ImportDocument) => ({
  title: chapter.title,
  submissions: submissions.map(({ member: name, question, status }) => `${name} ${question} ${status}`),
});

const expected = {
  title: '8주차: 관찰',
  submissions: ['다정 1 answered', '다정 2 dont_know', '솔하 1 unanswered', '솔하 2 answered'],
};

describe('import', () => {
  test('reads a folder with a page of each member as one chapter, and names the links that it does not follow', async () => {
    const result = await workspace.run(['import', 'unpacked', '--json']);
    const skipped = (file: string) =>
      `unpacked/${file}: skipped: this is a symbolic link to somewhere else, which is not followed, so this was not read; put the file itself here or name it on the command line.\n`;
    expect({ code: result.code, stderr: result.stderr }).toEqual({
      code: 0,
      stderr: skipped('linked') + skipped('secret.md'),
    });
    const read: ImportDocument = jsonOf(result);
    expect(understood(read)).toEqual(expected);
    expect(read.warnings).toEqual([
      {
        code: 'unanswered',
        file: `unpacked/${folder}/솔하 ${id(2)}.md`,
        line: 3,
        message: 'question 1, 솔하: there is no answer.',
      },
    ]);
  });

  test('reads the zip that Notion exports, without unpacking it first', async () => {
    const result = await workspace.run(['import', 'export.zip', '--json']);
    expect({ code: result.code, stderr: result.stderr }).toEqual({ code: 0, stderr: '' });
    expect(understood(jsonOf(result))).toEqual(expected);
  });

  test('names the document beside each line to check', async () => {
    const { stdout } = await workspace.run(['import', 'export.zip']);
    expect(linesOf(stdout).at(-1)).toMatch(
      /^ {2}export\.zip!Export-.*-Part-1\.zip!8주차 .*\/솔하 .*\.md:3: question 1, 솔하: there is no answer\.$/u,
    );
  });

  test.each([
    [
      'cut.zip',
      'cut.zip: the archive is damaged or was not downloaded to its end; export or download it again.',
    ],
    [
      'web.zip',
      'web.zip: this was exported as HTML; choose the format "Markdown & CSV" when exporting from Notion.',
    ],
  ])('refuses %s in one sentence', async (file, sentence) => {
    expect(await workspace.run(['import', file])).toEqual({ code: 2, stdout: '', stderr: `${sentence}\n` });
  });
});

test('grade takes a zip as it takes a page', async () => {
  const result = await workspace.run(['grade', 'export.zip', '--judge', 'offline', '--json']);
  expect(result.code).toBe(0);
  const { grades } = jsonOf<{ grades: { member: string; question: number }[] }>(result);
  expect(grades.map(({ member: name, question }) => `${name} ${question}`).sort()).toEqual([
    '다정 1',
    '다정 2',
    '솔하 1',
    '솔하 2',
  ]);
});

import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  chapterPage,
  createWorkspace,
  type ImportDocument,
  jsonOf,
  linesOf,
  patience,
  repository,
  sampleFile,
  type Workspace,
} from '../helpers/run-cli.ts';

/** What `import --explain --json` says beyond a chapter. */
interface Explained extends ImportDocument {
  reader: { name: string; sureness: number; why: string };
  lines: { file: string; line: number; role: string; member?: string; question?: number }[];
}

let workspace: Workspace;
beforeAll(async () => {
  workspace = await createWorkspace();
  await workspace.addSample();
}, patience);
afterAll(() => workspace[Symbol.asyncDispose]());

/** The numbers of the lines that are not blank. */
function linesWithText(text: string): number[] {
  return text.split('\n').flatMap((line, index) => (line.trim() === '' ? [] : [index + 1]));
}

describe('import --explain', () => {
  test('accounts for every line of the sample', async () => {
    const result = await workspace.run(['import', sampleFile, '--explain', '--json']);
    const { lines, reader } = jsonOf<Explained>(result);
    expect(reader).toMatchObject({ name: 'member-sections', sureness: 0.95 });
    expect(lines.map(({ line }) => line)).toEqual(linesWithText(await workspace.read(sampleFile)));
    expect(lines.filter(({ role }) => role === 'unread')).toEqual([]);
  });

  test('accounts for every line of a table', async () => {
    await workspace.write(
      'table.csv',
      'member,no,question,answer\nAnn,1,What?,"It is\nsorted."\nBen,1,,no idea\n',
    );
    const { lines, reader } = jsonOf<Explained>(
      await workspace.run(['import', 'table.csv', '--explain', '--json']),
    );
    expect(reader.name).toBe('answer-rows');
    expect(lines.map(({ line, role, member }) => [line, role, member])).toEqual([
      [1, 'property', undefined],
      [2, 'answer', 'Ann'],
      [3, 'answer', 'Ann'],
      [4, 'answer', 'Ben'],
    ]);
  });

  test('shows it line by line', async () => {
    const { stdout } = await workspace.run(['import', sampleFile, '--explain', '--lang', 'en']);
    const explained = linesOf(stdout.slice(stdout.indexOf(`\n${sampleFile}\n`) + 1));
    expect(explained.slice(1, 5).map((line) => line.replace(/ {2,}/gu, '  ').trim())).toEqual([
      'line  read as  text',
      '1  title  # 02장 데이터베이스 기초',
      expect.stringMatching(/^\d+ {2}member {2}/u),
      expect.stringMatching(/^\d+ {2}question · 서다온 1 {2}- /u),
    ]);
  });
});

test('grading says what was not read', async () => {
  const page = chapterPage({
    title: '3장 Networks',
    members: { Ann: { 1: 'A packet is a piece of data with a header.' } },
    questions: [{ text: 'What is a packet?', modelAnswer: 'A small unit of data with a header.' }],
  });
  await workspace.write('part.md', page.replace(/^(#+ Ann)$/mu, '$1\n\nA line of nobody.'));
  const { stderr } = await workspace.run(['grade', 'part.md', '--judge', 'offline', '--lang', 'en']);
  expect(linesOf(stderr).filter((line) => line.startsWith('⚠ 3장'))).toEqual([
    expect.stringMatching(
      /: 1 line left out \(first part\.md:\d+\); import part\.md --explain shows what\.$/u,
    ),
  ]);
});

const real = join(repository, '../shared/seeds/01단원.md');
const isThere = existsSync(real);
describe.skipIf(!isThere)(
  isThere ? 'the real input' : 'the real input (skipped: ../shared is not there)',
  () => {
    test('has every one of its lines accounted for', async () => {
      const { lines } = jsonOf<Explained>(await workspace.run(['import', real, '--explain', '--json']));
      expect(lines.map(({ line }) => line)).toEqual(linesWithText(await readFile(real, 'utf8')));
      expect(lines.filter(({ role }) => ['unread', 'ignored'].includes(role))).toEqual([]);
    });
  },
);

describe('how answers were handed in', () => {
  test('is told by --format, which must be one of those there are', async () => {
    const { code, stderr } = await workspace.run([
      'import',
      sampleFile,
      '--format',
      'somehow',
      '--lang',
      'en',
    ]);
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: expect.stringMatching(
        /^there is no format "somehow"; there are member-sections, question-sections, /u,
      ),
    });
  });

  test('stands in import.yaml beside the answers, for grading as well', async () => {
    await workspace.write('group/answers.csv', '누가,몇,쓴 글\n서다온,1,정렬되어 있다\n');
    const before = await workspace.run(['import', 'group/answers.csv', '--lang', 'en']);
    expect(before.code).toBe(2);
    expect(before.stderr).toContain('import.yaml');
    await workspace.write('group/import.yaml', 'columns: { member: 누가, number: 몇, answer: 쓴 글 }\n');
    const { submissions } = jsonOf<Explained>(await workspace.run(['import', 'group/answers.csv', '--json']));
    expect(submissions.map(({ member, question }) => [member, question])).toEqual([['서다온', 1]]);
    const graded = await workspace.run(['grade', 'group', '--judge', 'offline', '--json']);
    expect(jsonOf<{ grades: { member: string }[] }>(graded).grades.map(({ member }) => member)).toEqual([
      '서다온',
    ]);
  });

  test('is refused where it is written wrongly, with the line', async () => {
    await workspace.write('wrong/a.csv', 'member,no,answer\nAnn,1,yes\n');
    await workspace.write('wrong/import.yaml', 'members: [Ann]\nicon: { x: answer }\n');
    const { code, stderr } = await workspace.run(['import', 'wrong', '--lang', 'en']);
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr: expect.stringMatching(/^wrong\/import\.yaml:2: .*there is no setting "icon"/u),
    });
  });
});

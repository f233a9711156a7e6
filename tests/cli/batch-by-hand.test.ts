import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { HandIndex } from '../../src/app/hand-index.ts';
import { startLoopbackModel } from '../helpers/loopback-model.ts';
import {
  createWorkspace,
  type GradeDocument,
  jsonOf,
  lastLine,
  patience,
  type Workspace,
} from '../helpers/run-cli.ts';
import { verdictFor } from '../helpers/sample-material.ts';
import { addSmallChapter } from '../helpers/small-chapter.ts';

let workspace: Workspace;
beforeAll(async () => {
  workspace = await createWorkspace();
  await addSmallChapter(workspace);
}, patience);
afterAll(() => workspace[Symbol.asyncDispose]());

/** What a chat would reply to a page: a list of verdicts with ids, or a single one. */
async function fillIn(page: number): Promise<void> {
  const { pages } = JSON.parse(await workspace.read('pages/index.json')) as HandIndex;
  const sheet = pages[page - 1];
  if (!sheet) throw new Error('there is no such page');
  const verdicts = sheet.answers.map(({ id, criteria, answer }, index) => {
    const quote = index === 0 ? 'words that stand nowhere' : answer.slice(0, 12);
    return { id, ...verdictFor(criteria, quote) };
  });
  const reply = verdicts.length > 1 ? verdicts : verdicts[0];
  const text = await readFile(workspace.path('pages', sheet.file), 'utf8');
  const chatter = `Here you are:\n\`\`\`json\n${JSON.stringify(reply)}\n\`\`\`\nAnything else?\n`;
  await workspace.write(`pages/${sheet.file}`, `${text}${chatter}`);
}

describe('without key and network', () => {
  test('pages are written, answers to one question together', async () => {
    const { code, stdout } = await workspace.run(['batch', 'export', 'pages', 'answers', '--per-page', '5']);
    expect(code).toBe(0);
    expect(stdout).toContain('pages: 3 answers on 2 pages (0 with a kept reply, 0 settled without a model).');
    expect(await workspace.files('pages')).toEqual(['001.md', '002.md', 'index.json']);
    expect(await workspace.files('.answer-grader')).toEqual([]);
    expect(await workspace.read('pages/001.md')).not.toMatch(/\bAnn\b|\bBen\b/u);
  });

  test('they are not written over', async () => {
    const { code, stderr } = await workspace.run(['batch', 'export', 'pages', 'answers']);
    expect(code).toBe(2);
    expect(lastLine(stderr)).toContain('pages: this folder holds pages already');
  });

  test('what is filled in is taken over, page by page', async () => {
    await fillIn(1);
    const { code, stdout } = await workspace.run(['batch', 'import', 'pages']);
    expect(code).toBe(1);
    expect(stdout).toMatch(
      /^001\.md\n {2}[0-9a-f]{8} \(Ann, question 1\): taken\n {2}[0-9a-f]{8} \(Ben, question 1\): taken\n002\.md\n {2}[0-9a-f]{8} \(Ann, question 2\): missing\n/u,
    );
    expect(stdout).toContain('2 taken, 0 already there, 1 missing, 0 malformed.');
  });

  test('the rest later; and then the chapter is graded as the last line says, asking nobody', async () => {
    await fillIn(2);
    const imported = await workspace.run(['batch', 'import', 'pages']);
    expect(imported.code).toBe(0);
    expect(imported.stdout).toContain('1 taken, 2 already there, 0 missing, 0 malformed.');
    const command = /"(grade [^"…]+)/u.exec(imported.stderr)?.[1]?.trim().split(' ') ?? [];
    expect(command).toEqual(['grade', '--via', 'stored']);
    const graded = jsonOf<GradeDocument>(await workspace.run([...command, 'answers', '--json']));
    expect(graded.totals).toMatchObject({ graded: 3, ungraded: 0, requests: 0, costUsd: 0 });
    expect(graded.grades.map(({ judge }) => judge.models)).toEqual(Array<string[]>(3).fill(['by hand']));
  });

  test('everything there: nothing is left to export', async () => {
    const { stdout } = await workspace.run(['batch', 'export', 'more', 'answers']);
    expect(stdout).toBe('There is nothing to ask: 3 with a kept reply, 0 settled without a model.\n');
    expect(await workspace.files('more')).toEqual([]);
  });
});

test('with a model, an ordinary run asks only what was not pasted', async () => {
  await using model = await startLoopbackModel();
  const env = {
    OPENAI_BASE_URL: model.baseUrl,
    OPENAI_API_KEY: 'test-key',
    ANSWER_GRADER_MODEL: 'loopback-1',
  };
  const run = (...args: string[]) => workspace.run([...args, '--db', 'other.db'], { env });
  await workspace.run(['batch', 'export', 'pages-2', 'answers', '--db', 'other.db', '--member', 'Ben'], {
    env,
  });
  const { pages } = JSON.parse(await workspace.read('pages-2/index.json')) as HandIndex;
  const answer = pages[0]?.answers[0];
  if (!answer) throw new Error('nothing was exported');
  const verdict = JSON.stringify(verdictFor(answer.criteria, answer.answer.slice(0, 12)));
  await workspace.write('pages-2/001.md', `${await workspace.read('pages-2/001.md')}${verdict}`);
  expect((await run('batch', 'import', 'pages-2', '--json')).code).toBe(0);
  const graded = jsonOf<GradeDocument>(await run('grade', 'answers', '--json'));
  expect(graded.totals).toMatchObject({ graded: 3, requests: 2 });
  expect(model.requests).toHaveLength(2);
});

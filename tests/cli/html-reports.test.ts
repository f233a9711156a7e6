import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createWorkspace, patience, sampleId, type Workspace } from '../helpers/run-cli.ts';
import { addSmallChapter } from '../helpers/small-chapter.ts';

const members = ['서다온', '남기훈', '배솔', '문채린', '오하람'];
let workspace: Workspace;

beforeAll(async () => {
  workspace = await createWorkspace();
  await workspace.addSample({ rubric: true });
  await addSmallChapter(workspace);
  await workspace.run(['grade', 'answers', '--judge', 'offline', '--anonymous']);
}, patience);
afterAll(() => workspace[Symbol.asyncDispose]());

describe('grade', () => {
  test('writes a page that needs nothing beside it', async () => {
    const page = await workspace.read(`reports/${sampleId}/index.html`);
    expect(page).toMatch(/^<!DOCTYPE html>/iu);
    expect(page).toContain('<html lang="ko"');
    for (const member of members) expect(page).toContain(member);
    expect(page).not.toMatch(/<(?:script|link|img|iframe)\b|\ssrc=|url\(/iu);
    expect(page).not.toMatch(/\sstyle="/iu);
  });

  test('writes a page without names when asked', async () => {
    const page = await workspace.read(`reports/${sampleId}/anonymous.html`);
    for (const member of members) expect(page).not.toContain(member);
    expect(page).toContain('멤버 1');
  });

  test('writes the same page again from what was graded before', async () => {
    const before = await workspace.read(`reports/${sampleId}/index.html`);
    await workspace.run(['grade', 'answers', '--judge', 'offline']);
    expect(await workspace.read(`reports/${sampleId}/index.html`)).toBe(before);
  });
});

describe('scoreboard', () => {
  const scoreboard = (...args: string[]) => workspace.run(['scoreboard', ...args]);

  test('is a page of its own, with a trend over several chapters', async () => {
    const { code, stdout } = await scoreboard('--format', 'html');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^<!DOCTYPE html>[\s\S]*<\/html>\s*$/iu);
    expect(stdout).toContain('3 Indexes');
    for (const member of [...members, 'Ann', 'Ben']) expect(stdout).toContain(member);
  });

  test('is a picture of its own', async () => {
    const { code, stdout } = await scoreboard('--format', 'svg', '--lang', 'ko');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg"[\s\S]*<\/svg>\s*$/u);
    for (const member of members) expect(stdout).toContain(member);
  });

  test.each(['table', 'md', 'csv', 'json', 'html', 'svg'])(
    'has no names with --anonymous: %s',
    async (format) => {
      const { stdout } = await scoreboard('--anonymous', '--format', format, '--lang', 'en');
      for (const member of [...members, 'Ann', 'Ben']) expect(stdout).not.toContain(member);
      expect(stdout).toContain('Member 7');
    },
  );
});

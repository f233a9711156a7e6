import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';

const run = promisify(execFile);
const root = join(import.meta.dirname, '..');
let folder = '';

interface Manifest {
  version: string;
  bin: Record<string, string>;
  dependencies: Record<string, string>;
}
let manifest: Manifest;

/**
 * Installs the packed tarball into a project of its own. The registry stays out of it: what the package
 * declares as its dependencies is linked from this repository, and nothing else is.
 */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'answer-grader-package-'));
  const modules = join(folder, 'node_modules');
  const installed = join(modules, 'answer-grader');
  await mkdir(installed, { recursive: true });
  const { stdout } = await run('npm', ['pack', '--json', '--pack-destination', folder], { cwd: root });
  const [packed] = JSON.parse(stdout.slice(stdout.indexOf('[\n'))) as { filename: string }[];
  await run('tar', ['-xzf', join(folder, packed?.filename ?? ''), '-C', installed, '--strip-components=1']);
  manifest = JSON.parse(await readFile(join(installed, 'package.json'), 'utf8')) as Manifest;
  for (const name of Object.keys(manifest.dependencies)) {
    await mkdir(dirname(join(modules, name)), { recursive: true });
    await symlink(join(root, 'node_modules', name), join(modules, name));
  }
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }');
}, 120_000);

afterAll(() => rm(folder, { recursive: true, force: true }));

function runInstalled(args: readonly string[]) {
  const bin = join(folder, 'node_modules', 'answer-grader', manifest.bin['answer-grader'] ?? '');
  return run(process.execPath, [bin, ...args], {
    cwd: folder,
    env: { PATH: process.env['PATH'], LC_ALL: 'C' },
  });
}

test('the installed command tells its version', async () => {
  expect((await runInstalled(['--version'])).stdout).toBe(`${manifest.version}\n`);
});

test('the installed command grades a chapter with the rubric that comes with it', async () => {
  const chapter = join(root, 'answers', '02장-데이터베이스-기초.md');
  const { stdout, stderr } = await runInstalled(['grade', chapter, '--judge', 'offline']);
  expect(stdout).toContain('배솔');
  expect(stderr).toContain('offline baseline');
});

test('the installed library grades an answer, and importing it does nothing else', async () => {
  const script = `
    import { giveFeedback } from 'answer-grader';
    const grade = await giveFeedback(
      { question: 'What is an index for?', modelAnswer: 'It finds rows without reading the table.', answer: 'It finds rows.' },
      { judge: 'offline' },
    );
    process.stdout.write(grade.state);
  `;
  await writeFile(join(folder, 'use.js'), script);
  const { stdout, stderr } = await run(process.execPath, ['use.js'], { cwd: folder });
  expect({ stdout, stderr }).toEqual({ stdout: 'graded', stderr: '' });
});

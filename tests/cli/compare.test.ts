import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunComparison } from '../../src/app/compare-runs.ts';
import {
  caching,
  cachingFile,
  cachingRubric,
  cachingRubricText,
  cachingWorkspace,
} from '../helpers/graded-chapter.ts';
import { chapterPage, jsonOf, linesOf, patience, type Workspace } from '../helpers/run-cli.ts';

const grading = ['grade', cachingFile, '--judge', 'offline'];

// Runs 1 and 3 are about one chapter with a rubric that changed between them, run 2 about another chapter.
let workspace: Workspace;
beforeAll(async () => {
  workspace = await cachingWorkspace();
  await workspace.run(grading);
  await workspace.write('other.md', chapterPage({ ...caching, title: '6 Again' }));
  await workspace.run(['grade', 'other.md', '--judge', 'offline']);
  const changed = cachingRubricText.replace('A small fast store keeps copies of data', 'Bananas, I believe');
  await workspace.write(cachingRubric, changed);
  await workspace.run([...grading, '--member', 'Benedict']);
}, patience);
afterAll(() => workspace[Symbol.asyncDispose]());

const comparing = (...args: string[]) => workspace.run(['compare', ...args]);

describe('compare', () => {
  test('alone lists the runs', async () => {
    const { code, stdout, stderr } = await comparing();
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const [head, ...lines] = linesOf(stdout);
    expect(head).toMatch(/^run +started +chapter +judge/u);
    expect(lines.map((line) => line.trim().split(/ {2,}/u))).toEqual(
      ['5-Caching', '6-Again', '5-Caching'].map((chapter, index) => [
        String(index + 1),
        expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d UTC$/u),
        chapter,
        'offline baseline',
      ]),
    );
    const { runs } = jsonOf<{ runs: { id: number; outcome: string }[] }>(await comparing('--json'));
    expect(runs.map(({ id, outcome }) => [id, outcome])).toEqual([
      [1, 'finished'],
      [2, 'finished'],
      [3, 'finished'],
    ]);
  });

  test('shows whose score moved, and why', async () => {
    const comparison = jsonOf<RunComparison>(await comparing('1', '3', '--json'));
    expect(comparison).toMatchObject({ shared: 2, onlyBefore: 3, onlyAfter: 0 });
    const [change, ...others] = comparison.changes;
    expect(others).toEqual([]);
    expect(change).toMatchObject({ member: 'Benedict', question: 1, causes: ['rubric'] });
    expect(change?.difference).toBeGreaterThan(0);

    // The run before the last one on the same chapter.
    expect(jsonOf(await comparing('previous', 'last', '--json'))).toEqual(
      jsonOf(await comparing('1', '3', '--json')),
    );
    const { code, stdout } = await comparing('1', 'last');
    expect(code).toBe(0);
    expect(stdout).toContain('5-Caching: run 1 (offline baseline) → run 3 (offline baseline)');
    const moved = `▲${change?.difference?.toFixed(1)}`;
    expect(linesOf(stdout).find((line) => line.startsWith('Benedict'))).toMatch(
      new RegExp(`${moved} +rubric changed$`, 'u'),
    );
    expect(stdout).toContain('1 of 2 answers in both moved');
    expect(stdout).toContain('3 only in run 1, 0 only in run 3');
  });

  test.each<[string[], string]>([
    [['1', '9'], 'there is no run "9"; the runs are 1, 2, 3, and last and previous work too.'],
    [['2', 'last'], 'run 2 is about 6-Again, run 3 about 5-Caching; compare runs of one chapter.'],
    [['1'], 'give two runs; "compare" alone lists them.'],
    [['1', '2', '3'], 'give two runs; "compare" alone lists them.'],
    [
      ['--db', 'none.db'],
      'none.db: nothing has been graded here yet; grade first with "answer-grader grade FILE", or check --db.',
    ],
  ])('refuses %j', async (args, sentence) => {
    expect(await comparing(...args)).toEqual({ code: 2, stdout: '', stderr: `${sentence}\n` });
  });
});

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { EstimatedRequest, Remake } from '../../src/core/estimate.ts';
import type { ScoreboardRow } from '../../src/core/scoreboard.ts';
import { environmentFor, type LoopbackModel, startLoopbackModel } from '../helpers/loopback-model.ts';
import {
  type CliResult,
  createWorkspace,
  type GradeDocument,
  jsonOf,
  linesOf,
  patience,
  type Workspace,
} from '../helpers/run-cli.ts';
import { addSmallChapter, smallKeyPoints, smallTitle, writeSmallRubric } from '../helpers/small-chapter.ts';

/** The second key point of question 1 after somebody has edited it. */
const edited = [smallKeyPoints[0] ?? '', 'An index keeps its keys sorted'];

interface DryRunDocument {
  chapters: { requests?: EstimatedRequest[]; remakes?: Remake[]; toSend?: number }[];
}

/** The notice on standard error about scores that moved, line by line; empty when none did. */
function movedIn({ stderr }: CliResult): string[] {
  const lines = linesOf(stderr);
  const from = lines.indexOf('Scores that moved:');
  if (from < 0) return [];
  const rest = lines.slice(from + 1);
  const end = rest.findIndex((line) => !line.startsWith('  '));
  return rest.slice(0, end < 0 ? undefined : end).map((line) => line.trim());
}

const reasonsIn = (list: readonly Remake[] = []) =>
  list.map(({ member, question, causes }) => [member, question, causes]);
const staleIn = (result: CliResult) =>
  jsonOf<{ scoreboard: ScoreboardRow[] }>(result).scoreboard.map(({ member, stale }) => [member, stale]);
const scoreboard = ['scoreboard', smallTitle, '--json'];

describe('a key point that changes after a model graded', () => {
  let workspace: Workspace;
  let model: LoopbackModel;
  let env: Record<string, string>;
  let stale: CliResult;
  let looked: CliResult;
  let shown: CliResult;
  let regraded: CliResult;
  const grade = (...options: string[]) => workspace.run(['grade', 'answers', ...options], { env });
  beforeAll(async () => {
    workspace = await createWorkspace();
    await addSmallChapter(workspace);
    // The point on writes is in no answer, the one that takes its place is in Ann's.
    model = await startLoopbackModel({
      level: (criterion, levels, { raw }) => {
        const isThere = raw.includes('keys sorted beside') && raw.includes(edited[1] ?? '');
        return (criterion === 'k2' && !isThere ? levels[0] : levels.at(-1)) ?? '';
      },
    });
    env = environmentFor(model);
    await grade();
    await writeSmallRubric(workspace, edited);
    stale = await workspace.run(scoreboard);
    shown = await grade('--dry-run');
    looked = await grade('--dry-run', '--json');
    regraded = await grade();
  }, patience);
  afterAll(async () => {
    await workspace[Symbol.asyncDispose]();
    await model.close();
  });

  test('makes stale the scores that rest on it, and no other', () => {
    expect(staleIn(stale)).toEqual([
      ['Ann', 1],
      ['Ben', 1],
    ]);
  });

  test('--dry-run says whose grade would be made again and why', () => {
    const [chapter] = jsonOf<DryRunDocument>(looked).chapters;
    expect(chapter?.toSend).toBe(2);
    expect(reasonsIn(chapter?.requests)).toEqual([
      ['Ann', 1, ['rubric']],
      ['Ann', 2, []],
      ['Ben', 1, ['rubric']],
    ]);
    expect(chapter?.requests?.map(({ stored }) => stored)).toEqual([false, true, false]);
    const rows = linesOf(shown.stdout).filter((line) => /^(?:Ann|Ben) /u.test(line));
    expect(rows.map((row) => row.trimEnd().split(/ {2,}/u).at(-1))).toEqual([
      'rubric changed',
      'kept reply, nothing sent',
      'rubric changed',
    ]);
  });

  test('is graded again where it counts, and whose score moved is said', () => {
    expect(model.requests).toHaveLength(3 + 2);
    expect(movedIn(regraded)).toEqual([
      'Ann, question 1, first attempt: 62.5 → 100.0 ▲37.5 (rubric changed)',
    ]);
  });

  test('leaves nothing stale behind, and moves nothing the next time', async () => {
    expect(staleIn(await workspace.run(scoreboard))).toEqual([
      ['Ann', 0],
      ['Ben', 0],
    ]);
    const again = await grade();
    expect(movedIn(again)).toEqual([]);
    expect(model.requests).toHaveLength(3 + 2);
  });

  test('moves the score back when it is changed back; --json holds every move', async () => {
    await writeSmallRubric(workspace);
    const { changes } = jsonOf<GradeDocument>(await grade('--json'));
    expect(changes).toEqual([
      {
        chapter: '3-Indexes',
        member: 'Ann',
        question: 1,
        attempt: 'first',
        from: { state: 'graded', score: 100 },
        to: { state: 'graded', score: 62.5 },
        difference: -37.5,
        causes: ['rubric'],
      },
    ]);
    // The replies to the first rubric are still kept.
    expect(model.requests).toHaveLength(3 + 2);
  });

  test('a new model is another reason', async () => {
    const { stdout } = await grade('--dry-run', '--json', '--model', 'loopback-2');
    const [chapter] = (JSON.parse(stdout) as DryRunDocument).chapters;
    expect(reasonsIn(chapter?.requests)).toEqual([
      ['Ann', 1, ['model']],
      ['Ann', 2, ['model']],
      ['Ben', 1, ['model']],
    ]);
  });
});

describe('a key point that changes after the baseline graded', () => {
  let workspace: Workspace;
  const grade = (...options: string[]) =>
    workspace.run(['grade', 'answers', '--judge', 'offline', ...options]);
  beforeAll(async () => {
    workspace = await createWorkspace();
    await addSmallChapter(workspace);
    await grade();
    await writeSmallRubric(workspace, edited);
  }, patience);
  afterAll(() => workspace[Symbol.asyncDispose]());

  test('is listed by --dry-run, with just those that rest on it', async () => {
    const [chapter] = jsonOf<DryRunDocument>(await grade('--dry-run', '--json')).chapters;
    expect(reasonsIn(chapter?.remakes)).toEqual([
      ['Ann', 1, ['rubric']],
      ['Ann', 2, []],
      ['Ben', 1, ['rubric']],
    ]);
    const { stdout } = await grade('--dry-run');
    expect(linesOf(stdout).filter((line) => /^(?:Ann|Ben) /u.test(line))).toEqual([
      expect.stringMatching(/^Ann +1 +first attempt +rubric changed$/u),
      expect.stringMatching(/^Ben +1 +first attempt +rubric changed$/u),
    ]);
    expect(linesOf(stdout).at(-1)).toBe('2 changed, 1 as before');
  });

  test('marks the scoreboard until it is graded again', async () => {
    const table = await workspace.run(['scoreboard', smallTitle]);
    expect(table.stdout).toMatch(/ stale\b/u);
    expect(table.stdout).toContain('grade again to bring them up to date');
    const regraded = await grade();
    expect(movedIn(regraded)).toEqual(
      expect.arrayContaining([
        expect.stringMatching(
          /^Ann, question 1, first attempt: [\d.]+ → [\d.]+ ▲[\d.]+ \(rubric changed\)$/u,
        ),
      ]),
    );
    expect((await workspace.run(['scoreboard', smallTitle])).stdout).not.toMatch(/ stale\b/u);
  });
});

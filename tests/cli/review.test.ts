import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Grade, StaleReason } from '../../src/core/grade.ts';
import type { Review } from '../../src/core/review.ts';
import {
  caching,
  cachingFile,
  cachingRubric,
  cachingRubricText,
  cachingWorkspace,
  gradedWorkspace,
  withAnswer,
} from '../helpers/graded-chapter.ts';
import { answerIn, environmentFor, startLoopbackModel } from '../helpers/loopback-model.ts';
import {
  chapterPage,
  type GradeDocument,
  jsonOf,
  linesOf,
  patience,
  type Workspace,
} from '../helpers/run-cli.ts';

interface ShownAttempt {
  schemaVersion: number;
  chapter: string;
  answer: string;
  grade: Grade;
  history: Review[];
}

interface ReviewQueue {
  schemaVersion: number;
  chapters: { id: string; queue: (Grade & { why: string })[]; overrides: Grade[] }[];
}

const grading = ['grade', cachingFile, '--judge', 'offline'];
const signed = ['--by', 'Lea', '--reason', 'says it in other words'];

async function shown(workspace: Workspace, member: string, question: number): Promise<ShownAttempt> {
  return jsonOf(await workspace.run(['review', 'show', member, String(question), '--json']));
}

/** What `grade --json` says of Ann's first question. */
function annIn(document: GradeDocument): Grade | undefined {
  return document.grades.find(({ member, question }) => member === 'Ann' && question === 1);
}

describe('a decision', () => {
  test(
    'stands through every run beside the machine’s score, until it is cleared; the history stays',
    async () => {
      await using workspace = await gradedWorkspace();
      const { grade: byMachine } = await shown(workspace, 'Ann', 1);
      const machine = byMachine.score ?? Number.NaN;

      expect(await workspace.run(['review', 'set', 'Ann', '1', '--score', '88', ...signed])).toEqual({
        code: 0,
        stdout: `Ann, question 1, first attempt: 88.0 (machine ${machine.toFixed(1)})\n`,
        stderr: 'The reports are written anew the next time you run grade.\n',
      });
      const byLevel = (level: string) => ['review', 'set', 'Ann', '1', '--level', level, ...signed, '--json'];
      await workspace.run(byLevel('k2=covered'));
      const set = jsonOf<ShownAttempt>(await workspace.run(byLevel('accuracy=right')));
      const score = set.grade.score ?? Number.NaN;
      expect(score).toBeGreaterThan(machine);
      expect(set.grade.override).toMatchObject({
        score,
        levels: { k2: 'covered', accuracy: 'right' },
        by: 'Lea',
        reason: 'says it in other words',
        machine: { state: 'graded', score: machine },
      });

      await workspace.run(grading);
      const again = jsonOf<GradeDocument>(await workspace.run([...grading, '--json']));
      expect(annIn(again)).toMatchObject({
        score,
        needsReview: false,
        override: { score, machine: { score: machine }, stale: [] },
      });
      expect(again.scoreboard.find(({ member }) => member === 'Ann')?.answeredScore).toBe(score);
      const { stdout: text } = await workspace.run(['review', 'show', 'Ann', '1']);
      expect(text).toContain(
        `Machine: ${machine.toFixed(1)} · Lea decided: ${score.toFixed(1)} (says it in other words)`,
      );

      const clearing = ['review', 'clear', 'Ann', '1', '--by', 'Max', '--reason', 'too kind', '--json'];
      expect(jsonOf<ShownAttempt>(await workspace.run(clearing)).grade).toMatchObject({
        score: machine,
        override: null,
      });
      const { grade, history } = await shown(workspace, 'Ann', 1);
      expect(grade.score).toBe(machine);
      expect(history.map(({ action, by, score: decided }) => [action, by, decided])).toEqual([
        ['set', 'Lea', 88],
        ['set', 'Lea', expect.any(Number)],
        ['set', 'Lea', score],
        ['clear', 'Max', null],
      ]);
    },
    patience,
  );

  const changes: [StaleReason, (workspace: Workspace) => Promise<void>][] = [
    ['answer', (workspace) => workspace.write(cachingFile, chapterPage(withAnswer('Ann', 1, 'Close by.')))],
    [
      'model_answer',
      (workspace) => {
        const [first, ...others] = caching.questions;
        const questions = [{ text: first?.text ?? '', modelAnswer: 'A store close by.' }, ...others];
        return workspace.write(cachingFile, chapterPage({ ...caching, questions }));
      },
    ],
    [
      'rubric',
      (workspace) =>
        workspace.write(cachingRubric, cachingRubricText.replace('Price: the copies', 'Price: copies')),
    ],
  ];
  test.each(changes)(
    'stands when the %s changes, is stale for exactly that, and comes first in the queue',
    async (reason, change) => {
      await using workspace = await gradedWorkspace();
      await workspace.run(['review', 'set', 'Ann', '1', '--score', '88', ...signed]);
      await change(workspace);
      const graded = jsonOf<GradeDocument>(await workspace.run([...grading, '--json']));
      expect(annIn(graded)).toMatchObject({
        score: 88,
        needsReview: true,
        reviewReasons: ['override_stale'],
        override: { stale: [reason] },
      });
      const { chapters } = jsonOf<ReviewQueue>(await workspace.run(['review', 'list', '--json']));
      expect(chapters[0]?.queue[0]).toMatchObject({ member: 'Ann', question: 1, score: 88 });
      expect(chapters[0]?.overrides.map(({ member }) => member)).toEqual(['Ann']);
    },
    patience,
  );

  test('is shown as stale as soon as the rubric’s file has changed', async () => {
    await using workspace = await gradedWorkspace();
    await workspace.run(['review', 'set', 'Ann', '1', '--score', '88', ...signed]);
    expect((await workspace.run(['review', 'list'])).stdout).toContain('Nothing to review.');
    await workspace.write(cachingRubric, cachingRubricText.replace('Price: the copies', 'Price: copies'));
    const { stdout } = await workspace.run(['review', 'list']);
    const [first, second] = linesOf(stdout).filter((line) => line.includes('rubric changed'));
    expect(first).toMatch(/^Ann +1 +first attempt +88\.0 .*\(rubric changed\)$/u);
    expect(second).toMatch(/^Benedict +1 .* stale: rubric changed$/u);
  });

  test('is on the member’s feedback page, and so is the machine’s score', async () => {
    await using workspace = await gradedWorkspace();
    await workspace.run(['review', 'set', 'Ann', '1', '--score', '88', ...signed]);
    await workspace.run(grading);
    const page = await workspace.read('reports/5-Caching/feedback/Ann.md');
    expect(page).toContain('88.0 of 100');
    expect(page).toMatch(/Lea.*says it in other words.*73\.0/u);
    expect(await workspace.read('reports/5-Caching/feedback/Benedict.md')).not.toContain('Lea');
  });

  test('may be about an answer that no model could grade', async () => {
    await using workspace = await cachingWorkspace();
    await using model = await startLoopbackModel({
      handler: (request) =>
        request.raw.includes('bananas') ? { status: 400, body: '{"error":{"message":"no"}}' } : undefined,
    });
    const { code } = await workspace.run(['grade', cachingFile], { env: environmentFor(model) });
    expect(code).toBe(1);
    const { stdout } = await workspace.run(['review', 'list', '--lang', 'ko']);
    const [head = '', first] = linesOf(stdout).slice(-2);
    expect(head).toMatch(/^멤버 /u);
    expect(first).toMatch(/^Benedict +1 +첫 답 +–/u);
    await workspace.run(['review', 'set', 'Benedict', '1', '--score', '15', ...signed]);
    const { grade } = await shown(workspace, 'Benedict', 1);
    expect(grade).toMatchObject({ state: 'graded', score: 15, ungradedReason: null });
    expect(grade.override?.machine).toMatchObject({ state: 'ungraded', score: null });
  });
});

describe('a wrong word is one sentence and exit code 2', () => {
  let workspace: Workspace;
  beforeAll(async () => {
    workspace = await gradedWorkspace();
    await workspace.write('answers/caching.md', chapterPage({ ...caching, title: '6 Caching, again' }));
    await workspace.run(['grade', 'answers', '--judge', 'offline', '--member', 'Ann']);
  }, patience);
  afterAll(() => workspace[Symbol.asyncDispose]());

  const there = ['--chapter', '5 Caching'];
  const cases: [name: string, args: string[], sentence: string][] = [
    [
      'an unknown member',
      ['show', 'Zoe', '1', ...there],
      'no graded chapter "5 Caching" has a member "Zoe"; the members are Ann, Benedict, =Cem.',
    ],
    [
      'an unknown question',
      ['show', 'Ann', '7', ...there],
      "question 7 is not one of Ann's, which are 1, 2.",
    ],
    [
      'an unknown chapter',
      ['show', 'Ann', '1', '--chapter', '9 Views'],
      '"9 Views" is not among the graded chapters; they are 5 Caching, 6 Caching, again.',
    ],
    [
      'a question of several chapters',
      ['set', 'Ann', '1', '--score', '5', ...signed],
      'Ann has a question 1 in several chapters; choose with --chapter: 5 Caching, 6 Caching, again.',
    ],
    [
      'neither score nor level',
      ['set', 'Ann', '1', ...signed, ...there],
      'give either --score or --level; --level may be repeated, as in --level k1=covered.',
    ],
    [
      'both of them',
      ['set', 'Ann', '1', '--score', '5', '--level', 'k1=covered', ...signed, ...there],
      'give either --score or --level; --level may be repeated, as in --level k1=covered.',
    ],
    [
      'an unknown criterion',
      ['set', 'Ann', '1', '--level', 'k3=covered', ...signed, ...there],
      'this question has no criterion "k3"; its criteria are k1, k2, accuracy, explanation.',
    ],
    [
      'an unknown level',
      ['set', 'Ann', '1', '--level', 'k1=good', ...signed, ...there],
      'k1 has no level "good"; its levels are missing, partial, covered.',
    ],
    [
      'nothing to clear',
      ['clear', 'Ann', '1', '--by', 'Lea', ...there],
      "nobody has overridden Ann's question 1.",
    ],
    [
      'nothing to promote',
      ['promote', 'Ann', '1', ...there],
      'only what a person decided can become an example; decide first with "review set".',
    ],
    [
      'nobody to name',
      ['set', 'Ann', '1', '--score', '5', '--reason', 'why', ...there],
      "error: required option '--by <name>' not specified",
    ],
    [
      'no reason',
      ['set', 'Ann', '1', '--score', '5', '--by', 'Lea', ...there],
      "error: required option '--reason <text>' not specified",
    ],
  ];
  test.each(cases)('%s', async (_name, args, sentence) => {
    expect(await workspace.run(['review', ...args])).toEqual({
      code: 2,
      stdout: '',
      stderr: `${sentence}\n`,
    });
  });

  test.each([
    ['list'],
    ['show', 'Ann', '1'],
    ['set', 'Ann', '1', '--score', '5', ...signed],
    ['clear', 'Ann', '1', '--by', 'Lea'],
    ['promote', 'Ann', '1'],
    ['export'],
  ])('no database: review %s', async (...args) => {
    const { code, stdout, stderr } = await workspace.run(['review', ...args, '--db', 'elsewhere/grades.db']);
    expect({ code, stdout, stderr }).toEqual({
      code: 2,
      stdout: '',
      stderr:
        'elsewhere/grades.db: nothing has been graded here yet; grade first with "answer-grader grade FILE", or check --db.\n',
    });
    expect(await workspace.files('elsewhere')).toEqual([]);
  });

  test('in Korean', async () => {
    const { stderr } = await workspace.run(['review', 'show', 'Zoe', '1', ...there, '--lang', 'ko']);
    expect(stderr).toBe('채점한 단원 "5 Caching"에 "Zoe" 멤버가 없습니다. 멤버: Ann, Benedict, =Cem.\n');
  });
});

describe('review promote', () => {
  test('shows the example to the model beside other answers, never beside that very answer', async () => {
    await using workspace = await cachingWorkspace();
    await using model = await startLoopbackModel();
    const env = environmentFor(model);
    await workspace.run(['grade', cachingFile], { env });
    await workspace.run(['review', 'set', 'Ann', '1', '--level', 'k2=missing', ...signed]);
    const promoting = await workspace.run(['review', 'promote', 'Ann', '1', '--json']);
    expect(jsonOf(promoting)).toMatchObject({
      file: workspace.path(cachingRubric),
      question: 1,
      example: { levels: { k2: 'missing' }, why: 'says it in other words' },
    });
    expect((await workspace.run(['rubric', 'check'])).code).toBe(0);

    const before = model.requests.length;
    const regrading = ['grade', cachingFile, '--fresh', '--json'];
    const again = jsonOf<GradeDocument>(await workspace.run(regrading, { env }));
    const asked = model.requests.slice(before);
    const answered = (words: string) => asked.find((request) => answerIn(request).includes(words))?.raw ?? '';
    expect(answered('bananas')).toContain('as [member] showed me');
    expect(answered('bananas')).toContain('The leader gave: k2: missing');
    expect(answered('as [member] showed me')).not.toContain('The leader gave');
    expect(annIn(again)?.override?.stale).toEqual([]);
  });

  test('is refused the second time', async () => {
    await using workspace = await gradedWorkspace(null);
    await workspace.run(['review', 'set', 'Ann', '1', '--score', '60', ...signed]);
    expect((await workspace.run(['review', 'promote', 'Ann', '1'])).code).toBe(0);
    const rubric = await workspace.read(cachingRubric);
    expect(rubric).toMatch(/^extends: default\.yaml\n/u);
    expect(await workspace.run(['review', 'promote', 'Ann', '1'])).toEqual({
      code: 2,
      stdout: '',
      stderr: `${workspace.path(cachingRubric)}: this answer is already one of the examples.\n`,
    });
    expect(await workspace.read(cachingRubric)).toBe(rubric);
  });
});

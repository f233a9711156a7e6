import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  type CliResult,
  createWorkspace,
  type GradeDocument,
  jsonOf,
  lasting,
  lastLine,
  linesOf,
  patience,
  sampleFile,
  sampleId,
  type Workspace,
} from '../helpers/run-cli.ts';

const members = ['서다온', '남기훈', '배솔', '문채린', '오하람'];
const offline = ['grade', 'answers', '--judge', 'offline'];

let workspace: Workspace;
let result: CliResult;
beforeAll(async () => {
  workspace = await createWorkspace();
  await workspace.addSample({ rubric: true });
  result = await workspace.run(offline);
}, patience);
afterAll(() => workspace[Symbol.asyncDispose]());

describe('grading the sample chapter offline', () => {
  test('is done', () => {
    expect(result.code).toBe(0);
  });

  test('prints the scoreboard', () => {
    const board = result.stdout.slice(0, result.stdout.indexOf('함께 다시 볼 것')).trim();
    expect(board).toMatchInlineSnapshot(`
      "점수판: 02장 데이터베이스 기초
      ⚠ 오프라인 기준선(baseline): 언어 모델 없이 낱말 겹침만으로 어림한 점수입니다. 맞고 틀림을 가리지 못합니다.

      순위  멤버    점수  답한 것만  답함/배정  고쳐 쓴 뒤
         1  문채린  86.5       86.5        2/2
         2  서다온  50.0       50.0        2/2  77.1 ▲27.1
         3  배솔    44.0       44.0        2/2  86.5 ▲42.5
         4  남기훈  22.9       45.8        1/2   31.8 ▲8.9
         5  오하람   0.0          –        0/2

      점수는 배정된 질문의 평균(100점 만점)이며, 답하지 않은 질문은 0점입니다. 멤버마다 질문이 다를 수 있습니다."
    `);
  });

  test('prints the beginning of the study list', () => {
    expect(result.stdout).toContain('함께 다시 볼 것 (가장 많이 놓친 질문부터)\n  ');
  });

  test('says on standard error that the baseline grades', () => {
    expect(linesOf(result.stderr)[0]).toBe(
      '⚠ Grading with the offline baseline: word overlap only, no language model. It cannot tell right from wrong.',
    );
  });

  test('says it in Korean where the system speaks Korean', async () => {
    const { stderr } = await workspace.run(offline, { env: { LC_ALL: 'ko_KR.UTF-8' } });
    expect(linesOf(stderr)[0]).toBe(
      '⚠ 오프라인 기준선(baseline)으로 채점합니다: 언어 모델 없이 낱말 겹침만 봅니다. 맞고 틀림을 가리지 못합니다.',
    );
  });

  test('says on standard error which rubric it uses', () => {
    expect(linesOf(result.stderr)).toContain(`Rubric: ${workspace.path('rubrics', `${sampleId}.yaml`)}`);
  });

  test('says on standard error where the reports are', () => {
    expect(lastLine(result.stderr)).toMatch(new RegExp(`^Reports: reports/${sampleId}/ \\(`, 'u'));
  });

  test('writes exactly these reports', async () => {
    expect(await workspace.files('reports')).toEqual(
      [
        ...['index.html', 'scoreboard.md', 'study-list.md', 'grades.json', 'grades.csv'],
        ...members.map((member) => `feedback/${member}.md`),
      ]
        .map((file) => `${sampleId}/${file}`)
        .sort(),
    );
  });

  // 오하람 has no answer that the baseline looked at.
  const judged = members.filter((member) => member !== '오하람').map((member) => `feedback/${member}.md`);
  test.each(['scoreboard.md', 'grades.csv', ...judged])('says "baseline" in %s', async (file) => {
    expect(await workspace.read(`reports/${sampleId}/${file}`)).toMatch(/baseline/u);
  });

  test('says in grades.json of each grade who made it', async () => {
    const { grades } = JSON.parse(await workspace.read(`reports/${sampleId}/grades.json`)) as GradeDocument;
    const kinds = new Map(grades.map((grade) => [grade.state, grade.judge.kind]));
    expect(kinds).toEqual(
      new Map([
        ['graded', 'offline'],
        ['not_attempted', 'triage'],
      ]),
    );
  });

  test('writes one CSV row for each grade', async () => {
    const { grades } = JSON.parse(await workspace.read(`reports/${sampleId}/grades.json`)) as GradeDocument;
    const rows = linesOf(await workspace.read(`reports/${sampleId}/grades.csv`));
    expect(rows).toHaveLength(1 + grades.length);
  });

  test('gives a scoreboard that can be shown again', async () => {
    const again = await workspace.run(['scoreboard']);
    expect(again).toEqual({ code: 0, stdout: expect.any(String), stderr: '' });
    expect(result.stdout).toContain(again.stdout.trimEnd());
  });

  test('prints and writes the same scoreboard', async () => {
    const shown = await workspace.run(['scoreboard', '--format', 'md']);
    expect(await workspace.read(`reports/${sampleId}/scoreboard.md`)).toBe(shown.stdout);
  });

  test('leaves no unfinished file behind', async () => {
    const all = await workspace.files('.');
    expect(all.filter((file) => file.endsWith('.tmp'))).toEqual([]);
  });
});

describe('grade --json', () => {
  let printed: CliResult;
  let document: GradeDocument;
  beforeAll(async () => {
    printed = await workspace.run([...offline, '--json']);
    document = jsonOf(printed);
  }, patience);
  const has = (item: object | null, keys: string) => {
    expect(Object.keys(item ?? {})).toEqual(expect.arrayContaining(keys.split(' ')));
  };

  test('has the keys of the contract', () => {
    has(document, 'schemaVersion run chapter grades scoreboard totals');
    expect(document.schemaVersion).toBe(1);
    expect(document.chapter).toEqual({ id: sampleId, title: '02장 데이터베이스 기초' });
  });

  test('has the keys of the contract in each grade', () => {
    for (const grade of document.grades) {
      has(grade, 'member question attempt state score criteria keyPoints feedback flags needsReview');
      has(grade, 'reviewReasons judge usage');
      has(grade.judge, 'kind models samples promptVersion rubricHash');
      has(grade.usage, 'requests inputTokens cachedInputTokens outputTokens costUsd');
    }
  });

  test('has the keys of the contract in each criterion and key point', () => {
    const all = document.grades.flatMap((grade) => [...grade.criteria, ...grade.keyPoints]);
    expect(all).not.toEqual([]);
    for (const item of all) has(item, 'id name level points maxPoints reason evidence evidenceVerified');
  });

  test('has feedback with the keys of the contract for what was graded, and only for that', () => {
    for (const grade of document.grades) {
      if (grade.state === 'graded') has(grade.feedback, 'summary strengths improvements nextStep');
      else expect(grade.feedback).toBeNull();
    }
  });

  test('has the keys of the contract in each row of the scoreboard', () => {
    const keys = 'rank member score answeredScore assigned answered graded ungraded needsReview revisedScore';
    for (const row of document.scoreboard) has(row, keys);
    expect(document.scoreboard.map((row) => row.member).sort()).toEqual([...members].sort());
  });

  test('counts in its totals what stands in its grades', () => {
    const count = (state: string) => document.grades.filter((grade) => grade.state === state).length;
    expect(document.totals).toMatchObject({
      attempts: document.grades.length,
      graded: count('graded'),
      ungraded: 0,
      notAttempted: count('not_attempted'),
      requests: 0,
      costUsd: 0,
    });
  });

  test('scores what was not attempted 0, without a request', () => {
    const open = document.grades.filter((grade) => grade.state === 'not_attempted');
    expect(open.map((grade) => [grade.score, grade.usage.requests])).toEqual(open.map(() => [0, 0]));
    expect(open.map((grade) => grade.question)).toEqual(expect.arrayContaining([4, 10]));
  });

  test('names the key points of the rubric', () => {
    const grade = document.grades.find((item) => item.question === 7);
    expect(grade?.keyPoints.map((item) => item.id)).toEqual(['k1', 'k2', 'k3']);
  });

  test('prints messages on standard error only', () => {
    expect(printed.code).toBe(0);
    expect(printed.stderr).toContain('offline baseline');
  });

  test('a second run is equal but for its number and times', async () => {
    const again = jsonOf<GradeDocument>(await workspace.run([...offline, '--json']));
    const plain = ({ run, grades, ...rest }: GradeDocument) => ({
      ...rest,
      run: { ...run, id: 0, startedAt: '', finishedAt: '' },
      grades: grades.map(lasting),
    });
    expect(plain(again)).toEqual(plain(document));
    expect(again.run.id).toBeGreaterThan(document.run.id);
  });

  test('writes the reports all the same', async () => {
    await using own = await createWorkspace();
    await own.addSample();
    await own.run([...offline, '--json']);
    expect(await own.files(`reports/${sampleId}`)).toContain('scoreboard.md');
  });
});

describe('a part of a chapter', () => {
  async function gradesOf(...options: string[]) {
    const { grades } = jsonOf<GradeDocument>(await workspace.run([...offline, '--json', ...options]));
    return grades.map(({ member, question, attempt }) => `${member} ${question} ${attempt}`);
  }

  test('--member grades only this member', async () => {
    expect(await gradesOf('--member', '배솔')).toEqual(['배솔 5 first', '배솔 6 first', '배솔 6 revised']);
  });

  test('--question grades only this question', async () => {
    expect(await gradesOf('--question', '3')).toEqual(['남기훈 3 first', '남기훈 3 revised']);
  });

  test('--member and --question together grade one submission', async () => {
    expect(await gradesOf('--member', '배솔', '--question', '5')).toEqual(['배솔 5 first']);
  });

  test('is graded without touching the rest of the scoreboard', async () => {
    const before = await workspace.run(['scoreboard', '--json']);
    await workspace.run([...offline, '--member', '배솔']);
    expect(await workspace.run(['scoreboard', '--json'])).toEqual(before);
  });

  test('of an unknown member is refused with the known ones', async () => {
    const { code, stdout, stderr } = await workspace.run([...offline, '--member', '아무개']);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(lastLine(stderr)).toBe(
      `${sampleFile}: there is no member "아무개"; the members of this chapter are ${members.join(', ')}.`,
    );
  });

  test('of an unknown question is refused with the known ones', async () => {
    const { code, stdout, stderr } = await workspace.run([...offline, '--question', '11']);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(lastLine(stderr)).toMatch(/question 11 .*1, 2, 3, 4, 5, 6, 7, 8, 9, 10\.$/u);
  });
});

describe('--fail-under', () => {
  test('is 1 when the mean of the group is below', async () => {
    expect((await workspace.run([...offline, '--fail-under', '99'])).code).toBe(1);
  });

  test('is 0 when it is not', async () => {
    expect((await workspace.run([...offline, '--fail-under', '1'])).code).toBe(0);
  });

  test('prints the scoreboard as ever', async () => {
    const { stdout } = await workspace.run([...offline, '--fail-under', '99']);
    expect(stdout).toBe(result.stdout);
  });
});

describe('places', () => {
  test('--out and --db take the place of reports/ and .answer-grader/', async () => {
    await using own = await createWorkspace();
    await own.addSample();
    const { code } = await own.run([...offline, '--out', 'a/b', '--db', 'c/d/grades.db']);
    expect(code).toBe(0);
    const tops = (await own.files('.')).map((file) => file.split('/').slice(0, 2).join('/'));
    expect([...new Set(tops)]).toEqual(['a/b', sampleFile, 'c/d']);
  });

  test('scoreboard reads the database of --db', async () => {
    await using own = await createWorkspace();
    await own.addSample();
    const graded = await own.run([...offline, '--db', 'other.db']);
    const { stdout } = await own.run(['scoreboard', '--db', 'other.db']);
    expect(graded.stdout).toContain(stdout.trimEnd());
  });

  test('a chapter is read from wherever it lies; reports go to the working folder', async () => {
    await using own = await createWorkspace();
    const { code } = await own.run(['grade', workspace.path(sampleFile), '--judge', 'offline']);
    expect(code).toBe(0);
    expect(await own.files(`reports/${sampleId}`)).toContain('scoreboard.md');
  });

  test("the rubric of a chapter is found beside the chapter's folder", async () => {
    await using own = await createWorkspace();
    const { stderr } = await own.run(['grade', workspace.path('answers'), '--judge', 'offline']);
    expect(stderr).toContain(`Rubric: ${workspace.path('rubrics', `${sampleId}.yaml`)}\n`);
  });

  test('without a rubric the default one is used, and what that means is said', async () => {
    await using own = await createWorkspace();
    await own.addSample();
    const { stderr } = await own.run(offline);
    expect(stderr).toMatch(/^Rubric: .*rubrics\/default\.yaml\b/mu);
    expect(stderr).toContain('  10 questions without key points, compared with the model answer');
  });

  test('--rubric names another rubric', async () => {
    await using own = await createWorkspace();
    await own.addSample({ rubric: true });
    await own.write('strict.yaml', 'extends: default.yaml\nattempt: revised\n');
    const { stdout, stderr } = await own.run([...offline, '--json', '--rubric', 'strict.yaml']);
    expect(stderr).toContain('Rubric: strict.yaml\n');
    const { grades, scoreboard } = jsonOf<GradeDocument>({ code: 0, stdout, stderr });
    const row = scoreboard.find((item) => item.member === '배솔');
    const scores = [5, 6].map(
      (question) =>
        grades.findLast((grade) => grade.member === '배솔' && grade.question === question)?.score ?? 0,
    );
    expect(row?.score).toBeCloseTo(((scores[0] ?? 0) + (scores[1] ?? 0)) / 2, 1);
  });
});

describe('--judge auto without a key', () => {
  test('grades with the baseline and says how to have a model', async () => {
    await using own = await createWorkspace();
    await own.addSample();
    const { code, stderr } = await own.run(['grade', 'answers']);
    expect(code).toBe(0);
    expect(linesOf(stderr).slice(0, 2)).toEqual([
      '⚠ Grading with the offline baseline: word overlap only, no language model. It cannot tell right from wrong.',
      '  To grade with a language model, set OPENAI_API_KEY or OPENAI_BASE_URL (see .env.example).',
    ]);
  });

  test('takes variables that are set to nothing for not set', async () => {
    const env = { OPENAI_API_KEY: '', OPENAI_BASE_URL: ' ' };
    const { stderr } = await workspace.run(['grade', 'answers', '--question', '5'], { env });
    expect(stderr).toContain('offline baseline');
  });
});

test('--lang en gives reports in English', async () => {
  await using own = await createWorkspace();
  await own.addSample({ rubric: true });
  const { stdout } = await own.run([...offline, '--lang', 'en']);
  expect(stdout).toMatch(/^\nScoreboard: 02장 데이터베이스 기초\n⚠ Offline baseline: /u);
  expect(await own.read(`reports/${sampleId}/feedback/배솔.md`)).toContain('### first attempt: ');
});

test(
  'of more than a hundred members the terminal shows the first, the reports all',
  async () => {
    await using workspace = await createWorkspace();
    const rows = Array.from(
      { length: 120 },
      (_, index) => `m${index},1,It finds rows fast because it is sorted.`,
    );
    await workspace.write(
      'course.csv',
      [
        'member,question_id,answer,question,reference',
        ',1,,What is an index for?,It finds rows fast.',
        ...rows.map((row) => `${row},,`),
      ].join('\n'),
    );
    const { code, stdout } = await workspace.run([
      'grade',
      'course.csv',
      '--judge',
      'offline',
      '--lang',
      'en',
    ]);
    expect(code).toBe(0);
    expect(stdout.match(/^ +\d+ {2}m\d+ /gmu)).toHaveLength(100);
    expect(stdout).toContain('… and 20 more members (scoreboard.md)');
    const board = await workspace.read('reports/course/scoreboard.md');
    expect(board.match(/^\| +\d+ \| m\d+ /gmu)).toHaveLength(120);
  },
  patience,
);

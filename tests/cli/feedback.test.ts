import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  answerIn,
  environmentFor,
  type LoopbackModel,
  questionIn,
  startLoopbackModel,
} from '../helpers/loopback-model.ts';
import {
  chapterPage,
  createWorkspace,
  type GradeDocument,
  jsonOf,
  lastLine,
  linesOf,
  patience,
  sampleFile,
  sampleId,
  type Workspace,
} from '../helpers/run-cli.ts';

let workspace: Workspace;
let model: LoopbackModel;
let env: Record<string, string>;
beforeAll(async () => {
  workspace = await createWorkspace();
  model = await startLoopbackModel({
    // Some way below the best, so that feedback has something to say.
    level: (criterion, levels) => (criterion === 'k2' ? levels.at(-2) : levels.at(-1)) ?? '',
  });
  env = environmentFor(model);
  await workspace.addSample({ rubric: true });
}, patience);
afterAll(async () => {
  await workspace[Symbol.asyncDispose]();
  await model.close();
});

const ask = (...args: string[]) => workspace.run(['feedback', ...args], { env });
const offline = (...args: string[]) => workspace.run(['feedback', ...args, '--judge', 'offline']);

describe("a member's answers", () => {
  test('are all in the text for the terminal', async () => {
    const { code, stdout, stderr } = await ask(sampleFile, '--member', '배솔');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatchSnapshot();
  });

  test('are all in the Markdown', async () => {
    const { code, stdout } = await ask(sampleFile, '--member', '배솔', '--format', 'md');
    expect(code).toBe(0);
    expect(stdout).toMatchSnapshot();
  });

  test('are all in the Markdown that grade writes', async () => {
    await using own = await createWorkspace();
    await own.addSample({ rubric: true });
    await own.run(['grade', 'answers', '--member', '배솔'], { env });
    const { stdout } = await own.run(['feedback', 'answers', '--member', '배솔', '--format', 'md'], { env });
    expect(await own.read(`reports/${sampleId}/feedback/배솔.md`)).toBe(stdout);
  });

  test('can be narrowed to one question', async () => {
    const { stdout } = await ask(sampleFile, '--member', '배솔', '--question', '6');
    expect(linesOf(stdout).filter((line) => /^\d+\. |^\[/u.test(line))).toEqual([
      expect.stringMatching(/^6\. 트랜잭션 격리 수준/u),
      '[첫 답: 92.5점 · 훌륭함]',
      '[고쳐 쓴 답: 92.5점 · 훌륭함]',
    ]);
  });

  test('that were not attempted say why, and take no request', async () => {
    const before = model.requests.length;
    const { code, stdout } = await ask(sampleFile, '--member', '남기훈', '--question', '4');
    expect(code).toBe(0);
    expect(stdout).toMatch(/^\[모른다고 적음 · 0점\]$/mu);
    expect(model.requests).toHaveLength(before);
  });

  test('are given in English with --lang en', async () => {
    const { stdout } = await ask(sampleFile, '--member', '배솔', '--question', '5', '--lang', 'en');
    expect(linesOf(stdout)).toEqual(
      expect.arrayContaining(['[first attempt: 90.6 of 100 · excellent]', 'What is missing', 'Next step']),
    );
  });

  test('are found in a folder', async () => {
    const { stdout } = await offline('answers', '--member', '배솔', '--question', '5');
    expect(linesOf(stdout)[0]).toMatch(/배솔 님 피드백$/u);
  });

  test('count on the scoreboard', async () => {
    await using own = await createWorkspace();
    await own.addSample();
    await own.run(['feedback', 'answers', '--member', '문채린', '--judge', 'offline']);
    const { scoreboard } = jsonOf<GradeDocument>(await own.run(['scoreboard', '--json']));
    expect(scoreboard[0]).toMatchObject({ member: '문채린', graded: 2, ungraded: 0, rank: 1 });
  });

  test('write no reports', async () => {
    await using own = await createWorkspace();
    await own.addSample();
    await own.run(['feedback', 'answers', '--member', '문채린', '--judge', 'offline']);
    expect(await own.files('reports')).toEqual([]);
  });

  test('as JSON have chapter, member, grades and totals', async () => {
    const result = await ask(sampleFile, '--member', '배솔', '--question', '6', '--json');
    const document = jsonOf<GradeDocument & { member: string }>(result);
    expect(result.stderr).toBe('');
    expect(document).toMatchObject({
      schemaVersion: 1,
      chapter: { id: sampleId, title: '02장 데이터베이스 기초' },
      member: '배솔',
      totals: { attempts: 2, graded: 2 },
    });
    expect(document.grades.map((grade) => [grade.question, grade.attempt])).toEqual([
      [6, 'first'],
      [6, 'revised'],
    ]);
  });

  test('judged by the baseline say so', async () => {
    const { stdout, stderr } = await offline(sampleFile, '--member', '문채린', '--question', '8');
    expect(linesOf(stdout)[1]).toMatch(/^⚠ 오프라인 기준선\(baseline\)/u);
    expect(linesOf(stderr)[0]).toMatch(/^⚠ Grading with the offline baseline/u);
  });
});

describe('a free answer', () => {
  const question = 'What is an index for?';
  const modelAnswer = 'An index finds rows without reading the whole table.';
  const given = ['--question', question, '--model-answer', modelAnswer];

  test('gets its feedback in its own language', async () => {
    const { code, stdout, stderr } = await ask(...given, '--answer', 'It finds rows quickly.');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatchSnapshot();
  });

  test('is sent with its question', async () => {
    await ask(...given, '--answer', 'It makes reading quicker.');
    const request = model.requests.find((item) => answerIn(item) === 'It makes reading quicker.');
    expect(request && questionIn(request)).toBe(question);
  });

  test('in Korean gets its feedback in Korean', async () => {
    const { stdout } = await offline(
      ...['--question', '인덱스는 무엇인가요?', '--model-answer', '행을 빨리 찾게 하는 자료구조입니다.'],
      ...['--answer', '데이터를 압축하는 것'],
    );
    expect(linesOf(stdout)).toEqual(expect.arrayContaining([expect.stringMatching(/^\[첫 답: /u)]));
  });

  test('is read from files with @', async () => {
    await workspace.write('question.txt', `${question}\n`);
    await workspace.write('model answer.md', `${modelAnswer}\n`);
    await workspace.write('answer.txt', '\uFEFFFrom a file:\r\nrows are found.\r\n');
    const { code, stdout } = await ask(
      ...['--question', '@question.txt', '--model-answer', '@model answer.md'],
      ...['--answer', '@answer.txt', '--json'],
    );
    expect({ code, state: jsonOf<GradeDocument>({ code, stdout, stderr: '' }).grades[0]?.state }).toEqual({
      code: 0,
      state: 'graded',
    });
    expect(model.requests.map(answerIn)).toContain('From a file:\nrows are found.');
  });

  test('is read from standard input with -', async () => {
    const { code } = await workspace.run(['feedback', ...given, '--answer', '-'], {
      env,
      stdin: 'Piped in:\nrows are found.\n',
    });
    expect(code).toBe(0);
    expect(model.requests.map(answerIn)).toContain('Piped in:\nrows are found.');
  });

  const settled: [answer: string, flag: string, outcome: string][] = [
    ['', 'blank', 'no answer'],
    ['   ', 'blank', 'no answer'],
    ['...', 'blank', 'no answer'],
    ["I don't know, sorry!", 'dont_know', "says don't know"],
    [modelAnswer, 'undeclared_copy', 'equals the model answer'],
  ];
  test.each(settled)('%j is 0 without a request', async (answer, flag) => {
    const before = model.requests.length;
    const result = await ask(...given, '--answer', answer, '--json');
    const [grade] = jsonOf<GradeDocument>(result).grades;
    expect(result.code).toBe(0);
    expect(grade).toMatchObject({ state: 'not_attempted', score: 0, flags: [flag] });
    expect(model.requests).toHaveLength(before);
  });

  test.each(settled)('%j is said to be %s', async (answer, _flag, outcome) => {
    const { stdout } = await ask(...given, '--answer', answer);
    expect(stdout).toContain(`[${outcome} · 0 of 100]\n`);
  });

  test('as JSON belongs to no chapter and no member', async () => {
    const result = await ask(...given, '--answer', 'It finds rows.', '--json');
    const document = jsonOf<{ chapter: null; member: null; grades: object[] }>(result);
    expect(document).toMatchObject({ schemaVersion: 1, chapter: null, member: null });
    expect(document.grades).toHaveLength(1);
  });

  test('as Markdown has headings and a table', async () => {
    const { stdout } = await ask(...given, '--answer', 'It finds rows.', '--format', 'md');
    expect(linesOf(stdout).filter((line) => /^#|^\| ---/u.test(line))).toEqual([
      '# Feedback',
      '## 1. What is an index for?',
      '### first attempt: 100.0 of 100 · excellent',
      '| --- | --- | ---: | --- | --- |',
    ]);
  });

  test('asked about twice is asked of the model once', async () => {
    const before = model.requests.length;
    for (const _ of [1, 2]) await ask(...given, '--answer', 'It finds rows, twice.');
    expect(model.requests).toHaveLength(before + 1);
  });

  test('is on no scoreboard', async () => {
    await using own = await createWorkspace();
    await own.run(['feedback', ...given, '--answer', 'It finds rows.', '--judge', 'offline']);
    expect((await own.run(['scoreboard'])).code).toBe(2);
  });
});

describe('misuse is one sentence on standard error and exit code 2', () => {
  const both =
    'give a chapter file with --member, or all of --question, --model-answer and --answer (a text or @file each; - reads the answer from standard input).';
  const cases: [args: string[], sentence: string][] = [
    [[], both],
    [['--question', 'What?'], both],
    [['--question', 'What?', '--model-answer', 'That.'], both],
    [['--answer', 'This.'], both],
    [[sampleFile], 'say whose feedback you want with --member NAME.'],
    [
      [sampleFile, '--member', '배솔', '--question', 'INNER JOIN'],
      '--question "INNER JOIN": with a chapter file, give the question\'s number.',
    ],
    [
      [sampleFile, '--member', '배솔', '--question', '0'],
      '--question "0": with a chapter file, give the question\'s number.',
    ],
    [
      [sampleFile, '--member', '배솔', '--answer', 'This.'],
      'a chapter file and --model-answer/--answer do not go together; use one or the other.',
    ],
    [
      ['--question', ' ', '--model-answer', 'That.', '--answer', 'This.'],
      'question and model answer must not be blank.',
    ],
    [
      ['--question', 'What?', '--model-answer', '', '--answer', 'This.'],
      'question and model answer must not be blank.',
    ],
    [
      ['--question', '@nowhere.txt', '--model-answer', 'That.', '--answer', 'This.'],
      'nowhere.txt: there is no such file; check the path.',
    ],
    [['nowhere.md', '--member', '배솔'], 'nowhere.md: there is no such file; check the path.'],
  ];
  test.each(cases)('feedback %j', async (args, sentence) => {
    expect(await ask(...args)).toEqual({ code: 2, stdout: '', stderr: `${sentence}\n` });
  });

  test('an unknown member is answered with the known ones', async () => {
    const { code, stdout, stderr } = await ask(sampleFile, '--member', '아무개');
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(lastLine(stderr)).toBe(
      `${sampleFile}: there is no member "아무개"; the members of this chapter are 서다온, 남기훈, 배솔, 문채린, 오하람.`,
    );
  });

  test("another member's question is answered with the member's own", async () => {
    const { code, stdout, stderr } = await ask(sampleFile, '--member', '배솔', '--question', '1');
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(lastLine(stderr)).toMatch(/배솔.* 5, 6\.$/u);
  });

  test('in Korean', async () => {
    const { stderr } = await ask(sampleFile, '--lang', 'ko');
    expect(stderr).toBe('누구의 피드백인지 --member 이름으로 지정하세요.\n');
  });
});

test('markup in an answer does not become markup in the feedback', async () => {
  await using own = await createWorkspace();
  const page = chapterPage({
    title: 'Markup',
    members: { Ann: { 1: 'It | is <b>bold</b> and *starred* and `ticked`.' } },
    questions: [{ text: 'What is it?', modelAnswer: 'It is something altogether different from this.' }],
  });
  await own.write('markup.md', page);
  const { stdout } = await own.run(['feedback', 'markup.md', '--member', 'Ann', '--format', 'md'], { env });
  expect(linesOf(stdout).find((line) => line.startsWith('| accuracy'))).toContain(
    '| “It \\| is \\<b\\>bold\\</b\\> and \\*starred\\* and \\`ticked',
  );
});

import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Calibration, MarkedResult } from '../../src/core/calibration.ts';
import type { Grade } from '../../src/core/grade.ts';
import { gradedWorkspace } from '../helpers/graded-chapter.ts';
import {
  answerIn,
  environmentFor,
  failure,
  type LoopbackModel,
  type RecordedRequest,
  startLoopbackModel,
} from '../helpers/loopback-model.ts';
import { createWorkspace, jsonOf, linesOf, patience, type Workspace } from '../helpers/run-cli.ts';

interface CalibrationDocument {
  schemaVersion: number;
  title: string;
  judge: string;
  calibration: Calibration;
  against: { judge: string; calibration: Calibration } | null;
  results: MarkedResult[];
}

/** Three answers to one question and three to another; people's marks are out of 4. */
const marks: [id: string, question: string, answer: string, score: number][] = [
  ['a1', 'What is a cache?', 'A small fast store that keeps copies of data close by.', 4],
  ['a2', 'What is a cache?', 'A fast store that keeps copies.', 3],
  ['a3', 'What is a cache?', 'Something about bananas, I believe.', 0],
  ['b1', 'When is a copy stale?', 'When the original has changed since the copy was made.', 4],
  ['b2', 'When is a copy stale?', 'When the original is new.', 2],
  ['b3', 'When is a copy stale?', 'On rainy days, as a rule.', 1],
];
const references: Readonly<Record<string, string>> = {
  'What is a cache?': 'A store that keeps copies of data where reading them is quick.',
  'When is a copy stale?': 'As soon as the original has changed after it was copied.',
};
const jsonl = marks
  .map(([id, question, answer, score]) =>
    JSON.stringify({ id, question, reference: references[question], answer, score, max_score: 4 }),
  )
  .join('\n');

const folder = 'reports/calibration/marks.jsonl';
const idsIn = ({ results }: CalibrationDocument) => results.map(({ id }) => id);

describe('with the offline baseline', () => {
  let workspace: Workspace;
  beforeAll(async () => {
    workspace = await createWorkspace();
    await workspace.write('marks.jsonl', jsonl);
    const [head, ...rows] = [
      'id,question,reference,answer,score,max_score',
      ...marks.map(([id, question, answer, score]) =>
        [id, question, references[question], answer, score, 4].map((cell) => `"${cell}"`).join(','),
      ),
    ];
    await workspace.write('marks.csv', [head, ...rows, ''].join('\r\n'));
  }, patience);
  afterAll(() => workspace[Symbol.asyncDispose]());
  const calibrating = (...args: string[]) => workspace.run(['calibrate', ...args, '--judge', 'offline']);

  test('shows the comparison and writes it as JSON, Markdown and a plot', async () => {
    const { code, stdout, stderr } = await calibrating('marks.jsonl');
    expect(code).toBe(0);
    expect(stdout).toContain('marks');
    expect(stdout).toMatch(/^offline baseline-\d+ /mu);
    expect(linesOf(stderr)).toEqual([
      expect.stringContaining('offline baseline'),
      `Reports: ${folder}/ (calibration.json, calibration.md, calibration.svg)`,
    ]);
    expect(await workspace.files(folder)).toEqual(['calibration.json', 'calibration.md', 'calibration.svg']);
    expect(await workspace.read(`${folder}/calibration.md`)).toMatch(/^# .*marks/u);
    expect(await workspace.read(`${folder}/calibration.svg`)).toMatch(/^<svg .*<\/svg>\s*$/su);
  });

  test('--json is one document, the one that is written', async () => {
    const result = await calibrating('marks.jsonl', '--json');
    const document = jsonOf<CalibrationDocument>(result);
    expect(document).toMatchObject({
      schemaVersion: 1,
      title: 'marks.jsonl',
      judge: expect.stringMatching(/^offline /u),
      calibration: { count: 6, graded: 6, ungraded: 0 },
      against: null,
    });
    expect(document.results.map(({ id, human }) => [id, human])).toEqual(
      marks.map(([id, , , score]) => [id, score / 4]),
    );
    expect(JSON.parse(await workspace.read(`${folder}/calibration.json`))).toEqual(document);
  });

  test('reads the same from CSV', async () => {
    const { results } = jsonOf<CalibrationDocument>(await calibrating('marks.csv', '--json'));
    expect(results).toEqual(jsonOf<CalibrationDocument>(await calibrating('marks.jsonl', '--json')).results);
  });

  test('--limit takes answers from all over the file', async () => {
    const limit = async (most: string) =>
      idsIn(jsonOf(await calibrating('marks.jsonl', '--limit', most, '--json')));
    expect(await limit('2')).toEqual(['a1', 'b1']);
    expect(await limit('4')).toEqual(['a1', 'a2', 'b1', 'b2']);
    expect(await limit('100')).toEqual(marks.map(([id]) => id));
  });

  test('--against an earlier calibration compares the two', async () => {
    await calibrating('marks.jsonl', '--out', 'earlier');
    const args = ['marks.jsonl', '--against', 'earlier/marks.jsonl/calibration.json', '--json'];
    const { against, judge, calibration } = jsonOf<CalibrationDocument>(await calibrating(...args));
    expect(against?.judge).toBe(judge);
    expect(against?.calibration).toEqual(calibration);
  });

  test('puts grades on no scoreboard and makes no run', async () => {
    await using own = await gradedWorkspace();
    await own.write('marks.jsonl', jsonl);
    const kept = async () => [
      await own.run(['scoreboard', '--json']),
      await own.run(['compare', '--json']),
      await own.run(['review', 'list', '--json']),
    ];
    const before = await kept();
    expect((await own.run(['calibrate', 'marks.jsonl', '--judge', 'offline'])).code).toBe(0);
    expect(await kept()).toEqual(before);
  });

  test('in Korean', async () => {
    const { stdout, stderr } = await calibrating('marks.jsonl', '--lang', 'ko');
    expect(linesOf(stdout)[0]).toMatch(/[가-힣]/u);
    expect(stderr).toContain(`보고서: ${folder}/`);
  });

  const row = (parts: object) =>
    JSON.stringify({ question: 'q', reference: 'r', answer: 'a', score: 1, max_score: 2, ...parts });
  test.each<[name: string, content: string, sentence: string]>([
    [
      'no JSON',
      `${row({})}\n{"question": `,
      'bad.jsonl:2: this line is not JSON; write one JSON object on each line.',
    ],
    [
      'a mark above the maximum',
      `${row({})}\n\n${row({ score: 3 })}`,
      'bad.jsonl:3: "score" is 3, outside 0–2; check the mark and the maximum.',
    ],
    [
      'a field that is missing',
      row({ max_score: undefined }),
      'bad.jsonl:1: the field "max_score" is missing; accepted names: max_score, max_mark, max.',
    ],
    [
      'nothing to grade against',
      `${row({})}\n${row({ reference: '' })}`,
      'bad.jsonl:2: there is nothing to grade against; give a reference, key_points or a guide.',
    ],
    [
      'an id that occurs twice',
      `${row({ id: 'x' })}\n${row({ id: 'x' })}`,
      'bad.jsonl:2: the id "x" is on line 1 as well; give every answer an id of its own.',
    ],
  ])('a file with %s is one sentence with its place, and exit code 2', async (_name, content, sentence) => {
    await workspace.write('bad.jsonl', content);
    const { code, stdout, stderr } = await calibrating('bad.jsonl');
    expect({ code, stdout, stderr }).toEqual({ code: 2, stdout: '', stderr: `${sentence}\n` });
    expect(await workspace.files('reports/calibration/bad.jsonl')).toEqual([]);
  });

  test.each<[args: string[], sentence: string]>([
    [['gone.jsonl'], 'gone.jsonl: there is no such file; check the path.'],
    [
      ['marks.jsonl', '--examples', '2'],
      '--examples needs a language model; the offline baseline looks at no examples.',
    ],
    [
      ['marks.jsonl', '--examples', '2', '--against', 'offline'],
      '--examples compares with the same model without examples, so --against does not go with it.',
    ],
    [[], 'give either a file of marked answers (CSV or JSONL) or --chapter TITLE.'],
    [
      ['marks.jsonl', '--chapter', '5 Caching'],
      'give either a file of marked answers (CSV or JSONL) or --chapter TITLE.',
    ],
  ])('refuses %j', async (args, sentence) => {
    expect(await calibrating(...args)).toEqual({ code: 2, stdout: '', stderr: `${sentence}\n` });
  });

  test('refuses to compare with something else', async () => {
    await workspace.write('other.json', '{"schemaVersion": 1}');
    const { code, stdout, stderr } = await calibrating('marks.jsonl', '--against', 'other.json');
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^other\.json: this is not a calibration\.json written by calibrate\.$/mu);
  });
});

describe('with a model', () => {
  let workspace: Workspace;
  let model: LoopbackModel;
  beforeEach(async () => {
    workspace = await createWorkspace();
    await workspace.write('marks.jsonl', jsonl);
    model = await startLoopbackModel({
      level: (_criterion, levels, request) =>
        (request.body.model === 'loopback-2' ? levels[0] : levels.at(-1)) ?? '',
    });
    return async () => {
      await model.close();
      await workspace[Symbol.asyncDispose]();
    };
  });
  const calibrating = (...args: string[]) =>
    workspace.run(['calibrate', 'marks.jsonl', ...args], { env: environmentFor(model) });

  test('asks once for each answer, and nothing the second time', async () => {
    const first = jsonOf<CalibrationDocument>(await calibrating('--json'));
    expect(model.requests).toHaveLength(6);
    expect(first.results.map(({ machine }) => machine)).toEqual([1, 1, 1, 1, 1, 1]);
    expect(jsonOf(await calibrating('--json'))).toEqual(first);
    expect(model.requests).toHaveLength(6);
  });

  test('--examples shows each answer the nearest marks of others, beside the same model without', async () => {
    const document = jsonOf<CalibrationDocument>(await calibrating('--examples', '1', '--json'));
    expect(document.judge).toMatch(/^loopback-1 \(.*, 1 examples\)$/u);
    expect(document.against?.judge).toMatch(/^loopback-1 \([^,]*\)$/u);
    const shownWith = (request: RecordedRequest) =>
      marks.filter(([, , answer]) => request.raw.includes(answer) && answerIn(request) !== answer);
    const shown = model.requests.slice(0, 6).map((request) => {
      const [id] = marks.find(([, , answer]) => answer === answerIn(request)) ?? [];
      return [id, shownWith(request).map(([other]) => other)];
    });
    expect(Object.fromEntries(shown)).toEqual({
      a1: ['a2'],
      a2: ['a1'],
      a3: [expect.stringMatching(/^a[12]$/u)],
      b1: ['b2'],
      b2: ['b1'],
      b3: [expect.stringMatching(/^b[12]$/u)],
    });
    for (const request of model.requests.slice(0, 6))
      expect(request.raw.split(answerIn(request))).toHaveLength(2);
    expect(model.requests.slice(6).flatMap(shownWith)).toEqual([]);
    expect(model.requests).toHaveLength(12);

    await calibrating('--examples', '1');
    expect(model.requests).toHaveLength(12);
  });

  test('--limit leaves the others to serve as examples', async () => {
    await calibrating('--limit', '1', '--examples', '1');
    const [request, ...others] = model.requests;
    expect(others).toHaveLength(1);
    expect(request?.raw).toContain('A fast store that keeps copies.');
  });

  test.each([
    ['offline', /^offline /u, 6],
    ['loopback-2', /^loopback-2 /u, 12],
  ])('--against %s', async (against, name, requests) => {
    const document = jsonOf<CalibrationDocument>(await calibrating('--against', against, '--json'));
    expect(document.against?.judge).toMatch(name);
    expect(document.against?.calibration.graded).toBe(6);
    expect(document.judge).toMatch(/^loopback-1 /u);
    expect(model.requests).toHaveLength(requests);
  });

  test('counts what was not graded as ungraded, never as a zero, and ends with 1', async () => {
    model.handleWith((request) =>
      answerIn(request).includes('bananas') ? failure(400, 'no bananas here') : undefined,
    );
    const result = await calibrating('--json');
    const { calibration, results } = jsonOf<CalibrationDocument>(result);
    expect(result.code).toBe(1);
    expect(calibration).toMatchObject({
      count: 6,
      graded: 5,
      ungraded: 1,
      ungradedReasons: { request_failed: 1 },
    });
    expect(results.find(({ id }) => id === 'a3')).toMatchObject({ machine: null, human: 0 });
  });

  test('that refuses every request ends with 2 and writes nothing', async () => {
    model.handleWith(() => failure(401, 'wrong key'));
    const { code, stdout } = await calibrating();
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(await workspace.files('reports')).toEqual([]);
  });

  test('that grades nothing ends with 2 and leaves the report of an earlier time', async () => {
    await calibrating();
    const before = await workspace.read(`${folder}/calibration.json`);
    model.handleWith(() => failure(400, 'not today'));
    const { code, stdout } = await calibrating('--fresh');
    expect(code).toBe(2);
    expect(stdout).toContain('0 of 6');
    expect(await workspace.read(`${folder}/calibration.json`)).toBe(before);
  });
});

describe('calibrate --chapter', () => {
  test('compares stored grades with what people decided', async () => {
    await using workspace = await gradedWorkspace();
    const calibrating = ['calibrate', '--chapter', '5 Caching'];
    expect(await workspace.run(calibrating)).toEqual({
      code: 2,
      stdout: '',
      stderr: 'nobody has decided on any grade yet; decide first with "review set" or "review import".\n',
    });
    const setting = ['review', 'set', 'Ann', '1', '--score', '60', '--by', 'Lea', '--reason', 'too vague'];
    const { grade } = jsonOf<{ grade: Grade }>(await workspace.run([...setting, '--json']));
    const machine = (grade.override?.machine.score ?? Number.NaN) / 100;
    const document = jsonOf<CalibrationDocument>(await workspace.run([...calibrating, '--json']));
    expect(document).toMatchObject({ title: '5 Caching', judge: 'stored grades', against: null });
    expect(document.results).toEqual([
      expect.objectContaining({ human: 0.6, machine, humanReason: 'too vague' }),
    ]);
    expect(await workspace.files('reports/calibration/5-Caching')).toHaveLength(3);
  });
});

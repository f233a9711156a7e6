import { describe, expect, test } from 'vitest';
import {
  type ScoreboardReport,
  scoreboardCsv,
  scoreboardMarkdown,
  scoreboardTable,
} from '../../src/reports/scoreboard.ts';
import { baselineOf, gradeOf, harmless, hostile, rowOf } from './sample.ts';

const one = { id: 'one', title: '1장 색인' };
const ten = { id: 'ten', title: '10장 잠금' };

const plain: ScoreboardReport = {
  chapters: [one],
  rows: [
    rowOf({ member: '서다온', score: 86.5, answeredScore: 86.5 }),
    rowOf({ rank: 2, member: 'Ben', score: 40, answeredScore: 80, answered: 1, graded: 1 }),
    rowOf({ rank: 2, member: 'Cid', score: 40, answeredScore: 40 }),
    rowOf({ rank: 4, member: 'Dan', score: 0, answeredScore: null, answered: 0, graded: 0 }),
  ],
  grades: [gradeOf({})],
  language: 'en',
};

/** Everything that can stand on a scoreboard. */
const full: ScoreboardReport = {
  chapters: [one, ten],
  rows: [
    rowOf({ revisedScore: 95, chapters: { one: 90, ten: 70 }, trend: -20 }),
    rowOf({
      rank: 2,
      member: '서다온',
      score: 50,
      answeredScore: 100,
      answered: 1,
      graded: 1,
      ungraded: 1,
      needsReview: 1,
      provisional: true,
      chapters: { one: 0, ten: 100 },
      trend: 100,
    }),
    rowOf({ rank: 3, member: 'Cid', score: 50, revisedScore: 50, chapters: { one: 50, ten: 50 }, trend: 0 }),
    rowOf({
      rank: null,
      member: 'Dan',
      score: null,
      answeredScore: null,
      graded: 0,
      ungraded: 2,
      provisional: true,
      chapters: { ten: null },
    }),
  ],
  grades: [gradeOf({}), baselineOf({})],
  language: 'en',
};

describe.each(['ko', 'en'] as const)('in %s', (language) => {
  test('the table of one chapter', () => {
    expect(scoreboardTable({ ...plain, language })).toMatchSnapshot();
  });

  test('the Markdown of one chapter', () => {
    expect(scoreboardMarkdown({ ...plain, language })).toMatchSnapshot();
  });

  test('the table of everything', () => {
    expect(scoreboardTable({ ...full, language })).toMatchSnapshot();
  });

  test('the Markdown of everything', () => {
    expect(scoreboardMarkdown({ ...full, language })).toMatchSnapshot();
  });

  test('the CSV is the same in both languages', () => {
    expect(scoreboardCsv({ ...full, language })).toBe(scoreboardCsv(full));
  });
});

test('no column stands for a trend that nobody has', () => {
  const rows = full.rows.map((row) => ({ ...row, trend: null }));
  const heads = (report: ScoreboardReport) => scoreboardMarkdown(report).match(/^\| rank.*$/mu)?.[0];
  expect(heads(full)).toContain('| trend |');
  expect(heads({ ...full, rows })).toBe(heads(full)?.replace(' trend |', ''));
});

test('the CSV of one chapter', () => {
  expect(scoreboardCsv(plain)).toMatchSnapshot();
});

test('the CSV of everything that one judge made', () => {
  expect(scoreboardCsv({ ...full, grades: [gradeOf({})] })).toMatchSnapshot();
});

test('the CSV names what judged each member', () => {
  const rows = ['Ann', 'Ben', 'Cho', 'Dan'].map((member) => rowOf({ member }));
  const grades = [
    gradeOf({ member: 'Ann' }),
    baselineOf({ member: 'Ben' }),
    gradeOf({ member: 'Cho' }),
    baselineOf({ member: 'Cho' }),
  ];
  const lines = scoreboardCsv({ ...plain, rows, grades })
    .trimEnd()
    .split('\n')
    .slice(1);
  expect(lines.map((line) => line.split(',').at(-1))).toEqual([
    'language model',
    'offline baseline',
    'language model + offline baseline',
    'none needed',
  ]);
});

test('a score of 0 is shown as 0, a missing one as a dash', () => {
  const rows = [
    rowOf({ score: 0, answeredScore: 0 }),
    rowOf({ rank: null, score: null, answeredScore: null }),
  ];
  const lines = scoreboardMarkdown({ ...plain, rows }).split('\n');
  expect(lines.filter((line) => line.includes('Ann'))).toEqual([
    '| 1 | Ann | 0.0 | 0.0 | 2/2 |',
    '| – | Ann | – | – | 2/2 |',
  ]);
});

test('a missing score is an empty cell of the CSV, not 0', () => {
  const rows = [rowOf({ rank: null, score: null, answeredScore: null, revisedScore: null })];
  expect(scoreboardCsv({ ...plain, rows }).split('\n')[1]).toBe(',Ann,,,2,2,2,0,0,,0,no,language model');
});

describe.each([
  ['ko', '옛 기준', '옛 기준: ', '사람이 정한 점수 1개가 들어 있습니다.', '배점(points)만큼'],
  ['en', 'stale', 'stale: ', '1 score decided by a person.', 'count by the points'],
] as const)('in %s', (language, head, note, decided, weighted) => {
  const rows = [rowOf({ stale: 2 }), rowOf({ member: 'Ben' })];
  const override = {
    score: 60,
    levels: {},
    reason: '',
    by: 'Cid',
    at: '',
    stale: [],
    machine: { state: 'graded' as const, score: 50, criteria: [], keyPoints: [] },
  };
  const show = [scoreboardTable, scoreboardMarkdown];

  test('what was graded under another rubric is counted, where there is any', () => {
    for (const write of show) {
      expect(write({ ...plain, rows, language })).toContain(head);
      expect(write({ ...plain, rows, language })).toContain(note);
      expect(write({ ...plain, language })).not.toContain(head);
    }
    expect(scoreboardMarkdown({ ...plain, rows, language })).toContain('| 2/2 | 2 |\n');
  });

  test('that some questions count more is said, where they do', () => {
    for (const write of show) {
      expect(write({ ...plain, isWeighted: true, language })).toContain(weighted);
      expect(write({ ...plain, isWeighted: false, language })).not.toContain(weighted);
      expect(write({ ...plain, language })).not.toContain(weighted);
    }
  });

  test('what a person decided is counted, where there is any', () => {
    for (const write of show) {
      expect(write({ ...plain, grades: [gradeOf({ override }), gradeOf({})], language })).toContain(decided);
      expect(write({ ...plain, language })).not.toContain(decided);
    }
  });
});

describe('names with markup', () => {
  const rows = [rowOf({ member: hostile })];

  test('mean nothing in the Markdown', () => {
    expect(scoreboardMarkdown({ ...plain, rows })).toContain(`| 1 | ${harmless} | 80.0 |`);
  });

  test('of chapters mean nothing in the Markdown', () => {
    const chapters = [{ id: 'one', title: hostile }, ten];
    const report = scoreboardMarkdown({ ...full, chapters });
    expect(report).toContain(`# Scoreboard: ${harmless}, 10장 잠금\n`);
    expect(report).toContain(` | ${harmless} | 10장 잠금 | `);
  });

  test('are one line in the table', () => {
    const lines = scoreboardTable({ ...plain, rows }).split('\n');
    expect(lines.filter((line) => line.includes('second line'))).toHaveLength(1);
  });
});

describe('what looks like a formula is quoted in the CSV', () => {
  test.each(['=1+1', '+1', '-1', '@sum(a1)', '\t=1', '\uFF1D1'])('%j as a name', (member) => {
    expect(scoreboardCsv({ ...plain, rows: [rowOf({ member })] })).toContain(`\n1,'${member},80,`);
  });

  test('as the title of a chapter', () => {
    const csv = scoreboardCsv({ ...full, chapters: [{ id: 'one', title: '=cmd()' }, ten] });
    expect(csv.split('\n')[0]).toContain(",'=cmd(),");
  });

  test('but a negative number stays a number', () => {
    expect(scoreboardCsv(full)).toContain(',90,70,-20,');
  });
});

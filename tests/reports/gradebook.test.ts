import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Gradebook, type GradebookRow, platforms } from '../../src/core/gradebook.ts';
import { gradebookCsv, gradebookNotices } from '../../src/reports/gradebook.ts';

const nobody = { id: null, idNumber: null, login: null, email: null, section: null };

function rowOf(parts: Partial<GradebookRow>): GradebookRow {
  return { member: 'Ann', identity: null, scores: [80, 100 / 3], ungraded: [], ...parts };
}

const gradebook: Gradebook = {
  chapters: ['1장 색인', '=cmd()'],
  hasRoster: true,
  rows: [
    rowOf({
      identity: { id: '901', idNumber: 'S1', login: 'ann', email: 'ann@example.org', section: 'A' },
    }),
    rowOf({ member: '서다온', identity: { ...nobody, email: 'd@example.org' }, scores: [0, null] }),
    rowOf({ member: '@Cid', scores: [100, null], ungraded: ['=cmd()'] }),
  ],
};

describe('for Moodle', () => {
  test('people are known by what the roster says, and no grade is a hyphen', () => {
    expect(gradebookCsv(gradebook, 'moodle')).toBe(
      [
        "\uFEFFMember,ID number,Username,Email address,1장 색인,'=cmd()",
        'Ann,S1,ann,ann@example.org,80.0,33.3',
        '서다온,? 서다온,? 서다온,d@example.org,0.0,-',
        "'@Cid,? @Cid,? @Cid,? @Cid,100.0,-",
        '',
      ].join('\n'),
    );
  });

  test('the number in the column id is the ID number where there is no other', () => {
    const rows = [rowOf({ identity: { ...nobody, id: '7' } })];
    expect(gradebookCsv({ ...gradebook, rows }, 'moodle').split('\n')[1]).toBe('Ann,7,80.0,33.3');
  });

  test('without a roster there are only names', () => {
    const rows = [rowOf({})];
    expect(gradebookCsv({ ...gradebook, rows, hasRoster: false }, 'moodle')).toBe(
      "\uFEFFMember,1장 색인,'=cmd()\nAnn,80.0,33.3\n",
    );
  });
});

describe('for Canvas', () => {
  test('its five columns stand first, the points in the second line, and no grade is a blank', () => {
    expect(gradebookCsv(gradebook, 'canvas')).toBe(
      [
        "\uFEFFStudent,ID,SIS User ID,SIS Login ID,Section,1장 색인,'=cmd()",
        '    Points Possible,,,,,100.0,100.0',
        'Ann,901,S1,ann,A,80.0,33.3',
        '서다온,,,d@example.org,,0.0,',
        "'@Cid,,,,,100.0,",
        '',
      ].join('\n'),
    );
  });
});

test.each(platforms)(
  'for %s no cell begins as a formula, and no missing score becomes a number',
  (platform) => {
    const text = fc.string({ unit: fc.constantFrom('=', '+', '-', '@', ',', '"', '\n', 'a'), minLength: 1 });
    const row = fc.record({
      member: text,
      identity: fc.record({ id: text, idNumber: text, login: text, email: text, section: text }),
      scores: fc.tuple(fc.option(fc.integer({ min: 0, max: 100 }))),
      ungraded: fc.constant([]),
    });
    fc.assert(
      fc.property(text, fc.array(row, { minLength: 1 }), (title, rows) => {
        const lines = parse(gradebookCsv({ chapters: [title], rows, hasRoster: true }, platform), {
          bom: true,
        });
        const people = lines.slice(-rows.length);
        expect(lines.flat().filter((cell) => /^[=+@]|^-./su.test(cell))).toEqual([]);
        expect(people.map((cells) => cells.at(-1))).toEqual(
          rows.map(({ scores }) => scores[0]?.toFixed(1) ?? (platform === 'moodle' ? '-' : '')),
        );
      }),
    );
  },
);

describe('what is to be known of it', () => {
  test.each(platforms)('for %s', (platform) => {
    const all = (['ko', 'en'] as const).map((language) => [
      gradebookNotices(gradebook, platform, language),
      gradebookNotices({ ...gradebook, hasRoster: false, rows: [rowOf({})] }, platform, language),
    ]);
    expect(all).toMatchSnapshot();
  });

  test('is nothing where everybody is known and graded', () => {
    const rows = [rowOf({ identity: { ...nobody, login: 'ann' } })];
    expect(gradebookNotices({ ...gradebook, rows }, 'moodle', 'en')).toEqual([]);
  });

  test('is that somebody is not known of whom the roster says only the section', () => {
    const rows = [rowOf({ identity: { ...nobody, section: 'A' } })];
    expect(gradebookNotices({ ...gradebook, rows }, 'canvas', 'en')).toEqual([
      'the roster does not tell who these are: Ann; their ID is blank, so Canvas looks for them by name.',
    ]);
  });
});

import type { ScoreboardReport } from '../../src/reports/scoreboard-content.ts';
import { baselineOf, gradeOf, rowOf } from './sample.ts';

/** A scoreboard with everything that a card can show. */
export const fullReport: ScoreboardReport = {
  chapters: [
    { id: 'one', title: '1장 색인' },
    { id: 'ten', title: '10장 잠금' },
  ],
  rows: [
    rowOf({ member: '서다온', score: 86.5, revisedScore: 95, needsReview: 2 }),
    rowOf({ rank: 2, member: 'Ben', score: 50, revisedScore: 45.5, ungraded: 1, provisional: true }),
    rowOf({ rank: 3, member: 'Cid', score: 100 / 3, stale: 1 }),
    rowOf({ rank: null, member: 'Dan', score: null, graded: 0, ungraded: 2, provisional: true }),
  ],
  grades: [gradeOf({}), baselineOf({})],
  isWeighted: true,
  language: 'en',
};

/** Names that would call people, make links, or end a block where they are taken for markup. */
const callers = [
  '<!channel>',
  '<@U012ABC>',
  '@everyone',
  '@here & co',
  '<https://evil.example|click>',
  '``` *bold* _x_ ~y~',
  '[click](https://evil.example)',
];

/** A scoreboard of such names. */
export const hostileReport: ScoreboardReport = {
  chapters: [{ id: 'one', title: '<!here> *@everyone* `1`' }],
  rows: callers.map((member, index) => rowOf({ rank: index + 1, member })),
  grades: [gradeOf({})],
  language: 'en',
};

/** A scoreboard of so many members. */
export function reportOf(members: number, nameOf: (index: number) => string): ScoreboardReport {
  const rows = Array.from({ length: members }, (_, index) =>
    rowOf({ rank: index + 1, member: nameOf(index) }),
  );
  return { chapters: [{ id: 'one', title: '1' }], rows, grades: [gradeOf({})], language: 'en' };
}

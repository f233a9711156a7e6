import { describe, expect, test } from 'vitest';
import { scoreboardSvg } from '../../../src/reports/html/scoreboard-svg.ts';
import { fittingLines, fittingText } from '../../../src/reports/html/text-width.ts';
import { baselineOf, gradeOf, rowOf } from '../sample.ts';
import { readHtml } from './read-html.ts';

const chapters = [{ id: 'one', title: '1장 색인' }];

test.each(['ko', 'en'] as const)('the picture in %s', (language) => {
  const rows = [
    rowOf({ revisedScore: 95 }),
    rowOf({ rank: 2, member: '서다온'.repeat(10), score: 50.5, provisional: true, ungraded: 1 }),
    rowOf({ rank: null, member: '<b onload="x">&', score: null }),
  ];
  expect(scoreboardSvg({ chapters, rows, grades: [baselineOf({})], language })).toMatchSnapshot();
});

test('more than fifty members are counted, and the picture is as high as what it shows', () => {
  const rows = Array.from({ length: 53 }, (_, index) =>
    rowOf({ rank: index + 1, member: `Member ${index + 1}` }),
  );
  const picture = scoreboardSvg({ chapters, rows, grades: [gradeOf({})], language: 'en' });
  const { text, tags } = readHtml(picture);
  expect(text).toContain('… and 3 more');
  expect(text).toContain('Member 50');
  expect(text).not.toContain('Member 51');
  const height = Number(tags[0]?.attributes['height']);
  const lowest = Math.max(
    ...tags.filter(({ name }) => name === 'text').map(({ attributes }) => Number(attributes['y'])),
  );
  expect(lowest).toBeGreaterThan(0);
  expect(lowest).toBeLessThan(height);
});

describe('a text of limited width', () => {
  test('is cut where it does not fit, never within a character', () => {
    expect(fittingText('가나다라마', 10, 50)).toBe('가나다라마');
    expect(fittingText('가나다라마', 10, 49)).toBe('가나다…');
    expect(fittingText('👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦', 10, 25)).toBe('👩‍👩‍👧‍👦…');
    expect(fittingText('iiii', 10, 20)).toBe('iiii');
  });

  test('is broken between words', () => {
    expect(fittingLines('가나 다라  마바\n사', 10, 55)).toStrictEqual(['가나 다라', '마바 사']);
    expect(fittingLines('가나다라마바사', 10, 30)).toStrictEqual(['가나…']);
    expect(fittingLines(' ', 10, 30)).toStrictEqual([]);
  });
});

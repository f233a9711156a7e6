import { describe, expect, test } from 'vitest';
import type { StudyItem } from '../../src/core/study-list.ts';
import { studyListMarkdown, studyListText } from '../../src/reports/study-list.ts';
import { baselineOf, harmless, hostile } from './sample.ts';

const miss = (member: string, level: string | null, mended = false) => ({ member, level, mended });
const items: StudyItem[] = [
  {
    question: 4,
    questionText: 'What is a lock?',
    outOf: 3,
    missing: 0.7,
    points: [
      {
        text: 'Others have to wait',
        missedBy: [miss('Ann', null), miss('Ben', 'missing', true), miss('Cid', 'partial')],
        missing: 0.8,
      },
      { text: 'It is held to the end', missedBy: [miss('Ben', 'missing')], missing: 0.3 },
    ],
  },
  {
    question: 1,
    questionText: 'What is an index?',
    outOf: 2,
    missing: 0.2,
    points: [{ text: 'Writing gets slower', missedBy: [miss('서다온', '일부')], missing: 0.2 }],
  },
];

describe.each(['ko', 'en'] as const)('in %s', (language) => {
  test('the Markdown of what was missed', () => {
    expect(studyListMarkdown('1장 색인', items, [baselineOf({})], language)).toMatchSnapshot();
  });

  test('the Markdown when nothing was missed', () => {
    expect(studyListMarkdown('1장 색인', [], [], language)).toMatchSnapshot();
  });

  test('the text of what was missed', () => {
    expect(studyListText(items, 5, language)).toMatchSnapshot();
  });

  test('the text of the beginning says how much more there is', () => {
    const many = [3, 5, 6].flatMap((question) => items.map((item) => ({ ...item, question })));
    expect(studyListText(many, 2, language)).toMatchSnapshot();
  });

  test('no text when nothing was missed', () => {
    expect(studyListText([], 5, language)).toBe('');
  });
});

test('markup in questions, key points and names means nothing in the Markdown', () => {
  const [item] = items;
  const points = [{ text: hostile, missedBy: [miss(hostile, null)], missing: 1 }];
  const marked = item ? [{ ...item, questionText: hostile, outOf: 2, points }] : [];
  const lines = studyListMarkdown('1장', marked, [], 'en').split('\n');
  expect(lines.filter((line) => line.includes('second line'))).toEqual([
    `## 4. ${harmless}`,
    `- ${harmless} (1/2, ${harmless}: not attempted)`,
  ]);
});

describe('a question without key points', () => {
  const whole = (lacks: string[]): StudyItem => ({
    question: 3,
    questionText: `Explain **why** ${'a lock is held '.repeat(8)}to the end`,
    outOf: 1,
    missing: 1,
    points: [{ text: null, missing: 1, missedBy: [{ ...miss('유단비', null), lacks }] }],
  });

  test('has a title that is cut between words, without marks for bold', () => {
    const [head = ''] = studyListMarkdown('1장', [whole([])], [], 'en').match(/^## .*$/mu) ?? [];
    expect(head).toMatch(/^## 3\. Explain why a lock is held .* (?:a|lock|is|held)…$/u);
  });

  test('says in the terminal who lacks it without two colons in a row', () => {
    expect(studyListText([whole([])], 5, 'ko')).toContain('\n  3번: 유단비 (답하지 않음)\n');
  });

  test('says that what is quoted is a part of the model answer', () => {
    const text = studyListMarkdown('1장', [whole(['“Others wait.”'])], [], 'ko');
    expect(text).toContain('따옴표 안은 모범답안의 한 부분입니다.');
    expect(text).toContain('    - “Others wait.”');
  });
});

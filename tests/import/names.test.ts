import { describe, expect, test } from 'vitest';
import { nameBook, nameLikeness, plainName, remarkOnName } from '../../src/import/names.ts';

describe('plainName', () => {
  test.each([
    '👤 윤가람 (발표)',
    '윤가람 ✅',
    '[윤가람](https://example.test/yun)',
    '윤가람님',
    '@윤가람',
    '**윤가람**',
    '윤가람:',
    '윤\u200B가람\u00A0',
    '윤가람'.normalize('NFD'),
    '[윤가람]',
    '윤가람의 답',
    '윤가람님의 답변',
    '윤가람 답변',
    '👤 **윤가람 답안**:',
    '윤가람’s answer',
  ])('of %j is 윤가람', (written) => {
    expect(plainName(written)).toBe('윤가람');
  });

  test.each([
    '님',
    '✅',
    '(발표)',
    'Ann Lee',
    '코딩하는 곰',
    '모범 답안',
    '최종 답변',
    '추가 답변',
    '내 답',
    '우리의 답',
    'My answer',
  ])('of %j is what is written', (written) => {
    expect(plainName(written)).toBe(written);
  });
});

test('remarkOnName is what stands in brackets behind it', () => {
  expect(['윤가람 (A조)', '윤가람 (B조) ✅', '윤가람'].map(remarkOnName)).toEqual(['(A조)', '(B조)', '']);
});

describe('nameLikeness', () => {
  test.each([
    ['윤가람', 1],
    ['👤 도해솔 (발표)', 1],
    ['하늘님', 1],
    ['@haneul', 1],
    ['배솔', 0.5],
    ['Ann', 0.5],
    ['Ann Lee', 0.5],
    ['장점', 0],
    ['정의:', 0],
    ['참고 자료', 0],
    ['02단원', 0],
    ['토큰이란 무엇인가요?', 0],
    ['', 0],
  ])('of %j is %d', (written, likeness) => {
    expect(nameLikeness(written)).toBe(likeness);
  });
});

describe('nameBook', () => {
  test('without members knows everybody by the plain name, or the one that is meant', () => {
    const { memberOf, isClosed } = nameBook({ aliases: { 솔이: '도해솔', '윤가람 (A조)': '윤가람A' } });
    expect([isClosed, ...['👤 솔이', '윤가람 (A조)', '윤가람 (B조)'].map(memberOf)]).toEqual([
      false,
      '도해솔',
      '윤가람A',
      '윤가람',
    ]);
  });

  test('with members knows nobody else', () => {
    const { memberOf, isListed } = nameBook({ members: ['윤가람', 'Ann'], aliases: { 가람: '윤가람' } });
    expect(['윤가람님', 'ann', '가람', '도해솔'].map(memberOf)).toEqual(['윤가람', 'Ann', '윤가람', null]);
    expect(['@Ann', '도해솔'].map(isListed)).toEqual([true, false]);
  });
});

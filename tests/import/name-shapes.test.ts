import { describe, expect, it } from 'vitest';
import { isChapterName, maybeName } from '../../src/import/name-shapes.ts';

describe('maybeName', () => {
  it.each([['보람'], ['Boram Kim'], ['보람 🌿'], ['boram-kim']])('takes %j for a name', (name) => {
    expect(maybeName(name)).toBe(true);
  });

  it.each([
    ['캐시란 무엇인가요?'],
    ['3장'],
    ['chapter-02'],
    ['2주차'],
    ['정리'],
    ['장점'],
    ['이번 주에 함께 읽은 책의 내용'],
    ['12'],
    ['끝.'],
  ])('takes %j for none', (text) => {
    expect(maybeName(text)).toBe(false);
  });
});

describe('isChapterName', () => {
  it.each([['03장'], ['chapter-01'], ['Chapter 3 Storage'], ['2주차'], ['week2'], ['제 4 강'], ['7']])(
    'takes %j for a chapter',
    (name) => {
      expect(isChapterName(name)).toBe(true);
    },
  );

  it.each([['보람'], ['샤드장'], ['Charles'], ['운영체제']])('takes %j for none', (name) => {
    expect(isChapterName(name)).toBe(false);
  });
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isPublished, joinRuns, ownerIn, ownerLabel } from '../../src/core/published.ts';

test.each([
  'answer-grader · 첫 답: 82.0점',
  '**answer-grader** · 82.0 of 100\n둘째 줄',
  '\n**answer-grader** · 답 없음',
])('%j is ours', (text) => {
  expect(isPublished(text)).toBe(true);
});

test.each([
  '',
  'answer-grader',
  'answer-grader가 채점',
  '제 생각에는 answer-grader · 좋아요',
  'answer-graders · x',
])('%j is what a member wrote', (text) => {
  expect(isPublished(text)).toBe(false);
});

test('whom feedback is about is read back, whatever the member is called', () => {
  const odd = fc.string({ unit: fc.constantFrom('·', ' ', '#', '3', '\\', '\n', '가', '*'), minLength: 1 });
  const name = fc.oneof(odd, fc.string({ minLength: 1 })).filter((text) => text.trim() !== '');
  fc.assert(
    fc.property(name, fc.nat(), fc.string(), (member, question, rest) => {
      const label = ownerLabel({ member, question });
      expect(ownerIn(`answer-grader · ${label} · ${rest}`)).toBe(label);
    }),
  );
});

test('no name looks like that of another member', () => {
  const labels = [
    { member: '한별', question: 1 },
    { member: '한별 #1', question: 1 },
    { member: '한별 #1 · 두별', question: 1 },
    { member: '한별 #1 \\· 두별', question: 1 },
  ].map(ownerLabel);
  expect(labels[0]).toBe('한별 #1');
  expect(new Set(labels).size).toBe(labels.length);
});

test.each([
  'answer-grader · 첫 답: 82.0점 · 우수',
  'answer-grader · first attempt: 60.0 of 100 · read again',
  'answer-grader · 답 없음\n둘째 #1 · 줄',
  '한별 #1 · 첫 답',
])('%j names nobody', (text) => {
  expect(ownerIn(text)).toBeNull();
});

test('runs of one kind are one, and empty ones none', () => {
  expect(
    joinRuns([
      { text: 'a', isBold: true },
      { text: '', isBold: false },
      { text: 'b', isBold: true },
      { text: 'c', isBold: false },
    ]),
  ).toEqual([
    { text: 'ab', isBold: true },
    { text: 'c', isBold: false },
  ]);
});

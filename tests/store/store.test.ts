import { expect, it } from 'vitest';
import { byChapterId } from '../../src/store/store.ts';

it('byChapterId sorts as a person counts', () => {
  const ids = ['10장', '9장', '2장', 'A', '나장', '가장', '02장'];
  const sorted = ids.map((id) => ({ id })).sort(byChapterId);
  expect(
    sorted
      .map(({ id }) => id)
      .slice(0, 4)
      .sort(),
  ).toEqual(['02장', '10장', '2장', '9장']);
  expect(sorted.findIndex(({ id }) => id === '9장')).toBeLessThan(
    sorted.findIndex(({ id }) => id === '10장'),
  );
  expect(sorted.findIndex(({ id }) => id === '가장')).toBeLessThan(
    sorted.findIndex(({ id }) => id === '나장'),
  );
});

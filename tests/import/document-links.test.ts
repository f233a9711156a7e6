import { describe, expect, it } from 'vitest';
import {
  bareName,
  folderOf,
  linkedDocuments,
  onlyLinkIn,
  pageIdOf,
} from '../../src/import/document-links.ts';

const id = '0123456789abcdef0123456789abcdef';
const other = 'fedcba9876543210fedcba9876543210';

function documents(...paths: string[]) {
  return linkedDocuments(paths.map((path) => ({ path, file: path, text: path })));
}

describe('names of pages', () => {
  it('are read without ending and mark', () => {
    expect(bareName(`a/3주차 모임 ${id}.md`)).toBe('3주차 모임');
    expect(bareName(`답변 ${id}_all.csv`)).toBe('답변_all');
    expect(bareName('1.5 버전')).toBe('1.5 버전');
    expect(pageIdOf(`a ${other}/b ${id.toUpperCase()}.md`)).toBe(id);
    expect(pageIdOf(`a ${id}/b.md`)).toBeNull();
    expect([folderOf('a/b/c.md'), folderOf('c.md')]).toEqual(['a/b', '']);
  });
});

describe('a link to a page', () => {
  it.each([
    ['decoded once', '%EB%8B%B5.md', '1/답.md'],
    ['decoded twice', '%25EB%258B%25B5.md', '1/답.md'],
    ['decoded in part only where it cannot be', '100%25.md', '1/100%.md'],
    ['as it is', '답.md#heading', '1/답.md'],
    ['by its mark, wherever it lies', `elsewhere/cut%20(off%20${id}.md`, `2/b ${id}.md`],
    ['up a folder', '../0/c.md', '0/c.md'],
    ['from the top', '/0/c.md', '0/c.md'],
  ])('is found %s', (_, target, path) => {
    const index = documents('1/답.md', '1/100%.md', `2/b ${id}.md`, '0/c.md');
    expect(index.find(target, '1/page.md')?.path).toBe(path);
  });

  it('is not found outside, nor where two pages bear its mark', () => {
    const index = documents('1/a.md', `1/b ${id}.md`, `2/b ${id}.md`);
    expect(index.find('https://example.test/1/a.md', '1/page.md')).toBeNull();
    expect(index.find('../../1/none.md', '1/page.md')).toBeNull();
    expect(index.find(`x ${id}.md`, 'page.md')).toBeNull();
  });

  it.each([
    ['[답](a.md)', 'a.md'],
    ['- [답](a%20b.md)', 'a%20b.md'],
    ['[열린 (괄호](b%20(c.md)', 'b%20(c.md'],
  ])('may be all that %j is', (text, target) => {
    expect(onlyLinkIn(text)).toBe(target);
  });

  it.each([['자세히는 [답](a.md)'], ['[답](a.md) 참고'], ['[그림](a.png)'], ['[답](a.md)\n둘째 줄'], ['']])(
    'is not all that %j is',
    (text) => {
      expect(onlyLinkIn(text)).toBeNull();
    },
  );
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { plainNotation } from '../../src/import/notation.ts';
import { plainHeadings } from '../../src/import/page-headings.ts';
import { pageWords } from '../../src/import/page-words.ts';

const words = pageWords({});

function plain(text: string): string {
  return plainHeadings(plainNotation(text.split('\n')), words).join('\n');
}

describe('plainNotation', () => {
  test.each([
    ['# 1장 {toggle="true" color="blue"}', '# 1장'],
    ['글\n<empty-block/>\n글', '글\n\n글'],
    ['::: callout {icon="💡"}\n\t글\n\t\t- 하나\n:::', '<aside>💡\n글\n\t- 하나\n</aside>'],
    ['<callout icon="✅">\n\t글\n</callout>', '<aside>✅\n글\n</aside>'],
    ['    > 💡 글\n    > 둘\n\n끝', '    <aside>💡 글\n    둘\n    </aside>\n끝'],
    ['> [!NOTE]\n> 글', '<aside>[!NOTE]\n글</aside>'],
    ['<details>\n<summary><b>Q1.</b> 왜죠?</summary>\n\n글\n\n</details>', '\n- Q1. 왜죠?\n\n    글\n\n'],
    ['- <details><summary>왜죠?</summary>\n\n  글\n  </details>', '- 왜죠?\n\n    글\n'],
  ])('writes %j as the exporter does', (written, expected) => {
    expect(plainNotation(written.split('\n')).join('\n')).toBe(expected);
  });

  test.each([
    '> 그냥 인용',
    '```\n::: callout {icon="💡"}\n글\n:::\n> 💡 글\n<details>\n<summary>왜죠?</summary>\n</details>\n```',
    '<details>\n<summary>왜죠?</summary>\n\n닫히지 않은 글',
    '- 왜죠?\n\n    <details>\n    <summary>코드 보기</summary>\n\n    글\n\n    </details>',
    '## 모범답안\n\n> 💡 그대로 두는 글',
    '<aside>\n💡\n\n> 💡 안의 인용\n\n</aside>',
    '집합 {a="1"} 을 쓴 글',
  ])('leaves %j as it is', (written) => {
    expect(plain(written)).toBe(written);
  });
});

describe('plainHeadings', () => {
  test('makes headings of names in bold and of the heading of model answers', () => {
    expect(plain('# 1장\n\n**윤가람**\n\n- 왜죠?\n\n**모범답안**\n\n**1. 왜죠?**')).toBe(
      '# 1장\n\n## 윤가람\n\n- 왜죠?\n\n## 모범답안\n\n**1. 왜죠?**',
    );
  });

  test('makes headings of bullets that are names around questions', () => {
    expect(plain('- 윤가람\n    - 왜죠?\n        글\n- 도해솔\n    - 왜죠?')).toBe(
      '## 윤가람\n- 왜죠?\n    글\n## 도해솔\n- 왜죠?',
    );
  });

  test.each([
    '## 윤가람\n\n- 왜죠?\n\n    **도해솔**\n\n**마루비**',
    '# 1장\n\n- 왜죠?\n    - 하나\n- 어째서죠?\n    - 둘',
    '# 1장\n\n**윤가람**: 글\n\n**도해솔**\n\n글',
  ])('leaves %j as it is', (written) => {
    expect(plain(written)).toBe(written);
  });
});

const ordinary = fc.constantFrom(
  '# 1장',
  '## 윤가람',
  '## 모범답안',
  '**1. 왜죠?**',
  '- 왜죠?',
  '    <aside>',
  '    💡',
  '    글',
  '    </aside>',
  '        - 안',
  '> 인용',
  '```',
  '| 가 | 나 |',
  '',
  '글 <b>굵게</b>',
  ': 글',
);
const marked = fc.constantFrom(
  '::: callout {icon="💡"}',
  ':::',
  '<callout icon="💡">',
  '</callout>',
  '<details>',
  '<summary>왜죠?</summary>',
  '<details><summary>윤가람</summary>',
  '</details>',
  '> 💡 글',
  '> [!TIP]',
  '\t글',
  '## 제목 {toggle="true"}',
  '<empty-block/>',
  '**도해솔**',
  '- 서나래',
);
const lines = (line: fc.Arbitrary<string>) => fc.array(line, { maxLength: 40 });

describe('whatever the page', () => {
  test('the number of lines stays', () => {
    fc.assert(
      fc.property(lines(fc.oneof(ordinary, marked)), (page) => {
        expect(plainHeadings(plainNotation(page), words)).toHaveLength(page.length);
      }),
    );
  });

  test('nothing changes where none of these notations is used', () => {
    fc.assert(
      fc.property(lines(ordinary), (body) => {
        // A heading of a member, so that headings are headings; fenced, nothing is indented below one.
        const page = [
          '# 1장',
          '## 배솔',
          ...body.map((line) => (line.startsWith('#') ? `${line}\n글` : line)),
        ]
          .join('\n')
          .split('\n');
        expect(plainHeadings(plainNotation(page), words).map((line) => line.trim())).toEqual(
          page.map((line) => line.trim()),
        );
      }),
    );
  });

  test('every word stays on its line', () => {
    fc.assert(
      fc.property(lines(fc.oneof(ordinary, marked, fc.constant('  낱말'))), (page) => {
        const read = plainHeadings(plainNotation(page), words);
        for (const [index, line] of page.entries())
          if (line.includes('낱말')) expect(read[index]?.trim()).toContain('낱말');
      }),
    );
  });
});

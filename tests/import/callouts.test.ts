import type { RootContent } from 'mdast';
import { describe, expect, test } from 'vitest';
import { findCallouts } from '../../src/import/callouts.ts';
import { parseMarkdown } from '../../src/import/markdown.ts';
import { importChapter } from '../../src/import/read-documents.ts';
import {
  answerSection,
  callout,
  indented,
  pageOf,
  pageWith,
  readOne,
  tokenQuestion,
  vectorQuestion,
} from './fixtures/pages.ts';

function find(text: string) {
  const source = text.split('\n');
  const siblings: RootContent[] = parseMarkdown(text).children;
  return findCallouts(siblings, source, source.length);
}

describe('findCallouts', () => {
  test('reads lines, role, text and closing of a callout', () => {
    expect(find('앞\n\n<aside>\n💡\n\n글\n\n</aside>\n\n뒤')).toEqual([
      { from: 3, to: 8, role: 'answer', text: '글', closed: true },
    ]);
  });

  test.each([
    ['💡', 'answer'],
    ['✏️', 'answer'],
    ['✍🏻', 'answer'],
    ['📝', 'answer'],
    ['✅', 'check'],
    ['☑️', 'check'],
    ['✔️', 'check'],
    ['📌', 'check'],
    ['🦊', 'unknown'],
    ['<img src="https://www.notion.so/icons/pencil_gray.svg" alt="x" width="40px" />', 'answer'],
    ['<img src="https://www.notion.so/icons/snowflake_blue.svg" alt="x" />', 'unknown'],
    ['[!NOTE]', 'unknown'],
  ])('takes the icon %s off the text and reads it as %s', (icon, role) => {
    expect(find(callout(icon, '글'))).toMatchObject([{ role, text: '글' }]);
  });

  test('without icon has an unknown role and keeps the whole text', () => {
    expect(find('<aside>\n\n글\n\n</aside>')).toMatchObject([{ role: 'unknown', text: '글' }]);
  });

  test('with its icon only has no text', () => {
    expect(find('<aside>\n💡\n\n</aside>')).toMatchObject([{ role: 'answer', text: '' }]);
  });

  test('on one line is read', () => {
    expect(find('<aside>💡 짧은 글</aside>')).toEqual([
      { from: 1, to: 1, role: 'answer', text: '짧은 글', closed: true },
    ]);
  });

  test('of the older form, icon and text on one line, is read', () => {
    expect(find('<aside>\n💡 답은 **두 가지**입니다.\n\n- 하나\n- 둘\n\n</aside>')).toMatchObject([
      { text: '답은 **두 가지**입니다.\n\n- 하나\n- 둘' },
    ]);
  });

  test('of the older form without blank lines is read', () => {
    expect(find('<aside>\n💡 답은\n- 하나\n- 둘\n</aside>')).toMatchObject([{ text: '답은\n- 하나\n- 둘' }]);
  });

  test('ends at a closing tag directly below a list', () => {
    expect(find('<aside>\n💡\n\n- 하나\n    - 둘\n</aside>\n\n뒤')).toMatchObject([
      { to: 6, text: '- 하나\n    - 둘', closed: true },
    ]);
  });

  test('inside another belongs to the outer one', () => {
    const inner = callout('📌', '안');
    expect(find(callout('💡', `앞\n\n${inner}\n\n뒤`))).toMatchObject([
      { role: 'answer', text: `앞\n\n${inner}\n\n뒤` },
    ]);
  });

  test('after another is one of its own', () => {
    expect(find(`${callout('💡', '하나')}\n\n${callout('✅', '둘')}`)).toMatchObject([
      { from: 1, to: 6, role: 'answer', text: '하나' },
      { from: 8, to: 13, role: 'check', text: '둘' },
    ]);
  });

  test('that is never closed runs to the last line and says so', () => {
    expect(find('<aside>\n💡\n\n글\n\n더')).toEqual([
      { from: 1, to: 6, role: 'answer', text: '글\n\n더', closed: false },
    ]);
  });

  test('written as code is no callout', () => {
    expect(find('```html\n<aside>\n\n글\n</aside>\n```')).toEqual([]);
    expect(find('    <aside>\n    💡\n    </aside>')).toEqual([]);
  });

  test('is not opened by a closing tag alone', () => {
    expect(find('글\n\n</aside>\n\n뒤')).toEqual([]);
  });
});

describe('a callout in a page', () => {
  test('of which the code shows a callout is read whole', () => {
    const text = '```html\n<aside>\n\n안\n</aside>\n```\n\n토큰은 조각';
    expect(readOne(callout('💡', text))).toEqual({
      status: 'answered',
      attempts: [{ kind: 'first', text }],
      flags: [],
      warnings: [],
    });
  });

  test('on one line is the answer', () => {
    expect(readOne('<aside>💡 짧은 글</aside>').attempts).toEqual([{ kind: 'first', text: '짧은 글' }]);
  });

  test('never closed ends with its question, and only one warning is given', () => {
    const page = pageWith(callout('💡', '글을 나눈 조각').replace('\n\n</aside>', ''));
    const chapter = importChapter(page, 'a.md');
    expect(chapter.submissions[0]?.attempts).toEqual([{ kind: 'first', text: '글을 나눈 조각' }]);
    expect(chapter.warnings.map(({ code, line }) => [code, line])).toEqual([['callout_not_closed', 7]]);
  });

  test('closed at column 0 is reported as not closed, and the next question is whole', () => {
    const open = indented(callout('💡', '글을 나눈 조각').replace('</aside>', ''));
    const next = indented(callout('💡', '뜻을 담은 벡터'));
    const page = `# 1장\n\n## 서다온\n\n- ${tokenQuestion}\n\n${open}\n</aside>\n\n- ${vectorQuestion}\n\n${next}\n\n${answerSection}`;
    const chapter = importChapter(page, 'a.md');
    expect(chapter.warnings.map(({ code, line }) => [code, line])).toContainEqual(['callout_not_closed', 7]);
    expect(chapter.submissions.map((item) => [item.question, item.status])).toEqual([
      [1, 'answered'],
      [2, 'answered'],
    ]);
    expect(chapter.submissions[1]?.attempts).toEqual([{ kind: 'first', text: '뜻을 담은 벡터' }]);
  });

  test('never closed costs the next member nothing', () => {
    const page = pageOf([
      ['## 서다온', tokenQuestion, '<aside>\n💡\n\n글을 나눈 조각'],
      ['## 남기훈', vectorQuestion, callout('💡', '뜻을 담은 벡터')],
    ]);
    expect(importChapter(page, 'a.md').submissions.map(({ member, attempts }) => [member, attempts])).toEqual(
      [
        ['서다온', [{ kind: 'first', text: '글을 나눈 조각' }]],
        ['남기훈', [{ kind: 'first', text: '뜻을 담은 벡터' }]],
      ],
    );
  });
});

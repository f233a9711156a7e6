import { describe, expect, test } from 'vitest';
import { membersOf } from '../../src/core/chapter.ts';
import { InputError } from '../../src/core/errors.ts';
import { decodeDocument } from '../../src/import/decode.ts';
import { importChapter } from '../../src/import/read-documents.ts';
import {
  answerSection,
  callout,
  indented,
  pageOf,
  pageWith,
  tokenQuestion,
  vectorQuestion,
} from './fixtures/pages.ts';

const answer = callout('💡', '글을 나눈 조각');

function codesOf(text: string): [string, number][] {
  return importChapter(text, '1장.md').warnings.map(({ code, line }) => [code, line]);
}

describe('a page', () => {
  test('becomes a chapter', () => {
    expect(importChapter(pageWith(answer), 'export.md')).toEqual({
      id: '1장',
      title: '1장',
      questions: [
        {
          no: 1,
          text: tokenQuestion,
          modelAnswer: expect.stringMatching(/^토큰은 언어 모델이.*있습니다\.$/u),
        },
        { no: 2, text: vectorQuestion, modelAnswer: expect.stringMatching(/^임베딩은 글의.*놓입니다\.$/u) },
      ],
      submissions: [
        {
          member: '서다온',
          question: 1,
          status: 'answered',
          attempts: [{ kind: 'first', text: '글을 나눈 조각' }],
          flags: [],
          lines: [5, 13],
        },
      ],
      warnings: [],
    });
  });

  test('reads the same inside a toggle heading', () => {
    const page = pageWith(answer);
    const [title, ...rest] = page.split('\n');
    const toggle = [title, ...rest.map((line) => (line === '' ? '    ' : `    ${line}`))].join('\n');
    expect(importChapter(toggle, 'a.md')).toEqual(importChapter(page, 'a.md'));
  });

  test('reads the same with tabs for levels', () => {
    const page = pageWith('<aside>💡 글을 나눈 조각</aside>\n\n다시 보니 낱말의 조각입니다');
    expect(importChapter(page.replace(/^ {4}/gmu, '\t'), 'a.md')).toEqual(importChapter(page, 'a.md'));
  });

  test('reads the same inside a toggle heading that is written with tabs', () => {
    const page = pageWith('글을 나눈 조각');
    const [title, ...rest] = page.split('\n');
    const toggle = [title, ...rest.map((line) => `\t${line.replace(/^ {4}/u, '\t')}`)].join('\n');
    expect(importChapter(toggle, 'a.md')).toEqual(importChapter(page, 'a.md'));
  });

  test('reads the same with CRLF and a byte order mark', () => {
    const page = pageWith(answer);
    const bytes = new TextEncoder().encode(`\uFEFF${page.replaceAll('\n', '\r\n')}`);
    expect(importChapter(decodeDocument(bytes, 'a.md'), 'a.md')).toEqual(importChapter(page, 'a.md'));
  });

  test('without a title takes that of the file, without folder, page id and extension', () => {
    const page = pageWith(answer).replace('# 1장\n', '\n');
    const { title, id } = importChapter(page, '/공부/3장 기초 0123456789abcdef0123456789abcdef.md');
    expect([title, id]).toEqual(['3장 기초', '3장-기초']);
  });

  test('gives its file title in NFC although macOS names files in NFD', () => {
    const page = pageWith(answer).replace('# 1장\n', '\n');
    expect(importChapter(page, '단원.md'.normalize('NFD')).title).toBe('단원'.normalize('NFC'));
  });

  test('with nothing in it is an InputError that names the file', () => {
    expect(() => importChapter('그냥 글입니다.\n', 'memo.md')).toThrow(InputError);
    expect(() => importChapter('그냥 글입니다.\n', 'memo.md')).toThrow(
      expect.objectContaining({ place: { file: 'memo.md' } }),
    );
  });

  test('without question bullets is an InputError that lists the headings seen', () => {
    expect(() => importChapter('# 회의록\n\n## 안건\n\n글\n', 'memo.md')).toThrow(/회의록, 안건/u);
  });
});

describe('member headings', () => {
  test.each(['##', '###', '####', '#####', '######'])('are read at level %s', (level) => {
    const page = pageOf([[`${level} 서다온`, tokenQuestion, answer]]);
    expect(membersOf(importChapter(page, 'a.md'))).toEqual(['서다온']);
  });

  test('of mixed levels are all members, with a warning at the first that differs', () => {
    const page = pageOf([
      ['### 서다온', tokenQuestion, answer],
      ['## 남기훈', vectorQuestion, answer],
    ]);
    expect(membersOf(importChapter(page, 'a.md'))).toEqual(['서다온', '남기훈']);
    expect(codesOf(page)).toEqual([['mixed_heading_levels', 14]]);
  });

  test('of one level bring no warning', () => {
    const page = pageOf([
      ['## 서다온', tokenQuestion, answer],
      ['## 남기훈', vectorQuestion, answer],
    ]);
    expect(codesOf(page)).toEqual([]);
  });

  test.each([
    ['[서다온](https://example.test/a)', 'a link'],
    ['**서다온**', 'bold marks'],
    ['서다온 ##', 'closing number signs'],
    ['서다온 {toggle="true"}', 'attributes'],
    ['**서다온** {toggle="true"}', 'bold marks and attributes'],
    ['서다온'.normalize('NFD'), 'decomposed letters'],
  ])('lose what surrounds the name: %s (%s)', (written) => {
    expect(membersOf(importChapter(pageOf([[`## ${written}`, tokenQuestion, answer]]), 'a.md'))).toEqual([
      '서다온',
    ]);
  });

  test('may follow the section of model answers', () => {
    const page = `# 1장\n\n${answerSection}\n## 서다온\n\n- ${tokenQuestion}\n\n${indented(answer)}\n`;
    const chapter = importChapter(page, 'a.md');
    expect(chapter.submissions.map(({ member, question }) => [member, question])).toEqual([['서다온', 1]]);
  });
});

describe('a section that is no member', () => {
  test('is left out with a warning at its heading', () => {
    const page = pageWith(answer).replace('### 서다온', '### 읽는 법\n\n천천히 읽으세요.\n\n### 서다온');
    expect(membersOf(importChapter(page, 'a.md'))).toEqual(['서다온']);
    expect(codesOf(page)).toEqual([['section_ignored', 3]]);
  });

  test('is left out when it only lists plain bullets', () => {
    const page = pageWith(answer).replace(
      '### 서다온',
      '### 공지\n\n- 금요일 8시\n- 지각 금지\n\n### 서다온',
    );
    expect(membersOf(importChapter(page, 'a.md'))).toEqual(['서다온']);
    expect(codesOf(page)).toEqual([['section_ignored', 3]]);
  });

  test('is left out silently when it is empty', () => {
    const page = pageWith(answer).replace('### 서다온', '### 빈칸\n\n### 서다온');
    expect(codesOf(page)).toEqual([]);
  });
});

test('text above a member’s first question is reported, not read', () => {
  const page = pageWith(answer).replace('### 서다온\n', '### 서다온\n\n이번 주는 바빴어요.\n');
  const chapter = importChapter(page, 'a.md');
  expect(chapter.submissions[0]?.attempts).toEqual([{ kind: 'first', text: '글을 나눈 조각' }]);
  expect(codesOf(page)).toEqual([['text_ignored', 5]]);
});

test('a stray empty bold mark is reported with its line and kept in the text', () => {
  const page = pageWith(callout('💡', '글을 (token) ****나눈 조각'));
  expect(importChapter(page, 'a.md').submissions[0]?.attempts[0]?.text).toBe('글을 (token) ****나눈 조각');
  expect(codesOf(page)).toEqual([['stray_markup', 10]]);
});

test('warnings speak Korean and English', () => {
  const [warning] = importChapter(pageWith('답'), 'a.md').warnings;
  expect(warning?.message.ko).toContain('서다온');
  expect(warning?.message.en).toMatch(/^question 1, /u);
});

import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/core/errors.ts';
import { decodeDocument } from '../../src/import/decode.ts';
import { type ChapterWithReading, readDocuments } from '../../src/import/read-documents.ts';
import type { SourceDocument } from '../../src/import/reader.ts';

function documents(texts: Readonly<Record<string, string>>): SourceDocument[] {
  return Object.entries(texts).map(([path, text]) => ({ path, file: path, text }));
}

function credits(chapters: readonly ChapterWithReading[]) {
  return chapters.flatMap(({ chapter, reading }) =>
    chapter.submissions.map(
      ({ member, question, attempts }) =>
        `${reading.reader} ${chapter.title} ${member} ${question}: ${attempts.map(({ text }) => text).join(' + ')}`,
    ),
  );
}

const readers = (texts: Readonly<Record<string, string>>) =>
  credits(readDocuments(documents(texts)).chapters);

function answered(question: string, answer: string): string {
  return `- ${question}\n    \n    <aside>\n    💡\n    \n    ${answer}\n    \n    </aside>\n    \n`;
}

const [what, why] = ['샤딩이란 무엇인가요?', '복제는 왜 하나요?'];

describe('documents that were handed in together', () => {
  it('stay chapters of their own where members are headings, even beside model answers of all', () => {
    const page = (title: string, own: string) =>
      `# ${title}\n\n## 온유\n\n${answered(what, `온유 ${own}`)}## 이든\n\n${answered(what, `이든 ${own}`)}`;
    const texts = {
      '분산 저장.md': page('분산 저장', '하나'),
      '일관성.md': page('일관성', '둘'),
      '모범답안.md': `# 모범답안\n\n**1. ${what}**\n\n자료를 나누어 여러 서버에 둡니다.\n`,
    };
    expect(readers(texts)).toEqual([
      'member-sections 분산 저장 온유 1: 온유 하나',
      'member-sections 분산 저장 이든 1: 이든 하나',
      'member-sections 일관성 온유 1: 온유 둘',
      'member-sections 일관성 이든 1: 이든 둘',
    ]);
  });

  it('are refused where one seems to be a second download of another', () => {
    const own = `# 온유\n\n## ${what}\n\n나누어 두는 것\n`;
    const texts = {
      '3주차/questions.md': `1. ${what}\n`,
      '3주차/온유.md': own,
      '3주차/온유 (1).md': `${own}\n고쳐 씀\n`,
    };
    expect(() => readers(texts)).toThrow('this seems to be a second download of 3주차/온유.md');
  });

  it('are of one member where names differ only in capitals, which is told', () => {
    const { chapters } = readDocuments(
      documents({
        '3주차/1. 샤딩은 무엇인가요?/Ann.md': '나누어 두는 것\n',
        '3주차/1. 샤딩은 무엇인가요?/Ben.md': '흩어 두는 것\n',
        '3주차/2. 복제는 왜 하나요?/ann.md': '잃지 않으려고\n',
        '3주차/2. 복제는 왜 하나요?/Ben.md': '빨리 읽으려고\n',
      }),
    );
    expect(credits(chapters)).toEqual([
      'question-pages 3주차 Ann 1: 나누어 두는 것',
      'question-pages 3주차 Ben 1: 흩어 두는 것',
      'question-pages 3주차 Ann 2: 잃지 않으려고',
      'question-pages 3주차 Ben 2: 빨리 읽으려고',
    ]);
    expect(chapters[0]?.chapter.warnings.map(({ code, file }) => `${code} ${file}`)).toEqual([
      'no_model_answers 3주차/1. 샤딩은 무엇인가요?/Ann.md',
      'member_spelled_twice 3주차/2. 복제는 왜 하나요?/ann.md',
    ]);
  });

  it('are refused where one file of questions stands above several chapters answered by number', () => {
    const texts = {
      'questions.md': `# Questions\n\n## Chapter 1\n\n1. ${what}\n\n## Chapter 2\n\n1. ${why}\n`,
      'answers/ida/chapter-01.md': '## 1\n\n나누어 두는 것\n',
      'answers/ida/chapter-02.md': '## 1\n\n잃지 않으려고\n',
      'answers/oto/chapter-01.md': '1. 여러 곳에 나눈다\n',
      'answers/oto/chapter-02.md': '1. 더 빨리 읽으려고\n',
    };
    expect(() => readers(texts)).toThrow(InputError);
    expect(() => readers(texts)).toThrow(
      'every member has a folder with several chapters (chapter-01, chapter-02), but there is one file of questions',
    );
  });

  it('answer by number what a list has, and what it has not is told to be left out', () => {
    const texts = {
      '3주차/questions.md': `1. ${what}\n2. ${why}\n`,
      '3주차/온유.md': '1. 나누어 두는 것\n2. 잃지 않으려고\n3. 하나 더\n',
    };
    const [read] = readDocuments(documents(texts)).chapters;
    expect(credits(read ? [read] : [])).toEqual([
      'member-pages 3주차 온유 1: 나누어 두는 것',
      'member-pages 3주차 온유 2: 잃지 않으려고',
    ]);
    expect(read?.chapter.warnings.at(-1)).toMatchObject({
      code: 'text_not_read',
      file: '3주차/온유.md',
      line: 3,
    });
  });

  it('are not taken for pages of members where each holds the work of several', () => {
    const page = (title: string) =>
      `# ${title}\n\n## 온유\n\n### 1. ${what}\n\n온유의 답\n\n### 2. ${why}\n\n온유의 답\n\n## 이든\n\n### 1. ${what}\n\n이든의 답\n\n### 2. ${why}\n\n이든의 답\n`;
    const texts = { '분산 저장.md': page('분산 저장'), '일관성.md': page('일관성') };
    expect(readDocuments(documents(texts)).chapters.map(({ reading }) => reading.reader)).not.toContain(
      'member-pages',
    );
  });

  it('are not taken for pages of members where names stand below each question', () => {
    const page = (title: string) =>
      `# ${title}\n\n## 1. ${what}\n\n### 온유\n\n온유의 답\n\n### 이든\n\n이든의 답\n\n## 2. ${why}\n\n### 온유\n\n답\n\n### 이든\n\n답\n`;
    const texts = { '분산 저장.md': page('분산 저장'), '일관성.md': page('일관성') };
    expect(readDocuments(documents(texts)).chapters.map(({ reading }) => reading.reader)).not.toContain(
      'member-pages',
    );
  });

  it.each([
    ['end as questions do', '한가', '미나', '이란'],
    ['are numbered', '1. 온유', '2. 이든', '3. 하람'],
    ['are short', '온유', '이든', '하람'],
  ])('are not taken for pages of members whose headings are names that %s', (_, ...names) => {
    const page = (title: string) =>
      `# ${title}\n\n${names.map((name) => `## ${name}\n\n${answered(what, `${name} 답`)}`).join('')}`;
    const texts = { '저장 구조.md': page('저장 구조'), '복구.md': page('복구') };
    const { chapters } = readDocuments(documents(texts), { format: 'member-pages' });
    expect(chapters).toEqual([]);
  });

  it('are refused where two of them are of one member', () => {
    const page = `## ${what}\n\n나누는 것\n\n## ${why}\n\n잃지 않으려고\n`;
    const twice = { 'a/온유 답변.md': page, 'a/온유-답변.md': page, 'a/이든.md': page };
    const read = () => readDocuments(documents(twice));
    expect(read).toThrow(InputError);
    expect(read).toThrow('is a document of "온유" as well');
  });

  it('keep two members apart whose names differ in what stands around them', () => {
    const page = (own: string) => `## ${what}\n\n${own}\n`;
    const texts = {
      'a/온유 (1조).md': page('하나'),
      'a/온유 (2조).md': page('둘'),
      'a/questions.md': `## ${what}\n`,
    };
    expect(readers(texts)).toEqual(['member-pages a 온유 (1조) 1: 하나', 'member-pages a 온유 (2조) 1: 둘']);
  });

  it('keep members apart so in folders and on pages of questions as well', () => {
    const folders = {
      '저장/샤딩이란?/온유 (1조)': '하나',
      '저장/샤딩이란?/온유 (2조).md': '둘',
      '저장/복제란?/온유.md': '셋',
    };
    expect(readers(folders)).toEqual([
      'question-pages 저장 온유 1: 셋',
      'question-pages 저장 온유 (1조) 2: 하나',
      'question-pages 저장 온유 (2조) 2: 둘',
    ]);
    const page = (title: string) => `# ${title}\n\n## 온유 (1조)\n\n하나\n\n## 온유 (2조)\n\n둘\n`;
    expect(readers({ 'a/1.md': page(`1. ${what}`), 'a/2.md': page(`2. ${why}`) })).toEqual([
      'question-pages a 온유 (1조) 1: 하나',
      'question-pages a 온유 (2조) 1: 둘',
      'question-pages a 온유 (1조) 2: 하나',
      'question-pages a 온유 (2조) 2: 둘',
    ]);
  });

  it('take only known members for members where these were named', () => {
    const page = (own: string) => `## ${what}\n\n${own}\n`;
    const texts = { 'a/온유.md': page('하나'), 'a/회고록.md': page('둘'), 'a/questions.md': `## ${what}\n` };
    const { chapters } = readDocuments(documents(texts), { hints: { members: ['온유', '이든'] } });
    expect(credits(chapters)).toEqual(['member-pages a 온유 1: 하나']);
    expect(chapters[0]?.chapter.warnings.map(({ code, file }) => [code, file])).toContainEqual([
      'document_ignored',
      'a/회고록.md',
    ]);
  });

  it('know members by their other names, however the answers are handed in', () => {
    const hints = { members: ['온유', '이든'], aliases: { onyu: '온유', 'eden-k': '이든' } };
    const withHints = (texts: Readonly<Record<string, string>>) =>
      credits(readDocuments(documents(texts), { hints }).chapters);
    const page = (own: string) => `## ${what}\n\n${own}\n`;
    expect(
      withHints({
        'w/questions.md': `## ${what}\n`,
        'w/onyu-answers.md': page('하나'),
        'w/eden-k.md': page('둘'),
      }),
    ).toEqual(['member-pages w 이든 1: 둘', 'member-pages w 온유 1: 하나']);
    expect(
      withHints({
        '저장/샤딩이란?/onyu.md': '하나',
        '저장/복제란?/이든.md': '둘',
        '저장/복제란?/guest.md': '셋',
      }),
    ).toEqual(['question-pages 저장 이든 1: 둘', 'question-pages 저장 온유 2: 하나']);
    const asked = (title: string) => `# ${title}\n\n## @onyu\n\n하나\n\n## guest\n\n나머지\n`;
    expect(withHints({ 'a/1.md': asked(`1. ${what}`), 'a/2.md': asked(`2. ${why}`) })).toEqual([
      'question-pages a 온유 1: 하나',
      'question-pages a 온유 2: 하나',
    ]);
    const id = (digit: string) => digit.repeat(32);
    const rows = withHints({
      [`답 ${id('a')}.csv`]: '이름,번호\nonyu,1\nguest,1\n',
      [`답 ${id('a')}/onyu ${id('b')}.md`]: '# onyu\n\n번호: 1\n\n하나\n',
      [`답 ${id('a')}/guest ${id('c')}.md`]: '# guest\n\n번호: 1\n\n둘\n',
    });
    expect(rows).toEqual(['notion-database 답 온유 1: 하나']);
  });

  it('may be sets of different kinds, each read by its own reader, beside pages that stay alone', () => {
    const page = (own: string) => `## ${what}\n\n${own}\n`;
    const texts = {
      'w1/questions.md': `## ${what}\n`,
      'w1/온유.md': page('하나'),
      'w1/이든.md': page('둘'),
      '저장소/샤딩이란?/온유.md': '셋',
      '저장소/복제란?/온유.md': '넷',
      '복습.md': `# 복습\n\n## 온유\n\n${answered(what, '다섯')}`,
    };
    expect(readers(texts)).toEqual([
      'member-pages w1 온유 1: 하나',
      'member-pages w1 이든 1: 둘',
      'question-pages 저장소 온유 1: 넷',
      'question-pages 저장소 온유 2: 셋',
      'member-sections 복습 온유 1: 다섯',
    ]);
  });

  it('are read in the way that was chosen', () => {
    const page = (own: string) => `# ${own}\n\n${answered(what, own)}`;
    const texts = { '온유.md': page('온유'), '이든.md': page('이든') };
    const { chapters } = readDocuments(documents(texts), { format: 'member-sections' });
    expect(credits(chapters)).toEqual([
      'member-sections 온유 온유 1: 온유',
      'member-sections 이든 이든 1: 이든',
    ]);
    expect(readers(texts)).toEqual([
      'member-pages chapter 온유 1: 온유',
      'member-pages chapter 이든 1: 이든',
    ]);
  });

  it('give nobody the page that answers of two lead to', () => {
    const link = '[답](같은%20페이지.md)';
    const texts = {
      '단원.md': `# 단원\n\n## 온유\n\n${answered(what, link)}## 이든\n\n${answered(what, link)}`,
      '같은 페이지.md': '# 같은 페이지\n\n나누는 것\n',
    };
    const { chapters, skipped } = readDocuments(documents(texts));
    expect(skipped.map(({ file }) => file)).toEqual(['같은 페이지.md']);
    expect(chapters.flatMap(({ chapter }) => chapter.submissions.map(({ status }) => status))).toEqual([
      'not_gradable',
      'not_gradable',
    ]);
    expect(chapters.flatMap(({ chapter }) => chapter.warnings.map(({ code }) => code))).toEqual(
      expect.arrayContaining(['sub_page_of_several', 'sub_page_of_several']),
    );
  });

  it('name a page that answers in different chapters lead to, even a blank one, as skipped', () => {
    const page = '저장/샤딩이란?/하람.md';
    const link = `[답](${encodeURIComponent(`/${page}`)})`;
    const { skipped } = readDocuments(
      documents({
        '온유.md': `## 1. ${what}`,
        'onyu-answers.md': `## 1. ${what}\n${link}`,
        '3주차/온유.md': `# 온유\n- ${why}\n${link}`,
        [page]: '',
      }),
    );
    expect(skipped.map(({ file, why: { text } }) => [file, text.en])).toEqual([
      [page, expect.stringContaining('several answers lead to this page')],
    ]);
  });
});

describe('a page of model answers beside tables', () => {
  const form = '타임스탬프,이름,샤딩이란?,복제란?\n2026-01-02 10:00:00,온유,나누는 것,베끼는 것\n';
  const page = '# 모범답안\n\n## 샤딩이란?\n\n자료를 나누어 두는 일이다.\n';
  const skippedOf = (texts: Record<string, string>) =>
    readDocuments(documents(texts)).skipped.map(({ file, why: { text } }) => [file, text.en]);
  const unclear = expect.stringMatching(/^this looks like a page of model answers, but/u);

  it('is used where there is one chapter', () => {
    expect(skippedOf({ '응답.csv': form, '모범답안.md': page })).toEqual([]);
  });

  it.each([
    ['with two tables', { '가.csv': form, '나.csv': form, '모범답안.md': page }, ['모범답안.md']],
    ['with two such pages', { '가.csv': form, '정답.md': page, '해설.md': page }, ['정답.md', '해설.md']],
    ['in another folder', { '가/응답.csv': form, '나/모범답안.md': page }, ['나/모범답안.md']],
    [
      'with other questions',
      { '응답.csv': form, '모범답안.md': page.replace('샤딩', '정규화') },
      ['모범답안.md'],
    ],
    ['without a title', { '응답.csv': form, '모범답안.md': '그때그때 다르다.\n' }, ['모범답안.md']],
  ])('is not used %s, and it is said what to do', (_, texts, files) => {
    expect(skippedOf(texts)).toEqual(files.map((file) => [file, unclear]));
  });

  it('takes copies of a model answer from nobody’s first, and from nobody’s revised attempt', () => {
    const model = '자료를 여러 곳에 나누어 두어 한 곳에 몰리는 일을 덜고 크기를 늘릴 수 있게 하는 방법이다.';
    const table = `이름,질문,답,시도\n온유,샤딩이란?,나누는 것,\n온유,샤딩이란?,${model},수정\n이든,샤딩이란?,${model},\n`;
    const { chapters } = readDocuments(
      documents({ '답.csv': table, '모범답안.md': `# 모범답안\n\n## 샤딩이란?\n\n${model}\n` }),
    );
    const [own] = chapters;
    expect(
      own?.chapter.submissions.map(({ member, status, attempts, flags }) => [
        member,
        status,
        attempts.length,
        flags,
      ]),
    ).toEqual([
      ['온유', 'answered', 1, ['model_answer_copy']],
      ['이든', 'replaced_by_model_answer', 1, ['undeclared_copy']],
    ]);
    expect(own?.chapter.warnings.map(({ code, file, line }) => [code, file, line])).toEqual([
      ['model_answer_copy', '답.csv', 3],
      ['undeclared_copy', '답.csv', 4],
    ]);
  });
});

const root = new URL('./fixtures/', import.meta.url).pathname;

function filesBelow(folder: string): string[] {
  return readdirSync(folder)
    .map((name) => join(folder, name))
    .flatMap((path) => (statSync(path).isDirectory() ? filesBelow(path) : [path]));
}

function fixture(variant: string): SourceDocument[] {
  const folder = join(root, variant);
  return filesBelow(folder)
    .map((path) => ({ path, file: relative(folder, path), bytes: readFileSync(path) }))
    .filter(({ file }) => file !== 'expected.json')
    .map(({ file, bytes }) => ({
      path: file,
      file,
      text: bytes.length === 0 ? '' : decodeDocument(bytes, file),
    }));
}

const variants = [
  'notion-database',
  'notion-database-by-order',
  'notion-linked-answers',
  'notion-member-pages',
  'notion-question-pages',
  'repository-member-files',
  'repository-member-folders',
  'repository-question-folders',
];

describe('the order in which documents come', () => {
  it.each(variants)('changes nothing about who is credited with what: %s', (variant) => {
    const given = fixture(variant);
    const expected = credits(readDocuments(given).chapters).sort();
    expect(expected.length).toBeGreaterThan(0);
    const orders = fc.shuffledSubarray(given, { minLength: given.length });
    fc.assert(
      fc.property(orders, (shuffled) => {
        expect(credits(readDocuments(shuffled).chapters).sort()).toEqual(expected);
      }),
      { numRuns: 20 },
    );
  });
});

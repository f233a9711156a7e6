import { describe, expect, it } from 'vitest';
import { loadChapters } from '../../src/app/load-chapters.ts';
import { InputError } from '../../src/core/errors.ts';
import { zipArchive } from '../../src/zip-archive.ts';
import { memoryFiles } from '../helpers/memory-files.ts';

function page(title: string, answer = '정렬되어 있어서 빠르다'): string {
  return `# ${title}

## 가람

- 인덱스가 조회를 빠르게 하는 까닭은 무엇인가요?

    <aside>
    💡

    ${answer}

    </aside>

## 모범답안

**1. 인덱스가 조회를 빠르게 하는 까닭은 무엇인가요?**

키가 정렬된 별도의 자료구조라서 테이블 전체를 훑지 않아도 됩니다.
`;
}

async function errorOf(work: Promise<unknown>): Promise<InputError> {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (error instanceof InputError) return error;
  throw new Error(`expected an InputError, got ${String(error)}`);
}

const titles = ({ chapters }: Awaited<ReturnType<typeof loadChapters>>) =>
  chapters.map(({ file, chapter }) => [file, chapter.title]);

describe('loadChapters', () => {
  it('reads a file', async () => {
    const files = memoryFiles({ '/in/a.md': page('03장 인덱스') });
    const { chapters, skipped } = await loadChapters(['/in/a.md'], { files, archive: zipArchive });
    expect(skipped).toEqual([]);
    expect(chapters).toHaveLength(1);
    expect(chapters[0]).toMatchObject({
      file: '/in/a.md',
      chapter: {
        id: '03장-인덱스',
        submissions: [
          { member: '가람', question: 1, attempts: [{ kind: 'first', text: '정렬되어 있어서 빠르다' }] },
        ],
      },
    });
  });

  it('reads files one after the other, whatever they end in', async () => {
    const files = memoryFiles({ '/in/b.txt': page('나'), '/in/a.md': page('가') });
    expect(titles(await loadChapters(['/in/b.txt', '/in/a.md'], { files, archive: zipArchive }))).toEqual([
      ['/in/b.txt', '나'],
      ['/in/a.md', '가'],
    ]);
  });

  it('reads the pages of a folder in the order a person would list them, then those of the folders in it', async () => {
    const files = memoryFiles({
      '/in/10장.md': page('10장'),
      '/in/2장.MD': page('2장'),
      '/in/3장.markdown': page('3장'),
      '/in/4장.txt': page('4장'),
      '/in/photo.png': 'not for us',
      '/in/Makefile': 'not for us either',
      '/in/.drafts/5장.md': page('5장'),
      '/in/node_modules/thing/6장.md': page('6장'),
      '/in/__MACOSX/7장.md': page('7장'),
      '/in/.hidden.md': page('8장'),
      '/in/b/a/9장.md': page('9장'),
      '/in/b/12장.md': page('12장'),
      '/in/a/13장.md': page('13장'),
    });
    const loaded = await loadChapters(['/in'], { files, archive: zipArchive });
    expect(titles(loaded)).toEqual([
      ['/in/2장.MD', '2장'],
      ['/in/3장.markdown', '3장'],
      ['/in/4장.txt', '4장'],
      ['/in/10장.md', '10장'],
      ['/in/a/13장.md', '13장'],
      ['/in/b/12장.md', '12장'],
      ['/in/b/a/9장.md', '9장'],
    ]);
    expect(loaded.skipped).toEqual([]);
  });

  it('refuses folders inside one another without end', async () => {
    const deep = `/in/${Array.from({ length: 17 }, (_, level) => level).join('/')}/a.md`;
    const files = memoryFiles({ [deep]: page('가') });
    const error = await errorOf(loadChapters(['/in'], { files, archive: zipArchive }));
    expect(error.sentence('en')).toMatch(/^\/in\/0\/1\/.*: folders lie more than 16 deep/u);
  });

  it('says how to export when it is given web pages', async () => {
    const files = memoryFiles({ '/in/1장.html': '<h1>1장</h1>', '/in/index.html': '<p></p>' });
    const message =
      'this was exported as HTML; choose the format "Markdown & CSV" when exporting from Notion.';
    for (const [path, file] of [
      ['/in', '/in'],
      ['/in/1장.html', '/in/1장.html'],
    ] as const)
      expect((await errorOf(loadChapters([path], { files, archive: zipArchive }))).sentence('en')).toBe(
        `${file}: ${message}`,
      );
  });

  it('passes over the index that an export puts beside its pages', async () => {
    const files = memoryFiles({ '/in/index.html': '<p></p>', '/in/1장.md': page('1장') });
    expect(titles(await loadChapters(['/in'], { files, archive: zipArchive }))).toEqual([
      ['/in/1장.md', '1장'],
    ]);
  });

  it('reads a large table of a folder in parts', async () => {
    const rows = Array.from({ length: 5000 }, (_, row) => `가람,${row + 1},"${'정렬되어 있다 '.repeat(50)}"`);
    const table = new TextEncoder().encode(`member,no,answer\n${rows.join('\n')}`);
    const half = table.length / 2;
    const files = memoryFiles({ '/in/1장.md': page('1장'), '/in/2장.csv': table });
    const parts: number[] = [];
    const watched = {
      ...files,
      async *chunks(path: string) {
        if (!path.endsWith('.csv')) yield* files.chunks(path);
        else for (const part of [table.subarray(0, half), table.subarray(half)]) parts.push(yield part);
      },
    };
    const { chapters } = await loadChapters(['/in'], { files: watched, archive: zipArchive });
    expect(chapters.map(({ chapter }) => chapter.submissions.length)).toEqual([1, 5000]);
    expect(parts).toHaveLength(4);
  });

  it('gives a table of a folder the model answers of the page beside it', async () => {
    const files = memoryFiles({
      '/in/a/모범답안.md': '# 모범답안\n\n**1. 왜 나누나요?**\n\n작게 하려고 나눈다.\n',
      '/in/a/응답.csv': '타임스탬프,이름,1. 왜 나누나요?\n2026-01-02 10:00:00,노을,작게\n',
      '/in/b/모범답안.md': '# 모범답안\n\n**1. 언제 나누나요?**\n\n먼저.\n',
    });
    const { chapters, skipped } = await loadChapters(['/in'], { files, archive: zipArchive });
    expect(chapters.map(({ chapter: { questions, warnings } }) => [questions, warnings])).toEqual([
      [[{ no: 1, text: '왜 나누나요?', modelAnswer: '작게 하려고 나눈다.' }], []],
    ]);
    expect(skipped).toMatchObject([
      { file: '/in/b/모범답안.md', why: { en: expect.stringMatching(/^this looks like a page of model/u) } },
    ]);
  });

  it('skips what is no chapter in a folder, and says why', async () => {
    const files = memoryFiles({
      '/in/a.md': page('가'),
      '/in/blank.md': ' \n',
      '/in/README.md': '# How to\n\nJust a text.\n',
    });
    const loaded = await loadChapters(['/in'], { files, archive: zipArchive });
    expect(titles(loaded)).toEqual([['/in/a.md', '가']]);
    expect(loaded.skipped.map(({ file }) => file).sort()).toEqual(['/in/README.md', '/in/blank.md']);
    for (const { why } of loaded.skipped) {
      expect(why.ko).toMatch(/\p{Script=Hangul}/u);
      expect(why.en).toMatch(/[a-z]/u);
    }
  });

  it('refuses a folder without pages and tables', async () => {
    const files = memoryFiles({ '/in/a.png': page('가') });
    const error = await errorOf(loadChapters(['/in'], { files, archive: zipArchive }));
    expect(error.sentence('en')).toMatch(/^\/in: there are only pictures and other attachments \(a\.png\)/u);
    const nothing = await errorOf(
      loadChapters(['/in'], { files: memoryFiles({ '/in/.hidden': 'x' }), archive: zipArchive }),
    );
    expect(nothing.sentence('en')).toMatch(/^\/in: no \.md, \.csv or \.jsonl file in this folder/u);
    expect(nothing.sentence('ko')).toContain('Notion');
  });

  it('says of a folder of nothing but other kinds of documents what to do', async () => {
    const files = memoryFiles({ '/in/a.docx': 'x', '/in/b.pdf': 'x' });
    const error = await errorOf(loadChapters(['/in'], { files, archive: zipArchive }));
    expect(error.sentence('en')).toBe(
      '/in/a.docx: documents of this kind cannot be read, so this was not read; save it as Markdown (.md) or text (.txt).',
    );
  });

  it('refuses a folder of which nothing is a chapter', async () => {
    const files = memoryFiles({ '/in/a.md': 'text', '/in/b.md': 'text' });
    expect((await errorOf(loadChapters(['/in'], { files, archive: zipArchive }))).place).toEqual({
      file: '/in',
    });
  });

  it('says what is wrong with the only document of a folder', async () => {
    const files = memoryFiles({ '/in/a.md': '# 제목\n\n글\n' });
    const error = await errorOf(loadChapters(['/in'], { files, archive: zipArchive }));
    const alone = await errorOf(loadChapters(['/in/a.md'], { files, archive: zipArchive }));
    expect(error.sentence('ko')).toBe(alone.sentence('ko'));
    expect(error.place.file).toBe('/in/a.md');
  });

  it('refuses a file that is no chapter, or not there', async () => {
    const files = memoryFiles({ '/in/a.md': page('가'), '/in/b.md': 'text' });
    expect(
      (await errorOf(loadChapters(['/in/a.md', '/in/b.md'], { files, archive: zipArchive }))).place.file,
    ).toBe('/in/b.md');
    expect((await errorOf(loadChapters(['/in/c.md'], { files, archive: zipArchive }))).place.file).toBe(
      '/in/c.md',
    );
  });

  it('refuses two documents of one title, naming both', async () => {
    const files = memoryFiles({
      '/in/a.md': page('03장'),
      '/in/b.md': page('04장'),
      '/in/b (1).md': page('03장', '다른 답'),
    });
    const error = await errorOf(
      loadChapters(['/in/a.md', '/in/b.md', '/in/b (1).md'], { files, archive: zipArchive }),
    );
    expect(error.sentence('en')).toBe(
      '/in/b (1).md: the title "03장" is also that of /in/a.md; give every chapter a title of its own.',
    );
    expect(error.sentence('ko')).toContain('/in/a.md');
  });

  it('reads nothing from nothing', async () => {
    expect(await loadChapters([], { files: memoryFiles(), archive: zipArchive })).toEqual({
      chapters: [],
      skipped: [],
    });
  });

  it('throws what is no fault of a document', async () => {
    const files = memoryFiles({ '/in/a.md': page('가') });
    const bug = new RangeError('a bug');
    const broken = {
      ...files,
      chunks: () => {
        throw bug;
      },
    };
    await expect(loadChapters(['/in'], { files: broken, archive: zipArchive })).rejects.toBe(bug);
  });

  it('reads tables of answers, which may hold several chapters, beside pages', async () => {
    const files = memoryFiles({
      '/in/1장.md': page('1장'),
      '/in/2장.csv': 'member,no,answer\n가람,1,정렬되어 있다\n',
      '/in/3.jsonl':
        '{"unit":"3장","member":"가람","no":1,"answer":"가"}\n{"unit":"4장","member":"나래","no":1,"answer":"나"}',
      '/in/5장.tsv': '이름\t번호\t답\n가람\t1\t정렬\n',
    });
    expect(titles(await loadChapters(['/in'], { files, archive: zipArchive }))).toEqual([
      ['/in/1장.md', '1장'],
      ['/in/2장.csv', '2장'],
      ['/in/3.jsonl', '3장'],
      ['/in/3.jsonl', '4장'],
      ['/in/5장.tsv', '5장'],
    ]);
  });

  it('skips tables of a folder that hold no answers of members, and says why and where', async () => {
    const files = memoryFiles({
      '/in/a.md': page('가'),
      '/in/budget.csv': 'item,price\nroom,10\n',
      '/in/gold.jsonl': '{"question":"왜?","answer":"그래서","score":1,"max_score":2}\n',
    });
    const { chapters, skipped } = await loadChapters(['/in'], { files, archive: zipArchive });
    expect(chapters).toHaveLength(1);
    expect(skipped.map(({ file, why }) => [file, why.en])).toEqual([
      [
        '/in/budget.csv:1',
        expect.stringMatching(/^none of the columns in the first row \("item", "price"\) says/u),
      ],
      ['/in/gold.jsonl:1', expect.stringMatching(/^the field "member" is missing/u)],
    ]);
  });

  it('names the line of a table that was asked for itself', async () => {
    const files = memoryFiles({ '/in/a.csv': 'member,no,answer\n가람,1,가\n,,나\n' });
    expect((await errorOf(loadChapters(['/in/a.csv'], { files, archive: zipArchive }))).place).toEqual({
      file: '/in/a.csv',
      line: 3,
    });
    expect((await errorOf(loadChapters(['/in'], { files, archive: zipArchive }))).place).toEqual({
      file: '/in/a.csv',
      line: 3,
    });
    expect((await errorOf(loadChapters(['/in/b.csv'], { files, archive: zipArchive }))).place).toEqual({
      file: '/in/b.csv',
    });
  });
});

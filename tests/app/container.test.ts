import { dirname } from 'node:path';
import { describe, expect, it } from 'vitest';
import { documentsBelow, documentsInArchive } from '../../src/app/container.ts';
import { loadChapters } from '../../src/app/load-chapters.ts';
import { chaptersIn } from '../../src/app/load-documents.ts';
import { linkNotFollowed } from '../../src/app/unreadable.ts';
import { InputError } from '../../src/core/errors.ts';
import { zipArchive } from '../../src/zip-archive.ts';
import { memoryFiles } from '../helpers/memory-files.ts';
import { zipOf } from '../helpers/zips.ts';

const contents = {
  '2/가.md': 'a',
  '10/가': '',
  '2/b.txt': 'bb',
  'c.CSV': 'x',
  'd.jsonl': '{}',
  '%EB%8B%B5.md': 'decoded',
  '100%.md': 'as it is',
  '%2E%2E%2Fup.md': 'as it is',
  '그림.png': 'png',
  '문서.docx': 'docx',
};

const paths = [
  '%2E%2E%2Fup.md',
  '100%.md',
  'c.CSV',
  'd.jsonl',
  '답.md',
  '문서.docx',
  '2/가.md',
  '2/b.txt',
  '10/가',
];

describe('the documents', () => {
  it('in a folder are named as they lie there, decoded and composed', async () => {
    const files = memoryFiles(
      Object.fromEntries(
        Object.entries(contents).map(([path, text]) => [`/in/${path.normalize('NFD')}`, text]),
      ),
    );
    const documents = await documentsBelow('/in', files, zipArchive);
    expect(documents.map(({ path }) => path).sort()).toEqual([...paths].sort());
    const answer = documents.find(({ path }) => path === '답.md');
    expect([answer?.file, answer?.size]).toEqual(['/in/%EB%8B%B5.md', 7]);
  });

  it('in an archive are named so as well, and listed as a person would', async () => {
    const documents = await documentsInArchive(await zipOf(contents), 'X.zip', zipArchive);
    expect(documents.map(({ path }) => path).sort()).toEqual([...paths].sort());
    expect(documents.map(({ path }) => path).slice(-3)).toEqual(['2/가.md', '2/b.txt', '10/가']);
    expect(documents.find(({ path }) => path === '답.md')?.file).toBe('X.zip!%EB%8B%B5.md');
  });
});

describe('links in a folder', () => {
  const links = ['/in/3주차/박산.md', '/in/3주차/4주차', '/in/3주차/그림.png', '/in/3주차/.숨은.md'];
  const page = '# 3주차\n\n## 김하늘\n\n- 토큰이란 무엇인가요?\n\n    조각\n';
  const filesWith = (contents: Record<string, string>) => ({
    ...memoryFiles(contents),
    links: async (folder: string) => links.filter((link) => dirname(link) === folder),
  });
  const load = (contents: Record<string, string>) =>
    loadChapters(['/in'], { files: filesWith(contents), archive: zipArchive });

  it('that may lead to answers are named, and not followed', async () => {
    const { chapters, skipped } = await load({ '/in/3주차/단원.md': page });
    expect(chapters).toHaveLength(1);
    expect(skipped).toEqual(
      ['/in/3주차/박산.md', '/in/3주차/4주차'].map((file) => ({ file, why: linkNotFollowed })),
    );
  });

  it('are what is wrong where there is nothing else', async () => {
    await expect(load({ '/in/3주차/그림.png': 'png' })).rejects.toMatchObject({ text: linkNotFollowed });
  });
});

it('what has no end is not read to its end', async () => {
  let parts = 0;
  const endless = {
    ...{ path: '가람.md', file: '/in/가람.md', size: 10 },
    async *chunks() {
      for (;;) {
        parts += 1;
        yield new Uint8Array(1024 * 1024).fill(97);
      }
    },
  };
  const error = await chaptersIn([endless], '/in', { ko: '없음', en: 'nothing' }, {}).catch(
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof InputError)) throw new Error(`expected an InputError, got ${String(error)}`);
  expect(error.sentence('en')).toMatch(/^\/in\/가람\.md: this is too much text/u);
  expect(parts).toBe(129);
});

it('more documents than anybody hands in are refused', async () => {
  const many = Object.fromEntries(Array.from({ length: 5001 }, (_, no) => [`/in/${no}.md`, 'x']));
  const error = await documentsBelow('/in', memoryFiles(many), zipArchive).catch((thrown: unknown) => thrown);
  if (!(error instanceof InputError)) throw new Error(`expected an InputError, got ${String(error)}`);
  expect(error.sentence('en')).toBe(
    '/in: there are more than 5,000 files; hand in only the part with the chapters.',
  );
});

it('a link finds its page though the disk holds the name encoded', async () => {
  const page =
    '# 1단원\n\n## 가람\n\n- 왜?\n    \n    <aside>\n    💡\n    \n    [답](%25EB%258B%25B5.md)\n    \n    </aside>\n';
  const files = memoryFiles({ '/in/1단원.md': page, '/in/%EB%8B%B5.md': '# 답\n\n까닭이 있어서\n' });
  const { chapters, skipped } = await loadChapters(['/in'], { files, archive: zipArchive });
  expect(chapters.map(({ chapter }) => chapter.submissions.map(({ attempts }) => attempts))).toEqual([
    [[{ kind: 'first', text: '까닭이 있어서' }]],
  ]);
  expect(skipped).toEqual([]);
});

it('an empty file is an answer that was not given where a member answers, and no chapter where it stands alone', async () => {
  const files = memoryFiles({
    '/in/1/왜 그런가요?/가람.md': '까닭이 있어서',
    '/in/1/왜 그런가요?/나래': '',
    '/in/1/언제 그런가요?/가람.md': ' \n',
    '/in/1/언제 그런가요?/나래': '밤에',
    '/in/1/언제 그런가요?/다솜.txt': '\uFEFF\u00A0\n',
    '/in/blank.md': '',
  });
  const { chapters, skipped } = await loadChapters(['/in'], { files, archive: zipArchive });
  const read = chapters.flatMap(({ chapter }) =>
    chapter.submissions.map(
      ({ member, question, status }) => `${chapter.title} ${member} ${question} ${status}`,
    ),
  );
  expect(read).toEqual([
    '1 가람 1 unanswered',
    '1 나래 1 answered',
    '1 다솜 1 unanswered',
    '1 가람 2 answered',
    '1 나래 2 unanswered',
    '1 다솜 2 unanswered',
  ]);
  expect(skipped).toEqual([
    {
      file: '/in/blank.md',
      why: expect.objectContaining({ en: 'the file is empty; name a file with content.' }),
    },
  ]);
});

import { expect, test } from 'vitest';
import { loadChapters } from '../../src/app/load-chapters.ts';
import { notionChapters } from '../../src/app/notion-chapters.ts';
import { notionDocuments } from '../../src/app/notion-documents.ts';
import type { NotionPage, NotionPages } from '../../src/app/notion-pages.ts';
import type { Sources } from '../../src/app/sources.ts';
import { zipArchive } from '../../src/zip-archive.ts';
import { memoryFiles } from '../helpers/memory-files.ts';
import { chapterPage } from '../helpers/run-cli.ts';

function sourcesWith(pages?: NotionPages): Sources {
  return { files: memoryFiles({}), archive: zipArchive, ...(pages ? { pages } : {}) };
}

function pageOf(title: string, text: string, subPages: NotionPage[] = []): NotionPage {
  const lineBlocks = text.split('\n').map(() => 'block');
  return { id: title, title, text, lineBlocks, blocks: new Map(), callouts: [], scoreboards: [], subPages };
}

function chapterOf(title: string): NotionPage {
  const questions = [{ text: 'What is a queue?', modelAnswer: 'First in, first out.' }];
  return pageOf(title, chapterPage({ title, members: { Ann: { 1: 'A line of people.' } }, questions }));
}

/** One page that is known by its name. */
function pagesWith(page: NotionPage): NotionPages {
  return {
    read: async (reference) => {
      if (reference === page.id) return page;
      throw new Error(`nobody should read ${reference}`);
    },
  };
}

const group = pageOf('Our/group', '# Our/group\n\n[05](…)\n', [
  chapterOf('05 Queues'),
  chapterOf('06 Stacks'),
]);

test('a page and those below it are documents, named by where they lie', async () => {
  const documents = await notionDocuments(pagesWith(group), 'notion:Our/group');
  expect(documents.map(({ file }) => file)).toEqual([
    'notion:Our group',
    'notion:Our group/05 Queues',
    'notion:Our group/06 Stacks',
  ]);
});

test('those that are chapters are loaded, the others said', async () => {
  const { chapters, skipped } = await loadChapters(['notion:Our/group'], sourcesWith(pagesWith(group)));
  expect(chapters.map(({ file, chapter }) => [file, chapter.title])).toEqual([
    ['notion:Our group/05 Queues', '05 Queues'],
    ['notion:Our group/06 Stacks', '06 Stacks'],
  ]);
  expect(skipped.map(({ file }) => file)).toEqual(['notion:Our group']);
});

test('an address stays as it was written', async () => {
  const address = 'https://www.notion.so/05-Queues-0123456789abcdef0123456789abcdef?pvs=4';
  const page = { ...chapterOf('05 Queues'), id: address };
  const { chapters } = await loadChapters([`notion:${address}`], sourcesWith(pagesWith(page)));
  expect(chapters).toHaveLength(1);
});

test('a page that is no chapter is an error that says so', async () => {
  const plain = pageOf('Notes', '# Notes\n\nnothing here\n');
  await expect(loadChapters(['notion:Notes'], sourcesWith(pagesWith(plain)))).rejects.toThrow(
    "no heading with a member's name",
  );
});

test('where pages in Notion are not read, that is said', async () => {
  await expect(loadChapters(['notion:Notes'], sourcesWith())).rejects.toThrow(
    'this command does not read pages from Notion',
  );
});

test('a chapter is at home on the page that it stands on, which no other chapter shares', async () => {
  const { chapters, skipped } = await notionChapters('notion:Our/group', sourcesWith(pagesWith(group)));
  expect(chapters.map(({ file, home, isHomeShared }) => [file, home.title, isHomeShared])).toEqual([
    ['notion:Our group/05 Queues', '05 Queues', false],
    ['notion:Our group/06 Stacks', '06 Stacks', false],
  ]);
  expect(skipped.map(({ file }) => file)).toEqual(['notion:Our group']);
});

test('feedback goes onto neither of two pages that cannot be told apart by name', async () => {
  const twins = pageOf('Group', '# Group\n', [
    chapterOf('05 Queues'),
    pageOf('Notes', '# Notes\n\nsee above\n'),
    pageOf('Notes', '# Notes\n\nsee below\n'),
  ]);
  const { chapters } = await notionChapters('notion:Group', sourcesWith(pagesWith(twins)));
  expect(chapters.map(({ pages }) => [...pages.keys()])).toEqual([
    ['notion:Group', 'notion:Group/05 Queues'],
  ]);
});

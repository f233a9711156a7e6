import type { Client, GetPageParameters, ListBlockChildrenParameters } from '@notionhq/client';
import { expect, test } from 'vitest';
import type { NotionPage } from '../../src/app/notion-pages.ts';
import { createNotionPages } from '../../src/notion/notion-pages.ts';
import { idOf, piece, seed, treeOf } from '../helpers/notion-blocks.ts';

const root = idOf(999);

/** A client of pages that hold nothing but pages. */
function clientOf(linksOn: (page: string) => ReturnType<typeof treeOf>): Client {
  const retrieve = async ({ page_id: id }: GetPageParameters) => ({
    object: 'page',
    id,
    url: `https://www.notion.so/${id}`,
    properties: { title: { type: 'title', title: [piece(id)] } },
  });
  const list = async ({ block_id: id }: ListBlockChildrenParameters) => ({
    results: linksOn(id).map(({ block }) => block),
    next_cursor: null,
    has_more: false,
  });
  return { pages: { retrieve }, blocks: { children: { list } } } as unknown as Client;
}

function links(count: number, from: number): ReturnType<typeof treeOf> {
  const seeds = Array.from({ length: count }, () => seed('child_page', { title: 'below' }));
  return treeOf(seeds, { id: from });
}

function depthOf({ subPages }: NotionPage): number {
  return 1 + Math.max(0, ...subPages.map(depthOf));
}

test('pages are followed three levels down; what lies deeper is a link in the text', async () => {
  const client = clientOf((id) => links(1, id === root ? 1 : Number(id.slice(-3)) + 1));
  expect(depthOf(await createNotionPages(client).read(root))).toBe(3);
});

test('more pages than any group has are refused', async () => {
  const client = clientOf((id) => (id === root ? links(201, 1) : []));
  await expect(createNotionPages(client).read(root)).rejects.toThrow('more than 200 pages lie below it');
});

import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Client, ListBlockChildrenParameters } from '@notionhq/client';
import { expect, test } from 'vitest';
import { readTree } from '../../src/notion/read-tree.ts';
import { bullet, idOf, paragraph, treeOf } from '../helpers/notion-blocks.ts';

const page = idOf(0);
const parents = treeOf(Array.from({ length: 9 }, (_, index) => bullet(`${index}`, [paragraph('inside')])));

/** A client that only lists, takes a while for it, and knows how often it was asked at once. */
function slowClient() {
  const seen = { underWay: 0, most: 0 };
  const list = async ({ block_id: id }: ListBlockChildrenParameters) => {
    seen.underWay += 1;
    seen.most = Math.max(seen.most, seen.underWay);
    await nextTurn();
    seen.underWay -= 1;
    const inside = parents.find(({ block }) => block.id === id)?.children ?? parents;
    return { results: inside.map(({ block }) => block), next_cursor: null, has_more: false };
  };
  return { seen, client: { blocks: { children: { list } } } as unknown as Client };
}

test('everything is read, four lists at once', async () => {
  const { seen, client } = slowClient();
  expect(await readTree(client, page, {})).toEqual(parents);
  expect(seen).toEqual({ underWay: 0, most: 4 });
});

import { type Client, isFullBlock, iteratePaginatedAPI } from '@notionhq/client';
import pLimit from 'p-limit';
import type { Place } from '../core/errors.ts';
import type { BlockNode } from './block-tree.ts';
import { mayNotRead, orNothing, tooDeep, tooLarge } from './notion-errors.ts';

/** The client's patience begins when a request is handed to it, so that few may wait there for their turn. */
const inFlight = 4;
const mostBlocks = 10_000;
const deepest = 20;

/** What is in these is a page of its own. */
const pages = ['child_page', 'child_database'];

/**
 * Everything that stands on a page, blocks in blocks included.
 * @throws InputError when it is more than any chapter has
 */
export async function readTree(client: Client, page: string, place: Place): Promise<BlockNode[]> {
  const limit = pLimit(inFlight);
  const list: Client['blocks']['children']['list'] = (args) => limit(() => client.blocks.children.list(args));
  let count = 0;
  async function childrenOf(id: string, depth: number): Promise<BlockNode[]> {
    if (depth > deepest) throw tooDeep(place, deepest);
    const nodes: BlockNode[] = [];
    const listed = iteratePaginatedAPI(list, { block_id: id, page_size: 100 });
    for await (const block of listed) {
      count += 1;
      if (count > mostBlocks) throw tooLarge(place, mostBlocks);
      if (!isFullBlock(block)) throw mayNotRead(place);
      nodes.push({ block, children: [] });
    }
    const parents = nodes.filter(({ block }) => block.has_children && !pages.includes(block.type));
    await Promise.all(
      parents.map(async (node) => {
        const children = childrenOf(node.block.id, depth + 1);
        // A copy of something that stands on a page which is not shared.
        node.children = await (node.block.type === 'synced_block' ? orNothing(children) : children);
      }),
    );
    return nodes;
  }
  return childrenOf(page, 1);
}

import { type Client, isFullBlock, iteratePaginatedAPI } from '@notionhq/client';
import type { NotionWriter } from '../app/notion-pages.ts';
import { isPublished } from '../core/published.ts';
import { type BlockNode, publishedKindOf } from './block-tree.ts';
import { atNotion } from './notion-errors.ts';
import { boardBlock, calloutOf, richTextOf, runsOf } from './published-content.ts';
import { readTree } from './read-tree.ts';
import { plainText } from './rich-text.ts';

/** Whether a user made and last edited blocks, with everything in them. */
function areBy(user: string, nodes: readonly BlockNode[]): boolean {
  return nodes.every(
    ({ block, children }) =>
      block.created_by.id === user && block.last_edited_by.id === user && areBy(user, children),
  );
}

/** Writes into pages as the integration; only blocks of its own that bear our mark are changed or removed. */
export function createNotionWriter(client: Client): NotionWriter {
  const place = {};
  let self: Promise<string> | null = null;
  const ownId = () => {
    self ??= client.users.me({}).then(({ id }) => id);
    return self;
  };

  /** Looked at again right before it is touched: somebody may have written into it since the page was read. */
  async function isOurs(id: string): Promise<boolean> {
    const block = await client.blocks.retrieve({ block_id: id });
    if (!isFullBlock(block)) return false;
    const node = { block, children: block.has_children ? await readTree(client, id, place) : [] };
    return publishedKindOf(node) !== null && areBy(await ownId(), [node]);
  }

  async function ifOurs(id: string, work: () => Promise<unknown>): Promise<boolean> {
    if (!(await isOurs(id))) return false;
    await work();
    return true;
  }

  return {
    addCallout: ({ parent, after }, content) =>
      atNotion(place, async () => {
        await client.blocks.children.append({
          block_id: parent,
          children: [calloutOf(content)],
          position: after === null ? { type: 'start' } : { type: 'after_block', after_block: { id: after } },
        });
      }),
    changeCallout: (id, content) =>
      atNotion(place, () =>
        ifOurs(id, () =>
          client.blocks.update({
            block_id: id,
            type: 'callout',
            callout: { rich_text: richTextOf(content) },
          }),
        ),
      ),
    addScoreboard: (page, board) =>
      atNotion(place, async () => {
        await client.blocks.children.append({
          block_id: page,
          children: [boardBlock(board)],
          position: { type: 'end' },
        });
      }),
    remove: (id) => atNotion(place, () => ifOurs(id, () => client.blocks.delete({ block_id: id }))),
    commentsOn: (block) =>
      atNotion(place, async () => {
        const own = await ownId();
        const comments = [];
        for await (const comment of iteratePaginatedAPI(client.comments.list, { block_id: block })) {
          if (comment.created_by.id !== own || !isPublished(plainText(comment.rich_text))) continue;
          comments.push({ id: comment.id, content: runsOf(comment.rich_text) });
        }
        return comments;
      }),
    addComment: (block, content) =>
      atNotion(place, async () => {
        await client.comments.create({ parent: { block_id: block }, rich_text: richTextOf(content) });
      }),
    changeComment: (id, content) =>
      atNotion(place, async () => {
        await client.comments.update({ comment_id: id, rich_text: richTextOf(content) });
      }),
    removeComment: (id) =>
      atNotion(place, async () => {
        await client.comments.delete({ comment_id: id });
      }),
  };
}

import { type Client, extractPageId, isFullPage } from '@notionhq/client';
import type { NotionBlock, NotionPage, NotionPages } from '../app/notion-pages.ts';
import type { Place } from '../core/errors.ts';
import type { BlockNode } from './block-tree.ts';
import { atNotion, notAPage, tooManyPages } from './notion-errors.ts';
import { pageMarkdown } from './page-markdown.ts';
import { boardIn, runsOf } from './published-content.ts';
import { readTree } from './read-tree.ts';
import { plainText } from './rich-text.ts';

/** A page for each member, and perhaps pages for parts below these. */
const deepestPage = 3;
const mostPages = 200;

/** Tells whether a block was made and last edited by us, with everything in it. */
type IsOwn = (node: BlockNode) => boolean;

async function titleOf(client: Client, id: string): Promise<string> {
  const page = await client.pages.retrieve({ page_id: id });
  const properties = isFullPage(page) ? Object.values(page.properties) : [];
  const title = properties.flatMap((property) => (property.type === 'title' ? property.title : []));
  return plainText(title).replace(/\s+/gu, ' ').trim() || 'Untitled';
}

/** The integration's own user is asked for only where something of ours may stand. */
async function ownership(client: Client, isNeeded: boolean): Promise<IsOwn> {
  if (!isNeeded) return () => false;
  const { id } = await client.users.me({});
  const isOwn: IsOwn = ({ block, children }) =>
    block.created_by.id === id && block.last_edited_by.id === id && children.every(isOwn);
  return isOwn;
}

function* blocksIn(nodes: readonly BlockNode[], parent: string): Generator<[string, NotionBlock]> {
  for (const { block, children } of nodes) {
    yield [block.id, { parent, type: block.type }];
    yield* blocksIn(children, block.id);
  }
}

function pagesIn(nodes: readonly BlockNode[]): string[] {
  return nodes.flatMap(({ block, children }) =>
    block.type === 'child_page' ? [block.id] : pagesIn(children),
  );
}

/** The pages that an integration may read. */
export function createNotionPages(client: Client): NotionPages {
  async function read(id: string, place: Place, depth: number, left: { pages: number }): Promise<NotionPage> {
    const title = await titleOf(client, id);
    const nodes = await readTree(client, id, place);
    const { text, lineBlocks, published } = pageMarkdown({ id, title }, nodes);
    const isOwn = await ownership(client, published.length > 0);
    const basics = published.map(({ node, line, kind }) => ({
      kind,
      node,
      block: { id: node.block.id, line, isOwn: isOwn(node) },
    }));
    const subPages: NotionPage[] = [];
    for (const sub of depth < deepestPage ? pagesIn(nodes) : []) {
      if (left.pages === 0) throw tooManyPages(place, mostPages);
      left.pages -= 1;
      subPages.push(await read(sub, place, depth + 1, left));
    }
    return {
      id,
      title,
      text,
      lineBlocks,
      blocks: new Map(blocksIn(nodes, id)),
      callouts: basics.flatMap(({ kind, node, block }) =>
        kind === 'callout' && node.block.type === 'callout'
          ? [{ ...block, content: runsOf(node.block.callout.rich_text) }]
          : [],
      ),
      scoreboards: basics.flatMap(({ kind, node, block }) =>
        kind === 'scoreboard' ? [{ ...block, board: boardIn(node) }] : [],
      ),
      subPages,
    };
  }

  return {
    async read(reference) {
      const place = { file: `notion:${reference}` };
      const id = extractPageId(reference);
      if (id === null) throw notAPage(place);
      return atNotion(place, () => read(id, place, 1, { pages: mostPages }));
    },
  };
}

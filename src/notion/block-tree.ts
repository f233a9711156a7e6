import type { BlockObjectResponse } from '@notionhq/client';
import { isPublished } from '../core/published.ts';
import { plainText } from './rich-text.ts';

/** A block with everything in it. */
export interface BlockNode {
  block: BlockObjectResponse;
  children: BlockNode[];
}

/** What stands on a page that we put there. */
export type PublishedKind = 'callout' | 'scoreboard';

/** Whether a block bears our mark, and as what; whoever made it. */
export function publishedKindOf({ block }: BlockNode): PublishedKind | null {
  if (block.type === 'callout') return isPublished(plainText(block.callout.rich_text)) ? 'callout' : null;
  if (block.type === 'heading_1')
    return isPublished(plainText(block.heading_1.rich_text)) ? 'scoreboard' : null;
  return null;
}

/** Blocks that only lay others out: what is in them stands where they stand. */
function isLayout({ block, children }: BlockNode): boolean {
  return (
    ['column_list', 'column', 'tab'].includes(block.type) ||
    (block.type === 'synced_block' && children.length > 0)
  );
}

/** Blocks that hold no text of their own. */
function isSilent({ block, children }: BlockNode): boolean {
  if (block.type === 'breadcrumb' || block.type === 'table_of_contents') return true;
  return block.type === 'paragraph' && children.length === 0 && plainText(block.paragraph.rich_text) === '';
}

/** The blocks that something is to be written for, in order. */
export function shownBlocks(nodes: readonly BlockNode[]): BlockNode[] {
  return nodes
    .flatMap((node) => (isLayout(node) ? shownBlocks(node.children) : [node]))
    .filter((node) => !isSilent(node));
}

const items = ['bulleted_list_item', 'numbered_list_item', 'to_do', 'toggle', 'template'];

/** Whether a block becomes an item of a list. */
export function isItem({ block }: BlockNode): boolean {
  return items.includes(block.type);
}

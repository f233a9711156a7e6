import type { BlockObjectResponse, RichTextItemResponse } from '@notionhq/client';
import { plainText, richMarkdown, withoutSecrets } from './rich-text.ts';

type Callout = Extract<BlockObjectResponse, { type: 'callout' }>['callout'];

/** The address of a page or a block in Notion. */
export function notionAddress(id: string): string {
  return `https://www.notion.so/${id.replaceAll('-', '')}`;
}

function link(label: string, address: string): string {
  return `[${label.replace(/\s*\n\s*/gu, ' ')}](${withoutSecrets(address)})`;
}

/** A file at Notion is reached by a key in its address, which is nobody's business. */
function hosted(address: string): string {
  return address.replace(/[?#].*$/su, '');
}

type Media =
  | { type: 'external'; external: { url: string }; caption: RichTextItemResponse[]; name?: string }
  | { type: 'file'; file: { url: string }; caption: RichTextItemResponse[]; name?: string };

function mediaLink(media: Media): string {
  const address = media.type === 'file' ? hosted(media.file.url) : media.external.url;
  const label = plainText(media.caption) || media.name || '';
  return link(label, address);
}

/**
 * Blocks that become one line with a link: files, bookmarks, other pages, and what the interface does not give, so
 * that nobody overlooks it. null for all others.
 */
export function linkLine(block: BlockObjectResponse): string | null {
  switch (block.type) {
    case 'image':
      return `!${mediaLink(block.image)}`;
    case 'video':
      return mediaLink(block.video);
    case 'file':
      return mediaLink(block.file);
    case 'pdf':
      return mediaLink(block.pdf);
    case 'audio':
      return mediaLink(block.audio);
    case 'bookmark':
      return link(plainText(block.bookmark.caption) || block.bookmark.url, block.bookmark.url);
    case 'embed':
      return link(plainText(block.embed.caption) || block.embed.url, block.embed.url);
    case 'link_preview':
      return link(block.link_preview.url, block.link_preview.url);
    case 'child_page':
      return link(block.child_page.title, notionAddress(block.id));
    case 'child_database':
      return link(block.child_database.title, notionAddress(block.id));
    case 'link_to_page': {
      const to = block.link_to_page;
      const id = to.type === 'page_id' ? to.page_id : to.type === 'database_id' ? to.database_id : block.id;
      return link(notionAddress(id), notionAddress(id));
    }
    case 'unsupported':
      return link(`unsupported: ${block.unsupported.block_type}`, notionAddress(block.id));
    default:
      return null;
  }
}

/** A callout's icon as the exporter writes it; null where it has none. */
export function iconLine({ icon }: Pick<Callout, 'icon'>): string | null {
  const image = (address: string) => `<img src="${address}" alt="${address}" width="40px" />`;
  switch (icon?.type) {
    case undefined:
      return null;
    case 'emoji':
      return icon.emoji;
    case 'external':
      return image(withoutSecrets(icon.external.url));
    case 'file':
      return image(hosted(icon.file.url));
    case 'custom_emoji':
      return image(hosted(icon.custom_emoji.url));
    case 'icon':
      return image(`https://www.notion.so/icons/${icon.icon.name}_${icon.icon.color}.svg`);
    default:
      return null;
  }
}

/** A row of a table. */
export function tableRow(cells: readonly (readonly RichTextItemResponse[])[]): string {
  const texts = cells.map((cell) => richMarkdown(cell).replaceAll('\n', '<br>').replaceAll('|', '\\|'));
  return `| ${texts.join(' | ')} |`;
}

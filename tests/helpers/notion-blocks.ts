import type { BlockObjectResponse, RichTextItemResponse } from '@notionhq/client';
import type { BlockNode } from '../../src/notion/block-tree.ts';

type BlockType = BlockObjectResponse['type'];
/** What a block of a type holds under the name of its type. */
type ContentOf<T extends BlockType> =
  Extract<BlockObjectResponse, { type: T }> extends infer B ? (T extends keyof B ? B[T] : never) : never;

/** A block as a test writes it down. */
export interface Seed {
  type: BlockType;
  content: object;
  children: Seed[];
}

type Annotations = RichTextItemResponse['annotations'];

const noAnnotations: Annotations = {
  bold: false,
  italic: false,
  strikethrough: false,
  underline: false,
  code: false,
  color: 'default',
};

/** A piece of text in the form of the interface. */
export function piece(
  content: string,
  style: Partial<Annotations> = {},
  href: string | null = null,
): RichTextItemResponse {
  return {
    type: 'text',
    text: { content, link: href === null ? null : { url: href } },
    plain_text: content,
    href,
    annotations: { ...noAnnotations, ...style },
  };
}

/** An equation inside of text. */
export function equationPiece(expression: string): RichTextItemResponse {
  return {
    type: 'equation',
    equation: { expression },
    plain_text: expression,
    href: null,
    annotations: noAnnotations,
  };
}

/** A person named in a text. */
export function personPiece(name: string): RichTextItemResponse {
  return {
    type: 'mention',
    mention: { type: 'user', user: { object: 'user', id: '00000000-0000-4000-9000-000000000009' } },
    plain_text: `@${name}`,
    href: null,
    annotations: noAnnotations,
  };
}

type Text = string | RichTextItemResponse[];

function textOf(text: Text): RichTextItemResponse[] {
  if (typeof text !== 'string') return text;
  return text === '' ? [] : [piece(text)];
}

/** A block of any type. */
export function seed<T extends BlockType>(type: T, content: ContentOf<T>, children: Seed[] = []): Seed {
  return { type, content: content as object, children };
}

type TextBlock = 'bulleted_list_item' | 'quote' | 'toggle';

function withText(type: TextBlock): (text: Text, children?: Seed[]) => Seed {
  return (text, children = []) => ({
    type,
    content: { rich_text: textOf(text), color: 'default' },
    children,
  });
}

export const bullet = withText('bulleted_list_item');
export const quote = withText('quote');
export const toggle = withText('toggle');

export function paragraph(text: Text, children: Seed[] = []): Seed {
  return seed('paragraph', { rich_text: textOf(text), color: 'default', icon: null }, children);
}

export function numbered(text: Text, children: Seed[] = []): Seed {
  return seed('numbered_list_item', { rich_text: textOf(text), color: 'default' }, children);
}

export function toDo(text: Text, checked: boolean): Seed {
  return seed('to_do', { rich_text: textOf(text), color: 'default', checked });
}

/** A heading; with children it is a toggle. */
export function heading(level: 1 | 2 | 3 | 4, text: Text, children: Seed[] = []): Seed {
  const content = { rich_text: textOf(text), color: 'default', is_toggleable: children.length > 0 };
  return { type: `heading_${level}`, content, children };
}

type Icon = Extract<BlockObjectResponse, { type: 'callout' }>['callout']['icon'];

/** A callout; an icon given as text is an emoji. */
export function callout(icon: string | Icon, text: Text, children: Seed[] = []): Seed {
  const given: Icon =
    typeof icon === 'string'
      ? { type: 'emoji', emoji: icon as Extract<Icon, { type: 'emoji' }>['emoji'] }
      : icon;
  return seed('callout', { rich_text: textOf(text), color: 'gray_background', icon: given }, children);
}

export function code(text: string, language: ContentOf<'code'>['language']): Seed {
  return seed('code', { rich_text: textOf(text), caption: [], language });
}

export function table(rows: Text[][]): Seed {
  return seed(
    'table',
    { table_width: rows[0]?.length ?? 0, has_column_header: true, has_row_header: false },
    rows.map((cells) => seed('table_row', { cells: cells.map(textOf) })),
  );
}

export const divider = seed('divider', {});

/** An id in the form of the interface, by a number. */
export function idOf(number: number, kind = '8000'): string {
  return `00000000-0000-4000-${kind}-${String(number).padStart(12, '0')}`;
}

/** The user who wrote what a test does not give to anybody else. */
export const memberId = idOf(1, '9000');

/** A block in the form of the interface. */
export function blockOf(
  { type, content, children }: Seed,
  id: string,
  parent: { type: 'page_id'; page_id: string } | { type: 'block_id'; block_id: string },
  by = memberId,
): BlockObjectResponse {
  const block = {
    object: 'block',
    id,
    parent,
    created_time: '2026-01-05T03:00:00.000Z',
    last_edited_time: '2026-01-05T03:00:00.000Z',
    created_by: { object: 'user', id: by },
    last_edited_by: { object: 'user', id: by },
    has_children: children.length > 0,
    in_trash: false,
    type,
    [type]: structuredClone(content),
  };
  return block as unknown as BlockObjectResponse;
}

/** Blocks with everything in them; ids count from 1 in the order of the page. */
export function treeOf(seeds: readonly Seed[], next = { id: 1 }): BlockNode[] {
  return seeds.map((item) => {
    const id = idOf(next.id);
    next.id += 1;
    const block = blockOf(item, id, { type: 'page_id', page_id: idOf(0) });
    return { block, children: treeOf(item.children, next) };
  });
}

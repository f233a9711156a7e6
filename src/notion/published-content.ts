import type { BlockObjectRequest, CreateCommentParameters, RichTextItemResponse } from '@notionhq/client';
import { joinRuns, type PublishedBoard, type TextRun } from '../core/published.ts';
import type { BlockNode } from './block-tree.ts';
import { plainText } from './rich-text.ts';

/** The SDK gives this type no name. */
type RichTextItemRequest = Extract<CreateCommentParameters, { rich_text: unknown }>['rich_text'][number];

/** By this a group knows our callouts; it is no icon that marks an answer. */
const icon = '📋';
/** What Notion takes in one piece of text. */
const longestPiece = 2000;

/** The runs of a text in Notion. */
export function runsOf(items: readonly RichTextItemResponse[]): TextRun[] {
  return joinRuns(items.map((item) => ({ text: item.plain_text, isBold: item.annotations.bold })));
}

function pieces(text: string): string[] {
  const result: string[] = [];
  let piece = '';
  for (const character of text) {
    if (piece.length + character.length > longestPiece) {
      result.push(piece);
      piece = '';
    }
    piece += character;
  }
  return [...result, piece];
}

/** Runs as a text for Notion. */
export function richTextOf(runs: readonly TextRun[]): RichTextItemRequest[] {
  return joinRuns(runs).flatMap(({ text, isBold }) =>
    pieces(text).map((content) => ({
      type: 'text' as const,
      text: { content },
      ...(isBold ? { annotations: { bold: true } } : {}),
    })),
  );
}

/** A callout with nothing in it but its text, so that one request changes all of it. */
export function calloutOf(content: readonly TextRun[]): BlockObjectRequest {
  return {
    type: 'callout',
    callout: {
      rich_text: richTextOf(content),
      icon: { type: 'emoji', emoji: icon },
      color: 'gray_background',
    },
  };
}

function plain(content: string): RichTextItemRequest[] {
  return richTextOf([{ text: content, isBold: false }]);
}

/** A heading with table and notes in it: one block with our mark that holds nothing of anybody else's. */
export function boardBlock({ title, rows, notes }: PublishedBoard): BlockObjectRequest {
  return {
    type: 'heading_1',
    heading_1: {
      rich_text: plain(title),
      is_toggleable: true,
      children: [
        {
          type: 'table',
          table: {
            table_width: rows[0]?.length ?? 1,
            has_column_header: true,
            children: rows.map((cells) => ({
              type: 'table_row' as const,
              table_row: { cells: cells.map(plain) },
            })),
          },
        },
        ...notes.map((note) => ({ type: 'paragraph' as const, paragraph: { rich_text: plain(note) } })),
      ],
    },
  };
}

/** The scoreboard that stands in a block of ours. */
export function boardIn({ block, children }: BlockNode): PublishedBoard {
  const rows = children
    .flatMap((child) => (child.block.type === 'table' ? child.children : []))
    .flatMap((row) => (row.block.type === 'table_row' ? [row.block.table_row.cells.map(plainText)] : []));
  const notes = children.flatMap((child) =>
    child.block.type === 'paragraph' ? [plainText(child.block.paragraph.rich_text)] : [],
  );
  return { title: block.type === 'heading_1' ? plainText(block.heading_1.rich_text) : '', rows, notes };
}

import type { RichTextItemResponse } from '@notionhq/client';
import { iconLine, linkLine, notionAddress, tableRow } from './block-line.ts';
import { type BlockNode, isItem, type PublishedKind, publishedKindOf, shownBlocks } from './block-tree.ts';
import { fenceOf, plainText, richMarkdown } from './rich-text.ts';

/** A block of ours on a page. */
interface PublishedNode {
  kind: PublishedKind;
  node: BlockNode;
  /** How many lines stand before it. */
  line: number;
}

/** A page as text. */
export interface PageMarkdown {
  /** In the form in which Notion exports Markdown; what we published is left out. */
  text: string;
  /** For each line the block that it comes from; a blank line comes from the block before it. */
  lineBlocks: string[];
  published: PublishedNode[];
}

/** Every level of nesting is as much further in. */
const step = '    ';

interface Writer {
  put(line: string, block: string): void;
  /** A blank line, indented as the exporter does. */
  gap(prefix: string): void;
  publish(kind: PublishedKind, node: BlockNode): void;
}

/** Whether a list item ends with something that is no list, so that a gap follows it. */
function endsLoose(node: BlockNode): boolean {
  const last = shownBlocks(node.children)
    .filter((child) => publishedKindOf(child) === null)
    .at(-1);
  return last !== undefined && (!isItem(last) || endsLoose(last));
}

function writeText(text: string, first: string, prefix: string, node: BlockNode, out: Writer): void {
  const id = node.block.id;
  let isApart = false;
  for (const [index, line] of text.split('\n').entries()) {
    if (index === 0) out.put(`${first}${line}`, id);
    else out.put(`${prefix}${isApart && isItem(node) ? step : ''}${line}`, id);
    // Behind a blank line only what is further in still belongs to a list's item.
    isApart ||= index > 0 && line.trim() === '';
  }
}

function writeInside(node: BlockNode, prefix: string, out: Writer): void {
  const [first] = shownBlocks(node.children).filter((child) => publishedKindOf(child) === null);
  if (first && !(isItem(node) && isItem(first))) out.gap(prefix);
  writeBlocks(node.children, prefix, out);
}

function writeCode(node: BlockNode, prefix: string, out: Writer): void {
  if (node.block.type !== 'code') return;
  const { id, code } = node.block;
  const text = plainText(code.rich_text);
  const fence = fenceOf(text, 3);
  out.put(`${prefix}${fence}${code.language === 'plain text' ? '' : code.language}`, id);
  for (const line of text.split('\n')) out.put(`${prefix}${line}`, id);
  out.put(`${prefix}${fence}`, id);
  if (code.caption.length === 0) return;
  out.gap(prefix);
  writeText(richMarkdown(code.caption), prefix, prefix, node, out);
}

function writeCallout(node: BlockNode, prefix: string, out: Writer): void {
  if (node.block.type !== 'callout') return;
  const { id, callout } = node.block;
  const icon = iconLine(callout);
  const text = richMarkdown(callout.rich_text);
  out.put(`${prefix}<aside>`, id);
  if (icon !== null) out.put(`${prefix}${icon}`, id);
  out.gap(prefix);
  if (text !== '') writeText(text, prefix, prefix, node, out);
  if (text !== '' && shownBlocks(node.children).length > 0) out.gap(prefix);
  writeBlocks(node.children, prefix, out);
  out.gap(prefix);
  out.put(`${prefix}</aside>`, id);
}

function writeTable({ block, children }: BlockNode, prefix: string, out: Writer): void {
  if (block.type !== 'table') return;
  for (const [index, row] of children.entries()) {
    if (row.block.type !== 'table_row') continue;
    out.put(`${prefix}${tableRow(row.block.table_row.cells)}`, row.block.id);
    if (index === 0) out.put(`${prefix}|${' --- |'.repeat(row.block.table_row.cells.length)}`, block.id);
  }
}

/** The text of a block that is text before all, and what stands before its first line. */
function leadOf({ block }: BlockNode, number: number): [lead: string, text: RichTextItemResponse[]] | null {
  switch (block.type) {
    case 'paragraph':
      return ['', block.paragraph.rich_text];
    case 'heading_1':
      return ['# ', block.heading_1.rich_text];
    case 'heading_2':
      return ['## ', block.heading_2.rich_text];
    case 'heading_3':
      return ['### ', block.heading_3.rich_text];
    case 'heading_4':
      return ['#### ', block.heading_4.rich_text];
    case 'bulleted_list_item':
      return ['- ', block.bulleted_list_item.rich_text];
    case 'toggle':
      return ['- ', block.toggle.rich_text];
    case 'template':
      return ['- ', block.template.rich_text];
    case 'numbered_list_item':
      return [`${number}. `, block.numbered_list_item.rich_text];
    case 'to_do':
      return [block.to_do.checked ? '- [x]  ' : '- [ ]  ', block.to_do.rich_text];
    default:
      return null;
  }
}

function writeQuote(node: BlockNode, prefix: string, out: Writer): void {
  if (node.block.type !== 'quote') return;
  const quoted = `${prefix}> `;
  writeText(richMarkdown(node.block.quote.rich_text), quoted, quoted, node, out);
  writeInside(node, quoted, out);
}

function writeEquation({ block }: BlockNode, prefix: string, out: Writer): void {
  if (block.type !== 'equation') return;
  for (const line of ['$$', ...block.equation.expression.split('\n'), '$$'])
    out.put(`${prefix}${line}`, block.id);
}

/** Blocks that take several lines of their own. */
const writers: Readonly<Record<string, (node: BlockNode, prefix: string, out: Writer) => void>> = {
  quote: writeQuote,
  callout: writeCallout,
  code: writeCode,
  table: writeTable,
  equation: writeEquation,
  divider: ({ block }, prefix, out) => out.put(`${prefix}---`, block.id),
};

function writeBlock(node: BlockNode, number: number, prefix: string, out: Writer): void {
  const { block } = node;
  const write = writers[block.type];
  if (write) {
    write(node, prefix, out);
    return;
  }
  const lead = leadOf(node, number);
  if (lead) {
    const [sign, text] = lead;
    writeText(richMarkdown(text), `${prefix}${sign}`, prefix, node, out);
  } else {
    const unknown = `[unsupported: ${block.type}](${notionAddress(block.id)})`;
    out.put(`${prefix}${linkLine(block) ?? unknown}`, block.id);
  }
  writeInside(node, `${prefix}${step}`, out);
}

function writeBlocks(nodes: readonly BlockNode[], prefix: string, out: Writer): void {
  let before: BlockNode | null = null;
  let number = 0;
  for (const node of shownBlocks(nodes)) {
    const kind = publishedKindOf(node);
    if (kind !== null) {
      out.publish(kind, node);
      continue;
    }
    if (before && !(isItem(before) && isItem(node))) out.gap(prefix);
    else if (before && endsLoose(before)) out.gap(`${prefix}${step}`);
    number = node.block.type === 'numbered_list_item' ? number + 1 : 0;
    writeBlock(node, number, prefix, out);
    before = node;
  }
}

/** A page as the text that Notion's exporter would write, and where each line comes from. */
export function pageMarkdown(page: { id: string; title: string }, nodes: readonly BlockNode[]): PageMarkdown {
  const lines = [`# ${page.title}`];
  const lineBlocks = [page.id];
  const published: PublishedNode[] = [];
  const out: Writer = {
    put(text, block) {
      // What a text holds besides LF ends a line for some readers and not for others.
      lines.push(text.replace(/[\r\u2028\u2029]/gu, ' '));
      lineBlocks.push(block);
    },
    gap(prefix) {
      lines.push(prefix);
      lineBlocks.push(lineBlocks.at(-1) ?? page.id);
    },
    publish: (kind, node) => void published.push({ kind, node, line: lines.length }),
  };
  out.gap('');
  writeBlocks(nodes, '', out);
  return { text: `${lines.join('\n')}\n`, lineBlocks, published };
}

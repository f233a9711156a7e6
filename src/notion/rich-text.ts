import type { RichTextItemResponse } from '@notionhq/client';

/** Parameters by which an address lets anybody in who has it. */
const secretParameter = /^(?:x-amz-|signature$|sig$|token$|access_token$|expires$|policy$|key-pair-id$)/iu;

/** An address without what is secret in its query; as it is where it has none. */
export function withoutSecrets(address: string): string {
  if (address.startsWith('/')) return withoutSecrets(`https://www.notion.so${address}`);
  if (!URL.canParse(address)) return address;
  const url = new URL(address);
  const secret = [...url.searchParams.keys()].filter((name) => secretParameter.test(name));
  if (secret.length === 0) return address;
  for (const name of secret) url.searchParams.delete(name);
  return url.href;
}

/** The text alone. */
export function plainText(items: readonly RichTextItemResponse[]): string {
  return items.map((item) => item.plain_text).join('');
}

/** Sets signs around a text; white space at its ends stays outside, where Markdown wants it. */
function around(sign: string, text: string): string {
  const inner = text.trim();
  if (inner === '') return text;
  const start = text.indexOf(inner);
  return `${text.slice(0, start)}${sign}${inner}${sign}${text.slice(start + inner.length)}`;
}

/** As many backticks as hold a text of code, more than any run inside it. */
export function fenceOf(code: string, least: number): string {
  const longest = Math.max(0, ...[...code.matchAll(/`+/gu)].map(([run]) => run.length));
  return '`'.repeat(Math.max(least, longest + 1));
}

function inlineCode(text: string): string {
  if (text.trim() === '') return text;
  const fence = text.includes('`') ? fenceOf(text, 1) : '`';
  const gap = /^`|`$/u.test(text) ? ' ' : '';
  return `${fence}${gap}${text}${gap}${fence}`;
}

interface Piece {
  text: string;
  /** What is set around it; equal in pieces that belong together. */
  style: string;
  item: RichTextItemResponse;
}

function pieceOf(item: RichTextItemResponse): Piece {
  const { bold, italic, strikethrough, code } = item.annotations;
  const text = item.type === 'equation' ? `$${item.equation.expression}$` : item.plain_text;
  return { text, item, style: JSON.stringify([bold, italic, strikethrough, code, item.href, item.type]) };
}

/** Pieces of one style joined, so that no signs meet in the middle of a word. */
function joined(pieces: readonly Piece[]): Piece[] {
  const result: Piece[] = [];
  for (const piece of pieces) {
    const last = result.at(-1);
    if (last && last.style === piece.style && piece.item.type === 'text') last.text += piece.text;
    else result.push({ ...piece });
  }
  return result;
}

function pieceMarkdown({ text, item }: Piece): string {
  const { bold, italic, strikethrough, code } = item.annotations;
  let result = code && item.type !== 'equation' ? inlineCode(text) : text;
  if (strikethrough) result = around('~~', result);
  if (italic) result = around('*', result);
  if (bold) result = around('**', result);
  return item.href === null || result.trim() === '' ? result : `[${result}](${withoutSecrets(item.href)})`;
}

/** Text with its signs as Notion's exporter sets them; the text itself is not touched. */
export function richMarkdown(items: readonly RichTextItemResponse[]): string {
  return joined(items.map(pieceOf)).map(pieceMarkdown).join('');
}

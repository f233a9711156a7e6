import type { SourceDocument } from './reader.ts';

/** The mark that Notion adds to the names of pages: 32 hexadecimal digits. */
const pageId = /(?<![0-9a-f])[0-9a-f]{32}(?![0-9a-f])/giu;

/** The mark that Notion gave a page, or a name in a path; null where there is none. */
export function pageIdOf(path: string): string | null {
  const name = path.split('/').at(-1) ?? '';
  return name.match(pageId)?.at(-1)?.toLowerCase() ?? null;
}

/** A path's name without ending and Notion's mark. */
export function bareName(path: string): string {
  return (path.split('/').at(-1) ?? '')
    .replace(/\.(?:md|markdown|txt|csv|tsv|jsonl|ndjson)$/iu, '')
    .replace(/(?:\s+|^)[0-9a-f]{32}(?=(?:_all)?$)/iu, '')
    .trim();
}

/** The folder that a path lies in; blank at the top. */
export function folderOf(path: string): string {
  const end = path.lastIndexOf('/');
  return end < 0 ? '' : path.slice(0, end);
}

/** Documents that others may link to. */
export interface LinkedDocuments {
  /** The document that a link means, as it stands in a document. */
  find(target: string, from: string): SourceDocument | null;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** A relative path, seen from a folder. */
function resolved(folder: string, path: string): string {
  const parts: string[] = path.startsWith('/') ? [] : folder.split('/').filter((part) => part !== '');
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return parts.join('/').normalize('NFC');
}

/** Documents by path and by Notion's mark. Of several with one mark none is meant by it. */
export function linkedDocuments(documents: readonly SourceDocument[]): LinkedDocuments {
  const byPath = new Map(documents.map((document) => [document.path, document]));
  const byId = new Map<string, SourceDocument | null>();
  for (const document of documents) {
    const id = pageIdOf(document.path);
    if (id !== null) byId.set(id, byId.has(id) ? null : document);
  }
  return {
    find(target, from) {
      if (/^[a-z][a-z0-9+.-]*:/iu.test(target)) return null;
      const folder = folderOf(from);
      const once = decoded(target.replace(/[#?].*$/su, ''));
      const id = pageIdOf(decoded(once));
      return (
        byPath.get(resolved(folder, once)) ??
        byPath.get(resolved(folder, decoded(once))) ??
        (id === null ? null : (byId.get(id) ?? null))
      );
    },
  };
}

const onlyLink = /^(?:[-*+]\s+)?(?:📄\s*)?\[[^\n]*\]\((?<target>[^\n]+\.(?:md|markdown|txt)[^\n)]*)\)\s*$/iu;

/** Where a text leads that is nothing but a link to a page, with parentheses in it or not; null for other texts. */
export function onlyLinkIn(text: string): string | null {
  return onlyLink.exec(text.trim())?.groups?.['target'] ?? null;
}

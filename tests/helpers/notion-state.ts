import type { BlockObjectResponse, CommentObjectResponse, RichTextItemResponse } from '@notionhq/client';
import { blockOf, idOf, memberId, paragraph, piece, type Seed } from './notion-blocks.ts';

/** A page as a test writes it down. */
export interface SeedPage {
  id: string;
  title: string;
  blocks: Seed[];
}

/** The integration's own user. */
const botId = idOf(2, '9000');

interface Stored {
  block: BlockObjectResponse;
  children: string[];
}

interface Request {
  method: string;
  path: string;
  body: unknown;
}

type Answer = { body: object } | { failure: { status: number; code: string } };

/** What stands in Notion, and the answers of its interface about it. */
export interface NotionState {
  answer(request: Request): Answer;
  /** Every block that the members wrote, in order, without the mark that something stands in it. */
  membersBlocks(): object[];
  /** Everything on a page, a line for each block, indented, with its type. */
  outline(id: string): string;
  /** The block of the members or of ours whose text begins so. */
  find(text: string): BlockObjectResponse;
  textOf(id: string): string;
  /** A member writes another text into a block. */
  edit(id: string, text: string): void;
  /** A member writes a paragraph into a block, below everything in it. */
  addNote(parent: string, text: string): void;
  comments: CommentObjectResponse[];
}

interface GivenText {
  text: { content: string };
  annotations?: { bold?: boolean };
}

function textGiven(items: readonly GivenText[]): RichTextItemResponse[] {
  return items.map(({ text, annotations }) => piece(text.content, { bold: annotations?.bold ?? false }));
}

interface RichContent {
  rich_text?: GivenText[];
  cells?: GivenText[][];
  children?: GivenBlock[];
}

type GivenBlock = { type: string } & Record<string, RichContent>;

interface ShownContent {
  rich_text?: RichTextItemResponse[];
  cells?: RichTextItemResponse[][];
}

function contentOf(block: BlockObjectResponse): ShownContent {
  return (block as unknown as Record<string, object>)[block.type] ?? {};
}

/** The plain text of a block. */
function textOf(block: BlockObjectResponse): string {
  const { rich_text: items = [], cells = [] } = contentOf(block);
  return [items, ...cells].map((texts) => texts.map((item) => item.plain_text).join('')).join(' | ');
}

/** A block that is appended, as a seed; what the interface refuses is refused. */
function seedGiven(given: GivenBlock, depth: number): Seed {
  const { children = [], ...content } = given[given.type] ?? {};
  const texts = [...(content.rich_text ?? []), ...(content.cells ?? []).flat()];
  if (depth > 2 || children.length > 100 || texts.some((item) => item.text.content.length > 2000))
    throw new Error('refused');
  const rich = content.rich_text ? { rich_text: textGiven(content.rich_text) } : {};
  const cells = content.cells ? { cells: content.cells.map(textGiven) } : {};
  return {
    type: given.type as Seed['type'],
    content: { ...content, ...rich, ...cells },
    children: children.map((child) => seedGiven(child, depth + 1)),
  };
}

export function createNotionState(pages: readonly SeedPage[], longestList: number): NotionState {
  const blocks = new Map<string, Stored>();
  const roots = new Map<string, { title: string; children: string[] }>();
  const comments: CommentObjectResponse[] = [];
  let last = 100;

  function add(seed: Seed, parent: Parameters<typeof blockOf>[2], by: string, known?: string): string {
    last += 1;
    const id = known ?? idOf(last);
    const stored: Stored = { block: blockOf(seed, id, parent, by), children: [] };
    blocks.set(id, stored);
    stored.children = seed.children.map((child) => add(child, { type: 'block_id', block_id: id }, by));
    return id;
  }
  for (const { id, title, blocks: seeds } of pages) {
    const subPages = pages.filter((page) => page.id !== id);
    const children = seeds.map((seed) => {
      const sub = subPages.find((page) => seed.type === 'child_page' && page.title === pageTitle(seed));
      return add(seed, { type: 'page_id', page_id: id }, memberId, sub?.id);
    });
    roots.set(id, { title, children });
  }

  const childrenOf = (id: string) => roots.get(id)?.children ?? blocks.get(id)?.children;
  const missing: Answer = { failure: { status: 404, code: 'object_not_found' } };
  const invalid: Answer = { failure: { status: 400, code: 'validation_error' } };

  function shown({ block, children }: Stored): object {
    return { ...block, has_children: children.length > 0 };
  }

  function list(items: readonly object[], query: URLSearchParams, type: string): Answer {
    const start = Number(query.get('start_cursor') ?? 0);
    const size = Math.min(Number(query.get('page_size') ?? 100), longestList);
    const end = start + size;
    const hasMore = end < items.length;
    const results = items.slice(start, end);
    const next = hasMore ? String(end) : null;
    return { body: { object: 'list', type, [type]: {}, results, next_cursor: next, has_more: hasMore } };
  }

  function append(id: string, body: unknown): Answer {
    const siblings = childrenOf(id);
    if (!siblings) return missing;
    const { children, position } = body as {
      children: GivenBlock[];
      position?: { type: string; after_block?: { id: string } };
    };
    const after = position?.after_block ? siblings.indexOf(position.after_block.id) : -1;
    if (position?.type === 'after_block' && after < 0) return invalid;
    const at = position?.type === 'start' ? 0 : after >= 0 ? after + 1 : siblings.length;
    const parent = roots.has(id)
      ? { type: 'page_id' as const, page_id: id }
      : { type: 'block_id' as const, block_id: id };
    const added = children.map((given) => add(seedGiven(given, 0), parent, botId));
    siblings.splice(at, 0, ...added);
    return list(
      added.map((own) => shown(blocks.get(own) as Stored)),
      new URLSearchParams(),
      'block',
    );
  }

  function change(stored: Stored, body: unknown): Answer {
    const given = body as GivenBlock;
    const texts = given[stored.block.type]?.rich_text;
    if (!texts) return invalid;
    contentOf(stored.block).rich_text = textGiven(texts);
    stored.block.last_edited_by.id = botId;
    return { body: shown(stored) };
  }

  function remove(stored: Stored): Answer {
    const { id } = stored.block;
    for (const { children } of [...roots.values(), ...blocks.values()])
      if (children.includes(id)) children.splice(children.indexOf(id), 1);
    blocks.delete(id);
    return { body: { ...stored.block, in_trash: true } };
  }

  function answerBlock(method: string, id: string, body: unknown): Answer {
    const stored = blocks.get(id);
    if (!stored) return missing;
    if (method === 'PATCH') return change(stored, body);
    return method === 'DELETE' ? remove(stored) : { body: shown(stored) };
  }

  function answerComments(
    method: string,
    id: string | undefined,
    query: URLSearchParams,
    body: unknown,
  ): Answer {
    if (method === 'GET') {
      const about = query.get('block_id');
      return list(
        comments.filter(({ parent }) => 'block_id' in parent && parent.block_id === about),
        query,
        'comment',
      );
    }
    const at = comments.findIndex((comment) => comment.id === id);
    const given = body as { parent?: { block_id: string }; rich_text: GivenText[] } | null;
    if (method === 'DELETE') return { body: comments.splice(at, 1)[0] ?? {} };
    if (method === 'PATCH' && comments[at]) {
      comments[at].rich_text = textGiven(given?.rich_text ?? []);
      return { body: comments[at] };
    }
    last += 1;
    const comment: CommentObjectResponse = {
      object: 'comment',
      id: idOf(last, 'a000'),
      parent: { type: 'block_id', block_id: given?.parent?.block_id ?? '' },
      discussion_id: idOf(last, 'b000'),
      created_time: '2026-01-06T03:00:00.000Z',
      last_edited_time: '2026-01-06T03:00:00.000Z',
      created_by: { object: 'user', id: botId },
      rich_text: textGiven(given?.rich_text ?? []),
      display_name: { type: 'integration', resolved_name: 'grader' },
    };
    comments.push(comment);
    return { body: comment };
  }

  function answerPage(id: string): Answer {
    const page = roots.get(id);
    if (!page) return missing;
    const title = { id: 'title', type: 'title', title: [piece(page.title)] };
    return { body: { object: 'page', id, url: `https://www.notion.so/${id}`, properties: { title } } };
  }

  function inOrder(ids: readonly string[]): BlockObjectResponse[] {
    return ids.flatMap((id) => {
      const stored = blocks.get(id);
      return stored ? [stored.block, ...inOrder(stored.children)] : [];
    });
  }
  function outlined(ids: readonly string[], indent: string): string {
    return ids
      .flatMap((id) => blocks.get(id) ?? [])
      .map(({ block, children }) => {
        const text = textOf(block).replaceAll('\n', `\n${indent}    `);
        return `${indent}${block.type}: ${text}\n${outlined(children, `${indent}  `)}`;
      })
      .join('');
  }
  const all = () => inOrder([...roots.values()].flatMap(({ children }) => children));

  return {
    comments,
    answer({ method, path, body }) {
      const url = new URL(path, 'http://loopback');
      const [, , kind, id = '', part] = url.pathname.split('/');
      if (kind === 'users')
        return { body: { object: 'user', id: botId, type: 'bot', name: 'grader', bot: {} } };
      if (kind === 'pages') return answerPage(id);
      if (kind === 'comments') return answerComments(method, id, url.searchParams, body);
      if (part === undefined) return answerBlock(method, id, body);
      if (method === 'PATCH') return append(id, body);
      const children = childrenOf(id);
      if (!children) return missing;
      return list(
        children.map((child) => shown(blocks.get(child) as Stored)),
        url.searchParams,
        'block',
      );
    },
    membersBlocks: () =>
      all()
        .filter((block) => block.created_by.id === memberId)
        .map(({ has_children: _, ...rest }) => structuredClone(rest)),
    textOf: (id) => textOf((blocks.get(id) as Stored).block),
    outline: (id) => outlined(childrenOf(id) ?? [], ''),
    find(text) {
      const found = all().find((block) => textOf(block).startsWith(text));
      if (!found) throw new Error(`no block begins with "${text}"`);
      return found;
    },
    edit(id, text) {
      const stored = blocks.get(id);
      if (!stored) throw new Error(`no block ${id}`);
      contentOf(stored.block).rich_text = [piece(text)];
      stored.block.last_edited_by.id = memberId;
    },
    addNote(parent, text) {
      const note = add(paragraph(text), { type: 'block_id', block_id: parent }, memberId);
      blocks.get(parent)?.children.push(note);
    },
  };
}

function pageTitle({ content }: Seed): string {
  return 'title' in content ? String(content.title) : '';
}

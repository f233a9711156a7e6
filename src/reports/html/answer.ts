import type { ElementContent, Root } from 'hast';
import { defaultSchema, type Schema, sanitize } from 'hast-util-sanitize';
import { toHtml } from 'hast-util-to-html';
import type * as mdast from 'mdast';
import { toHast } from 'mdast-util-to-hast';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { type Processor, unified } from 'unified';
import type { Language } from '../../core/localized.ts';
import { type Chunk, chunksOf } from './answer-chunks.ts';
import { answerHandlers } from './answer-handlers.ts';
import { comparable, type EvidenceQuote, evidenceSegments } from './evidence-segments.ts';
import { Html } from './html.ts';
import { createMarker, type Marker } from './marked-text.ts';

/** The nodes that a search for addresses makes after parsing have no place in the source. */
function withoutTransforms(this: Processor): void {
  const data = this.data();
  const compilers = (data.fromMarkdownExtensions ?? []).flat();
  data.fromMarkdownExtensions = compilers.map((extension) => ({ ...extension, transforms: [] }));
}

const parser = unified()
  .use(remarkParse)
  .use(remarkGfm, { singleTilde: false })
  .use(withoutTransforms)
  .freeze();

const blocks = ['p', 'ol', 'ul', 'li', 'blockquote', 'pre', 'hr', 'div', 'table', 'tbody', 'tr', 'th', 'td'];
const inlines = ['a', 'br', 'code', 'del', 'em', 'mark', 'span', 'strong'];
/** All that an answer can ever become, whatever the steps before make of it. */
const schema: Schema = {
  ...defaultSchema,
  tagNames: [...blocks, ...inlines],
  attributes: {
    a: ['href', ['rel', 'noopener', 'noreferrer', 'nofollow']],
    div: [['className', 'scroll'], ['tabIndex', 0], ['role', 'group'], 'ariaLabel'],
    mark: [['className', 'good', 'partial', 'bad'], 'title', 'dataNote'],
    ol: ['start'],
    p: [['className', 'plain']],
    span: [['className', 'hidden', 'info', 'tick']],
  },
  protocols: { href: ['http', 'https', 'mailto'] },
  required: {},
  ancestors: {},
  strip: [],
};

/** Emphasis and quotations nest deeper than this in no honest answer, and the steps below call themselves. */
const deepest = 60;

function isDeep(root: mdast.Root): boolean {
  let level: mdast.Nodes[] = [root];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > deepest) return true;
    level = level.flatMap((node): mdast.Nodes[] => ('children' in node ? node.children : []));
  }
  return false;
}

/** A form control that cannot be used says less than a sign. */
function tickTasks(node: mdast.Nodes): void {
  if (!('children' in node)) return;
  for (const child of node.children) tickTasks(child);
  if (node.type !== 'listItem' || typeof node.checked !== 'boolean') return;
  const value = node.checked ? '☑ ' : '☐ ';
  const tick: mdast.Html = { type: 'html', value, ...(node.position ? { position: node.position } : {}) };
  const [head] = node.children;
  if (head?.type === 'paragraph') head.children.unshift(tick);
  else node.children.unshift({ type: 'paragraph', children: [tick] });
  node.checked = null;
}

function plainBlock({ text, offset }: Chunk, marker: Marker): ElementContent {
  const children = marker.nodesOf(text, (unit) => unit + offset);
  return { type: 'element', tagName: 'p', properties: { className: ['plain'] }, children };
}

function blocksOf(chunk: Chunk, marker: Marker, language: Language): Root['children'] {
  if (chunk.isPlain) return [plainBlock(chunk, marker)];
  const tree = parser.parse(chunk.text);
  if (isDeep(tree)) return [plainBlock(chunk, marker)];
  tickTasks(tree);
  const handlers = answerHandlers({ source: chunk.text, offset: chunk.offset, marker, language });
  const nodes = toHast(tree, { handlers });
  return nodes.type === 'root' ? nodes.children : [];
}

/** Characters that no HTML may hold. */
const forbidden = /[\p{Cc}--[\n\t]]/gv;

/**
 * An answer, or any Markdown that somebody wrote, as HTML that loads and runs nothing, in time linear in its
 * length, with each quote that stands in it marked there and named for those who cannot see the mark.
 * @param evidence what is quoted from the answer; quotes that do not stand in it are not marked
 * @param language of the words put in for what cannot be shown
 */
export function answerHtml(text: string, evidence: readonly EvidenceQuote[], language: Language): Html {
  const source = comparable(text);
  const marker = createMarker(evidenceSegments(source, evidence));
  const children = chunksOf(source).flatMap((chunk) => [
    ...blocksOf(chunk, marker, language),
    { type: 'text' as const, value: '\n' },
  ]);
  marker.finish();
  return new Html(
    toHtml(sanitize({ type: 'root', children }, schema))
      .trimEnd()
      .replace(forbidden, ''),
  );
}

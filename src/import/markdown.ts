import type { Root } from 'mdast';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { type Processor, unified } from 'unified';
import { parsePieces } from './pieces.ts';

/** CommonMark's signs inside of paragraphs, by the parser's names. */
const inlineSigns = [
  'attention',
  'autolink',
  'characterEscape',
  'characterReference',
  'codeText',
  'hardBreakEscape',
  'htmlText',
  'labelEnd',
  'labelStartImage',
  'labelStartLink',
];

/** Leaves out what stands inside of paragraphs: it shapes no block, and reading it takes nine tenths of the time. */
function blocksOnly(this: Processor): void {
  const data = this.data();
  const extensions = data.micromarkExtensions ?? [];
  data.micromarkExtensions = [
    ...extensions.map(({ document = {}, flow = {} }) => ({ document, flow })),
    { disable: { null: inlineSigns } },
  ];
  const compilers = (data.fromMarkdownExtensions ?? []).flat();
  data.fromMarkdownExtensions = compilers.map((extension) => ({ ...extension, transforms: [] }));
}

const parser = unified().use(remarkParse).use(remarkGfm).use(blocksOnly).freeze();

const longestLine = 1000;

/** The parser takes quadratic time on some long lines, and the middle of a long line shapes no block. */
function shorten(line: string): string {
  return line.length <= longestLine ? line : line.slice(0, 300) + line.slice(-100);
}

/**
 * The blocks of a Markdown text with LF line ends; used for structure only, texts are cut from the source. What
 * stands inside of paragraphs is not taken apart.
 */
export function parseMarkdown(text: string): Pick<Root, 'children'> {
  return { children: parsePieces(text.split('\n').map(shorten), (piece) => parser.parse(piece).children) };
}

import type { Node, Root } from 'mdast';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { type Processor, unified } from 'unified';
import { withoutOpenFences } from './fences.ts';
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

/** A line that begins no block, wherever it stands: it goes on with the one above. */
const goesOn = /^[ \t]*\p{L}/u;
/** Lines that are left of a long run at either end. */
const endOfRun = 20;

/**
 * The numbers of the lines that shape blocks. In a long run of lines that begin none, the middle changes nothing, and
 * the parser takes time that grows with its square.
 */
function shapingLines(lines: readonly string[]): number[] {
  const kept: number[] = [];
  let run: number[] = [];
  const endRun = () => {
    kept.push(...(run.length > 2 * endOfRun ? [...run.slice(0, endOfRun), ...run.slice(-endOfRun)] : run));
    run = [];
  };
  for (const [index, line] of lines.entries()) {
    if (goesOn.test(line)) {
      run.push(index + 1);
      continue;
    }
    endRun();
    kept.push(index + 1);
  }
  endRun();
  return kept;
}

function moveLines(node: Node, numbers: readonly number[]): void {
  if (node.position)
    for (const point of [node.position.start, node.position.end])
      point.line = numbers[point.line - 1] ?? point.line;
  if ('children' in node) for (const child of node.children as Node[]) moveLines(child, numbers);
}

/**
 * The blocks of a Markdown text with LF line ends; used for structure only, texts are cut from the source: lines are
 * right, offsets are not. What stands inside of paragraphs is not taken apart.
 */
export function parseMarkdown(text: string): Pick<Root, 'children'> {
  const lines = text.split('\n');
  const numbers = shapingLines(lines);
  const shaping = numbers.map((line) => shorten(lines[line - 1] ?? ''));
  const children = parsePieces(shaping, (piece) => parser.parse(piece).children);
  if (numbers.length < lines.length) for (const child of children) moveLines(child, numbers);
  return { children };
}

const tagAtStart = /^(\s*)(<\/?(?:aside|details|summary)\b[^<>]*>)/iu;

/**
 * The blocks of a page. A tag of a callout or toggle goes on to the next blank line in Markdown, and would take a
 * heading that follows at once with it; here it ends with its line.
 */
export function parsePage(lines: readonly string[]): Pick<Root, 'children'> {
  const tagged = withoutOpenFences(lines).map((line) => line.replace(tagAtStart, '$1<!--$2-->'));
  return parseMarkdown(tagged.join('\n'));
}

import type { RootContent } from 'mdast';
import { foldLetters } from '../core/fold.ts';
import { plainToggles } from './details.ts';
import { withoutOpenFences } from './fences.ts';
import { parseMarkdown } from './markdown.ts';
import { type Item, outline, topLevelItems } from './outline.ts';
import { endsAsked } from './question-key.ts';
import { isQuestionLine } from './question-text.ts';
import type { SourceDocument } from './reader.ts';
import { type LineRange, linesOf, sliceLines } from './slice.ts';
import { undoToggleIndentation } from './toggle-indent.ts';

/** A place where a question may stand: a heading, a bold line or a bullet at the top level, or a line like a known one. */
export interface QuestionPlace extends LineRange {
  written: string;
  kind: 'heading' | 'line' | 'bullet' | 'text';
  /** Of a heading; 0 for others. */
  level: number;
  item: Item | null;
  /** The heading that it stands under; blank directly under the title. */
  under: string;
}

/** A document taken apart, before it is known what in it is a question. */
export interface TakenApart {
  file: string;
  /** As they were handed in. */
  lines: readonly string[];
  /** The lines without the indentation below toggles, and toggles in HTML as bullets. */
  source: readonly string[];
  /** The first line's heading; null without one. */
  title: { text: string; line: number } | null;
  /** The lines below the title, up to the end. */
  body: LineRange;
  nodes: readonly RootContent[];
  places: readonly QuestionPlace[];
}

const boldLine = /^\s*\*\*[^*]+\*\*\s*$/u;

/** Whether a line in bold is a question by its look. */
function isBoldQuestion(line: string): boolean {
  return isQuestionLine(line) || (boldLine.test(line) && endsAsked(line));
}

function bulletText(source: readonly string[], { node, from }: Item): string {
  const [first] = node.children;
  const lines = first?.type === 'paragraph' ? linesOf(first) : { from, to: from };
  return sliceLines(source, lines, 0).replace(/^(?:[-*+]|\d{1,9}[.)])\s+(?:\[[ xX]\]\s+)?/u, '');
}

/** Takes a document apart: its title, and where questions may stand. */
export function takeDocument({ text, file }: SourceDocument): TakenApart {
  const lines = text.split('\n');
  const source = plainToggles(undoToggleIndentation(lines));
  const nodes = parseMarkdown(withoutOpenFences(source).join('\n')).children;
  const sections = outline(nodes, source);
  const [first] = sections;
  const title = first && first.level === 1 && first.title !== '' ? first : null;
  const places = sections.flatMap((section): QuestionPlace[] => {
    const under = section === title ? '' : section.title;
    const heading = { from: section.line, to: section.line, level: section.level, under };
    const bold = section.content
      .filter((node) => node.type === 'paragraph')
      .map((node) => ({ line: linesOf(node).from, written: (source[linesOf(node).from - 1] ?? '').trim() }))
      .filter(({ written }) => isBoldQuestion(written));
    return [
      ...(under === '' ? [] : [{ ...heading, written: section.title, kind: 'heading' as const, item: null }]),
      ...bold.map(({ line, written }) => ({
        ...{ from: line, to: line, written, under, level: 0 },
        ...{ kind: 'line' as const, item: null },
      })),
      ...topLevelItems(section).map((item) => ({
        ...{ from: item.from, to: item.to, written: bulletText(source, item), under, level: 0 },
        ...{ kind: 'bullet' as const, item },
      })),
    ];
  });
  return {
    file,
    lines,
    source,
    title: title && { text: title.title, line: title.line },
    body: { from: (title?.line ?? 0) + 1, to: source.length },
    nodes,
    places: places.sort((a, b) => a.from - b.from),
  };
}

/** Whether a bullet holds a callout, as only a question with its answer does. */
export function holdsCallout({ item }: Pick<QuestionPlace, 'item'>): boolean {
  return (item?.node.children ?? []).some(
    (node) => node.type === 'html' && /^<aside\b/iu.test(node.value.trimStart()),
  );
}

/** The top-level nodes that begin in a range of lines, found without a look at all the others. */
export function nodesIn({ nodes }: Pick<TakenApart, 'nodes'>, { from, to }: LineRange): RootContent[] {
  let [low, high] = [0, nodes.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const node = nodes[middle];
    if (node && linesOf(node).from < from) low = middle + 1;
    else high = middle;
  }
  const found: RootContent[] = [];
  for (let node = nodes[low]; node && linesOf(node).from <= to; node = nodes[low]) {
    found.push(node);
    low += 1;
  }
  return found;
}

const propertyLine = /^[^\s:：#>|*+-][^:：\n]{0,40}[:：](?:\s|$)/u;

/**
 * The property lines that Notion writes directly below a title: up to the first blank line that no further one
 * follows.
 * @param names of the properties where they are known; else any `name: value` counts
 */
export function propertyLines(
  { source, title, body }: Pick<TakenApart, 'source' | 'title' | 'body'>,
  names?: ReadonlySet<string>,
): LineRange {
  const isProperty = (line: string) =>
    propertyLine.test(line) && (!names || names.has(foldLetters(line.split(/[:：]/u)[0] ?? '')));
  let line = body.from;
  while (line <= body.to && (source[line - 1] ?? '').trim() === '') line += 1;
  const from = line;
  if (!title || !isProperty(source[line - 1] ?? '')) return { from, to: from - 1 };
  let to = from - 1;
  for (; line <= body.to; line += 1) {
    const text = source[line - 1] ?? '';
    const isBlank = text.trim() === '';
    if (!isBlank && (isProperty(text) || line - 1 === to)) to = line;
    else if (!isBlank) break;
  }
  return { from, to };
}

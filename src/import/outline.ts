import type { Heading, List, ListItem, RootContent } from 'mdast';
import { foldText } from '../core/fold.ts';
import { type LineRange, linesOf } from './slice.ts';

/** A heading of the document with everything up to the next one. */
export interface Section extends LineRange {
  title: string;
  level: number;
  /** The line of the heading. */
  line: number;
  content: RootContent[];
}

const answerSectionName =
  /^(?:\d+\s*[.)]\s*)?(?:(?:\p{Extended_Pictographic}|\uFE0F)+\s*)?(?:모범\s*답안?|모범답안지|예시\s*답안?|참고\s*답안|정답(?:\s*및\s*해설)?|해설|model answers?|sample answers?|reference answers?|answer key|answers?|solutions?)(?:\s*(?:모음|정리|전체|list))?\s*[:：]?$/iu;

/** Whether a heading, as a whole, names the section of model answers. */
export function isAnswerSection(title: string): boolean {
  return answerSectionName.test(foldText(title));
}

/** The visible text of a heading: markup, mail signs and links around it removed. */
function headingTitle(node: Heading, source: readonly string[]): string {
  const line = source[linesOf(node).from - 1] ?? '';
  return line
    .replace(/^\s*#{1,6}\s+/u, '')
    .trim()
    .replace(/(?<!\s)\s+#+$/u, '')
    .replace(/\[([^[\]]*)\]\([^()]*\)/gu, '$1')
    .replace(/\{[^{}]*\}$/u, '')
    .trim()
    .replace(/^\*\*(.+)\*\*$/u, '$1')
    .trim()
    .normalize('NFC');
}

/**
 * Cuts the document at its top-level headings. Heading levels carry no meaning in these documents. What
 * stands before the first heading is a section without title.
 */
export function outline(children: readonly RootContent[], source: readonly string[]): Section[] {
  const sections: Section[] = [];
  for (const node of children) {
    if (node.type === 'heading') {
      const line = linesOf(node).from;
      sections.push({
        title: headingTitle(node, source),
        level: node.depth,
        line,
        from: line,
        to: line,
        content: [],
      });
      continue;
    }
    if (sections.length === 0) sections.push({ title: '', level: 0, line: 1, from: 1, to: 1, content: [] });
    sections.at(-1)?.content.push(node);
  }
  sections.forEach((section, index) => {
    section.to = (sections[index + 1]?.line ?? source.length + 1) - 1;
  });
  return sections;
}

/** A bullet of a section with the lines up to the next bullet or heading. */
export interface Item extends LineRange {
  node: ListItem;
  /** The last line of the bullet itself; text below it at the very left is outside. */
  contentTo: number;
}

/** The bullets at the top level of a section, in order. */
export function topLevelItems(section: Section): Item[] {
  const nodes = section.content
    .filter((node): node is List => node.type === 'list')
    .flatMap((list) => list.children);
  return nodes.map((node, index) => {
    const next = nodes[index + 1];
    const { from, to: contentTo } = linesOf(node);
    return { node, from, contentTo, to: next ? linesOf(next).from - 1 : section.to };
  });
}

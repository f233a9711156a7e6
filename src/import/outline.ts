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

/** Names of model answers, as a pattern. */
export const answerNames =
  '모범\\s*답안?지?|예시\\s*답안?|참고\\s*답안?|공식\\s*답안?|정답지?(?:\\s*(?:및|과|&)\\s*(?:해설|풀이))?|(?:교재|책)\\s*답안?|해설|해답|model answers?|sample answers?|reference answers?|suggested answers?|answer key|solutions?';
/** What may follow such a name, as a pattern. */
export const toBeOpened =
  '(?:\\s*(?:최종본?|완성본?|수정본?|모음|정리|전체|보기|펼치기|열기|확인(?:하기)?|list|show))?';
const before =
  '(?:\\d+\\s*[.)]\\s*)?(?:(?:\\p{Extended_Pictographic}|\\uFE0F)+\\s*)?(?:(?:교재|책|공식|선생님|강사)(?:의)?\\s*)?';
const answerSectionName = new RegExp(`^${before}(?:${answerNames}|answers?)${toBeOpened}\\s*[:：]?$`, 'iu');
const answerLabelName = new RegExp(`^${before}(?:${answerNames})${toBeOpened}$`, 'iu');
const ownLabelName =
  /^(?:(?:\p{Extended_Pictographic}|\uFE0F)+\s*)?(?:(?:내|나의|제|저의|스터디|my)\s*(?:답|답변|답안|풀이|생각|answer)|답|답변|풀이|answer)$/iu;

/** Whether a heading, as a whole, names the section of model answers. */
export function isAnswerSection(title: string): boolean {
  return answerSectionName.test(foldText(title));
}

/** Whether a label under a question says that the model answer stands behind it. */
export function isAnswerLabel(label: string): boolean {
  return answerLabelName.test(foldText(label));
}

/** Whether a label under a question says that a member's own answer stands behind it. */
export function isOwnLabel(label: string): boolean {
  return ownLabelName.test(foldText(label));
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
  /** Column at which its content starts, as Notion writes it. */
  indent: number;
  /** Its number where its list counts; else null. */
  number: number | null;
}

/** Columns of one level of lists. */
export const listLevel = 4;

/** The bullets of lists side by side, the last one with the lines up to `to`. */
export function itemsOf(lists: readonly List[], to: number, depth = 0): Item[] {
  const nodes = lists.flatMap(({ children, ordered, start }) =>
    children.map((node, index) => ({ node, number: ordered === true ? (start ?? 1) + index : null })),
  );
  return nodes.map(({ node, number }, index) => {
    const next = nodes[index + 1]?.node;
    const { from, to: contentTo } = linesOf(node);
    const indent = (depth + 1) * listLevel;
    return { node, from, contentTo, to: next ? linesOf(next).from - 1 : to, indent, number };
  });
}

/** The bullets at the top level of a section, in order. */
export function topLevelItems(section: Section): Item[] {
  const lists = section.content.filter((node): node is List => node.type === 'list');
  return itemsOf(lists, section.to);
}

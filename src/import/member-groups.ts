import type { List } from 'mdast';
import { opensCallout } from './callouts.ts';
import { isAskedHeading, isCommonWord, nameLikeness } from './names.ts';
import { type Item, isAnswerLabel, isOwnLabel, itemsOf, type Section, topLevelItems } from './outline.ts';
import type { PageWords } from './page-words.ts';
import { isAsked } from './question-text.ts';
import type { LineRange } from './slice.ts';

/** What stands under a member's heading, up to the next member. */
export interface MemberGroup extends LineRange {
  /** The section of the member's heading. */
  section: Section;
  /** The member's name; null where the heading is known to be nobody's. */
  member: string | null;
  /** Sections of headings inside of it. */
  inner: Section[];
}

function isCommonHeading(title: string, words: PageWords): boolean {
  return isCommonWord(title) && !words.names.isListed(title);
}

/** Whether a heading stands inside of a member's part rather than opening one. */
function isInside(section: Section, group: MemberGroup, words: PageWords): boolean {
  const { title, level } = section;
  if (words.names.isListed(title)) return false;
  const isDeeper = level > group.section.level;
  if (isOwnLabel(title) || isAnswerLabel(title)) return group.inner.length > 0 || isDeeper;
  if (isAskedHeading(title)) return level >= group.section.level && !isAskedHeading(group.section.title);
  if (group.inner.some((inner) => isAskedHeading(inner.title) && level > inner.level))
    return nameLikeness(title) < 1;
  return isDeeper && (words.names.isClosed || isCommonWord(title));
}

/** The members' parts of a page: a heading each, with the headings that stand inside. */
export function memberGroups(sections: readonly Section[], words: PageWords): MemberGroup[] {
  const groups: MemberGroup[] = [];
  for (const section of sections) {
    if (section.title === '') continue;
    const group = groups.at(-1);
    if (group && section.from === group.to + 1 && isInside(section, group, words)) {
      group.inner.push(section);
      group.to = section.to;
    } else {
      const isNobody = words.isIgnored(section.title) || isCommonHeading(section.title, words);
      const member = isNobody ? null : words.names.memberOf(section.title);
      groups.push({ section, member, inner: [], from: section.from, to: section.to });
    }
  }
  return groups;
}

/** Lists inside of a bullet that is nothing but a heading for the questions in them. */
function wrappedLists({ node }: Item, text: string): List[] {
  const [, ...children] = node.children;
  if (isAsked(text) || children.length === 0 || !children.every((child) => child.type === 'list')) return [];
  const lists = children.filter((child): child is List => child.type === 'list');
  const answered = lists.some((list) =>
    list.children.some((child) => child.children.some((own) => opensCallout(own))),
  );
  return answered ? lists : [];
}

/** Bullets that may be questions, with those that only stand around some. */
export interface GroupItems {
  items: Item[];
  wrappers: Item[];
}

/** The bullets of sections: those at the top, or those inside of bullets that only head them. */
export function questionItems(sections: readonly Section[], source: readonly string[]): GroupItems {
  const found: GroupItems = { items: [], wrappers: [] };
  for (const item of sections.flatMap(topLevelItems)) {
    const text = (source[item.from - 1] ?? '').replace(/^\s*(?:[-*+]|\d{1,9}[.)])\s+/u, '');
    const lists = wrappedLists(item, text);
    if (lists.length === 0) found.items.push(item);
    else {
      found.wrappers.push(item);
      found.items.push(...itemsOf(lists, item.to, item.indent / 4));
    }
  }
  return found;
}

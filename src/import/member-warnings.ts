import type { ImportWarning } from '../core/chapter.ts';
import { counted } from '../core/plural.ts';
import type { Section } from './outline.ts';
import type { LeftOut } from './page-warnings.ts';
import { type LineRange, linesOf, trimRange } from './slice.ts';

/** What stands where no member's answer can be. */
export function strayText({ from, to }: LineRange, member: string | null): LeftOut {
  const where = {
    ko: member === null ? '멤버 이름 아래가 아닌' : `"${member}" 아래 질문 밖의`,
    en:
      member === null
        ? 'text outside the members\u2019 parts'
        : `text under "${member}" outside the questions`,
  };
  return {
    from,
    to,
    warning: {
      code: 'text_ignored',
      line: from,
      message: {
        ko: `${where.ko} 글은 답으로 읽지 않았습니다.`,
        en: `${where.en} was not read as an answer.`,
      },
    },
  };
}

const summary = /<summary\b[^<>]*>(.*?)<\/summary/iu;
const headAtLeft = /^(?:[-*+]|#{1,6})\s+(\S.{0,40})$/u;

/** What a toggle, bullet or heading is called that begins lines, and how many lines stand in it. */
function blockIn(
  source: readonly string[],
  { from, to }: LineRange,
): { title: string; count: number } | null {
  const line = /^\s*<details\b[^<>]*>\s*$/iu.test(source[from - 1] ?? '') ? from + 1 : from;
  const head = source[line - 1] ?? '';
  const inSummary = summary
    .exec(head)?.[1]
    ?.replace(/<[^<>]*>/gu, '')
    .trim();
  const title = inSummary ?? (to > from ? headAtLeft.exec(head)?.[1] : undefined);
  if (title === undefined || title === '') return null;
  const behind = source.slice(line);
  // A toggle's parts may be taken apart; it goes on up to the next tag.
  const tag = inSummary === undefined ? -1 : behind.findIndex((own) => /<\/?details\b/iu.test(own));
  const own = behind.slice(0, tag < 0 ? to - line : tag);
  return { title, count: own.filter((text) => text.trim() !== '').length };
}

/** What stands outside of the members' parts; what it is called is named, as it may well be somebody's. */
export function strayBlock(source: readonly string[], range: LineRange): LeftOut {
  const plain = strayText(range, null);
  const own = trimRange(range, source);
  const block = blockIn(source, own);
  if (!block) return plain;
  const { title, count } = block;
  return {
    ...plain,
    warning: {
      ...plain.warning,
      line: own.from,
      message: {
        ko: `"${title}" 아래의 글 ${count}줄은 답으로 읽지 않았습니다. 멤버의 답이면 이름만 적은 제목(## 이름)으로 바꾸고 질문을 그 위나 아래에 적거나, import.yaml의 members에 이름을 적으세요.`,
        en: `${counted(count, 'line')} under "${title}" ${count === 1 ? 'was' : 'were'} not read as an answer; if this is a member's, make it a heading of the name alone (## name) with the questions above or below, or list the name under members in import.yaml.`,
      },
    },
  };
}

/** A heading that is nobody's, with what stands below. */
export function notMember({ title, line, to }: Pick<Section, 'title' | 'line' | 'to'>): LeftOut {
  return {
    from: line,
    to,
    warning: {
      code: 'heading_not_member',
      line,
      message: {
        ko: `"${title}"은(는) 멤버 이름이 아니므로 그 아래의 글을 읽지 않았습니다.`,
        en: `"${title}" is no member's name, so what stands below it was not read.`,
      },
    },
  };
}

/** A heading inside of a member's part whose questions count as the member's. */
export function headingInside({ title, line }: Section, member: string): ImportWarning {
  return {
    code: 'heading_within_member',
    line,
    message: {
      ko: `"${title}" 아래의 질문은 ${member}의 것으로 읽었습니다. 다른 멤버의 것이면 제목의 수준을 맞추세요.`,
      en: `the questions under "${title}" are read as ${member}'s; if they are another member's, give both headings one level.`,
    },
  };
}

/** A bullet that holds questions rather than asking one. */
export function wrappingBullet(line: number): ImportWarning {
  return {
    code: 'bullet_around_questions',
    line,
    message: {
      ko: '이 항목은 질문이 아니라 질문들을 묶은 것으로 읽었습니다.',
      en: 'this bullet is read as one around questions, not as a question.',
    },
  };
}

/** What stands above the members: text and bullets under the title, or under no heading. */
export function textBeforeMembers(
  sections: readonly Section[],
  heading: Section | null,
  membersFrom: number,
  source: readonly string[],
): LeftOut[] {
  return sections
    .filter((section) => (section.title === '' || section === heading) && section.line < membersFrom)
    .flatMap(({ content }) => content)
    .filter((node) => node.type !== 'thematicBreak')
    .map((node) => strayBlock(source, linesOf(node)));
}

/** Says who was taken for a member, where nobody listed the members. */
export function guessedMembers(
  members: ReadonlySet<string>,
  lines: ReadonlyMap<string, number>,
): ImportWarning[] {
  const names = [...members].join(', ');
  const line = Math.min(...[...members].map((name) => lines.get(name) ?? Number.POSITIVE_INFINITY));
  return [
    {
      code: 'members_guessed',
      line: Number.isFinite(line) ? line : 1,
      message: {
        ko: `질문 아래의 이름을 멤버로 읽었습니다: ${names}. 맞는지 확인하세요.`,
        en: `the names below the questions are read as members: ${names}. Check them.`,
      },
    },
  ];
}

/** Says that the page's title was taken for the one member's name. */
export function memberFromTitle(line: number, member: string): ImportWarning {
  return {
    code: 'member_from_title',
    line,
    message: {
      ko: `페이지 제목 "${member}"을(를) 멤버 이름으로 읽었습니다. 맞는지 확인하세요.`,
      en: `the page's title "${member}" is read as the member's name. Check it.`,
    },
  };
}

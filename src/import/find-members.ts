import { isAbove, type LabelForm, type Shape, shapesIn } from './labels.ts';
import { isCommonWord, nameLikeness, plainName } from './names.ts';
import { isOwnLabel } from './outline.ts';
import type { PageWords } from './page-words.ts';
import { endsAsQuestion, isAsked, isAskedTitle, isQuestionLine, readNumberedText } from './question-text.ts';
import type { LineRange } from './slice.ts';

/** Where names are looked for as labels below questions. */
export interface LabelledMembers {
  /** Lines of the headings that have labels right below. */
  questions: ReadonlySet<number>;
  /** The line on which each member is named first. */
  members: ReadonlyMap<string, number>;
  /** @param question the line of the question above */
  memberOf(label: string, form: LabelForm, question: number): string | null;
}

interface Seen {
  line: number;
  likeness: number;
  /** The questions below which it stands, by their lines. */
  below: Set<number>;
  forms: Set<LabelForm>;
  /** Those of the questions below which it is a heading. */
  headed: Set<number>;
  /** The names below whose headings it stands as a deeper one; null where it stands below none. */
  under: Set<string> | null;
}

/** What of a line may be a member's name: whole, or before a colon, in bold, in brackets, behind an @. */
function nameIn({ form, cuts }: Shape, words: PageWords): string | null {
  const usable = form === 'text' ? cuts.slice(1) : cuts;
  for (const { label } of usable) {
    if (words.names.isClosed ? words.names.isListed(label) : nameLikeness(label) > 0) return label;
  }
  return null;
}

interface Page {
  words: PageWords;
  /** The line of the title, which is a question only where it reads as one. */
  titleLine: number | null;
  /** Whether headings that may be names are taken for questions, as nothing else is one. */
  areNamesAsked: boolean;
}

function opensQuestion(shape: Shape, { words, titleLine, areNamesAsked }: Page): boolean {
  const { form, whole, line } = shape;
  if (line === titleLine) return isAskedTitle(whole);
  if (form === 'bold') return isQuestionLine(whole) || /^\*\*(?:Q|질문|문제)/iu.test(whole);
  if (form === 'text' && readNumberedText(whole).no !== null && endsAsQuestion(whole)) return true;
  if (form === 'text') return /^(?:Q\s*\d*|(?:문제|질문|문항)\s*\d+)\s*[.):]/iu.test(whole);
  if (form !== 'heading' || words.isAnswers(whole) || isOwnLabel(whole)) return false;
  if (isCommonWord(whole)) return false;
  return isAsked(whole) || nameIn(shape, words) === null || (areNamesAsked && nameLikeness(whole) < 1);
}

/** All labels that look like names, with the questions below which they stand. */
function labelsSeen(shapes: readonly Shape[], page: Page): Map<string, Seen> {
  const { words } = page;
  const seen = new Map<string, Seen>();
  let asked: Shape | null = null;
  let above: { name: string; level: number } | null = null;
  for (const shape of shapes) {
    if (opensQuestion(shape, page)) [asked, above] = [shape, null];
    // A heading above a question's level is not below it.
    if (!asked || asked === shape || isAbove(shape, asked)) continue;
    const question = asked.line;
    const label = nameIn(shape, words);
    const name = label === null ? null : words.names.memberOf(label);
    if (label === null || name === null || words.isAnswerLabel(label)) continue;
    const own = seen.get(name) ?? {
      line: shape.line,
      likeness: 0,
      below: new Set(),
      forms: new Set(),
      headed: new Set(),
      under: new Set(),
    };
    const isUnder: boolean = shape.form === 'heading' && above !== null && shape.level > above.level;
    if (isUnder && above) own.under?.add(above.name);
    else own.under = null;
    if (shape.form === 'heading' && !isUnder) above = { name, level: shape.level };
    own.likeness = Math.max(own.likeness, words.names.isClosed ? 1 : nameLikeness(label));
    own.below.add(question);
    own.forms.add(shape.form);
    if (shape.form === 'heading') own.headed.add(question);
    seen.set(name, own);
  }
  return seen;
}

/**
 * Whether a label is a member's: it looks like a full name, or like a name and returns below other questions, or is a
 * heading as sure names are.
 */
function isMember(own: Seen, hasHeadings: boolean): boolean {
  if (own.likeness === 1) return true;
  return own.below.size > 1 || (own.forms.has('heading') && hasHeadings);
}

/** Whether a heading only ever stands inside of a member's part: there it heads a part of a text. */
function isInsideOfMember({ under }: Seen, members: ReadonlySet<string>): boolean {
  return under !== null && [...under].every((name) => members.has(name));
}

/**
 * The members whose names label texts below questions. Without a list of members, these are the short labels that
 * return below several questions, full names, and headings beside them.
 */
export function findMembers(
  lines: readonly string[],
  range: LineRange,
  words: PageWords,
  titleLine: number | null,
): LabelledMembers {
  const shapes = [...shapesIn(lines, range)];
  const page = { words, titleLine, areNamesAsked: false };
  const areNamesAsked = !words.names.isClosed && !shapes.some((shape) => opensQuestion(shape, page));
  const seen = labelsSeen(shapes, { ...page, areNamesAsked });
  const sure = [...seen.values()].filter((own) => isMember(own, false));
  const hasHeadings = sure.some((own) => own.forms.has('heading'));
  const likely = [...seen].filter(([, own]) => isMember(own, hasHeadings));
  const known = new Set(likely.map(([name]) => name));
  const chosen = likely.filter(([, own]) => words.names.isClosed || !isInsideOfMember(own, known));
  // Where members are headings, a label in a text is a part of it.
  const headed = new Set(chosen.flatMap(([, own]) => [...own.headed]));
  const areHeadings = chosen.some(([, own]) => own.forms.has('heading'));
  const members = new Map(
    chosen
      .filter(([, own]) => !areHeadings || own.forms.has('heading'))
      .map(([name, own]) => [name, own.line] as const),
  );
  return {
    members,
    questions: new Set(chosen.flatMap(([, own]) => [...own.below])),
    memberOf(label, form, question) {
      const isHeading = form === 'heading';
      if (isHeading ? !areHeadings : headed.has(question)) return null;
      const name = words.names.memberOf(label);
      return name !== null && members.has(name) && plainName(label) !== '' ? name : null;
    },
  };
}

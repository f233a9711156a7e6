import type { ImportWarning } from '../core/chapter.ts';
import { answersAtLeft } from './answers-at-left.ts';
import { type LabelledText, readLabelledText } from './labelled-text.ts';
import { type MemberGroup, questionItems } from './member-groups.ts';
import { headingInside, notMember, strayText, wrappingBullet } from './member-warnings.ts';
import type { ModelAnswer } from './model-answers.ts';
import { isAskedHeading, isCommonWord, mayBeNamed } from './names.ts';
import type { Item, Section } from './outline.ts';
import { ignoredBullet, ignoredText, type LeftOut, textBesideQuestions } from './page-warnings.ts';
import type { PageWords } from './page-words.ts';
import { isQuestionLine, readNumberedText } from './question-text.ts';
import { type RawSubmission, readItem } from './read-item.ts';
import { type LineRange, linesOf } from './slice.ts';
import type { TextIndex } from './text-index.ts';

/** What is known of the page while a member's part is read. */
export interface GroupContext {
  file: string;
  words: PageWords;
  source: readonly string[];
  /** The questions that have model answers in a section of their own. */
  known: TextIndex;
  /** Their folded letters. */
  knownLetters: ReadonlySet<string>;
}

/** A member's part, read. */
export interface ReadGroup {
  group: MemberGroup;
  raws: RawSubmission[];
  answers: ModelAnswer[];
  leftOut: LeftOut[];
  warnings: ImportWarning[];
  labels: LabelledText['labels'];
  /** Whether the member's name has text of its own below it. */
  hasOwnText: boolean;
  /** Lines of which it cannot be told what question they answer. */
  unclear: LineRange | null;
}

function isQuestionItem(raw: RawSubmission, ordinal: number | null, known: TextIndex): boolean {
  if (raw.callouts.length > 0 || raw.notes.length > 0 || (raw.models?.length ?? 0) > 0) return true;
  // Any list may be an ordered one.
  const hasNumber = raw.question.no !== null && ordinal === null;
  return hasNumber || (known.closest(raw.question.text)?.likeness ?? 0) >= 0.85;
}

/** Numbers of an ordered list, where they count; Notion begins anew at 1 after every other block. */
function ordinalsOf(items: readonly Item[], source: readonly string[]): (number | null)[] {
  const written = items.map(({ from }) => /^\s*(\d{1,3})[.)]\s/u.exec(source[from - 1] ?? '')?.[1]);
  const numbers = written.map((digits) => (digits === undefined ? null : Number(digits)));
  const counts = numbers.every((no, index) => no === null || no > (numbers[index - 1] ?? 0));
  return counts && new Set(numbers).size === numbers.length && numbers.length > 1
    ? numbers
    : numbers.map(() => null);
}

function emptyGroup(group: MemberGroup): ReadGroup {
  return {
    ...{ group, raws: [], answers: [], leftOut: [], warnings: [], labels: [] },
    ...{ hasOwnText: false, unclear: null },
  };
}

/** Questions as bullets: in the member's own section, and under headings that stand over a part of it. */
function readBullets(group: MemberGroup, member: string, context: GroupContext): ReadGroup {
  const { file, source, words, known, knownLetters } = context;
  const sections = [group.section, ...group.inner.filter(({ title }) => !isAskedHeading(title))];
  const { items, wrappers } = questionItems(sections, source);
  const ordinals = ordinalsOf(items, source);
  const bullets = items.map((item, index) => {
    const ordinal = ordinals[index] ?? null;
    const raw = readItem(item, { member, file, words, known: knownLetters, ordinal }, source);
    return { item, raw, isQuestion: isQuestionItem(raw, ordinal, known) };
  });
  const atLeft = answersAtLeft(bullets, words, source);
  const all = atLeft.bullets.map(({ raw }) => raw);
  const questions = atLeft.bullets.filter(({ isQuestion }) => isQuestion).map(({ raw }) => raw);
  // Without model answers nothing tells an unanswered question from another bullet.
  const raws = knownLetters.size === 0 && questions.length > 0 ? all : questions;
  if (raws.length === 0) return emptyGroup(group);
  const read = new Set(raws);
  const inner = sections.slice(1);
  const isTaken = ({ from }: LineRange) => atLeft.taken.some((own) => own.from <= from && from <= own.to);
  return {
    ...emptyGroup(group),
    raws,
    unclear: atLeft.unclear,
    leftOut: [
      ...sections.flatMap(textBesideQuestions).filter((left) => !isTaken(left)),
      ...all.filter((raw) => !read.has(raw)).map(ignoredBullet),
    ],
    warnings: [
      ...atLeft.warnings,
      ...inner.filter(({ content }) => content.length > 0).map((section) => headingInside(section, member)),
      ...wrappers.map(({ from }) => wrappingBullet(from)),
    ],
    labels: [
      ...inner.map(({ line }) => ({ line, role: 'heading' as const })),
      ...wrappers.map(({ from }) => ({ line: from, role: 'heading' as const })),
    ],
  };
}

/** Questions as headings, or as lines in bold or with a number. */
function readLabels(group: MemberGroup, range: LineRange, member: string, context: GroupContext): ReadGroup {
  const { file, source, words, knownLetters } = context;
  // Bold lines and numbers are in any text; only below a name they are a member's questions.
  if (!words.names.isClosed && !mayBeNamed(group.section.title)) return emptyGroup(group);
  const { raws, answers, labels, stray } = readLabelledText(source, range, {
    file,
    words,
    known: knownLetters,
    member,
    memberOf: () => null,
    isQuestion: () => false,
  });
  if (raws.length === 0) return emptyGroup(group);
  return {
    ...emptyGroup(group),
    raws,
    answers,
    labels,
    leftOut: stray.map((lines) => strayText(lines, member)),
    hasOwnText: stray.some(({ from }) => from <= group.section.line + 1),
  };
}

function hasQuestionLines({ content }: Section, source: readonly string[]): boolean {
  return content.some((node) => {
    if (node.type !== 'paragraph') return false;
    const line = source[linesOf(node).from - 1] ?? '';
    return (
      isQuestionLine(line) || (/^\s*\**Q\s*\d*\s*[.):]/iu.test(line) && readNumberedText(line).text !== '')
    );
  });
}

function join(first: ReadGroup, second: ReadGroup): ReadGroup {
  return {
    group: first.group,
    raws: [...first.raws, ...second.raws],
    answers: [...first.answers, ...second.answers],
    leftOut: [...first.leftOut, ...second.leftOut],
    warnings: [...first.warnings, ...second.warnings],
    labels: [...first.labels, ...second.labels],
    hasOwnText: first.hasOwnText || second.hasOwnText,
    unclear: first.unclear ?? second.unclear,
  };
}

/** Reads what a member wrote: questions as bullets, else as headings, else as lines that ask. */
export function readGroup(group: MemberGroup, context: GroupContext): ReadGroup {
  const { member, section, inner } = group;
  if (member === null) {
    const isEmpty = [section, ...inner].every(({ content }) => content.length === 0);
    const whole = { ...section, to: group.to };
    const hasQuestions = readBullets(group, section.title, context).raws.length > 0;
    const leftOut = hasQuestions ? notMember(whole) : ignoredText(whole);
    return { ...emptyGroup(group), leftOut: isEmpty ? [] : [leftOut] };
  }
  const below = { from: section.line + 1, to: group.to };
  const asked = inner.find(({ title }) => isAskedHeading(title));
  const bullets = readBullets(group, member, context);
  const hasCallouts = bullets.raws.some(({ callouts }) => callouts.length > 0);
  if (asked === undefined) {
    const labelled =
      bullets.raws.length === 0 || (!hasCallouts && hasQuestionLines(section, context.source))
        ? readLabels(group, below, member, context)
        : emptyGroup(group);
    if (labelled.raws.length > 0) return labelled;
    if (bullets.raws.length > 0) return bullets;
    const isEmpty = section.content.length === 0 && inner.length === 0;
    return { ...bullets, leftOut: isEmpty ? [] : [ignoredText({ ...section, to: group.to })] };
  }
  const own = {
    ...group,
    inner: inner.filter(({ line, title }) => line < asked.line && isCommonWord(title)),
  };
  const before = hasCallouts ? readBullets(own, member, context) : emptyGroup(group);
  const range = before.raws.length > 0 ? { from: asked.line, to: group.to } : below;
  return join(before, readLabels(group, range, member, context));
}

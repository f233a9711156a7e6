import { foldLetters } from '../core/fold.ts';
import { belowHeadings, isAbove, type LabelForm, type Shape } from './labels.ts';
import { isCommonWord, nameLikeness, plainName } from './names.ts';
import { isOwnLabel } from './outline.ts';
import type { PageWords } from './page-words.ts';
import { endsAsQuestion, type NumberedText, readNumberedText } from './question-text.ts';
import type { LineRange } from './slice.ts';

/** What is known of lines in which labels say whose text, or to what question, follows. */
export interface LabelledContext {
  file: string;
  words: PageWords;
  /** Folded letters of questions that are known from elsewhere. */
  known: ReadonlySet<string>;
  /** The member whom all of it belongs to; null where labels below the questions name them. */
  member: string | null;
  /** The member that a label names, where labels name them. */
  memberOf(label: string, form: LabelForm, question: number): string | null;
  /** Whether a heading is a question, beside those that read as one. */
  isQuestion(shape: Shape): boolean;
  /** The question that the lines begin under. */
  asked?: { title: string; line: number; level: number };
}

/** A question with its lines. */
interface Asked extends LineRange {
  question: NumberedText;
  shape: Shape;
}

/** What the lines before say of the next one. */
export interface LabelState {
  asked: Asked | null;
  /** How the page's questions are written; null before the first. */
  form: string | null;
  member: string | null;
  /** The label of the member, where one names them. */
  memberShape: Shape | null;
  /** Whether a text follows the member's label on its line. */
  hasText: boolean;
  /** The label that announced the text so far as somebody's own. */
  ownLabel: string | null;
}

/** What a label announces. */
export type LabelKind =
  | { kind: 'question'; question: NumberedText; rest: string }
  | { kind: 'member'; member: string; rest: string }
  | { kind: 'own'; label: string; rest: string }
  /** A guess where the label does not say whose answer it is. */
  | { kind: 'model'; rest: string; isGuess: boolean }
  | { kind: 'unknown' | 'other' };

const questionWord = /^\s*(?:\*\*\s*)?(?:Q\s*\d*|(?:문제|질문|문항)\s*\d+)\s*번?\s*[.):：\]]/iu;
const numberFirst = /^\s*(?:\*\*\s*)?(?:\\?\[\s*Q?\d{1,3}\s*\\?\]|[①-⑳]|(?:\d{1,2}-)?\d{1,3}\s*\\?[.)])/iu;
const personal = /내|나의|제|저의|스터디|my/iu;

/** Questions of one page are written alike: by this the later ones are told from bold lines in answers. */
export function formOf({ form, level }: Shape, { no }: NumberedText): string {
  return form === 'heading' ? `heading ${level}` : `${belowHeadings} ${no === null ? 'plain' : 'numbered'}`;
}

function isBoldQuestion({ whole, cuts }: Shape, { no, text }: NumberedText): boolean {
  const isWhole = cuts.some(({ label, rest }) => rest === '' && label !== whole);
  if (isWhole && (no !== null || endsAsQuestion(text) || questionWord.test(whole))) return true;
  return no !== null && /^\*\*[^*]{1,8}\*\*/u.test(whole);
}

/** The question that a line is; null where it is none. */
function questionOf(shape: Shape, state: LabelState, context: LabelledContext): NumberedText | null {
  const question = readNumberedText(shape.whole);
  if (shape.form === 'bullet') return null;
  if (context.known.has(foldLetters(question.text))) return question;
  const isSame = state.form === null || formOf(shape, question) === state.form;
  if (shape.form === 'heading') {
    const isDeeper = state.asked !== null && shape.level > state.asked.shape.level;
    const reads = question.no !== null || endsAsQuestion(question.text) || context.isQuestion(shape);
    return reads && (isSame || !isDeeper) ? question : null;
  }
  if (!isSame) return null;
  if (shape.form === 'bold') return isBoldQuestion(shape, question) ? question : null;
  if (questionWord.test(shape.whole)) return question;
  const asks = numberFirst.test(shape.whole) && question.no !== null && endsAsQuestion(question.text);
  return asks ? question : null;
}

/** Whether nothing but the question stands above a line: its own lines, and blank ones. */
function isRightBelow(shape: Shape, { asked, memberShape }: LabelState, source: readonly string[]): boolean {
  const since = memberShape?.line ?? asked?.to ?? 0;
  let isApart = false;
  for (let line = since + 1; line < shape.line; line += 1) {
    const isBlank = source[line - 1]?.trim() === '';
    if (!isBlank && isApart) return false;
    isApart ||= isBlank;
  }
  return true;
}

/** `A.` opens an answer, unless it is the first of several choices. */
export function isLetterA(label: string, shape: Shape, source: readonly string[]): boolean {
  if (!/^A\s?\d{0,3}$/u.test(label)) return false;
  const next = source.slice(shape.line, shape.line + 3);
  return !next.some((line) => /^\s*(?:[-*]\s+)?(?:\*\*)?B\s*[.)]/u.test(line));
}

function isOwn(label: string, shape: Shape, state: LabelState, source: readonly string[]): boolean {
  if (state.member === null) return false;
  if (!isOwnLabel(label) && !isLetterA(label, shape, source)) return false;
  // A second one counts where it says whose answer it is, unlike the first.
  if (state.ownLabel !== null) return personal.test(label) && !personal.test(state.ownLabel);
  return shape.form === 'heading' || isRightBelow(shape, state, source);
}

/**
 * Whether `A.` or `답:` belongs to the question, as it stands beside the members' labels: above them, or where the last
 * member has a text already.
 */
function isGroupAnswer(
  label: string,
  shape: Shape,
  state: LabelState,
  { member }: LabelledContext,
  source: readonly string[],
): boolean {
  if (member !== null || personal.test(label)) return false;
  if (!isOwnLabel(label) && !isLetterA(label, shape, source)) return false;
  const { memberShape, hasText } = state;
  if (memberShape === null) return true;
  if (shape.form === 'heading') return memberShape.form === 'heading' && shape.level <= memberShape.level;
  if (shape.form === 'bullet' && memberShape.form !== 'bullet') return false;
  return hasText || source.slice(memberShape.line, shape.line - 1).some((line) => line.trim() !== '');
}

function belowQuestion(
  shape: Shape,
  state: LabelState,
  context: LabelledContext,
  source: readonly string[],
): LabelKind | null {
  const { asked } = state;
  if (!asked) return null;
  const { words } = context;
  for (const { label, rest } of shape.cuts) {
    if (isGroupAnswer(label, shape, state, context, source)) return { kind: 'model', rest, isGuess: true };
    if (isOwn(label, shape, state, source)) return { kind: 'own', label, rest };
    const isModel = words.isAnswerLabel(label) || (state.member === null && words.isAnswers(label));
    if (isModel) return { kind: 'model', rest, isGuess: false };
    const member = isAbove(shape, asked.shape) ? null : context.memberOf(label, shape.form, asked.from);
    if (member !== null) return { kind: 'member', member, rest };
  }
  return null;
}

/** A label written as the members' are that is no name known here: it may well be somebody's. */
function isUnknownName(
  shape: Shape,
  { memberShape }: LabelState,
  { words, member }: LabelledContext,
): boolean {
  if (member !== null || words.names.isClosed || shape.form !== memberShape?.form) return false;
  if (shape.form !== 'bold' && shape.form !== 'text') return false;
  const labels = shape.cuts.slice(1).map(({ label }) => plainName(label));
  return labels.some((label) =>
    shape.form === 'bold' ? /^\p{L}{1,10}$/u.test(label) && !isCommonWord(label) : nameLikeness(label) > 0,
  );
}

/** What a line announces; null where it is part of the text. */
export function kindOf(
  shape: Shape,
  state: LabelState,
  context: LabelledContext,
  source: readonly string[],
): LabelKind | null {
  const isHeading = shape.form === 'heading';
  if (isHeading && context.words.isIgnored(shape.whole)) return { kind: 'other' };
  const question = questionOf(shape, state, context);
  if (question) return { kind: 'question', question, rest: '' };
  const below = belowQuestion(shape, state, context, source);
  if (below) return below;
  if (isUnknownName(shape, state, context)) return { kind: 'unknown' };
  if (!isHeading) return null;
  const above = state.memberShape?.form === 'heading' ? state.memberShape : state.asked?.shape;
  if (above && shape.level > above.level) return null;
  // Beside the members' headings it is nobody's, and the question goes on.
  return state.asked && shape.level > state.asked.shape.level ? { kind: 'unknown' } : { kind: 'other' };
}

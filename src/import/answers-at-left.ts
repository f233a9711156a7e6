import { natureOf } from '../core/answer-text.ts';
import type { ImportWarning } from '../core/chapter.ts';
import { InputError } from '../core/errors.ts';
import { takeApartBelow } from './below-question.ts';
import { type Item, listLevel } from './outline.ts';
import type { PageWords } from './page-words.ts';
import { readBody } from './read-body.ts';
import type { RawSubmission } from './read-item.ts';
import { type LineRange, trimRange } from './slice.ts';

/** A bullet of a member's part. */
export interface ReadBullet {
  item: Item;
  raw: RawSubmission;
  isQuestion: boolean;
}

/** What stands at the very left below questions, given to them. */
export interface AnswersAtLeft {
  bullets: ReadBullet[];
  /** The lines that are answers. */
  taken: LineRange[];
  warnings: ImportWarning[];
  /** Lines of several answers, perhaps, below a list of all the questions. */
  unclear: LineRange | null;
}

const asks = /(?:[?？]|세요|시오|하라)[\s*.)]*$/u;
const closingTag = /^\s*(?:<!--)?<\/aside\s*>(?:-->)?\s*$/iu;

function holdsNothing({ callouts, notes, models, later }: RawSubmission): boolean {
  return callouts.length + notes.length + (models?.length ?? 0) + (later?.length ?? 0) === 0;
}

/** Whether a bullet below a question that holds nothing is a part of the answer. */
function isOfAnswer({ item, raw, isQuestion }: ReadBullet, question: Item): boolean {
  if (item.indent !== listLevel || raw.callouts.length > 0 || asks.test(raw.question.text)) return false;
  const isOtherList = (item.number === null) !== (question.number === null);
  return !isQuestion || (isOtherList && !holdsNothing(raw));
}

/** The last line of what stands below a bullet, other bullets that are no questions among it. */
function lastLineBelow(bullets: readonly ReadBullet[], { item }: ReadBullet, index: number): number {
  let to = item.to;
  for (const next of bullets.slice(index + 1)) {
    // Where lines are left out between them, a heading or another bullet stands there.
    if (next.item.from !== to + 1 || !isOfAnswer(next, item)) break;
    to = next.item.to;
  }
  return to;
}

/** A question with what stands below it at the left; null where that says nothing. */
function withBody(
  raw: RawSubmission,
  body: LineRange,
  words: PageWords,
  source: readonly string[],
): RawSubmission | null {
  const own = trimRange(body, source);
  const lines = source.slice(own.from - 1, own.to);
  if (lines.every((line) => line.trim() === '' || closingTag.test(line))) return null;
  const placed = { file: raw.file, question: raw.question, line: raw.from };
  const { left: _, ...below } = takeApartBelow(readBody(source, own, words.icons), placed, words, source);
  const isText = [...below.callouts, ...below.notes].some(({ text }) => natureOf(text) !== 'blank');
  return isText ? { ...raw, ...below, to: body.to, isPlain: true } : null;
}

function readAtLeft({ member }: RawSubmission, line: number): ImportWarning {
  return {
    code: 'answer_not_indented',
    line,
    message: {
      ko: `${member}: 질문 항목 아래에 들여쓰지 않고 쓴 글을 그 질문의 답으로 읽었습니다. 맞는지 확인하세요.`,
      en: `${member}: the text below the question's bullet, which is not indented, is read as its answer. Check it.`,
    },
  };
}

/** Whether all questions stand above one text of several lines: then it may be answers to all of them. */
function isBelowAll(bullets: readonly ReadBullet[], text: LineRange, source: readonly string[]): boolean {
  const questions = bullets.filter(({ isQuestion }) => isQuestion);
  const lines = source.slice(text.from - 1, text.to).filter((line) => line.trim() !== '');
  const last = questions.at(-1);
  return (
    questions.length > 1 &&
    lines.length > 1 &&
    last !== undefined &&
    last.item.from < text.from &&
    questions.slice(0, -1).every(({ raw }) => holdsNothing(raw))
  );
}

/** Gives what stands at the very left below a question's bullet to the question, where the bullet holds nothing. */
export function answersAtLeft(
  bullets: readonly ReadBullet[],
  words: PageWords,
  source: readonly string[],
): AnswersAtLeft {
  const found: AnswersAtLeft = { bullets: [], taken: [], warnings: [], unclear: null };
  let takenTo = 0;
  for (const [index, bullet] of bullets.entries()) {
    const { item, raw, isQuestion } = bullet;
    if (item.from <= takenTo) continue;
    const mayBeAsked = isQuestion || asks.test(raw.question.text);
    const body = { from: item.contentTo + 1, to: lastLineBelow(bullets, bullet, index) };
    const isOpen = mayBeAsked && item.indent === listLevel && holdsNothing(raw);
    const answered = isOpen ? withBody(raw, body, words, source) : null;
    found.bullets.push(answered ? { item, raw: answered, isQuestion: true } : bullet);
    if (!answered) continue;
    takenTo = body.to;
    found.taken.push(body);
    found.warnings.push(readAtLeft(raw, trimRange(body, source).from));
  }
  const [text, ...others] = found.taken;
  if (text && others.length === 0 && isBelowAll(found.bullets, trimRange(text, source), source))
    found.unclear = trimRange(text, source);
  return found;
}

/** @throws InputError where answers stand below a list of all the questions */
export function refuseUnclear(member: string, { from }: LineRange, file: string): never {
  throw new InputError(
    {
      ko: `"${member}" 아래에 질문이 모두 먼저 있고 글이 그 뒤에 있어 어느 질문의 답인지 알 수 없습니다. 답을 각 질문 바로 아래로 옮기세요.`,
      en: `under "${member}" all the questions stand above the text, so which of them it answers cannot be told; move each answer right below its question.`,
    },
    { place: { file, line: from } },
  );
}

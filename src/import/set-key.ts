import type { ImportWarning } from '../core/chapter.ts';
import { foldLetters } from '../core/fold.ts';
import { withoutOwnLabel } from './below-question.ts';
import { grouped } from './grouped.ts';
import type { LineUses } from './line-uses.ts';
import { askedParts } from './member-document.ts';
import type { AskedPart } from './member-part.ts';
import type { ModelAnswer } from './model-answers.ts';
import { isChapterName, maybeName } from './name-shapes.ts';
import { plainName } from './names.ts';
import { endsAsked, isAsked, type KeyQuestion, type QuestionKey, questionKey } from './question-key.ts';
import { isNumberAlone, readNumberedText } from './question-text.ts';
import { sliceLines, trimRange } from './slice.ts';
import { holdsCallout, type QuestionPlace, type TakenApart } from './take-document.ts';

/** The places of a list of questions that are questions: those that look so, and headings like them. */
function listedPlaces({ places }: Pick<TakenApart, 'places'>): QuestionPlace[] {
  const asked = places.filter(({ written }) => isAsked(written));
  const headings = asked.filter(({ kind }) => kind === 'heading');
  if (headings.length > 0) {
    const level = Math.min(...headings.map((place) => place.level));
    return places.filter((place) => place.kind === 'heading' && place.level === level);
  }
  // In a list that counts, what does not read as a question is one as well.
  const isNumbered = ({ item }: QuestionPlace) => (item?.number ?? null) !== null;
  if (asked.length > 0) {
    const known = new Set(asked);
    return asked.some(isNumbered) ? places.filter((place) => known.has(place) || isNumbered(place)) : asked;
  }
  const plain = places.filter(({ kind }) => kind === 'heading');
  return plain.length > 0 ? plain : [...places];
}

/** The question that stands at a place. */
export function questionAt({ written, item }: QuestionPlace): KeyQuestion {
  const { no, text } = readNumberedText(written);
  return { no: no ?? item?.number ?? null, text };
}

/** The questions that a document lists. */
export function listedQuestions(taken: Pick<TakenApart, 'places'>): KeyQuestion[] {
  return listedPlaces(taken).map(questionAt);
}

/** Headings below which a member's questions stand. */
const structural = /^(?:.{0,6}(?:질문|문제|문항|답변|답|풀이|q\s*&\s*a|questions?|answers?).{0,6})$/iu;

/** Whether a place looks like a question of the document's own member; a short text with a number may be a name. */
export function looksAsked({ kind, written, under, ...place }: QuestionPlace): boolean {
  if (kind === 'text') return true;
  // Lists in answers count as well.
  if (/^\d/u.test(written) && isNumberAlone(written)) return false;
  const isAskedHere = endsAsked(written) || (isAsked(written) && !maybeName(readNumberedText(written).text));
  if (kind !== 'bullet') return isAskedHere;
  if (under !== '' && !structural.test(under)) return false;
  return holdsCallout(place) || isAskedHere;
}

/**
 * Whether a document is that of a member: its questions stand below its title, not below names, and each is answered
 * once; and no names stand below its questions.
 */
export function isOfOne(taken: TakenApart, key: QuestionKey, member: string): boolean {
  const isOwn = (under: string) =>
    under === '' ||
    plainName(under) === plainName(member) ||
    structural.test(under) ||
    isChapterName(under) ||
    isAsked(under) ||
    key.find(under) !== null;
  const parts = askedParts(taken, key);
  const headed = new Set(
    parts.filter(({ place }) => place.kind === 'heading').map(({ question }) => question),
  );
  // Below other headings an answer may repeat the question that it is to.
  const isElsewhere = ({ place: { kind, under }, question }: AskedPart) =>
    kind !== 'heading' && !isOwn(under) && !(kind === 'text' && headed.has(question));
  if (parts.length === 0 || parts.some(isElsewhere)) return false;
  const answered = parts.filter(
    ({ body }) => trimRange(body, taken.source).from <= trimRange(body, taken.source).to,
  );
  const twice = [...grouped(answered, ({ question }) => question.text)].filter(([, own]) => own.length > 1);
  if (twice.length > 1 || (twice.length > 0 && twice[0]?.[1].length === answered.length)) return false;
  const names = taken.places.filter(
    ({ kind, written }) => kind === 'heading' && maybeName(written) && !isAsked(written),
  );
  const repeated = [...grouped(names, ({ written }) => plainName(written))].filter(
    ([, own]) => own.length > 1,
  );
  return repeated.length < 2;
}

/** The lines below the questions of a list, which are nobody's answer where they stand in a member's document. */
export function placeholdersOf(taken: TakenApart): Set<string> {
  const parts = askedParts(taken, questionKey(listedQuestions(taken)));
  const lines = parts.flatMap(({ body }) => taken.source.slice(body.from - 1, body.to));
  return new Set(lines.map((line) => foldLetters(line)).filter((letters) => letters !== ''));
}

/** The model answers that a document holds, by the questions of a key. */
export function modelAnswersIn(taken: TakenApart, key: QuestionKey): ModelAnswer[] {
  return askedParts(taken, key).map(({ question, place, body }) => {
    const run = trimRange(body, taken.source);
    return {
      file: taken.file,
      no: question.no,
      question: question.text,
      text: withoutOwnLabel({ ...run, text: sliceLines(taken.source, run, place.kind === 'bullet' ? 4 : 0) })
        .text,
      line: place.from,
      body: run,
    };
  });
}

/** Every question of a key, with its model answer where there is one. */
export function answeredKey(
  key: QuestionKey,
  written: readonly ModelAnswer[],
  listed: readonly TakenApart[],
): ModelAnswer[] {
  const byLetters = new Map(written.map((answer) => [foldLetters(answer.question), answer]));
  const places = new Map(
    listed.flatMap((taken) =>
      taken.places.map((place) => [
        foldLetters(questionAt(place).text),
        { file: taken.file, line: place.from },
      ]),
    ),
  );
  return key.questions.map((question) => {
    const letters = foldLetters(question.text);
    const answer = byLetters.get(letters);
    if (answer) return { ...answer, no: question.no };
    const { file, line } = places.get(letters) ?? { file: '', line: 1 };
    return {
      ...{ file, line, no: question.no, question: question.text, text: '' },
      body: { from: line + 1, to: line },
    };
  });
}

/** Marks a list of questions: what stands below one belongs to it. */
export function markListed({ places, source, title }: TakenApart, uses: LineUses): void {
  if (title) uses.mark({ from: title.line, to: title.line }, { role: 'title' });
  const [first] = places;
  if (!first) return;
  uses.mark({ from: (title?.line ?? 0) + 1, to: first.from - 1 }, { role: 'heading' });
  uses.mark({ from: first.from, to: source.length }, { role: 'question' });
}

/** Says that a document is left out, and marks it. */
export function leaveOut({ file, source }: TakenApart, uses: LineUses): ImportWarning {
  uses.mark({ from: 1, to: source.length }, { role: 'ignored' });
  return {
    code: 'document_ignored',
    file,
    line: 1,
    message: {
      ko: '이 단원의 질문에 답한 멤버의 문서가 아니어서 읽지 않았습니다.',
      en: 'this is not the document of a member with answers to questions of this chapter, so it was not read.',
    },
  };
}

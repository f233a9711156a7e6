import type { ImportWarning } from '../core/chapter.ts';
import type { LineUse } from '../core/line-use.ts';
import { answersByNumber, matchedByNumber } from './answers-by-number.ts';
import { shapesIn } from './labels.ts';
import { type AskedPart, type MemberContext, placeholderLines, readPart } from './member-part.ts';
import { unclosedCode } from './page-warnings.ts';
import { isAsked, isOnlyNumber, type QuestionKey } from './question-key.ts';
import type { RawSubmission } from './read-item.ts';
import { type LineRange, trimRange } from './slice.ts';
import { propertyLines, type QuestionPlace, type TakenApart } from './take-document.ts';

/** The lines that say a question of a key word for word, however they are written. */
function sameLines({ source, places, body }: TakenApart, key: QuestionKey): QuestionPlace[] {
  const headings = places.filter(({ kind }) => kind === 'heading');
  let [next, under] = [0, ''];
  return [...shapesIn(source, body)].flatMap(({ line, whole }): QuestionPlace[] => {
    for (; (headings[next]?.from ?? line) < line; next += 1) under = headings[next]?.written ?? '';
    if (!key.same(whole)) return [];
    return [{ from: line, to: line, written: whole, kind: 'text', level: 0, item: null, under }];
  });
}

/** The parts of a document that the questions of a key head; all else inside them is text. */
export function askedParts(taken: TakenApart, key: QuestionKey): AskedPart[] {
  const { places, body } = taken;
  const sure = places.filter(({ written }) => key.find(written) !== null);
  const known = new Set(sure.map(({ from }) => from));
  const found = [...sure, ...sameLines(taken, key).filter(({ from }) => !known.has(from))]
    .sort((a, b) => a.from - b.from)
    .flatMap((place) => {
      const question = key.find(place.written);
      return question ? [{ place, question }] : [];
    });
  return found.map(({ place, question }, index) => {
    const to = (found[index + 1]?.place.from ?? body.to + 1) - 1;
    return { place, question, from: place.from, to, body: { from: place.from + 1, to } };
  });
}

/** What a member's document was read as. */
export interface MemberReading {
  raws: RawSubmission[];
  warnings: ImportWarning[];
  /** What else its lines were taken for. */
  marks: { range: LineRange; use: LineUse }[];
}

function notInKey({ written, from }: QuestionPlace): ImportWarning {
  return {
    code: 'heading_not_a_question',
    line: from,
    message: {
      ko: `"${written}"은(는) 이 단원의 질문에 없어 위 답의 일부로 읽었습니다. 질문이라면 질문 목록에 넣으세요.`,
      en: `"${written}" is not among the questions and was read as part of the answer above; if it is a question, add it to the list of questions.`,
    },
  };
}

function beforeQuestions(range: LineRange): ImportWarning {
  return {
    code: 'text_ignored',
    line: range.from,
    message: {
      ko: '첫 질문 앞의 글은 답으로 읽지 않았습니다.',
      en: 'text before the first question was not read as an answer.',
    },
  };
}

function readByNumber(raws: RawSubmission[], { title, file }: TakenApart): MemberReading {
  return {
    raws,
    marks: title ? [{ range: { from: title.line, to: title.line }, use: { role: 'title' } }] : [],
    warnings: raws.map(({ question, from }) => matchedByNumber(question.no, file, from)),
  };
}

/**
 * Reads the questions in the document of one member: each runs from where it stands to the next one; headings that
 * are not in the key are part of the answer.
 */
export function readMemberDocument(taken: TakenApart, context: MemberContext): MemberReading {
  const { places, source, title, file, body } = taken;
  const parts = askedParts(taken, context.key);
  const byNumber = parts.length === 0 ? answersByNumber(taken, context.key, context.member) : [];
  if (byNumber.length > 0) return readByNumber(byNumber, taken);
  const raws = parts.map((part) => readPart(part, taken, context));
  const [first] = parts;
  const levels = new Set(parts.map(({ place }) => place.level));
  const asked = new Set(parts.map(({ place }) => place));
  const odd = places.filter(
    (place) =>
      place.kind === 'heading' &&
      place.from > (first?.from ?? 0) &&
      !asked.has(place) &&
      levels.has(place.level) &&
      isAsked(place.written),
  );
  const named = propertyLines(taken);
  // A question before a colon looks like a property.
  const properties = { ...named, to: Math.min(named.to, (first?.from ?? named.to + 1) - 1) };
  const placeholders = parts.map((part) => placeholderLines(part, source, context));
  const opening = trimRange(
    { from: Math.max(properties.to + 1, body.from), to: (first?.from ?? body.to + 1) - 1 },
    source,
  );
  const headings = new Set(places.filter(({ kind }) => kind === 'heading').map(({ from }) => from));
  const hasText = source
    .slice(opening.from - 1, opening.to)
    .some((line, index) => line.trim() !== '' && !headings.has(opening.from + index));
  const marks: MemberReading['marks'] = [
    { range: properties, use: { role: 'property' } },
    ...placeholders.map((range) => ({ range, use: { role: 'markup' as const } })),
    { range: opening, use: { role: hasText ? 'ignored' : 'heading' } },
  ];
  if (title) marks.unshift({ range: { from: title.line, to: title.line }, use: { role: 'title' } });
  return {
    raws,
    marks,
    warnings: [
      ...(hasText ? [beforeQuestions(opening)] : []),
      ...odd.map(notInKey),
      ...unclosedCode(source),
      ...parts
        .filter(({ place }) => isOnlyNumber(place.written))
        .map(({ question, from }) => matchedByNumber(question.no, file, from)),
    ].map((warning) => ({
      ...warning,
      file,
    })),
  };
}

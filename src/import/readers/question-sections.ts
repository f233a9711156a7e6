import { foldLetters } from '../../core/fold.ts';
import type { LineUse } from '../../core/line-use.ts';
import { counted } from '../../core/plural.ts';
import { askedBy } from '../answer-headings.ts';
import { assembleChapter } from '../chapter-parts.ts';
import { findMembers, type LabelledMembers } from '../find-members.ts';
import { type LabelledText, readLabelledText } from '../labelled-text.ts';
import { LineUses } from '../line-uses.ts';
import { guessedMembers, strayBlock } from '../member-warnings.ts';
import type { ModelAnswer } from '../model-answers.ts';
import { nameLikeness } from '../names.ts';
import { questionsWithoutNames } from '../near-matches.ts';
import { pageOf } from '../page.ts';
import { missingAnswerSection, unclosedCode } from '../page-warnings.ts';
import { propertyLines } from '../property-lines.ts';
import { isAsked } from '../question-text.ts';
import { readAnswerSections } from '../read-answers.ts';
import type { RawSubmission } from '../read-item.ts';
import type { ChapterReader, ReadChapter, ReadingHints, Recognition, SourceDocument } from '../reader.ts';
import { type LineRange, sliceLines } from '../slice.ts';
import { type Parts, titleOfFile } from '../split-sections.ts';

/** A page taken apart. */
interface QuestionPage {
  document: SourceDocument;
  source: readonly string[];
  parts: Parts;
  title: string;
  written: ModelAnswer[];
  /** Lines above model answers that only say what follows. */
  headings: LineRange[];
  found: LabelledText;
  labelled: LabelledMembers;
  properties: LineRange | null;
  /** Whether a person listed the members. */
  isListed: boolean;
}

/** The runs of lines outside of the sections of model answers. */
function rangesBeside(parts: Parts, from: number, to: number): LineRange[] {
  const ranges: LineRange[] = [];
  let start = from;
  for (const run of parts.answers) {
    const [first, last] = [run[0]?.line ?? start, run.at(-1)?.to ?? start];
    if (first > start) ranges.push({ from: start, to: first - 1 });
    start = last + 1;
  }
  return start <= to ? [...ranges, { from: start, to }] : ranges;
}

function takeApart(document: SourceDocument, hints: ReadingHints): QuestionPage {
  const page = pageOf(document, hints);
  const { file, words, source, parts } = page;
  const { answers, headings } = readAnswerSections(parts.answers, page);
  const titleLine = parts.heading?.line ?? 0;
  const properties = parts.heading ? propertyLines(source, titleLine, words) : null;
  const whole = { from: Math.max(1, titleLine), to: source.length };
  const labelled = findMembers(source, whole, words, parts.heading?.line ?? null);
  // A page about one question has it for its title.
  const isTitleAsked = labelled.questions.has(titleLine);
  const body = rangesBeside(parts, (properties?.to ?? titleLine) + 1, source.length);
  const known = new Set(answers.map(({ question }) => foldLetters(question)).filter((text) => text !== ''));
  const found: LabelledText = { raws: [], answers: [], labels: [], stray: [] };
  const above = { from: 1, to: titleLine - 1 };
  if (above.to > 0 && sliceLines(source, above, 0) !== '') found.stray.push(above);
  for (const range of body) {
    const asked = isTitleAsked && range === body[0] ? parts.heading : null;
    const own = readLabelledText(source, range, {
      file,
      words,
      known,
      member: null,
      memberOf: labelled.memberOf,
      isQuestion: ({ line }) => labelled.questions.has(line),
      ...(asked ? { asked: { title: asked.title, line: asked.line, level: asked.level } } : {}),
    });
    found.raws.push(...own.raws);
    found.answers.push(...own.answers);
    found.labels.push(...own.labels);
    found.stray.push(...own.stray);
  }
  const asked = found.raws.map(({ question }) => question);
  const isKnown = asked.every(({ text }) => known.has(foldLetters(text)));
  const written = isKnown ? answers : readAnswerSections(parts.answers, page, askedBy(asked)).answers;
  const title = isTitleAsked ? titleOfFile(file) : parts.title;
  return {
    document,
    source,
    parts,
    title,
    written,
    headings,
    found,
    labelled,
    properties,
    isListed: words.names.isClosed,
  };
}

function markLines({ document, parts, headings, found, properties }: QuestionPage): LineUses {
  const uses = new LineUses(document.text.split('\n'), document.pageLines);
  const lineOf = (line: number) => document.pageLines?.[line - 1] ?? line;
  const mark = ({ from, to }: LineRange, use: LineUse) =>
    uses.mark({ from: lineOf(from), to: lineOf(to) }, use);
  if (properties) mark(properties, { role: 'property' });
  for (const { line, ...use } of found.labels) mark({ from: line, to: line }, use);
  for (const range of headings) mark(range, { role: 'heading' });
  if (parts.heading) mark({ from: parts.heading.line, to: parts.heading.line }, { role: 'title' });
  for (const range of found.stray) mark(range, { role: 'ignored' });
  return uses;
}

function readPage(page: QuestionPage): ReadChapter {
  const { document, parts, found, written, labelled, isListed } = page;
  const answers = [...written, ...found.answers];
  const members = new Set(found.raws.map(({ member }) => member));
  return assembleChapter({
    title: page.title,
    pageLines: document.pageLines,
    raws: found.raws,
    answers,
    warnings: [
      ...(isListed ? [] : guessedMembers(members, labelled.members)),
      ...found.stray.map((range) => strayBlock(page.source, range).warning),
      ...unclosedCode(document.text.split('\n')),
      ...missingAnswerSection(parts.answers.flat(), answers.length + modelsBelow(found.raws)),
    ],
    uses: new Map([[document.file, markLines(page)]]),
  });
}

function modelsBelow(raws: readonly RawSubmission[]): number {
  return raws.reduce((sum, { models = [] }) => sum + models.length, 0);
}

function surenessOf({ parts, found, isListed }: QuestionPage): number {
  const { raws, answers } = found;
  const questions = [...new Map(raws.map(({ asked, question }) => [asked?.from, question.text])).values()];
  const hasCallouts = raws.some(({ callouts }) => callouts.length > 0);
  const filled =
    raws.filter(({ callouts, notes }) => callouts.length + notes.length > 0).length / raws.length;
  const signs =
    0.5 +
    (hasCallouts ? 0.25 : 0) +
    (parts.answers.length + answers.length + modelsBelow(raws) > 0 ? 0.2 : 0);
  const asNames =
    questions.filter((text) => !isAsked(text)).reduce((sum, text) => sum + nameLikeness(text), 0) /
    questions.length;
  const asked = questions.filter(isAsked).length / questions.length;
  // Where the members are listed, what else stands there is nobody's for certain.
  const beside = isListed ? 0 : Math.min(1, found.stray.length / questions.length);
  return signs * (0.85 + 0.15 * asked) * (1 - 0.35 * asNames) * (1 - 0.5 * beside) * (0.5 + 0.5 * filled);
}

/** Questions as headings or lines of their own, and below each the members' answers under their names. */
export const questionSections: ChapterReader = {
  name: 'question-sections',
  about: {
    ko: '질문이 제목, 멤버의 답이 그 아래 이름과 함께 있는 페이지',
    en: 'a page with questions as headings and the members’ answers below, under their names',
  },
  recognise(documents, hints): Recognition | null {
    const [document, ...others] = documents;
    if (!document || others.length > 0) return null;
    const page = takeApart(document, hints);
    const { raws } = page.found;
    if (raws.length === 0) return null;
    const members = new Set(raws.map(({ member }) => member)).size;
    const questions = new Set(raws.map(({ asked }) => asked?.from)).size;
    return {
      sureness: surenessOf(page),
      why: {
        ko: `질문 ${questions}개 아래에 멤버 ${members}명의 이름이 있습니다.`,
        en: `${counted(questions, 'question')} with the names of ${counted(members, 'member')} below.`,
      },
      files: [document.file],
      read: () => [readPage(page)],
    };
  },
  nearly: (document, hints) => questionsWithoutNames(pageOf(document, hints)),
};

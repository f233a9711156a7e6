import { chapterIdOf, type ImportWarning } from '../core/chapter.ts';
import { foldLetters } from '../core/fold.ts';
import type { LineUses } from './line-uses.ts';
import { matchQuestions } from './match-questions.ts';
import { mergeTwice } from './merge-twice.ts';
import type { ModelAnswer } from './model-answers.ts';
import { withOneSpelling } from './one-spelling.ts';
import type { RawSubmission } from './read-item.ts';
import type { ReadChapter } from './reader.ts';
import { shiftParts } from './shift-parts.ts';
import { type ReadSubmission, readSubmission } from './submissions.ts';
import { sameQuestionIn, textIndex } from './text-index.ts';

/** What a reader found of a chapter, before questions are matched and answers told from copies. */
export interface ChapterParts {
  title: string;
  /** Members' work in the order of the documents. */
  raws: readonly RawSubmission[];
  /** In the order of the documents. */
  answers: readonly ModelAnswer[];
  warnings: readonly ImportWarning[];
  /** The lines of the page that the document's are, by which `uses` counts; all else here counts by the document. */
  pageLines?: readonly number[] | undefined;
  /** The documents, with what the reader knows of their lines; the rest is marked here. */
  uses: ReadonlyMap<string, LineUses>;
}

function markAll(given: ChapterParts, read: readonly ReadSubmission[], numbers: readonly number[]): void {
  for (const [index, raw] of given.raws.entries()) {
    const who = { member: raw.member, question: numbers[index] ?? 0 };
    for (const { role, ...range } of read[index]?.used ?? [])
      given.uses.get(raw.file)?.mark(range, { role, ...who });
  }
  for (const { file, no, line, body } of given.answers) {
    const uses = given.uses.get(file);
    const question = no === null ? {} : { question: no };
    uses?.mark({ from: line, to: line }, { role: 'question', ...question });
    uses?.mark(body, { role: 'model_answer', ...question });
  }
}

/** Says of what stands as a model answer that another one is known; perhaps it is a member's own word. */
export function anotherAnswer({ file, line, body }: ModelAnswer): ImportWarning {
  return {
    code: 'model_answer_differs',
    file,
    line: Math.max(line, body.from),
    message: {
      ko: '이 질문의 모범답안이 다른 곳에 있고 글이 달라, 여기 있는 것은 누구의 답으로도 모범답안으로도 쓰지 않았습니다.',
      en: 'the model answer to this question stands elsewhere and differs; the one here is used neither as a model answer nor as anybody’s answer.',
    },
  };
}

/** What was told from a member's text by its first words. */
function modelBelow({ file, body }: ModelAnswer): ImportWarning {
  return {
    code: 'model_answer_below',
    file,
    line: body.from,
    message: {
      ko: '이 줄부터는 멤버의 답이 아니라 이 질문의 모범답안으로 읽었습니다. 맞는지 확인하세요.',
      en: "from this line on, this is read as the question's model answer, not as a member's answer. Check it.",
    },
  };
}

/**
 * The model answers with those below questions. What stands in several places for one question counts once: in a
 * section of its own first, else where it stands first.
 */
function withModelsBelow({ raws, answers }: ChapterParts): {
  answers: ModelAnswer[];
  warnings: ImportWarning[];
} {
  const models = raws.flatMap((raw) => raw.models ?? []);
  if (models.length === 0 && !hasTwice(answers))
    return { answers: [...answers], warnings: answers.filter(({ isGuess }) => isGuess).map(modelBelow) };
  const result: ModelAnswer[] = [];
  const warnings: ImportWarning[] = [];
  const known = textIndex([]);
  for (const answer of [...answers, ...models]) {
    const { question, text } = answer;
    const position = question === '' ? null : sameQuestionIn(known, question);
    const earlier = position === null ? undefined : result[position];
    if (earlier && text !== '') {
      if (foldLetters(earlier.text) !== foldLetters(text)) warnings.push(anotherAnswer(answer));
      else if (answer.isGuess) warnings.push(modelBelow(answer));
      continue;
    }
    if (answer.isGuess) warnings.push(modelBelow(answer));
    result.push(answer);
    known.add(question);
  }
  return { answers: result, warnings };
}

function hasTwice(answers: readonly ModelAnswer[]): boolean {
  return new Set(answers.map(({ question }) => foldLetters(question))).size < answers.length;
}

/** Warnings in the order of the documents. Their names say something only where there are several. */
export function inOrder(warnings: readonly ImportWarning[], files: readonly string[]): ImportWarning[] {
  if (files.length === 1)
    return warnings.map(({ file: _, ...warning }) => warning).sort((a, b) => a.line - b.line);
  const place = new Map(files.map((file, index) => [file, index]));
  const placeOf = ({ file = '' }: ImportWarning) => place.get(file) ?? -1;
  return [...warnings].sort((a, b) => placeOf(a) - placeOf(b) || a.line - b.line);
}

/** Where the model answer begins that stands right below a member's question. */
function modelLineOf(raw: RawSubmission, answers: readonly ModelAnswer[]): number | undefined {
  const isBelow = ({ file, line }: ModelAnswer) => file === raw.file && line === raw.from;
  return answers.find(isBelow)?.body.from;
}

/**
 * Makes a chapter of what a reader found: gives every question its number, decides attempts, status and flags,
 * joins what a member wrote on one question, and marks what each line was taken for.
 */
export function assembleChapter(read: ChapterParts): ReadChapter {
  const spelled = withOneSpelling(read.raws);
  const given = shiftParts({
    ...read,
    raws: spelled.raws,
    warnings: [...read.warnings, ...spelled.warnings],
  });
  const models = withModelsBelow(given);
  const parts = { ...given, answers: models.answers };
  const { title, raws, answers, uses } = parts;
  const matched = matchQuestions(
    raws.map((raw) => ({ ...raw.question, file: raw.file, line: raw.from, member: raw.member })),
    answers,
  );
  const hasSeveral = uses.size > 1;
  const modelAnswers = new Map(matched.questions.map(({ no, modelAnswer }) => [no, modelAnswer]));
  const single = raws.map((raw, index): ReadSubmission => {
    const no = matched.numbers[index] ?? 0;
    const read = readSubmission(raw, no, modelAnswers.get(no) ?? null, modelLineOf(raw, given.answers));
    if (!hasSeveral) return read;
    return {
      ...read,
      submission: { ...read.submission, file: raw.file },
      warnings: read.warnings.map((warning) => ({ ...warning, file: raw.file })),
    };
  });
  markAll(given, single, matched.numbers);
  const merged = mergeTwice(single);
  const unread = [...uses].flatMap(([file, own]) => own.finish().map((warning) => ({ ...warning, file })));
  const warnings = [
    ...parts.warnings,
    ...models.warnings,
    ...matched.warnings,
    ...merged.flatMap((item) => item.warnings),
    ...unread,
  ];
  return {
    chapter: {
      id: chapterIdOf(title),
      title,
      questions: matched.questions,
      submissions: merged.map((item) => item.submission),
      warnings: inOrder(warnings, [...uses.keys()]),
    },
    uses,
  };
}

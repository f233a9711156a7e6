import type { Chapter, ImportWarning, Question } from '../core/chapter.ts';
import { InputError } from '../core/errors.ts';
import { foldLetters } from '../core/fold.ts';
import { isAnswersPage, readAnswersPage } from './answers-page.ts';
import { anotherAnswer, inOrder } from './chapter-parts.ts';
import type { ChapterWithReading } from './choose-reader.ts';
import { isBare, matchModels } from './match-models.ts';
import type { ModelAnswer } from './model-answers.ts';
import { lackingModelAnswers } from './page-warnings.ts';
import { readAgain } from './read-again.ts';
import type { ReadingHints, SourceDocument } from './reader.ts';
import { notionDatabase } from './readers/notion-database.ts';
import { tableReaders } from './readers.ts';

/** Those whose documents have no place for a page of model answers. */
const withoutPages: readonly string[] = [...tableReaders, notionDatabase].map(({ name }) => name);

function unclear(file: string): InputError {
  return new InputError(
    {
      ko: '모범답안 페이지로 보이지만 어느 단원의 것인지 알 수 없어 쓰지 않았으니, 단원이 하나인 표나 데이터베이스와 같은 폴더에 두고 질문을 그곳과 같게 적거나, 그 단원의 표나 페이지에 모범답안으로 적으세요.',
      en: 'this looks like a page of model answers, but whose chapter they belong to cannot be told, so they were not used; put it into the folder of a table or database with one chapter and write its questions as they are there, or write the answers into that table or page.',
    },
    { place: { file } },
  );
}

function folderOfFile(file: string): string {
  return file.replace(/[^/\\!]*$/u, '');
}

/** The one chapter that a page stands beside, if it can take model answers. */
function chapterBeside(
  { file }: SourceDocument,
  chapters: readonly ChapterWithReading[],
): ChapterWithReading | null {
  const [own, ...others] = chapters.filter((read) => folderOfFile(read.file) === folderOfFile(file));
  if (!own || others.length > 0 || !withoutPages.includes(own.reading.reader)) return null;
  const isRevised = own.chapter.submissions.some(({ attempts }) =>
    attempts.some(({ kind }) => kind === 'revised'),
  );
  // What a page of a database holds beside the first attempt can be told from a copy only while it is read.
  return own.reading.reader === notionDatabase.name && isRevised ? null : own;
}

/** What a chapter's warnings say of its questions that a page may have mended. */
const lacks = ['no_model_answers', 'question_without_model_answer'];

function lacking({ questions, submissions }: Chapter, file: string): ImportWarning[] {
  const places = questions.map(({ no, text, modelAnswer }) => {
    const answered = submissions.find(({ question }) => question === no);
    const place = { file: answered?.file ?? file, line: answered?.lines[0] ?? 1 };
    return { ...place, question: text, text: modelAnswer ?? '' };
  });
  return lackingModelAnswers(places, file);
}

/** The questions with the model answers of a page; those that they have already stay. */
function withAnswers(questions: readonly Question[], matched: ReadonlyMap<ModelAnswer, Question>) {
  const result = new Map(questions.map((question) => [question.no, question]));
  const warnings: ImportWarning[] = [];
  for (const [model, question] of matched) {
    const { modelAnswer } = result.get(question.no) ?? question;
    result.set(question.no, { ...question, modelAnswer: modelAnswer ?? model.text });
    if (modelAnswer !== null && foldLetters(modelAnswer) !== foldLetters(model.text))
      warnings.push(anotherAnswer(model));
  }
  return { questions: [...result.values()].sort((a, b) => a.no - b.no), warnings };
}

/** A chapter with the model answers of a page beside it; null where none of them is to a question of the chapter. */
function withPage(
  read: ChapterWithReading,
  page: SourceDocument,
  hints: ReadingHints,
): ChapterWithReading | null {
  const { chapter, file } = read;
  const { models, uses: own } = readAnswersPage(
    page,
    chapter.questions.map(({ text }) => text),
    hints,
  );
  const matched = matchModels(models, chapter.questions);
  if (!matched) return null;
  const { questions, warnings } = withAnswers(chapter.questions, matched.questions);
  for (const [model, { no }] of matched.questions) {
    own.mark({ from: model.line, to: model.line }, { role: 'question', question: no });
    own.mark(model.body, { role: 'model_answer', question: no });
  }
  const answers = new Map(questions.map(({ no, modelAnswer }) => [no, modelAnswer]));
  const again = chapter.submissions.map((submission) =>
    readAgain({ ...submission, file: submission.file ?? file }, answers.get(submission.question) ?? null),
  );
  const submissions = again.map(({ submission }) => submission);
  const isEachTold = !questions.some(isBare);
  const uses = new Map([...read.uses, [page.file, own]]);
  const all = [
    ...chapter.warnings
      .filter(({ code }) => !lacks.includes(code) && !(code === 'question_without_text' && isEachTold))
      .map((warning) => ({ ...warning, file: warning.file ?? file })),
    ...lacking({ ...chapter, questions, submissions }, file),
    ...matched.warnings,
    ...warnings,
    ...again.flatMap((result) => result.warnings),
    ...own.finish().map((warning) => ({ ...warning, file: page.file })),
  ];
  const files = [...new Set([file, ...uses.keys()])];
  return { ...read, uses, chapter: { ...chapter, questions, submissions, warnings: inOrder(all, files) } };
}

interface WithModelAnswers {
  chapters: ChapterWithReading[];
  /** The pages whose model answers were taken. */
  used: ReadonlySet<string>;
  /** The pages of which it cannot be told to what chapter they belong. */
  unclear: ReadonlyMap<string, InputError>;
}

/**
 * Gives a chapter of a table or a database the model answers of a page that lies in the same folder.
 * @param left the documents that no chapter was read from
 */
export function withModelAnswersBeside(
  chapters: readonly ChapterWithReading[],
  left: readonly SourceDocument[],
  hints: ReadingHints,
): WithModelAnswers {
  const result = [...chapters];
  const used = new Set<string>();
  const others = new Map<string, InputError>();
  const pages = chapters.length === 0 ? [] : left.filter(isAnswersPage);
  for (const page of pages) {
    const isOnly = pages.filter(({ file }) => folderOfFile(file) === folderOfFile(page.file)).length === 1;
    const own = isOnly ? chapterBeside(page, result) : null;
    const read = own && withPage(own, page, hints);
    if (!own || !read) {
      others.set(page.file, unclear(page.file));
      continue;
    }
    result[result.indexOf(own)] = read;
    used.add(page.file);
  }
  return { chapters: result, used, unclear: others };
}

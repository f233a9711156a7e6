import type { AskedQuestions } from './answer-headings.ts';
import { readLabelledText } from './labelled-text.ts';
import { belowHeadings } from './labels.ts';
import { type ModelAnswer, readModelAnswers } from './model-answers.ts';
import { type Item, type Section, topLevelItems } from './outline.ts';
import type { PageWords } from './page-words.ts';
import { endsAsQuestion, isAsked, readNumberedText } from './question-text.ts';
import { type LineRange, linesOf, sliceLines } from './slice.ts';
import { rowsIn } from './table-lines.ts';

/** A page while its model answers are read. */
export interface AnswerSource {
  source: readonly string[];
  file: string;
  words: PageWords;
}

/** What sections of model answers hold. */
export interface WrittenAnswers {
  answers: ModelAnswer[];
  /** Lines that only say what follows. */
  headings: LineRange[];
}

/** Questions as headings or lines of any kind. */
function labelled(run: readonly Section[], { source, file, words }: AnswerSource): ModelAnswer[] {
  const from = (run[0]?.line ?? 0) + 1;
  const to = run.at(-1)?.to ?? 0;
  const { raws } = readLabelledText(
    source,
    { from, to },
    {
      file,
      words,
      known: new Set(),
      member: '',
      memberOf: () => null,
      isQuestion: ({ level }) => level < belowHeadings,
    },
  );
  return raws.map(({ question, asked, callouts, notes, to: last }): ModelAnswer => {
    const parts = [...callouts, ...notes].sort((a, b) => a.from - b.from);
    const line = asked?.from ?? from;
    const text = parts.map((part) => part.text).join('\n\n');
    return { file, no: question.no, question: question.text, text, line, body: { from: line + 1, to: last } };
  });
}

/** A table with a row for each question: its number or text, and the answer. */
function fromTable(run: readonly Section[], { source, file }: AnswerSource): ModelAnswer[] {
  const tables = run.flatMap(({ content }) => content).filter(({ type }) => type === 'table');
  return tables.flatMap((table) =>
    rowsIn(source, linesOf(table)).flatMap(({ line, cells }): ModelAnswer[] => {
      const [asked = '', ...others] = cells;
      const bare = /^(?:Q|문제|질문|문항)?\s*(\d{1,3})\s*번?[.)]?$/iu.exec(asked)?.[1];
      const question = bare === undefined ? readNumberedText(asked) : { no: Number(bare), text: '' };
      // A column between number and answer repeats the question.
      const [text = '', repeated] = others.length > 1 ? [others[1], others[0]] : [others[0]];
      if (text.trim() === '') return [];
      return [
        {
          file,
          no: question.no,
          question: repeated ?? question.text,
          text,
          line,
          body: { from: line, to: line },
        },
      ];
    }),
  );
}

function fromItem({ node, from, contentTo, indent }: Item, { source, file }: AnswerSource): ModelAnswer {
  const [head] = node.children;
  const lines = head?.type === 'paragraph' ? linesOf(head) : { from, to: from };
  const number = /^\s*(\d{1,3})[.)]\s/u.exec(source[from - 1] ?? '')?.[1];
  const written = sliceLines(source, lines, indent).replace(/^(?:[-*+]|\d{1,9}[.)])\s+/u, '');
  const read = readNumberedText(written);
  const no = read.no ?? (number === undefined ? null : Number(number));
  const below = { from: lines.to + 1, to: contentTo };
  if (below.from <= below.to && sliceLines(source, below, indent) !== '')
    return {
      file,
      no,
      question: read.text,
      text: sliceLines(source, below, indent),
      line: from,
      body: below,
    };
  const [first = '', ...others] = read.text.split('\n');
  const asks = endsAsQuestion(first);
  const [question, text] = asks ? [first, others.join('\n').trim()] : ['', read.text];
  return { file, no, question, text, line: from, body: { from, to: contentTo } };
}

const numberedLine =
  /^(?:\*\*)?\s*(?:Q|문제|질문|문항)?\s*(\d{1,3})\s*(?:번\s*(?:\*\*)?\s*[.):：]?|(?:\*\*)?\s*[.):：])\s*(?:\*\*)?\s*(\S.*)$/iu;

/** Lines of a number and the answer each: `1번: …`. */
function byNumber(run: readonly Section[], { source, file }: AnswerSource): ModelAnswer[] {
  const paragraphs = run.flatMap(({ content }) => content).filter(({ type }) => type === 'paragraph');
  const starts = paragraphs.flatMap((node) => {
    const { from, to } = linesOf(node);
    return source.slice(from - 1, to).flatMap((written, index) => {
      const [, no, text = ''] = numberedLine.exec(written.trim()) ?? [];
      return no === undefined ? [] : [{ no: Number(no), line: from + index, text }];
    });
  });
  const end = run.at(-1)?.to ?? 0;
  return starts.map(({ no, line, text }, index): ModelAnswer => {
    const body = { from: line, to: (starts[index + 1]?.line ?? end + 1) - 1 };
    const below = sliceLines(source, { from: line + 1, to: body.to }, 0);
    return { file, no, question: '', text: below === '' ? text : `${text}\n${below}`, line, body };
  });
}

/** Bullets or a numbered list: a question each with its answer below, or just the answers by number. */
function fromItems(run: readonly Section[], page: AnswerSource): ModelAnswer[] {
  if (!isList(run)) return [];
  const found = run.flatMap(topLevelItems).map((item) => fromItem(item, page));
  const isOfQuestions = found.some(({ question }) => question !== '' && isAsked(question));
  if (!isOfQuestions && found.some(({ question }) => question !== '')) return [];
  const isNumberedAnew = found.length > 1 && found.every(({ no }) => no === 1);
  return isNumberedAnew ? found.map((answer) => ({ ...answer, no: null })) : found;
}

/** Whether list items are what a section consists of, rather than a part of one answer's text. */
function isList(run: readonly Section[]): boolean {
  return run.every(({ content }) => content.every(({ type }) => type === 'list' || type === 'thematicBreak'));
}

/**
 * The model answers of a page's sections of model answers: under numbered headings or bold lines; where there are
 * none, under other headings or lines that ask, in the rows of a table, or as list items.
 * @param asked questions that members were asked, which head an answer without number or without bold too
 */
export function readAnswerSections(
  runs: readonly Section[][],
  page: AnswerSource,
  asked?: AskedQuestions,
): WrittenAnswers {
  const found: WrittenAnswers = { answers: [], headings: [] };
  for (const run of runs) {
    const [opening] = run;
    if (opening) found.headings.push({ from: opening.line, to: opening.line });
    const written = readModelAnswers(run, page.source, page.file, asked);
    const table = written.length > 0 ? [] : fromTable(run, page);
    if (table.length > 0) found.headings.push(...headsOfTables(run));
    const listed = written.length + table.length > 0 ? [] : fromItems(run, page);
    const first = [written, table, listed].find((answers) => answers.length > 0);
    const below = first ?? labelled(run, page);
    found.answers.push(...(below.length > 0 ? below : byNumber(run, page)));
  }
  return found;
}

/** Where tables name their columns. */
function headsOfTables(run: readonly Section[]): LineRange[] {
  const tables = run.flatMap(({ content }) => content).filter(({ type }) => type === 'table');
  return tables.map((table) => ({ from: linesOf(table).from, to: linesOf(table).from + 1 }));
}

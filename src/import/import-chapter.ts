import { type Chapter, chapterIdOf } from '../core/chapter.ts';
import { InputError } from '../core/errors.ts';
import { foldLetters } from '../core/fold.ts';
import { parseMarkdown } from './markdown.ts';
import { matchQuestions } from './match-questions.ts';
import { mergeTwice } from './merge-twice.ts';
import { readModelAnswers, recoverMissingHeadings } from './model-answers.ts';
import { outline, type Section, topLevelItems } from './outline.ts';
import {
  ignoredBullet,
  ignoredText,
  missingAnswerSection,
  strayWarnings,
  textBesideQuestions,
} from './page-warnings.ts';
import { type RawSubmission, readItem } from './read-item.ts';
import { splitSections } from './split-sections.ts';
import { readSubmission } from './submissions.ts';
import { type TextIndex, textIndex } from './text-index.ts';
import { undoToggleIndentation } from './toggle-indent.ts';

function isQuestionItem(raw: RawSubmission, known: TextIndex): boolean {
  if (raw.callouts.length > 0 || raw.notes.length > 0) return true;
  return raw.question.no !== null || (known.closest(raw.question.text)?.likeness ?? 0) >= 0.85;
}

function notAChapter(file: string, sections: readonly Section[]): InputError {
  const titles = sections.map((section) => section.title).filter((title) => title !== '');
  const seen = titles.slice(0, 4).join(', ');
  return new InputError(
    {
      ko: `멤버 이름 제목 아래에 질문 항목(- 질문)이 있는 구역을 찾지 못했습니다${seen ? ` (본 제목: ${seen})` : ''}. Notion에서 Markdown으로 내보낸 단원 페이지가 맞는지 확인하세요.`,
      en: `no heading with a member's name and question bullets (- question) under it was found${seen ? ` (headings seen: ${seen})` : ''}; check that this is a chapter page exported from Notion as Markdown.`,
    },
    { place: { file } },
  );
}

/**
 * Reads a chapter from a Notion page exported as Markdown: members as headings, their questions as bullets,
 * answers in callouts, model answers in a section of their own.
 * @param text the document, with LF line ends ({@link decodeDocument})
 * @param file its name, for messages and as title when the page has none
 * @throws InputError when the document has no member with a question
 */
export function importChapter(text: string, file: string): Chapter {
  const source = undoToggleIndentation(text.split('\n'));
  const sections = outline(parseMarkdown(source.join('\n')).children, source);
  const { title, members, answers: answerSections } = splitSections(sections, file);

  const written = readModelAnswers(answerSections, source);
  const known = written.map((answer) => answer.question);
  const knownTexts = textIndex(known);
  const knownLetters = new Set(known.map(foldLetters));
  const items = members
    .filter((section) => section.title !== '')
    .map((section) => {
      const all = topLevelItems(section).map((item) => readItem(item, section.title, source, knownLetters));
      const questions = all.filter((raw) => isQuestionItem(raw, knownTexts));
      // Without model answers nothing tells an unanswered question from another bullet.
      const raw = known.length === 0 && questions.length > 0 ? all : questions;
      const read = new Set(raw);
      return { section, raw, ignored: raw.length > 0 ? all.filter((item) => !read.has(item)) : [] };
    });
  const raws = items.flatMap((item) => item.raw);
  if (raws.length === 0) throw notAChapter(file, sections);

  const recovery = recoverMissingHeadings(
    written,
    raws.flatMap((raw) => raw.inline),
    source,
  );
  const matched = matchQuestions(
    raws.map((raw) => ({ ...raw.question, line: raw.from, member: raw.member })),
    recovery.answers,
  );
  const modelAnswers = new Map(matched.questions.map(({ no, modelAnswer }) => [no, modelAnswer]));
  const single = raws.map((raw, index) => {
    const no = matched.numbers[index] ?? 0;
    return readSubmission(raw, no, modelAnswers.get(no) ?? null);
  });

  const read = mergeTwice(single);

  const withQuestions = items.filter((item) => item.raw.length > 0).map((item) => item.section);
  const warnings = [
    ...strayWarnings(source, withQuestions),
    ...recovery.warnings,
    ...matched.warnings,
    ...read.flatMap((item) => item.warnings),
    ...withQuestions.flatMap(textBesideQuestions),
    ...items.flatMap((item) => item.ignored.map(ignoredBullet)),
    ...items
      .filter(({ section, raw }) => raw.length === 0 && section.content.length > 0)
      .map(({ section }) => ignoredText(section)),
    ...missingAnswerSection(answerSections, written.length),
  ].sort((a, b) => a.line - b.line);
  return {
    id: chapterIdOf(title),
    title,
    questions: matched.questions,
    submissions: read.map((item) => item.submission),
    warnings,
  };
}

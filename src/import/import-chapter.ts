import { type Chapter, chapterIdOf, type ImportWarning } from '../core/chapter.ts';
import { InputError } from '../core/errors.ts';
import { textLikeness } from '../core/similarity.ts';
import { parseMarkdown } from './markdown.ts';
import { matchQuestions } from './match-questions.ts';
import { readModelAnswers, recoverMissingHeadings } from './model-answers.ts';
import { isAnswerSection, outline, type Section, topLevelItems } from './outline.ts';
import { readNumberedText } from './question-text.ts';
import { linesOf } from './slice.ts';
import { type RawSubmission, readItem, readSubmission } from './submissions.ts';
import { undoToggleIndentation } from './toggle-indent.ts';

interface Parts {
  title: string;
  members: Section[];
  /** The answer section with the sections of its numbered headings. */
  answers: Section[];
}

function splitSections(sections: readonly Section[], file: string): Parts {
  const [head, ...rest] = sections;
  const hasTitle =
    head !== undefined && head.title !== '' && head.level === 1 && !isAnswerSection(head.title);
  const fileTitle = file.replace(/^.*[/\\]/u, '').replace(/(?:\s+[0-9a-f]{32})?\.[^.]*$/iu, '');
  const body = hasTitle ? rest : sections;
  const start = body.findIndex((section) => isAnswerSection(section.title));
  let end = start + 1;
  if (start >= 0) while (end < body.length && readNumberedText(body[end]?.title ?? '').no !== null) end += 1;
  return {
    title: hasTitle ? head.title : fileTitle.normalize('NFC'),
    members: start < 0 ? [...body] : [...body.slice(0, start), ...body.slice(end)],
    answers: start < 0 ? [] : body.slice(start, end),
  };
}

function strayWarnings(source: readonly string[], members: readonly Section[]): ImportWarning[] {
  const warnings: ImportWarning[] = [];
  const levels = new Set(members.map((section) => section.level));
  const odd = members.find((section) => section.level !== members[0]?.level);
  if (levels.size > 1 && odd) {
    warnings.push({
      code: 'mixed_heading_levels',
      line: odd.line,
      message: {
        ko: '멤버 제목의 수준이 섞여 있습니다(##, ###). 수준과 상관없이 모두 멤버로 읽었습니다.',
        en: 'member headings have different levels (##, ###); all are read as members.',
      },
    });
  }
  source.forEach((line, index) => {
    if (!/(?<!\*)\*{4}(?!\*)/u.test(line)) return;
    warnings.push({
      code: 'stray_markup',
      line: index + 1,
      message: {
        ko: '빈 굵은 글씨 표시(****)가 남아 있습니다. 글은 그대로 둡니다.',
        en: 'an empty bold mark (****) is left in the text; the text is kept as it is.',
      },
    });
  });
  return warnings;
}

function isQuestionItem(raw: RawSubmission, known: readonly string[]): boolean {
  if (raw.callouts.length > 0 || raw.notes.length > 0) return true;
  return (
    raw.question.no !== null || known.some((question) => textLikeness(question, raw.question.text) >= 0.85)
  );
}

function ignoredText(section: Section): ImportWarning {
  return {
    code: 'section_ignored',
    line: section.line,
    message: {
      ko: `"${section.title}" 아래에는 질문 항목이 없어 읽지 않았습니다.`,
      en: `"${section.title}" holds no question bullets and was left out.`,
    },
  };
}

function textBesideQuestions(section: Section): ImportWarning[] {
  const stray = section.content.filter((node) => node.type !== 'list' && node.type !== 'thematicBreak');
  return stray.map((node) => ({
    code: 'text_ignored',
    line: linesOf(node).from,
    message: {
      ko: `"${section.title}" 아래 질문 항목 밖의 글은 답으로 읽지 않았습니다.`,
      en: `text under "${section.title}" outside the question bullets was not read as an answer.`,
    },
  }));
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
  const items = members.map((section) => ({
    section,
    raw: topLevelItems(section)
      .map((item) => readItem(item, section.title, source))
      .filter((raw) => section.title !== '' && isQuestionItem(raw, known)),
  }));
  const raws = items.flatMap((item) => item.raw);
  if (raws.length === 0) throw notAChapter(file, sections);

  const recovery = recoverMissingHeadings(
    written,
    raws.flatMap((raw) => raw.inline),
    source,
  );
  const matched = matchQuestions(
    raws.map((raw) => ({ ...raw.question, line: raw.from })),
    recovery.answers,
  );
  const read = raws.map((raw, index) => {
    const no = matched.numbers[index] ?? 0;
    return readSubmission(
      raw,
      no,
      matched.questions.find((question) => question.no === no)?.modelAnswer ?? null,
    );
  });

  const withQuestions = items.filter((item) => item.raw.length > 0).map((item) => item.section);
  const warnings = [
    ...strayWarnings(source, withQuestions),
    ...recovery.warnings,
    ...matched.warnings,
    ...read.flatMap((item) => item.warnings),
    ...withQuestions.flatMap(textBesideQuestions),
    ...items
      .filter(({ section, raw }) => raw.length === 0 && section.title !== '' && section.content.length > 0)
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

function missingAnswerSection(sections: readonly Section[], count: number): ImportWarning[] {
  if (count > 0) return [];
  return [
    {
      code: 'no_model_answers',
      line: sections[0]?.line ?? 1,
      message: {
        ko: '모범답안을 찾지 못했습니다. "모범답안" 제목 아래에 "**1. 질문**" 꼴로 적거나, 루브릭에 핵심 내용을 적으세요.',
        en: 'no model answers were found; write them under a heading "모범답안" (Model answers) as "**1. question**", or give key points in the rubric.',
      },
    },
  ];
}

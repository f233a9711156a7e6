import { foldLetters } from '../../core/fold.ts';
import { counted } from '../../core/plural.ts';
import { askedBy } from '../answer-headings.ts';
import { refuseUnclear } from '../answers-at-left.ts';
import { assembleChapter } from '../chapter-parts.ts';
import { LineUses } from '../line-uses.ts';
import { type MemberGroup, memberGroups } from '../member-groups.ts';
import { memberFromTitle, textBeforeMembers } from '../member-warnings.ts';
import { type ModelAnswer, recoverMissingHeadings } from '../model-answers.ts';
import { isAskedHeading, nameLikeness } from '../names.ts';
import { refuseNamesakes } from '../namesakes.ts';
import { namesWithoutQuestions } from '../near-matches.ts';
import { isAnswerLabel, isOwnLabel } from '../outline.ts';
import { type Page, pageOf } from '../page.ts';
import { type LeftOut, missingAnswerSection, strayWarnings, unclosedCode } from '../page-warnings.ts';
import type { PageWords } from '../page-words.ts';
import { isAsked } from '../question-text.ts';
import { readAnswerSections } from '../read-answers.ts';
import { type ReadGroup, readGroup } from '../read-group.ts';
import type { ChapterReader, ReadChapter, ReadingHints, Recognition, SourceDocument } from '../reader.ts';
import type { LineRange } from '../slice.ts';
import { type Parts, titleOfFile } from '../split-sections.ts';
import { textIndex } from '../text-index.ts';

/** A page taken apart. */
interface MemberPage extends Page {
  document: SourceDocument;
  written: ModelAnswer[];
  /** Lines above model answers that only say what follows. */
  headings: LineRange[];
  groups: ReadGroup[];
}

function isOfQuestion(title: string): boolean {
  return isAsked(title) || isOwnLabel(title) || isAnswerLabel(title);
}

/** A page of one member, whose name is its title. */
function groupOfTitle({ heading, members }: Parts, words: PageWords, to: number): MemberGroup | null {
  if (heading === null || members.some(({ title }) => title !== '' && !isOfQuestion(title))) return null;
  const isName = words.names.isClosed
    ? words.names.isListed(heading.title)
    : nameLikeness(heading.title) === 1;
  const member = isName ? words.names.memberOf(heading.title) : null;
  const inner = members.filter(({ line }) => line > heading.line);
  return member === null
    ? null
    : {
        section: heading,
        member,
        inner,
        from: heading.from,
        to: inner.at(-1)?.to ?? Math.min(heading.to, to),
      };
}

function takeApart(document: SourceDocument, hints: ReadingHints): MemberPage {
  const page = pageOf(document, hints);
  const { file, words, source, parts } = page;
  const { answers, headings } = readAnswerSections(parts.answers, page);
  const questions = answers.map((answer) => answer.question);
  const knownLetters = new Set(questions.map(foldLetters));
  const context = { file, words, source, known: textIndex(questions), knownLetters };
  const ofTitle = groupOfTitle(parts, words, source.length);
  const alone = ofTitle && readGroup(ofTitle, context);
  if (alone && alone.raws.length > 0) {
    const title = titleOfFile(file);
    if (!words.names.isClosed && ofTitle.member !== null)
      alone.warnings.push(memberFromTitle(ofTitle.section.line, ofTitle.member));
    return { ...page, document, parts: { ...parts, title }, written: answers, headings, groups: [alone] };
  }
  const groups = memberGroups(parts.members, words).map((group) => readGroup(group, context));
  const asked = groups.flatMap(({ raws }) => raws.map(({ question }) => question));
  const isKnown = asked.every(({ text }) => knownLetters.has(foldLetters(text)));
  // Once it is known what was asked, answers are found whose questions have no number or are written in another way.
  const written = isKnown ? answers : readAnswerSections(parts.answers, page, askedBy(asked)).answers;
  return { ...page, document, written, headings, groups };
}

/** Marks headings, and what is left out with a warning. */
function markSections({ document, parts, headings, groups }: MemberPage, leftOut: readonly LeftOut[]) {
  const uses = new LineUses(document.text.split('\n'), document.pageLines);
  const lineOf = (line: number) => document.pageLines?.[line - 1] ?? line;
  const markLine = (line: number, use: Parameters<LineUses['mark']>[1]) =>
    uses.mark({ from: lineOf(line), to: lineOf(line) }, use);
  for (const { group, raws, labels } of groups) {
    const { section, member } = group;
    if (raws.length > 0 && member !== null) markLine(section.line, { role: 'member', member });
    else if (section.content.length === 0) markLine(section.line, { role: 'heading' });
    for (const { line, role } of labels) if (role !== 'question') markLine(line, { role });
  }
  for (const { from, to } of headings) uses.mark({ from: lineOf(from), to: lineOf(to) }, { role: 'heading' });
  if (parts.heading) markLine(parts.heading.line, { role: 'title' });
  for (const { from, to } of leftOut) uses.mark({ from: lineOf(from), to: lineOf(to) }, { role: 'ignored' });
  return uses;
}

function readPage(page: MemberPage): ReadChapter {
  const { document, source, sections, parts, groups } = page;
  const { file } = document;
  refuseNamesakes(groups, file);
  for (const { group, unclear } of groups) if (unclear) refuseUnclear(group.section.title, unclear, file);
  const raws = groups.flatMap((group) => group.raws);
  const inline = raws.flatMap((raw) => raw.inline);
  const recovery = recoverMissingHeadings(page.written, inline, source, file);
  const withQuestions = groups.filter((group) => group.raws.length > 0).map(({ group }) => group.section);
  const leftOut = [
    ...groups.flatMap((group) => group.leftOut),
    ...textBeforeMembers(sections, parts.heading, withQuestions[0]?.line ?? 1, source),
  ];
  const answers = [...recovery.answers, ...groups.flatMap((group) => group.answers)];
  return assembleChapter({
    title: parts.title,
    pageLines: document.pageLines,
    raws,
    answers,
    warnings: [
      ...strayWarnings(source, withQuestions),
      ...unclosedCode(source),
      ...recovery.warnings,
      ...groups.flatMap((group) => group.warnings),
      ...leftOut.map(({ warning }) => warning),
      ...missingAnswerSection(
        parts.answers.flat(),
        page.written.length + answers.length + raws.flatMap(({ models }) => models ?? []).length,
      ),
    ],
    uses: new Map([[file, markSections(page, leftOut)]]),
  });
}

/**
 * How sure it is: callouts and model answers speak for it; member headings that are questions, and questions that are
 * names, against it.
 */
function surenessOf({ parts, groups, written }: MemberPage): number {
  const members = groups.filter(({ raws }) => raws.length > 0);
  const raws = members.flatMap((own) => own.raws);
  const named = members.filter(({ group }) => !isAskedHeading(group.section.title)).length;
  const hasCallouts = raws.some(({ callouts }) => callouts.length > 0);
  const hasAnswers =
    parts.answers.length > 0 ||
    raws.some(({ models }) => models?.length) ||
    members.some(({ answers }) => answers.length);
  const signs = 0.5 + (hasCallouts ? 0.25 : 0) + (hasAnswers ? 0.2 : 0);
  const asNames = raws.reduce((sum, { question }) => sum + nameLikeness(question.text), 0) / raws.length;
  const beside = members.filter(({ hasOwnText }) => hasOwnText).length / members.length;
  const known = new Set(written.map(({ question }) => foldLetters(question)));
  const asked = raws.filter(
    ({ question }) => question.no !== null || isAsked(question.text) || known.has(foldLetters(question.text)),
  ).length;
  const likely = (named / members.length) * (0.85 + (0.15 * asked) / raws.length);
  return signs * likely * (1 - 0.35 * asNames) * (1 - 0.5 * beside);
}

/** Members as headings, their questions as bullets, answers in callouts or below; model answers in a section. */
export const memberSections: ChapterReader = {
  name: 'member-sections',
  about: {
    ko: '멤버가 제목, 질문이 그 아래 항목인 페이지',
    en: 'a page with members as headings and their questions as bullets',
  },
  recognise(documents, hints): Recognition | null {
    const [document, ...others] = documents;
    if (!document || others.length > 0) return null;
    const page = takeApart(document, hints);
    const members = page.groups.filter(({ raws }) => raws.length > 0).length;
    const questions = page.groups.reduce((sum, { raws }) => sum + raws.length, 0);
    if (questions === 0) return null;
    return {
      sureness: surenessOf(page),
      why: {
        ko: `멤버 제목 ${members}개 아래에 질문 항목 ${questions}개가 있습니다.`,
        en: `${counted(members, 'heading')} with ${counted(questions, 'question bullet')} below.`,
      },
      files: [document.file],
      read: () => [readPage(page)],
    };
  },
  nearly: (document, hints) => namesWithoutQuestions(pageOf(document, hints)),
};

import type { Grade, ScoredCriterion } from '../core/grade.ts';
import type { GradeSummary } from '../core/grade-summary.ts';
import type { Language } from '../core/localized.ts';
import type { ScoreboardRow } from '../core/scoreboard.ts';
import type { StudyItem } from '../core/study-list.ts';
import type { Feedback } from '../core/verdict.ts';
import { redact } from '../judge/redact.ts';
import type { ChapterReport, MemberAnswers } from '../reports/html/report-data.ts';
import type { Scoreboard } from './show-scoreboard.ts';

/** Takes names out: of members by giving them numbers, of texts by leaving them out. */
interface NameRemover {
  language: Language;
  numberOf(member: string): number;
  nameOf(member: string): string;
  textOf(text: string): string;
}

/** Members are numbered by rank, which tells nothing that the page does not say anyway. */
function nameRemover(rows: readonly ScoreboardRow[], language: Language): NameRemover {
  const members = rows.map((row) => row.member);
  const numbers = new Map(members.map((member, index) => [member, index + 1]));
  return {
    language,
    numberOf: (member) => numbers.get(member) ?? Number.POSITIVE_INFINITY,
    nameOf: (member) => `${language === 'ko' ? '멤버' : 'Member'} ${numbers.get(member) ?? '?'}`,
    textOf: (text) => withoutNames(withoutAddresses(text), members),
  };
}

/** Addresses of the web and of mail, and what the definition of a link points to. */
const address = /\b(?:https?|ftp|mailto):[^\s<>()[\]"']+|\bwww\.[^\s<>()[\]"']+/giu;
const definition = /^( {0,3}\[[^[\]\n]{1,300}\]:)[^\n]*$/gmu;

function withoutAddresses(text: string): string {
  return text.replace(definition, '$1 …').replace(address, '…');
}

/** Signs that are not seen, or that only change how the letters beside them look. */
const dress = /[*_~`\\\p{Cf}]/gu;
const characterReference = /&#(?:x([0-9a-f]{1,6})|(\d{1,7}));/giu;

function asRead(text: string): string {
  const spelled = text.replace(characterReference, (written, hex?: string, decimal?: string) => {
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : written;
  });
  return spelled.replace(dress, '');
}

/** A name that markup takes apart is whole on the page: there the text loses its markup with the name. */
function withoutNames(text: string, members: readonly string[]): string {
  const redacted = redact(text, members, '');
  const read = asRead(redacted);
  const again = redact(read, members, '');
  return again === read ? redacted : again;
}

function withoutWho<G extends Pick<GradeSummary, 'member' | 'similarTo'>>(grade: G, remover: NameRemover): G {
  return { ...grade, member: remover.nameOf(grade.member), similarTo: grade.similarTo.map(remover.nameOf) };
}

/** Who decided is nobody's business outside the group, nor are the reasons that were given inside it. */
function withoutDecider<O extends { by: string; reason: string }>(
  override: O | null,
  { language }: NameRemover,
): O | null {
  const [by, reason] =
    language === 'ko' ? ['모임', '(이유는 밝히지 않음)'] : ['the group', '(reason not shown)'];
  return override === null ? null : { ...override, by, reason };
}

function cleanFeedback({ summary, strengths, improvements, nextStep }: Feedback, { textOf }: NameRemover) {
  return {
    summary: textOf(summary),
    strengths: strengths.map(textOf),
    improvements: improvements.map(textOf),
    nextStep: textOf(nextStep),
  };
}

function cleanCriteria(items: readonly ScoredCriterion[], { textOf }: NameRemover): ScoredCriterion[] {
  return items.map((item) => ({
    ...item,
    name: textOf(item.name),
    reason: textOf(item.reason),
    evidence: item.evidence.map(textOf),
  }));
}

function cleanGrade(grade: Grade, remover: NameRemover): Grade {
  return {
    ...withoutWho(grade, remover),
    criteria: cleanCriteria(grade.criteria, remover),
    keyPoints: cleanCriteria(grade.keyPoints, remover),
    feedback: grade.feedback && cleanFeedback(grade.feedback, remover),
    override: withoutDecider(grade.override, remover),
    ungradedDetail: grade.ungradedDetail && remover.textOf(grade.ungradedDetail),
  };
}

function cleanAnswers({ member, answers }: MemberAnswers, remover: NameRemover): MemberAnswers {
  return {
    member: remover.nameOf(member),
    answers: answers.map(({ grade, text }) => ({
      grade: cleanGrade(grade, remover),
      text: remover.textOf(text),
    })),
  };
}

function cleanStudyList(items: readonly StudyItem[], remover: NameRemover): StudyItem[] {
  return items.map((item) => ({
    ...item,
    questionText: remover.textOf(item.questionText),
    points: item.points.map((point) => ({
      ...point,
      text: point.text && remover.textOf(point.text),
      // In the order of the document, they could be told by their places.
      missedBy: [...point.missedBy]
        .sort((a, b) => remover.numberOf(a.member) - remover.numberOf(b.member))
        .map((miss) => ({
          ...miss,
          member: remover.nameOf(miss.member),
          ...(miss.lacks ? { lacks: miss.lacks.map(remover.textOf) } : {}),
        })),
    })),
  }));
}

function cleanRows(rows: readonly ScoreboardRow[], { nameOf }: NameRemover): ScoreboardRow[] {
  return rows.map((row) => ({ ...row, member: nameOf(row.member) }));
}

/** What becomes of each item, gone through as often as the items can be. */
function eachOf<T>(items: AsyncIterable<T>, change: (item: T) => T): AsyncIterable<T> {
  return {
    async *[Symbol.asyncIterator]() {
      for await (const item of items) yield change(item);
    },
  };
}

/**
 * A report that may leave the group: members have numbers by rank, their names, e-mail addresses and all addresses of
 * links are taken out of every text, and so is who decided what and why. A nickname inside an answer stays, since
 * nobody can know it for one.
 */
export function anonymousReport(report: ChapterReport): ChapterReport {
  const remover = nameRemover(report.rows, report.language);
  const { rows, standing } = report;
  return {
    ...report,
    chapter: { id: remover.textOf(report.chapter.id), title: remover.textOf(report.chapter.title) },
    questions: report.questions.map(({ no, text, modelAnswer }) => ({
      no,
      text: remover.textOf(text),
      modelAnswer: modelAnswer && remover.textOf(modelAnswer),
    })),
    standing: {
      ...standing,
      submissions: standing.submissions.map((item) => ({ ...item, member: remover.nameOf(item.member) })),
      grades: standing.grades.map((grade) => ({
        ...withoutWho(grade, remover),
        override: withoutDecider(grade.override, remover),
      })),
    },
    rows: cleanRows(report.rows, remover),
    studyList: cleanStudyList(report.studyList, remover),
    members: eachOf(report.members, (answers) => cleanAnswers(answers, remover)),
    grades: eachOf(report.grades, (grade) => cleanGrade(grade, remover)),
    async answersOf(name) {
      const member = rows.find((row) => remover.nameOf(row.member) === name)?.member;
      const found = member === undefined ? null : await report.answersOf(member);
      return found && cleanAnswers(found, remover);
    },
    isAnonymous: true,
  };
}

/** A scoreboard that may leave the group: members have numbers by rank. */
export function anonymousScoreboard(scoreboard: Scoreboard, language: Language): Scoreboard {
  const remover = nameRemover(scoreboard.rows, language);
  return {
    ...scoreboard,
    rows: cleanRows(scoreboard.rows, remover),
    judged: scoreboard.judged.map((grade) => ({
      ...grade,
      member: remover.nameOf(grade.member),
      override: withoutDecider(grade.override, remover),
    })),
  };
}

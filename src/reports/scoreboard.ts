import { stringify } from 'csv-stringify/sync';
import type { GradeSummary } from '../core/grade-summary.ts';
import type { Language } from '../core/localized.ts';
import { counted } from '../core/plural.ts';
import type { ScoreboardRow } from '../core/scoreboard.ts';
import { judgeNotice, scoreLabel, signedLabel } from './labels.ts';
import { inlineMarkdown } from './markdown.ts';
import { type Alignment, markdownTable, terminalTable } from './table.ts';

type Judged = Pick<GradeSummary, 'member' | 'judge' | 'override'>;

/** What a scoreboard shows. */
export interface ScoreboardReport {
  /** The chapters it is over, in order. */
  chapters: readonly { id: string; title: string }[];
  rows: readonly ScoreboardRow[];
  /** The grades behind it, for who judged; of those of one member by one judge, one will do. */
  grades: readonly Judged[];
  /** Some questions count more than others. */
  isWeighted?: boolean;
  language: Language;
}

interface Column {
  name: { ko: string; en: string };
  align: Alignment;
  cell: (row: ScoreboardRow) => string;
}

function columnsOf({ chapters, rows }: ScoreboardReport): Column[] {
  const many = chapters.length > 1;
  const columns: (Column | false)[] = [
    {
      name: { ko: '순위', en: 'rank' },
      align: 'right',
      cell: (row) => (row.rank === null ? '–' : `${row.rank}${row.provisional ? '*' : ''}`),
    },
    { name: { ko: '멤버', en: 'member' }, align: 'left', cell: (row) => row.member },
    { name: { ko: '점수', en: 'score' }, align: 'right', cell: (row) => scoreLabel(row.score) },
    ...(many
      ? chapters.map(
          (chapter): Column => ({
            name: { ko: chapter.title, en: chapter.title },
            align: 'right',
            cell: (row) => (chapter.id in row.chapters ? scoreLabel(row.chapters[chapter.id] ?? null) : ''),
          }),
        )
      : []),
    many && { name: { ko: '추세', en: 'trend' }, align: 'right', cell: (row) => signedLabel(row.trend) },
    {
      name: { ko: '답한 것만', en: 'answered only' },
      align: 'right',
      cell: (row) => scoreLabel(row.answeredScore),
    },
    {
      name: { ko: '답함/배정', en: 'answered' },
      align: 'right',
      cell: (row) => `${row.answered}/${row.assigned}`,
    },
    rows.some((row) => row.revisedScore !== null) && {
      name: { ko: '고쳐 쓴 뒤', en: 'after revision' },
      align: 'right',
      cell: (row) => {
        if (row.revisedScore === null) return '';
        const growth =
          row.score === null ? '' : ` ${signedLabel(Math.round((row.revisedScore - row.score) * 10) / 10)}`;
        return scoreLabel(row.revisedScore) + growth;
      },
    },
    rows.some((row) => row.ungraded > 0) && {
      name: { ko: '미채점', en: 'ungraded' },
      align: 'right',
      cell: (row) => String(row.ungraded),
    },
    rows.some((row) => row.needsReview > 0) && {
      name: { ko: '확인 필요', en: 'to review' },
      align: 'right',
      cell: (row) => String(row.needsReview),
    },
    rows.some((row) => row.stale > 0) && {
      name: { ko: '옛 기준', en: 'stale' },
      align: 'right',
      cell: (row) => (row.stale > 0 ? String(row.stale) : ''),
    },
  ];
  return columns.filter((column) => column !== false);
}

function notesOf({ rows, grades, isWeighted = false, language }: ScoreboardReport): string[] {
  const ko = language === 'ko';
  const notes = [
    ko
      ? '점수는 배정된 질문의 평균(100점 만점)이며, 답하지 않은 질문은 0점입니다. 멤버마다 질문이 다를 수 있습니다.'
      : 'Scores are means over assigned questions (0 to 100); a question left open counts 0. Members may have had different questions.',
  ];
  if (isWeighted) {
    notes.push(
      ko
        ? '질문마다 루브릭에 적힌 배점(points)만큼 셉니다.'
        : 'Questions count by the points that the rubric gives them.',
    );
  }
  if (rows.some((row) => row.provisional)) {
    notes.push(
      ko
        ? '* 잠정: 아직 채점되지 않은 답이 있어 점수와 순위가 바뀔 수 있습니다. 채점되지 않은 답은 0점으로 치지 않습니다.'
        : '* provisional: some answers are ungraded, so score and rank may change. An ungraded answer is not counted as zero.',
    );
  }
  if (rows.some((row) => row.stale > 0)) {
    notes.push(
      ko
        ? '옛 기준: 채점한 뒤에 루브릭이나 모범답안이 바뀐 점수의 수입니다. 다시 채점하면 새 기준으로 매깁니다.'
        : 'stale: how many scores were given before the rubric or model answer changed; grade again to bring them up to date.',
    );
  }
  const overridden = grades.filter((grade) => grade.override !== null).length;
  if (overridden > 0) {
    notes.push(
      ko
        ? `사람이 정한 점수 ${overridden}개가 들어 있습니다.`
        : `${counted(overridden, 'score')} decided by a person.`,
    );
  }
  return notes;
}

function titleOf({ chapters, language }: ScoreboardReport): string {
  const titles = chapters.map((chapter) => chapter.title).join(', ');
  return language === 'ko' ? `점수판: ${titles}` : `Scoreboard: ${titles}`;
}

/** The scoreboard for the terminal. */
export function scoreboardTable(report: ScoreboardReport): string {
  const columns = columnsOf(report);
  const table = terminalTable(
    columns.map((column) => column.name[report.language]),
    report.rows.map((row) => columns.map((column) => column.cell(row))),
    columns.map((column) => column.align),
  );
  return [
    titleOf(report),
    ...judgeNotice(report.grades, report.language),
    '',
    table,
    '',
    ...notesOf(report),
    '',
  ].join('\n');
}

/** The scoreboard as a Markdown page. */
export function scoreboardMarkdown(report: ScoreboardReport): string {
  const columns = columnsOf(report);
  const table = markdownTable(
    columns.map((column) => inlineMarkdown(column.name[report.language])),
    report.rows.map((row) => columns.map((column) => inlineMarkdown(column.cell(row)))),
    columns.map((column) => column.align),
  );
  const notices = judgeNotice(report.grades, report.language).flatMap((notice) => [
    `> ${inlineMarkdown(notice)}`,
    '',
  ]);
  const notes = notesOf(report).map((note) => `- ${note.replace(/^\*/u, '\\*')}`);
  return [`# ${inlineMarkdown(titleOf(report))}`, '', ...notices, table, '', ...notes, ''].join('\n');
}

function judgesOf(grades: readonly Judged[]): string {
  const kinds = new Set(grades.map((grade) => grade.judge.kind));
  const names = [kinds.has('llm') && 'language model', kinds.has('offline') && 'offline baseline'];
  return names.filter((name) => name !== false).join(' + ') || 'none needed';
}

/** The scoreboard as CSV for spreadsheets: UTF-8 with a byte order mark, cells that look like formulas quoted. */
export function scoreboardCsv({ chapters, rows, grades }: ScoreboardReport): string {
  const byMember = Map.groupBy(grades, (grade) => grade.member);
  const records = rows.map((row) => ({
    rank: row.rank,
    member: row.member,
    score: row.score,
    answeredScore: row.answeredScore,
    assigned: row.assigned,
    answered: row.answered,
    graded: row.graded,
    ungraded: row.ungraded,
    needsReview: row.needsReview,
    revisedScore: row.revisedScore,
    stale: row.stale,
    provisional: row.provisional ? 'yes' : 'no',
    ...(chapters.length > 1
      ? {
          ...Object.fromEntries(chapters.map(({ id, title }) => [title, row.chapters[id] ?? ''])),
          trend: row.trend,
        }
      : {}),
    judge: judgesOf(byMember.get(row.member) ?? []),
  }));
  return stringify(records, { header: true, bom: true, escape_formulas: true });
}

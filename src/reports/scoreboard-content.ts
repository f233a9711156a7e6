import type { GradeSummary } from '../core/grade-summary.ts';
import type { Language } from '../core/localized.ts';
import { counted } from '../core/plural.ts';
import type { ScoreboardRow } from '../core/scoreboard.ts';
import { scoreLabel, signedLabel } from './labels.ts';
import type { Alignment } from './table.ts';

/** What is told of who judged. */
export type Judged = Pick<GradeSummary, 'member' | 'judge' | 'override'>;

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

type ColumnId =
  | 'rank'
  | 'member'
  | 'score'
  | 'chapter'
  | 'trend'
  | 'answeredScore'
  | 'answered'
  | 'revisedScore'
  | 'ungraded'
  | 'needsReview'
  | 'stale';

/** A column of the scoreboard. */
export interface ScoreboardColumn {
  id: ColumnId;
  name: { ko: string; en: string };
  align: Alignment;
  cell: (row: ScoreboardRow) => string;
}

/** The columns of a scoreboard; those that would be empty are left out. */
export function columnsOf({ chapters, rows }: ScoreboardReport): ScoreboardColumn[] {
  const many = chapters.length > 1;
  const columns: (ScoreboardColumn | false)[] = [
    {
      id: 'rank',
      name: { ko: '순위', en: 'rank' },
      align: 'right',
      cell: (row) => (row.rank === null ? '–' : `${row.rank}${row.provisional ? '*' : ''}`),
    },
    { id: 'member', name: { ko: '멤버', en: 'member' }, align: 'left', cell: (row) => row.member },
    { id: 'score', name: { ko: '점수', en: 'score' }, align: 'right', cell: (row) => scoreLabel(row.score) },
    ...(many
      ? chapters.map(
          (chapter): ScoreboardColumn => ({
            id: 'chapter',
            name: { ko: chapter.title, en: chapter.title },
            align: 'right',
            cell: (row) => (chapter.id in row.chapters ? scoreLabel(row.chapters[chapter.id] ?? null) : ''),
          }),
        )
      : []),
    many &&
      rows.some((row) => row.trend !== null) && {
        id: 'trend',
        name: { ko: '추세', en: 'trend' },
        align: 'right',
        cell: (row) => signedLabel(row.trend),
      },
    {
      id: 'answeredScore',
      name: { ko: '답한 것만', en: 'answered only' },
      align: 'right',
      cell: (row) => scoreLabel(row.answeredScore),
    },
    {
      id: 'answered',
      name: { ko: '답함/배정', en: 'answered' },
      align: 'right',
      cell: (row) => `${row.answered}/${row.assigned}`,
    },
    rows.some((row) => row.revisedScore !== null) && {
      id: 'revisedScore',
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
      id: 'ungraded',
      name: { ko: '미채점', en: 'ungraded' },
      align: 'right',
      cell: (row) => String(row.ungraded),
    },
    rows.some((row) => row.needsReview > 0) && {
      id: 'needsReview',
      name: { ko: '확인 필요', en: 'to review' },
      align: 'right',
      cell: (row) => String(row.needsReview),
    },
    rows.some((row) => row.stale > 0) && {
      id: 'stale',
      name: { ko: '옛 기준', en: 'stale' },
      align: 'right',
      cell: (row) => (row.stale > 0 ? String(row.stale) : ''),
    },
  ];
  return columns.filter((column) => column !== false);
}

/** What a reader has to know to read the scoreboard. */
export function notesOf({ rows, grades, isWeighted = false, language }: ScoreboardReport): string[] {
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

/** The heading of a scoreboard. */
export function titleOf({ chapters, language }: Pick<ScoreboardReport, 'chapters' | 'language'>): string {
  const titles = chapters.map((chapter) => chapter.title).join(', ');
  return language === 'ko' ? `점수판: ${titles}` : `Scoreboard: ${titles}`;
}

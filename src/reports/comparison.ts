import type { ScoreChange } from '../core/changes.ts';
import type { Grade } from '../core/grade.ts';
import type { Language } from '../core/localized.ts';
import { shownTime } from '../core/shown-time.ts';
import { attemptLabel, causesLabel, scoreLabel, signedLabel } from './labels.ts';
import { terminalTable } from './table.ts';

/** A run as far as reports show it. */
export interface ShownRun {
  id: number;
  chapter: string;
  judge: 'llm' | 'offline';
  model: string | null;
  startedAt: string;
  outcome: 'finished' | 'stopped' | null;
}

function judgeOf({ judge, model }: ShownRun, language: Language): string {
  return model ?? (judge === 'offline' ? (language === 'ko' ? '오프라인 기준선' : 'offline baseline') : '');
}

function scoreOf(side: Pick<Grade, 'state' | 'score'>, language: Language): string {
  return side.state === 'ungraded' ? (language === 'ko' ? '미채점' : 'ungraded') : scoreLabel(side.score);
}

/** The runs of a database, newest last. */
export function runsTable(runs: readonly ShownRun[], language: Language): string {
  const ko = language === 'ko';
  const head = ko ? ['실행', '시작', '단원', '채점', ''] : ['run', 'started', 'chapter', 'judge', ''];
  const outcomes = {
    finished: '',
    stopped: ko ? '중단됨' : 'stopped',
    open: ko ? '끝나지 않음' : 'not finished',
  };
  const rows = runs.map((run) => [
    String(run.id),
    shownTime(run.startedAt),
    run.chapter,
    judgeOf(run, language),
    outcomes[run.outcome ?? 'open'],
  ]);
  return `${terminalTable(head, rows, ['right', 'left', 'left', 'left', 'left'])}\n`;
}

export interface ShownComparison {
  before: ShownRun;
  after: ShownRun;
  shared: number;
  onlyBefore: number;
  onlyAfter: number;
  meanDifference: number | null;
  changes: readonly ScoreChange[];
}

/** Two runs side by side: what moved, largest difference first. */
export function comparisonText(comparison: ShownComparison, language: Language): string {
  const ko = language === 'ko';
  const { before, after, shared, onlyBefore, onlyAfter, meanDifference, changes } = comparison;
  const head = ko
    ? ['멤버', '질문', '답', `실행 ${before.id}`, `실행 ${after.id}`, '', '바뀐 것']
    : ['member', 'question', 'attempt', `run ${before.id}`, `run ${after.id}`, '', 'what changed'];
  const rows = changes.map((change) => [
    change.member,
    String(change.question),
    attemptLabel(change.attempt, language),
    scoreOf(change.from, language),
    scoreOf(change.to, language),
    signedLabel(change.difference),
    causesLabel(change.causes, language),
  ]);
  const table =
    rows.length === 0
      ? ko
        ? '바뀐 점수가 없습니다.'
        : 'No score moved.'
      : terminalTable(head, rows, ['left', 'right', 'left', 'right', 'right', 'right', 'left']);
  const mean = meanDifference === null ? '–' : signedLabel(meanDifference);
  return [
    ko
      ? `${after.chapter}: 실행 ${before.id} (${judgeOf(before, language)}) → 실행 ${after.id} (${judgeOf(after, language)})`
      : `${after.chapter}: run ${before.id} (${judgeOf(before, language)}) → run ${after.id} (${judgeOf(after, language)})`,
    '',
    table,
    '',
    ko
      ? `함께 채점한 답 ${shared}개 가운데 ${changes.length}개가 바뀜 · 평균 차이 ${mean}`
      : `${changes.length} of ${shared} answers in both moved · mean difference ${mean}`,
    ...(onlyBefore + onlyAfter > 0
      ? [
          ko
            ? `실행 ${before.id}에만 ${onlyBefore}개, 실행 ${after.id}에만 ${onlyAfter}개`
            : `${onlyBefore} only in run ${before.id}, ${onlyAfter} only in run ${after.id}`,
        ]
      : []),
    ko ? '사람이 정한 점수는 견주지 않습니다.' : "People's decisions are left out.",
    '',
  ].join('\n');
}

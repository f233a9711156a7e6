import { resolve } from 'node:path';
import type { JudgeConfig } from '../../app/config.ts';
import { type GradingResult, gradeChapter } from '../../app/grade-chapter.ts';
import { loadChapters } from '../../app/load-chapters.ts';
import { type PreparedChapter, prepareChapter } from '../../app/prepare-chapter.ts';
import { isSelected } from '../../app/selection.ts';
import { studyListFor, writeReports } from '../../app/write-reports.ts';
import { files, openStore, rubricPlaces } from '../../compose.ts';
import { openJudging } from '../../compose-judging.ts';
import type { Language } from '../../core/localized.ts';
import { isWeighted, scoreboardOf } from '../../core/scoreboard.ts';
import { roundScore } from '../../core/scoring.ts';
import { createRunControl, type RunControl } from '../../judge/run-control.ts';
import { scoreboardTable } from '../../reports/scoreboard.ts';
import { studyListText } from '../../reports/study-list.ts';
import { estimateChapters } from '../estimate-chapters.ts';
import type { GradeOptions } from '../grade-options.ts';
import { stopOnSignals } from '../interrupt.ts';
import { type ExitCode, type Io, messageLanguage, writeJson } from '../io.ts';
import { endpointsOf, judgeConfigFrom } from '../judge-config.ts';
import {
  baselineNotice,
  changesNotice,
  nothingGradedNotice,
  panelNotice,
  reviewNotice,
  rubricNotices,
  similarNotice,
  skippedNotice,
  stoppingNotice,
  totalsLine,
  underNotice,
  waitTeller,
} from '../notices.ts';
import { createProgressDisplay } from '../progress.ts';
import { dryRun } from './dry-run.ts';

function chapterDocument(result: GradingResult) {
  const { run, chapter, grades, changes, scoreboard, totals } = result;
  return { run, chapter: { id: chapter.id, title: chapter.title }, grades, changes, scoreboard, totals };
}

interface RunContext {
  config: JudgeConfig;
  options: GradeOptions;
  control: RunControl;
  io: Io;
  messages: Language;
}

async function runChapters(
  prepared: readonly PreparedChapter[],
  context: RunContext,
): Promise<GradingResult[]> {
  const { config, options, control, io, messages } = context;
  const store = await openStore(resolve(options.db));
  const progress = createProgressDisplay(io, messages, config.kind === 'offline');
  const release = stopOnSignals(control, () => progress.note(stoppingNotice(messages)));
  const results: GradingResult[] = [];
  try {
    const { judgeFor, spent } = await openJudging(config, {
      concurrency: options.concurrency,
      maxCostUsd: options.maxCost,
      maxRequests: options.maxRequests,
      fresh: options.fresh ?? false,
      replies: store,
      control,
      onWait: waitTeller(messages, progress.note),
    });
    const { member, question } = options;
    for (const { chapter, file, rubric, language } of prepared) {
      if (control.stopped.aborted) break;
      const request = { chapter, file, rubric, language, spent, store, control };
      const selection = { member, question };
      results.push(
        await gradeChapter({ ...request, judge: judgeFor(chapter), selection, onProgress: progress.show }),
      );
    }
    return results;
  } finally {
    progress.close();
    release();
    store.close();
  }
}

function showResult(result: GradingResult, io: Io, messages: Language): void {
  const { chapter, scoreboard, standing, language } = result;
  const board = { rows: scoreboard, grades: standing.grades, isWeighted: isWeighted([standing]) };
  io.out(`\n${scoreboardTable({ chapters: [chapter], ...board, language })}\n`);
  const list = studyListText(studyListFor(result), 5, language);
  if (list !== '') io.out(`${list}\n`);
  io.err(
    `${totalsLine(result, messages)}\n${changesNotice(result)}${reviewNotice(result)}${similarNotice(result)}`,
  );
}

/** The group's mean over members with a score; null when nobody has one. */
function groupMean(results: readonly GradingResult[]): number | null {
  const scores = scoreboardOf(results.map((result) => result.standing)).flatMap((row) => row.score ?? []);
  return scores.length === 0
    ? null
    : roundScore(scores.reduce((sum, score) => sum + score, 0) / scores.length);
}

function writeDocument(results: readonly GradingResult[], areSeveral: boolean, io: Io): void {
  const documents = results.map(chapterDocument);
  const [only] = documents;
  const several = {
    chapters: documents,
    scoreboard: scoreboardOf(results.map((result) => result.standing)),
  };
  writeJson(io, !areSeveral && only ? only : several);
}

/** `grade PATH…`: grades chapters, writes reports, prints the scoreboard. */
export async function gradeCommand(paths: string[], options: GradeOptions, io: Io): Promise<ExitCode> {
  const messages = messageLanguage(options, io);
  const config = options.dryRun ? null : await judgeConfigFrom(options, io);
  const { chapters, skipped } = await loadChapters(paths, files);
  const prepared: PreparedChapter[] = [];
  for (const loaded of chapters) prepared.push(await prepareChapter(loaded, options, files, rubricPlaces()));
  for (const item of skipped) io.err(skippedNotice(item, messages));
  // Of several chapters, those that the selection is about; when there are none, the first one says so.
  const about = prepared.filter(({ chapter }) => isSelected(chapter, options));
  const selected = about.length > 0 ? about : prepared;
  if (config === null) return dryRun(selected, await endpointsOf(options, io), options, io);

  if (config.kind === 'offline') io.err(baselineNotice(config.byDefault, messages));
  for (const item of selected) io.err(rubricNotices(item.chapter, item.rubric, messages));

  // One request an answer is what everybody expects; more is said before it is paid for.
  if (config.kind === 'llm' && config.endpoints.length * config.samples > 1) {
    for (const { title, estimate } of await estimateChapters(selected, config.endpoints, options))
      io.err(panelNotice(title, estimate, config.samples, messages));
  }

  const control = createRunControl();
  const results = await runChapters(selected, { config, options, control, io, messages });
  const failure = results.find((result) => result.failure)?.failure ?? null;
  if (failure && !results.some((result) => result.totals.graded > 0)) {
    io.err(nothingGradedNotice(messages));
    throw failure;
  }
  // Shown before it is written: a folder that cannot be written must not hide what was graded.
  if (options.json) writeDocument(results, selected.length > 1, io);
  else for (const result of results) showResult(result, io, messages);
  for (const result of results) {
    const { folder, files: names } = await writeReports(result, options.out, files);
    if (!options.json)
      io.err(`${messages === 'ko' ? '보고서' : 'Reports'}: ${folder}/ (${names.join(', ')})\n`);
  }
  if (failure) io.err(`${failure.sentence(messages)}\n`);

  const mean = groupMean(results);
  const isUnder = options.failUnder !== undefined && (mean === null || mean < options.failUnder);
  if (isUnder) io.err(underNotice(mean, options.failUnder ?? 0, messages));
  if (results.length > 0 && results.every((result) => result.nothingCameBack)) {
    io.err(nothingGradedNotice(messages));
    return 2;
  }
  const incomplete = control.stopped.aborted || results.some((result) => result.totals.ungraded > 0);
  return incomplete || isUnder ? 1 : 0;
}

import type { GradingResult } from '../../app/grade-chapter.ts';
import { loadChapters } from '../../app/load-chapters.ts';
import { type PreparedChapter, prepareChapter } from '../../app/prepare-chapter.ts';
import { isSelected } from '../../app/selection.ts';
import { studyListFor, writeReports } from '../../app/write-reports.ts';
import { files, openStore, rubricPlaces, sourcesFor } from '../../compose.ts';
import type { Language } from '../../core/localized.ts';
import { isWeighted, scoreboardOf } from '../../core/scoreboard.ts';
import { roundScore } from '../../core/scoring.ts';
import type { StudyItem } from '../../core/study-list.ts';
import { createRunControl } from '../../judge/run-control.ts';
import { scoreboardTable } from '../../reports/scoreboard.ts';
import { studyListText } from '../../reports/study-list.ts';
import { heldNotice } from '../../reports/via-batch.ts';
import { estimateChapters } from '../estimate-chapters.ts';
import type { GradeOptions } from '../grade-options.ts';
import { type ExitCode, type Io, messageLanguage, writeJsonInTurn } from '../io.ts';
import { endpointsOf } from '../judge-config.ts';
import {
  baselineNotice,
  leftOutNotice,
  nothingGradedNotice,
  panelNotice,
  rubricNotices,
  skippedNotice,
} from '../notices.ts';
import {
  changesNotice,
  moreMembers,
  reportsLine,
  reviewNotice,
  similarNotice,
  totalsLine,
  underNotice,
} from '../result-notices.ts';
import { type RunContext, runChapters } from '../run-chapters.ts';
import { checkVia, gradingConfigFrom } from '../via.ts';
import { dryRun } from './dry-run.ts';
import { gradeViaBatch, previewViaBatch } from './grade-via-batch.ts';

function chapterDocument(result: GradingResult) {
  const { run, chapter, gradesInTurn: grades, changes, scoreboard, totals } = result;
  return { run, chapter: { id: chapter.id, title: chapter.title }, grades, changes, scoreboard, totals };
}

/** Members that the table on the terminal shows; a course has thousands. */
const mostMembers = 100;

async function showResult(
  result: GradingResult,
  studyList: readonly StudyItem[],
  io: Io,
  messages: Language,
): Promise<void> {
  const { chapter, scoreboard, standing, language } = result;
  const rows = scoreboard.slice(0, mostMembers);
  const board = { rows, grades: standing.grades, isWeighted: isWeighted([standing]) };
  io.out(`\n${scoreboardTable({ chapters: [chapter], ...board, language })}\n`);
  io.out(moreMembers(scoreboard.length - rows.length, language));
  const list = studyListText(studyList, 5, language);
  if (list !== '') io.out(`${list}\n`);
  const toReview = await reviewNotice(result);
  io.err(`${totalsLine(result, messages)}\n${changesNotice(result)}${toReview}${similarNotice(result)}`);
}

/** The group's mean over members with a score; null when nobody has one. */
function groupMean(results: readonly GradingResult[]): number | null {
  const scores = scoreboardOf(results.map((result) => result.standing)).flatMap((row) => row.score ?? []);
  return scores.length === 0
    ? null
    : roundScore(scores.reduce((sum, score) => sum + score, 0) / scores.length);
}

async function writeDocument(results: readonly GradingResult[], areSeveral: boolean, io: Io): Promise<void> {
  const documents = results.map(chapterDocument);
  const [only] = documents;
  const several = {
    chapters: documents,
    scoreboard: scoreboardOf(results.map((result) => result.standing)),
  };
  await writeJsonInTurn(io, !areSeveral && only ? only : several);
}

/** `grade PATH…`: grades chapters, writes reports, prints the scoreboard. */
export async function gradeCommand(paths: string[], options: GradeOptions, io: Io): Promise<ExitCode> {
  const messages = messageLanguage(options, io);
  checkVia(options);
  const config = options.dryRun ? null : await gradingConfigFrom(options, io);
  const { chapters, skipped } = await loadChapters(paths, sourcesFor(io.env), options);
  const prepared: PreparedChapter[] = [];
  for (const loaded of chapters) prepared.push(await prepareChapter(loaded, options, files, rubricPlaces()));
  for (const item of skipped) io.err(skippedNotice(item, messages));
  for (const item of chapters) io.err(leftOutNotice(item, paths.join(' '), messages));
  // Of several chapters, those that the selection is about; when there are none, the first one says so.
  const about = prepared.filter(({ chapter }) => isSelected(chapter, options));
  const selected = about.length > 0 ? about : prepared;
  if (config === null)
    return options.via === 'batch'
      ? previewViaBatch(selected, options, io)
      : dryRun(selected, await endpointsOf(options, io), options, io);

  if (config.kind === 'offline') io.err(baselineNotice(config.byDefault, messages));
  for (const item of selected) io.err(rubricNotices(item.chapter, item.rubric, messages));

  // One request an answer is what everybody expects; more is said before it is paid for.
  if (config.kind === 'llm' && options.via === 'direct' && config.endpoints.length * config.samples > 1) {
    for (const { title, estimate } of await estimateChapters(selected, config.endpoints, options))
      io.err(panelNotice(title, estimate, config.samples, messages));
  }

  if (options.via === 'batch') {
    const code = await gradeViaBatch(selected, options, io);
    if (code !== null) return code;
  }

  const store = await openStore(options.db);
  try {
    return await gradeSelected(selected, { config, options, io, messages, store });
  } finally {
    await store.close();
  }
}

/** Grades, shows and writes; the store stays open as long as grades are read from it. */
async function gradeSelected(
  selected: readonly PreparedChapter[],
  context: Omit<RunContext, 'control'>,
): Promise<ExitCode> {
  const { options, io, messages } = context;
  const control = createRunControl();
  const { results, held } = await runChapters(selected, { ...context, control });
  if (held) io.err(heldNotice(held, options.via, messages));
  const failure = results.find((result) => result.failure)?.failure ?? null;
  if (failure && !results.some((result) => result.totals.graded > 0)) {
    io.err(nothingGradedNotice(messages));
    throw failure;
  }
  // Shown before it is written: a folder that cannot be written must not hide what was graded.
  if (options.json) await writeDocument(results, selected.length > 1, io);
  for (const result of results) {
    const studyList = await studyListFor(result);
    if (!options.json) await showResult(result, studyList, io, messages);
    const { folder, files: names } = await writeReports(
      result,
      options.out,
      files,
      studyList,
      options.anonymous,
    );
    if (!options.json) io.err(reportsLine(folder, names, messages));
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

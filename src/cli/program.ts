import { Command, Option } from 'commander';
import type { BatchOptions } from './batch-access.ts';
import type { BatchCollectOptions, BatchSubmitOptions } from './commands/batch-command.ts';
import type { CompareOptions } from './commands/compare-command.ts';
import type { HandExportOptions, HandImportOptions } from './commands/hand-command.ts';
import type {
  ReviewClearOptions,
  ReviewListOptions,
  ReviewSetOptions,
  ReviewTargetOptions,
} from './commands/review-command.ts';
import type { ReviewExportOptions, ReviewImportOptions } from './commands/review-files-command.ts';
import type { RubricCheckOptions } from './commands/rubric-command.ts';
import type { RubricDraftOptions } from './commands/rubric-draft-command.ts';
import type { RubricLintOptions } from './commands/rubric-lint-command.ts';
import type { ScoreboardOptions } from './commands/scoreboard-command.ts';
import type { CalibrateOptions, FeedbackOptions, GradeOptions } from './grade-options.ts';
import type { CommonOptions, ExitCode } from './io.ts';
import { amount, common, counting, database, judging, name, score } from './options.ts';
import { addBatchCommands } from './program-batch.ts';
import { addCalibrationCommands } from './program-calibration.ts';
import { addReviewCommands } from './program-review.ts';
import { addRubricCommands } from './program-rubric.ts';

/** What the commands do; handed in, so that parsing can be tested without doing it. */
export interface Actions {
  importDocuments(paths: string[], options: CommonOptions): Promise<ExitCode>;
  grade(paths: string[], options: GradeOptions): Promise<ExitCode>;
  feedback(path: string | undefined, options: FeedbackOptions): Promise<ExitCode>;
  scoreboard(chapters: string[], options: ScoreboardOptions): Promise<ExitCode>;
  rubricCheck(files: string[], options: RubricCheckOptions): Promise<ExitCode>;
  rubricDraft(path: string, options: RubricDraftOptions): Promise<ExitCode>;
  rubricLint(files: string[], options: RubricLintOptions): Promise<ExitCode>;
  reviewList(chapters: string[], options: ReviewListOptions): Promise<ExitCode>;
  reviewShow(member: string, question: number, options: ReviewTargetOptions): Promise<ExitCode>;
  reviewSet(member: string, question: number, options: ReviewSetOptions): Promise<ExitCode>;
  reviewClear(member: string, question: number, options: ReviewClearOptions): Promise<ExitCode>;
  reviewPromote(member: string, question: number, options: ReviewTargetOptions): Promise<ExitCode>;
  reviewExport(chapters: string[], options: ReviewExportOptions): Promise<ExitCode>;
  reviewImport(file: string, options: ReviewImportOptions): Promise<ExitCode>;
  calibrate(file: string | undefined, options: CalibrateOptions): Promise<ExitCode>;
  compare(runs: string[], options: CompareOptions): Promise<ExitCode>;
  batchSubmit(paths: string[], options: BatchSubmitOptions): Promise<ExitCode>;
  batchStatus(options: BatchOptions): Promise<ExitCode>;
  batchCollect(options: BatchCollectOptions): Promise<ExitCode>;
  batchCancel(id: string | undefined, options: BatchOptions): Promise<ExitCode>;
  handExport(folder: string, paths: string[], options: HandExportOptions): Promise<ExitCode>;
  handImport(folder: string, options: HandImportOptions): Promise<ExitCode>;
}

/** Told how a command ended. */
export type Finish = (code: ExitCode) => void;

/** The command line: names, options and help; the work is in the actions. */
export function createProgram(actions: Actions, version: string, finish: Finish): Command {
  const program = new Command('answer-grader')
    .description("Grades a study group's written answers with a language model.")
    .version(version)
    .showHelpAfterError(false)
    .addHelpText(
      'after',
      '\nExit codes: 0 done; 1 done, but something is ungraded or below --fail-under; 2 could not run.',
    );

  common(program.command('import').argument('<path...>', 'chapter files or folders'))
    .description('show what is understood of a chapter: every answer, and every warning with its line')
    .action(async (paths: string[], options: CommonOptions) =>
      finish(await actions.importDocuments(paths, options)),
    );

  judging(common(program.command('grade').argument('<path...>', 'chapter files or folders')))
    .description('grade a chapter, write its reports and print the scoreboard')
    .option('--member <name>', 'only this member', name)
    .option('--question <number>', 'only this question', counting)
    .option('--concurrency <number>', 'requests in flight at most', counting, 8)
    .option('--max-cost <dollars>', 'spend no more than this', amount)
    .option('--max-requests <number>', 'send no more requests than this', counting)
    .option('--dry-run', 'show what would be sent and its cost, send nothing')
    .addOption(
      new Option(
        '--via <way>',
        "direct: ask at once; batch: the provider's Batch API, half the price within a day, second questions in batches of their own; stored: only replies that are kept, nothing is sent",
      )
        .choices(['direct', 'batch', 'stored'])
        .default('direct'),
    )
    .option('--wait', 'with --via batch: wait for the replies and grade; Ctrl-C loses nothing')
    .option('--out <folder>', 'where reports are written', 'reports')
    .option('--fail-under <score>', "exit with 1 when the group's mean is below this", score)
    .action(async (paths: string[], options: GradeOptions) => finish(await actions.grade(paths, options)));

  judging(common(program.command('feedback').argument('[path]', 'chapter file')))
    .description("feedback on a member's answers, or on one answer given by options")
    .option('--member <name>', 'whose answers in the chapter', name)
    .option(
      '--question <number|text>',
      "the question's number in the chapter, or a question as text or @file",
    )
    .option('--model-answer <text>', 'the model answer, as text or @file')
    .option('--answer <text>', 'the answer, as text, @file or - for standard input')
    .addOption(
      new Option('--format <format>', 'text for the terminal, md to paste elsewhere')
        .choices(['text', 'md'])
        .default('text'),
    )
    .action(async (path: string | undefined, options: FeedbackOptions) =>
      finish(await actions.feedback(path, options)),
    );

  common(
    program.command('scoreboard').argument('[chapter...]', 'titles of graded chapters; all when left out'),
  )
    .description('show the scoreboard over graded chapters')
    .addOption(
      new Option('--format <format>', 'how to print it')
        .choices(['table', 'md', 'csv', 'json'])
        .default('table'),
    )
    .option('--db <file>', 'where grades are kept', database)
    .action(async (chapters: string[], options: ScoreboardOptions) =>
      finish(await actions.scoreboard(chapters, options)),
    );

  addRubricCommands(program, actions, finish);
  addReviewCommands(program, actions, finish);
  addCalibrationCommands(program, actions, finish);
  addBatchCommands(program, actions, finish);
  return program;
}

import { Command, Option } from 'commander';
import { platforms } from '../core/gradebook.ts';
import type { BatchOptions } from './batch-access.ts';
import type { BatchCollectOptions, BatchSubmitOptions } from './commands/batch-command.ts';
import type { CompareOptions } from './commands/compare-command.ts';
import type { GroupOptions } from './commands/group-command.ts';
import type { HandExportOptions, HandImportOptions } from './commands/hand-command.ts';
import type { ImportOptions } from './commands/import-command.ts';
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
import type { ServeOptions } from './commands/serve-command.ts';
import type { WorkerOptions } from './commands/worker-command.ts';
import type { CalibrateOptions, FeedbackOptions, GradeOptions } from './grade-options.ts';
import type { CommonOptions, ExitCode } from './io.ts';
import { amount, common, counting, judging, keptIn, name, reading, score } from './options.ts';
import { addBatchCommands } from './program-batch.ts';
import { addCalibrationCommands } from './program-calibration.ts';
import { addDbCommands } from './program-db.ts';
import { addGroupCommands } from './program-group.ts';
import { addPublishCommand } from './program-publish.ts';
import { addReviewCommands } from './program-review.ts';
import { addRubricCommands } from './program-rubric.ts';
import { addServeCommand } from './program-serve.ts';
import { addWorkerCommand } from './program-worker.ts';
import type { PublishOptions } from './publish-options.ts';

/** What the commands do; handed in, so that parsing can be tested without doing it. */
export interface Actions {
  importDocuments(paths: string[], options: ImportOptions): Promise<ExitCode>;
  grade(paths: string[], options: GradeOptions): Promise<ExitCode>;
  feedback(path: string | undefined, options: FeedbackOptions): Promise<ExitCode>;
  scoreboard(chapters: string[], options: ScoreboardOptions): Promise<ExitCode>;
  publish(what: string[], options: PublishOptions): Promise<ExitCode>;
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
  groupAdd(name: string, options: GroupOptions): Promise<ExitCode>;
  groupList(options: GroupOptions): Promise<ExitCode>;
  groupRotate(name: string, options: GroupOptions): Promise<ExitCode>;
  groupDisable(name: string, options: GroupOptions): Promise<ExitCode>;
  dbCopy(from: string, to: string, options: CommonOptions): Promise<ExitCode>;
  serve(paths: string[], options: ServeOptions): Promise<ExitCode>;
  worker(options: WorkerOptions): Promise<ExitCode>;
}

const sources = 'chapter files, folders, exported zips, or notion:PAGE';

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

  reading(common(program.command('import').argument('<path...>', sources)))
    .description('show what is understood of a chapter: every answer, and every warning with its line')
    .option('--explain', 'also show for every line what it was taken for')
    .action(async (paths: string[], options: ImportOptions) =>
      finish(await actions.importDocuments(paths, options)),
    );

  judging(reading(common(program.command('grade').argument('<path...>', sources))))
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
    .option('--anonymous', 'also write anonymous.html, the page without names, to share outside the group')
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
        .choices(['table', 'md', 'csv', 'json', 'html', 'svg', 'gradebook'])
        .default('table'),
    )
    .addOption(
      new Option('--for <platform>', 'whose import of grades a gradebook is for (default: "moodle")').choices(
        platforms,
      ),
    )
    .option('--roster <file>', 'CSV that says who the members are there: member, email, login, id number, …')
    .option('--anonymous', 'numbers by rank in place of names')
    .addOption(keptIn('grades'))
    .action(async (chapters: string[], options: ScoreboardOptions) =>
      finish(await actions.scoreboard(chapters, options)),
    );

  addPublishCommand(program, actions, finish);
  addRubricCommands(program, actions, finish);
  addReviewCommands(program, actions, finish);
  addCalibrationCommands(program, actions, finish);
  addBatchCommands(program, actions, finish);
  addServeCommand(program, actions, finish);
  addWorkerCommand(program, actions, finish);
  addGroupCommands(program, actions, finish);
  addDbCommands(program, actions, finish);
  return program;
}

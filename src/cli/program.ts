import { Command, InvalidArgumentError, Option } from 'commander';
import { languages } from '../core/localized.ts';
import type { RubricCheckOptions } from './commands/rubric-command.ts';
import type { ScoreboardOptions } from './commands/scoreboard-command.ts';
import type { FeedbackOptions, GradeOptions } from './grade-options.ts';
import type { CommonOptions, ExitCode } from './io.ts';

/** What the commands do; handed in, so that parsing can be tested without doing it. */
export interface Actions {
  importDocuments(paths: string[], options: CommonOptions): Promise<ExitCode>;
  grade(paths: string[], options: GradeOptions): Promise<ExitCode>;
  feedback(path: string | undefined, options: FeedbackOptions): Promise<ExitCode>;
  scoreboard(chapters: string[], options: ScoreboardOptions): Promise<ExitCode>;
  rubricCheck(files: string[], options: RubricCheckOptions): Promise<ExitCode>;
}

const database = '.answer-grader/grades.db';

function number(isValid: (value: number) => boolean, wanted: string): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() === '' || !isValid(value)) throw new InvalidArgumentError(wanted);
    return value;
  };
}

/** Names are compared in the composed form in which the importer keeps them. */
function name(text: string): string {
  return text.trim().normalize('NFC');
}

/** A second value would silently replace the first. */
function onlyOne(value: string, previous: string | undefined): string {
  if (previous !== undefined) throw new InvalidArgumentError('It takes one model.');
  return value;
}

const counting = number((value) => Number.isInteger(value) && value >= 1, 'It takes a whole number from 1.');
const amount = number((value) => Number.isFinite(value) && value > 0, 'It takes an amount above 0.');
const score = number((value) => value >= 0 && value <= 100, 'It takes a score from 0 to 100.');

function common(command: Command): Command {
  return command
    .option('--json', 'print one JSON document on standard output')
    .addOption(
      new Option('--lang <language>', 'language of messages, feedback and reports').choices(languages),
    );
}

function judging(command: Command): Command {
  return command
    .addOption(
      new Option('--judge <kind>', 'auto: the model if a key or address is set, else the offline baseline')
        .choices(['auto', 'llm', 'offline'])
        .default('auto'),
    )
    .option('--model <id>', 'model to ask (ANSWER_GRADER_MODEL)', onlyOne)
    .option('--base-url <url>', 'address of an OpenAI-compatible API (OPENAI_BASE_URL)')
    .option('--fresh', 'ask the model again even where its reply is kept')
    .option('--rubric <file>', 'rubric to use instead of rubrics/<chapter>.yaml')
    .option('--db <file>', 'where grades and replies are kept', database);
}

/** The command line: names, options and help; the work is in the actions. */
export function createProgram(actions: Actions, version: string, finish: (code: ExitCode) => void): Command {
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
    .option('--dry-run', 'show what would be sent and its cost, send nothing')
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

  const rubric = program.command('rubric').description('work with rubrics');
  common(rubric.command('check').argument('[file...]', 'rubric files; all in rubrics/ when left out'))
    .description('validate rubrics')
    .option('--chapter <path>', 'also check that they fit this chapter')
    .action(async (named: string[], options: RubricCheckOptions) =>
      finish(await actions.rubricCheck(named, options)),
    );

  return program;
}

import { type Command, InvalidArgumentError, Option } from 'commander';
import type {
  ReviewClearOptions,
  ReviewListOptions,
  ReviewSetOptions,
  ReviewTargetOptions,
} from './commands/review-command.ts';
import type { ReviewExportOptions, ReviewImportOptions } from './commands/review-files-command.ts';
import { common, counting, keptIn, name, score, words } from './options.ts';
import type { Actions, Finish } from './program.ts';

function levels(text: string, previous: Readonly<Record<string, string>> = {}): Record<string, string> {
  const [, id, level] = /^([a-z][a-z0-9_]*)=([a-z][a-z0-9_]*)$/u.exec(text.trim()) ?? [];
  if (id === undefined || level === undefined)
    throw new InvalidArgumentError('It takes ID=LEVEL, as in k1=covered.');
  return { ...previous, [id]: level };
}

function stored(command: Command): Command {
  return common(command).addOption(keptIn('grades'));
}

function aboutAttempt(command: Command): Command {
  return stored(
    command
      .argument('<member>', 'whose answer', name)
      .argument('<question>', "the question's number", counting),
  )
    .option('--chapter <title>', 'which chapter, where several have this question')
    .addOption(
      new Option('--attempt <kind>', 'which attempt (default: the one that counts)').choices([
        'first',
        'revised',
      ]),
    );
}

const chapters = 'titles of graded chapters; all when left out';

/** `review list|show|set|clear|promote|export|import`. */
export function addReviewCommands(program: Command, actions: Actions, finish: Finish): void {
  const review = program.command('review').description('look at doubtful grades and decide yourself');

  stored(review.command('list').argument('[chapter...]', chapters))
    .description('what a person should look at, the most doubtful first')
    .action(async (names: string[], options: ReviewListOptions) =>
      finish(await actions.reviewList(names, options)),
    );

  aboutAttempt(review.command('show'))
    .description('one grade with answer, levels, evidence, reasons and earlier decisions')
    .action(async (member: string, question: number, options: ReviewTargetOptions) =>
      finish(await actions.reviewShow(member, question, options)),
    );

  aboutAttempt(review.command('set'))
    .description('decide on a grade; it stands through every re-run')
    .option('--score <score>', 'the score, 0 to 100', score)
    .option('--level <id=level>', 'the level of a criterion; may be repeated, the others stay', levels)
    .requiredOption('--reason <text>', 'why', words)
    .requiredOption('--by <name>', 'who decides', words)
    .action(async (member: string, question: number, options: ReviewSetOptions) =>
      finish(await actions.reviewSet(member, question, options)),
    );

  aboutAttempt(review.command('clear'))
    .description("take a decision back; the machine's grade counts again")
    .option('--reason <text>', 'why')
    .requiredOption('--by <name>', 'who decides', words)
    .action(async (member: string, question: number, options: ReviewClearOptions) =>
      finish(await actions.reviewClear(member, question, options)),
    );

  aboutAttempt(review.command('promote'))
    .description("make a decision a marked example in the chapter's rubric")
    .action(async (member: string, question: number, options: ReviewTargetOptions) =>
      finish(await actions.reviewPromote(member, question, options)),
    );

  stored(review.command('export').argument('[chapter...]', chapters))
    .description('a sheet to decide in (csv), or the decisions as marked answers for calibrate (gold)')
    .addOption(new Option('--format <format>', 'csv or gold').choices(['csv', 'gold']).default('csv'))
    .option('--out <file>', 'file to write (default: standard output)')
    .action(async (names: string[], options: ReviewExportOptions) =>
      finish(await actions.reviewExport(names, options)),
    );

  stored(review.command('import').argument('<file>', 'a sheet from "review export", filled in'))
    .description('take over the decisions of a sheet: rows with an override and a reason')
    .option('--by <name>', 'who decided, where the sheet does not say', words)
    .action(async (file: string, options: ReviewImportOptions) =>
      finish(await actions.reviewImport(file, options)),
    );
}

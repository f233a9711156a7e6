import type { Command } from 'commander';
import type { CompareOptions } from './commands/compare-command.ts';
import type { CalibrateOptions } from './grade-options.ts';
import { amount, common, counting, judging, keptIn } from './options.ts';
import type { Actions, Finish } from './program.ts';

/** `calibrate` and `compare`. */
export function addCalibrationCommands(program: Command, actions: Actions, finish: Finish): void {
  judging(common(program.command('calibrate').argument('[file]', 'answers that people marked, CSV or JSONL')))
    .description('how far a judge agrees with people, beside simple baselines')
    .option('--chapter <title>', "instead of a file: a graded chapter's grades against people's decisions")
    .option('--against <judge>', 'compare with offline, another model, or an earlier calibration.json')
    .option('--examples <number>', 'show so many other marked answers, and compare with none', counting)
    .option('--limit <number>', 'only so many answers, spread over the file', counting)
    .option('--concurrency <number>', 'requests in flight at most', counting, 8)
    .option('--max-cost <dollars>', 'spend no more than this', amount)
    .option('--max-requests <number>', 'send no more requests than this', counting)
    .option('--out <folder>', 'where the comparison is written', 'reports/calibration')
    .action(async (file: string | undefined, options: CalibrateOptions) =>
      finish(await actions.calibrate(file, options)),
    );

  common(
    program.command('compare').argument('[run...]', 'two runs: numbers, last or previous; none lists them'),
  )
    .description('whose score moved between two runs, and why')
    .addOption(keptIn('grades'))
    .action(async (runs: string[], options: CompareOptions) => finish(await actions.compare(runs, options)));
}

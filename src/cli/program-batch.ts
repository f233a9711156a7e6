import type { Command } from 'commander';
import type { BatchOptions } from './batch-access.ts';
import type { BatchCollectOptions, BatchSubmitOptions } from './commands/batch-command.ts';
import type { HandExportOptions, HandImportOptions } from './commands/hand-command.ts';
import { amount, common, counting, keptIn, name, onlyOne } from './options.ts';
import type { Actions, Finish } from './program.ts';

/** Options of the commands that plan what grading would ask. */
function planning(command: Command): Command {
  return common(command)
    .option('--model <id>', 'model (ANSWER_GRADER_MODEL), or a name from the configuration file', onlyOne)
    .option('--base-url <url>', 'address of an OpenAI-compatible API (OPENAI_BASE_URL)')
    .option('--config <file>', 'configuration file with named models (default: answer-grader.yaml)')
    .option('--rubric <file>', 'rubric to use instead of rubrics/<chapter>.yaml')
    .option('--member <name>', 'only this member', name)
    .option('--question <number>', 'only this question', counting)
    .addOption(keptIn('replies and batches'));
}

function noted(command: Command): Command {
  return common(command)
    .option('--config <file>', 'configuration file with named models (default: answer-grader.yaml)')
    .addOption(keptIn('replies and batches'));
}

function addHandCommands(batch: Command, actions: Actions, finish: Finish): void {
  planning(
    batch
      .command('export')
      .argument('<folder>', 'where the pages are written')
      .argument('<path...>', 'chapter files or folders'),
  )
    .description('without an API key: write the requests as pages to paste into any chat')
    .option('--per-page <number>', 'answers to one question on a page at most', counting, 1)
    .action(async (folder: string, paths: string[], options: HandExportOptions) =>
      finish(await actions.handExport(folder, paths, options)),
    );

  common(batch.command('import').argument('<folder>', 'a folder from "batch export", filled in'))
    .description('read the pasted replies back, for "grade" to use')
    .addOption(keptIn('replies'))
    .action(async (folder: string, options: HandImportOptions) =>
      finish(await actions.handImport(folder, options)),
    );
}

/** `batch submit|status|collect|cancel|export|import`. */
export function addBatchCommands(program: Command, actions: Actions, finish: Finish): void {
  const batch = program
    .command('batch')
    .description("ask at half the price within a day (the provider's Batch API), or by hand in a chat");

  planning(batch.command('submit').argument('<path...>', 'chapter files or folders'))
    .description('hand over what grading would ask; stopped anywhere, the same command goes on')
    .option('--max-cost <dollars>', 'hand over no more than can cost this at half the list price', amount)
    .option('--max-requests <number>', 'hand over no more requests than this', counting)
    .option('--fresh', 'ask again even where a reply is kept')
    .option('--dry-run', 'show how many requests and what they can cost at most, send nothing')
    .action(async (paths: string[], options: BatchSubmitOptions) =>
      finish(await actions.batchSubmit(paths, options)),
    );

  noted(batch.command('status'))
    .description('how far every batch is')
    .action(async (options: BatchOptions) => finish(await actions.batchStatus(options)));

  noted(batch.command('collect'))
    .description('store the replies of every batch that ended, for "grade" to use')
    .option('--wait', 'wait until all have ended')
    .action(async (options: BatchCollectOptions) => finish(await actions.batchCollect(options)));

  noted(batch.command('cancel').argument('[id]', "a batch's number or id; all when left out"))
    .description('end batches before their time; what is done by then can be collected')
    .action(async (id: string | undefined, options: BatchOptions) =>
      finish(await actions.batchCancel(id, options)),
    );

  addHandCommands(batch, actions, finish);
}

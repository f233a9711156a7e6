import { type Command, Option } from 'commander';
import type { RubricCheckOptions } from './commands/rubric-command.ts';
import type { RubricDraftOptions } from './commands/rubric-draft-command.ts';
import type { RubricLintOptions } from './commands/rubric-lint-command.ts';
import { common, counting, keptIn, onlyOne } from './options.ts';
import type { Actions, Finish } from './program.ts';

/** `rubric check|draft|lint`. */
export function addRubricCommands(program: Command, actions: Actions, finish: Finish): void {
  const rubric = program.command('rubric').description('work with rubrics');
  common(rubric.command('check').argument('[file...]', 'rubric files; all in rubrics/ when left out'))
    .description('validate rubrics')
    .option('--chapter <path>', 'also check that they fit this chapter')
    .action(async (named: string[], options: RubricCheckOptions) =>
      finish(await actions.rubricCheck(named, options)),
    );

  common(rubric.command('draft').argument('<path>', 'chapter file'))
    .description('propose key points from the model answers, as a rubric file to edit')
    .addOption(
      new Option('--judge <kind>', 'auto: the model if a key or address is set, else sentences (offline)')
        .choices(['auto', 'llm', 'offline'])
        .default('auto'),
    )
    .option('--model <id>', 'model to ask (ANSWER_GRADER_MODEL)', onlyOne)
    .option('--base-url <url>', 'address of an OpenAI-compatible API (OPENAI_BASE_URL)')
    .option('--config <file>', 'configuration file with named models (default: answer-grader.yaml)')
    .option('--out <file>', 'file to write, - for standard output (default: rubrics/<chapter>.yaml)')
    .option('--question <number>', 'only this question', counting)
    .addOption(keptIn('replies'))
    .action(async (path: string, options: RubricDraftOptions) =>
      finish(await actions.rubricDraft(path, options)),
    );

  common(rubric.command('lint').argument('[file...]', 'rubric files; all in rubrics/ when left out'))
    .description('remark on key points that overlap, join claims, or tell nothing in graded answers')
    .option('--chapter <path>', 'chapter file or folder to compare with')
    .addOption(keptIn('grades'))
    .action(async (named: string[], options: RubricLintOptions) =>
      finish(await actions.rubricLint(named, options)),
    );
}

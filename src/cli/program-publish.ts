import { type Command, Option } from 'commander';
import { ConfigError } from '../core/errors.ts';
import { common, keptIn, reading } from './options.ts';
import type { Actions, Finish } from './program.ts';
import { allForms, type PublishOptions, type PublishTarget, publishTargets } from './publish-options.ts';

/** A wrong value is not repeated: who forgets the word writes a webhook's address here, and that is a secret. */
function target(text: string): PublishTarget {
  const found = publishTargets.find((one) => one === text);
  if (found !== undefined) return found;
  const known = publishTargets.join(', ');
  throw new ConfigError({
    ko: `--to 뒤에는 보낼 곳의 종류(${known})를 적으세요.`,
    en: `--to takes the kind of place to publish to: ${known}.`,
  });
}

/** Adds `publish`. */
export function addPublishCommand(program: Command, actions: Actions, finish: Finish): void {
  const publish = program
    .command('publish')
    .argument(
      '[what...]',
      'to notion: notion:PAGE, by its address or id; to a webhook: its address (ANSWER_GRADER_WEBHOOK) and titles of graded chapters, all when left out',
    );
  reading(common(publish))
    .description(
      "put each answer's feedback below it on the group's Notion page, or post the scoreboard to a chat; shows what would be written until told --yes",
    )
    .addOption(
      new Option('--to <target>', `where: ${publishTargets.join(', ')}`)
        .argParser(target)
        .makeOptionMandatory(),
    )
    .addOption(
      new Option(
        '--as <form>',
        'in Notion: callouts below the answers (default), or comments on them; for a webhook: told by the host when left out, json for unknown ones',
      ).choices(allForms),
    )
    .option('--scoreboard', 'in Notion: also the scoreboard, at the end of the page')
    .option('--anonymous', 'for a webhook: numbers by rank in place of names')
    .option('--yes', 'write or send it')
    .addOption(keptIn('grades'))
    .action(async (what: string[], options: PublishOptions) => finish(await actions.publish(what, options)));
}

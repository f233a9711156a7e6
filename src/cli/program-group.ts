import { type Command, InvalidArgumentError } from 'commander';
import type { GroupOptions } from './commands/group-command.ts';
import { common, name, words } from './options.ts';
import type { Actions, Finish } from './program.ts';

const longestName = 100;

/** A group's name, as it stands in lists. */
function groupName(text: string): string {
  const own = name(words(text));
  if (/\p{Cc}/u.test(own)) throw new InvalidArgumentError('It must be on one line.');
  if (own.length > longestName) throw new InvalidArgumentError(`It takes ${longestName} characters at most.`);
  return own;
}

/** `group add|list|rotate|disable`. */
export function addGroupCommands(program: Command, actions: Actions, finish: Finish): void {
  const group = program
    .command('group')
    .description('groups that share a service on PostgreSQL, each with chapters and a token of its own');
  const command = (usage: string) =>
    common(group.command(usage)).option(
      '--db <address>',
      'address of the PostgreSQL database (DATABASE_URL), postgres://…',
    );

  command('add')
    .alias('create')
    .argument('<name>', "the group's name", groupName)
    .description('add a group and print its token, which cannot be shown again')
    .action(async (named: string, options: GroupOptions) => finish(await actions.groupAdd(named, options)));

  command('list')
    .description('the groups, since when they are there, and whether they have a token')
    .action(async (options: GroupOptions) => finish(await actions.groupList(options)));

  command('rotate')
    .argument('<name>', "the group's name", groupName)
    .description('print a new token for a group; its old one stops at once')
    .action(async (named: string, options: GroupOptions) =>
      finish(await actions.groupRotate(named, options)),
    );

  command('disable')
    .argument('<name>', "the group's name", groupName)
    .description("take a group's token away; what it has graded stays, and rotate lets it in again")
    .action(async (named: string, options: GroupOptions) =>
      finish(await actions.groupDisable(named, options)),
    );
}

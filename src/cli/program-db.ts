import type { Command } from 'commander';
import type { CommonOptions } from './io.ts';
import { common, place } from './options.ts';
import type { Actions, Finish } from './program.ts';

const places = 'an SQLite file, or postgres://…?group=NAME';

/** `db copy`. */
export function addDbCommands(program: Command, actions: Actions, finish: Finish): void {
  const db = program.command('db').description('where grades and replies are kept');
  common(db.command('copy'))
    .argument('<from>', `what is copied: ${places}`, place)
    .argument('<to>', `where it is copied to, a new file or an empty group: ${places}`, place)
    .description('copy everything from a file to PostgreSQL or back, all of it or nothing')
    .action(async (from: string, to: string, options: CommonOptions) =>
      finish(await actions.dbCopy(from, to, options)),
    );
}

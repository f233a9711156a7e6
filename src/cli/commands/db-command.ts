import { copyStored } from '../../compose-copy.ts';
import { withoutPassword } from '../../core/postgres-address.ts';
import { copiedTable } from '../../reports/copied-table.ts';
import { type CommonOptions, type ExitCode, type Io, messageLanguage, writeJson } from '../io.ts';

/** `db copy FROM TO`: everything of one place into an empty one, with how many rows of each table there are. */
export async function dbCopyCommand(
  from: string,
  to: string,
  options: CommonOptions,
  io: Io,
): Promise<ExitCode> {
  const tables = await copyStored(from, to);
  const places = { from: withoutPassword(from), to: withoutPassword(to) };
  if (options.json) {
    writeJson(io, { ...places, tables });
    return 0;
  }
  const said = {
    ko: `${places.from}의 모든 것을 ${places.to}(으)로 복사했고, 두 곳의 행 수가 같습니다. 원본은 그대로 있습니다.`,
    en: `everything in ${places.from} was copied to ${places.to}, and both hold as many rows; the original stays as it is.`,
  };
  const language = messageLanguage(options, io);
  io.out(copiedTable(tables, language));
  io.err(`${said[language]}\n`);
  return 0;
}

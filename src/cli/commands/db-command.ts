import { copyStored } from '../../compose-copy.ts';
import type { Localized } from '../../core/localized.ts';
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
  const { tables, openRuns } = await copyStored(from, to);
  const places = { from: withoutPassword(from), to: withoutPassword(to) };
  if (options.json) {
    writeJson(io, { ...places, tables, openRuns });
    return 0;
  }
  const said = {
    ko: `${places.from}의 모든 것을 복사했고, ${places.to}의 행 수가 원본과 같습니다. 원본은 그대로 있습니다.`,
    en: `everything in ${places.from} was copied to ${places.to}, and both hold as many rows; the original stays as it is.`,
  };
  const language = messageLanguage(options, io);
  io.out(copiedTable(tables, language));
  io.err(`${said[language]}\n`);
  if (openRuns > 0) io.err(`${goingOnTwice(openRuns)[language]}\n`);
  return 0;
}

function goingOnTwice(openRuns: number): Localized {
  const [runs, they] = openRuns === 1 ? ['a run', 'it'] : [`runs (${openRuns})`, 'them'];
  return {
    ko: `⚠ 끝나지 않은 실행 ${openRuns}개도 복사했습니다. 두 곳에서 모두 이어지면 비용이 두 번 드니, 한 곳에서는 멈추거나 서비스를 시작하지 마세요.`,
    en: `⚠ what was copied includes ${runs} under way: both places would go on with ${they} and pay twice, so stop ${they} in one of the two, or start no service there.`,
  };
}

import { resolve } from 'node:path';
import { scoreboardFrom } from '../../app/show-scoreboard.ts';
import { files, openStore, rubricPlaces } from '../../compose.ts';
import { scoreboardCsv, scoreboardMarkdown, scoreboardTable } from '../../reports/scoreboard.ts';
import { type CommonOptions, type ExitCode, type Io, writeJson } from '../io.ts';

export const scoreboardFormats = ['table', 'md', 'csv', 'json'] as const;

export interface ScoreboardOptions extends CommonOptions {
  format: (typeof scoreboardFormats)[number];
  db: string;
}

/** `scoreboard [CHAPTER…]`: the members side by side, over everything graded. */
export async function scoreboardCommand(
  names: string[],
  options: ScoreboardOptions,
  io: Io,
): Promise<ExitCode> {
  const database = resolve(options.db);
  const store = (await files.isThere(database)) ? await openStore(database) : null;
  try {
    const found = await scoreboardFrom(store, names, files, rubricPlaces());
    const { chapters, rows, judged, isWeighted, language } = found;
    if (options.json || options.format === 'json') {
      const kinds = [...new Set(judged.map(({ judge }) => judge.kind))].filter((kind) => kind !== 'triage');
      const models = [...new Set(judged.flatMap(({ judge }) => judge.models))];
      writeJson(io, { chapters, scoreboard: rows, judge: { kinds, models } });
      return 0;
    }
    const render = { table: scoreboardTable, md: scoreboardMarkdown, csv: scoreboardCsv }[options.format];
    io.out(
      render({
        chapters,
        rows,
        grades: judged,
        isWeighted,
        language: options.lang ?? language,
      }),
    );
    return 0;
  } finally {
    store?.close();
  }
}

import { compareRuns } from '../../app/compare-runs.ts';
import { ConfigError } from '../../core/errors.ts';
import { comparisonText, runsTable } from '../../reports/comparison.ts';
import { type CommonOptions, type ExitCode, type Io, messageLanguage, writeJson } from '../io.ts';
import { withStored } from '../open-stored.ts';

export interface CompareOptions extends CommonOptions {
  db: string;
}

/** `compare RUN RUN`: what moved between two runs; without runs, the list of them. */
export async function compareCommand(names: string[], options: CompareOptions, io: Io): Promise<ExitCode> {
  const language = messageLanguage(options, io);
  const [before, after, ...others] = names;
  return withStored(options.db, async (store): Promise<ExitCode> => {
    if (before === undefined) {
      const runs = await store.runs();
      if (options.json) writeJson(io, { runs });
      else io.out(runsTable(runs, language));
      return 0;
    }
    if (after === undefined || others.length > 0) {
      throw new ConfigError({
        ko: '실행 번호를 두 개 주세요. 번호는 "compare"만 쓰면 보입니다.',
        en: 'give two runs; "compare" alone lists them.',
      });
    }
    const comparison = await compareRuns(store, [before, after]);
    if (options.json) writeJson(io, { ...comparison });
    else io.out(comparisonText(comparison, language));
    return 0;
  });
}

import { anonymousScoreboard } from '../../app/anonymous.ts';
import { scoreboardDocument } from '../../app/scoreboard-document.ts';
import { scoreboardFrom } from '../../app/show-scoreboard.ts';
import { files, isStored, openStore, rubricPlaces } from '../../compose.ts';
import { ConfigError } from '../../core/errors.ts';
import {
  type ScoreboardReport,
  scoreboardCsv,
  scoreboardMarkdown,
  scoreboardTable,
} from '../../reports/scoreboard.ts';
import type { GradebookOptions } from '../gradebook.ts';
import { type ExitCode, type Io, writeJson } from '../io.ts';

export interface ScoreboardOptions extends GradebookOptions {
  format: 'table' | 'md' | 'csv' | 'json' | 'html' | 'svg' | 'gradebook';
  db: string;
}

/**
 * Makes sure that options that only a gradebook has stand beside one, and none that it cannot have.
 * @throws ConfigError
 */
function checkGradebookOptions(options: GradebookOptions, isGradebook: boolean): void {
  if (!isGradebook && (options.for !== undefined || options.roster !== undefined)) {
    throw new ConfigError({
      ko: '--for와 --roster는 --format gradebook과 함께 쓰세요.',
      en: '--for and --roster go with --format gradebook.',
    });
  }
  if (isGradebook && options.anonymous) {
    throw new ConfigError({
      ko: '성적표는 누구의 점수인지 알아야 쓸 수 있으므로 --anonymous와 함께 만들 수 없습니다.',
      en: 'a gradebook must say whose scores they are, so it does not go with --anonymous.',
    });
  }
}

/** A way to show a scoreboard, in parts where it is long. */
type Renderer = (report: ScoreboardReport) => string | Iterable<string>;

/** What only few ask for is loaded when it is asked for. */
async function rendererOf(
  format: Exclude<ScoreboardOptions['format'], 'json' | 'gradebook'>,
): Promise<Renderer> {
  if (format === 'html') return (await import('../../reports/html/scoreboard-page.ts')).scoreboardPage;
  if (format === 'svg') return (await import('../../reports/html/scoreboard-svg.ts')).scoreboardSvg;
  return { table: scoreboardTable, md: scoreboardMarkdown, csv: scoreboardCsv }[format];
}

/** `scoreboard [CHAPTER…]`: the members side by side, over everything graded. */
export async function scoreboardCommand(
  names: string[],
  options: ScoreboardOptions,
  io: Io,
): Promise<ExitCode> {
  const format = options.json ? 'json' : options.format;
  checkGradebookOptions(options, format === 'gradebook');
  const database = options.db;
  const store = (await isStored(database)) ? await openStore(database) : null;
  try {
    if (format === 'gradebook') {
      const { printGradebook } = await import('../gradebook.ts');
      await printGradebook(store, names, options, io);
      return 0;
    }
    const found = await scoreboardFrom(store, names, files, rubricPlaces());
    const language = options.lang ?? found.language;
    const shown = options.anonymous ? anonymousScoreboard(found, language) : found;
    if (format === 'json') {
      writeJson(io, scoreboardDocument(shown));
      return 0;
    }
    const { chapters, rows, judged, isWeighted } = shown;
    const render = await rendererOf(format);
    const text = render({ chapters, rows, grades: judged, isWeighted, language });
    for (const part of typeof text === 'string' ? [text] : text) io.out(part);
    return 0;
  } finally {
    await store?.close();
  }
}

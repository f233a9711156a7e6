import { basename, join } from 'node:path';
import { overriddenResults } from '../../app/calibrate.ts';
import type { JudgeConfig } from '../../app/config.ts';
import { loadRubric } from '../../app/load-rubric.ts';
import { readText } from '../../app/read-text.ts';
import { defaultRubricFile, files, rubricPlaces } from '../../compose.ts';
import { calibrationOf, type MarkedResult } from '../../core/calibration.ts';
import { chapterIdOf } from '../../core/chapter.ts';
import { comparisonOf } from '../../core/comparison.ts';
import { ConfigError, InputError } from '../../core/errors.ts';
import type { Language } from '../../core/localized.ts';
import { readMarkedAnswers } from '../../import/marked-answers.ts';
import { createRunControl } from '../../judge/run-control.ts';
import { type CalibrationReport, calibrationMarkdown, calibrationText } from '../../reports/calibration.ts';
import { calibrationPlot } from '../../reports/calibration-plot.ts';
import { type CalibrationSession, type NamedResults, runAgainst, runJudge } from '../calibration-session.ts';
import type { CalibrateOptions } from '../grade-options.ts';
import { stopOnSignals } from '../interrupt.ts';
import { type ExitCode, type Io, messageLanguage, writeJson } from '../io.ts';
import { judgeConfigFrom } from '../judge-config.ts';
import { stoppingNotice } from '../notices.ts';
import { withStored } from '../open-stored.ts';

/** Every n-th answer, so that all questions of an ordered file have their share. */
function limited<T>(items: readonly T[], most: number | undefined): readonly T[] {
  if (most === undefined || most >= items.length) return items;
  return Array.from({ length: most }, (_, index) => items[Math.floor((index * items.length) / most)]).filter(
    (item) => item !== undefined,
  );
}

function reportOf(
  title: string,
  own: NamedResults,
  other: NamedResults | null,
  language: Language,
): CalibrationReport {
  const calibration = calibrationOf(own.results);
  const against = other && {
    judge: other.judge,
    calibration: calibrationOf(other.results),
    comparison: comparisonOf(own.results, other.results),
  };
  return { title, judge: own.judge, calibration, against, language };
}

function pointsOf(results: readonly MarkedResult[]): { human: number; machine: number }[] {
  return results.flatMap(({ human, machine }) => (machine === null ? [] : [{ human, machine }]));
}

/** Shows the comparison and writes it as JSON, Markdown and a plot. */
async function finish(
  report: CalibrationReport,
  own: NamedResults,
  options: CalibrateOptions,
  io: Io,
): Promise<ExitCode> {
  const { title, language } = report;
  const document = { schemaVersion: 1, ...report, results: own.results };
  if (options.json) writeJson(io, { ...report, results: own.results });
  else io.out(calibrationText(report));
  // A report on nothing must not take the place of an earlier one.
  if (report.calibration.graded === 0) return 2;
  const folder = join(options.out, chapterIdOf(title));
  const documents: [string, string][] = [
    ['calibration.json', `${JSON.stringify(document, null, 2)}\n`],
    ['calibration.md', calibrationMarkdown(report)],
    ['calibration.svg', calibrationPlot(title, pointsOf(own.results), language)],
  ];
  for (const [name, text] of documents) await files.write(join(folder, name), text);
  if (!options.json) {
    const names = documents.map(([name]) => name).join(', ');
    io.err(`${language === 'ko' ? '보고서' : 'Reports'}: ${folder}/ (${names})\n`);
  }
  return report.calibration.ungraded > 0 ? 1 : 0;
}

function checkOptions({ against, examples = 0 }: CalibrateOptions, config: JudgeConfig): void {
  if (against !== undefined && examples > 0) {
    throw new ConfigError({
      ko: '--examples는 예시 없는 같은 모델과 견주므로 --against와 함께 쓸 수 없습니다.',
      en: '--examples compares with the same model without examples, so --against does not go with it.',
    });
  }
  if (against === 'offline' && config.kind === 'offline') {
    throw new ConfigError({
      ko: '--against offline은 오프라인 기준선을 자기 자신과 견줍니다. 언어 모델이나 이전 calibration.json을 지정하세요.',
      en: '--against offline would compare the offline baseline with itself; name a model or an earlier calibration.json.',
    });
  }
  if (against !== undefined && /\.(?:csv|jsonl|tsv|md|ya?ml)$/iu.test(against)) {
    throw new ConfigError({
      ko: `--against "${against}": offline, 모델, 또는 이전 calibration.json을 지정하세요.`,
      en: `--against "${against}": name offline, a model, or an earlier calibration.json.`,
    });
  }
}

/** The name of the data; a part of it is not the whole, and its report does not replace the whole's. */
function titleOf(file: string, judged: number, all: number): string {
  return judged === all ? basename(file) : `${basename(file)} (${judged} of ${all})`;
}

async function calibrateFile(file: string, options: CalibrateOptions, io: Io): Promise<ExitCode> {
  const messages = messageLanguage(options, io);
  const config = await judgeConfigFrom(options, io);
  checkOptions(options, config);
  const all = readMarkedAnswers(await readText(file, files), file);
  const marked = limited(all, options.limit);
  const title = titleOf(file, marked.length, all.length);
  const { rubric } = await loadRubric(options.rubric ?? defaultRubricFile(), files, rubricPlaces());
  const control = createRunControl();
  const release = stopOnSignals(control, () => io.err(`${stoppingNotice(messages)}\n`));
  const session: CalibrationSession = { marked, all, title, rubric, options, control, io, messages };
  const { against, examples = 0 } = options;
  try {
    const own = await runJudge(config, examples, session);
    const other =
      examples > 0
        ? await runJudge(config, 0, session)
        : against === undefined
          ? null
          : await runAgainst(against, session);
    if (control.stopped.aborted) {
      io.err(
        messages === 'ko'
          ? '중단되어 견주지 않았습니다. 받은 응답은 저장되어 있으니 같은 명령으로 이어 갑니다.\n'
          : 'Stopped before everything was judged, so nothing is compared; replies are kept, the same command goes on.\n',
      );
      return 1;
    }
    return await finish(reportOf(title, own, other, messages), own, options, io);
  } finally {
    release();
  }
}

async function calibrateOverrides(chapters: string[], options: CalibrateOptions, io: Io): Promise<ExitCode> {
  const messages = messageLanguage(options, io);
  return withStored(options.db, async (store) => {
    const results = await overriddenResults(store, chapters);
    if (results.length === 0) {
      throw new InputError({
        ko: '사람이 정한 점수가 없습니다. review set이나 review import로 먼저 정하세요.',
        en: 'nobody has decided on any grade yet; decide first with "review set" or "review import".',
      });
    }
    const judge = messages === 'ko' ? '저장된 점수' : 'stored grades';
    const title = chapters.join(', ');
    const own = { judge, results };
    return finish(reportOf(title, own, null, messages), own, options, io);
  });
}

/** `calibrate FILE` or `calibrate --chapter TITLE`: how far a judge agrees with people. */
export async function calibrateCommand(
  file: string | undefined,
  options: CalibrateOptions,
  io: Io,
): Promise<ExitCode> {
  if (file !== undefined && options.chapter === undefined) return calibrateFile(file, options, io);
  if (file === undefined && options.chapter !== undefined)
    return calibrateOverrides([options.chapter], options, io);
  throw new ConfigError({
    ko: '사람이 채점한 답의 파일(CSV, JSONL)이나 --chapter 단원 가운데 하나를 주세요.',
    en: 'give either a file of marked answers (CSV or JSONL) or --chapter TITLE.',
  });
}

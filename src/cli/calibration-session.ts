import { extname } from 'node:path';
import { type CalibratedJudge, calibrate } from '../app/calibrate.ts';
import { readCalibration } from '../app/calibration-file.ts';
import type { JudgeConfig } from '../app/config.ts';
import { chapterOfMarked } from '../app/marked-chapter.ts';
import { files, openMemoryStore, openStore } from '../compose.ts';
import { openJudging } from '../compose-judging.ts';
import type { MarkedResult } from '../core/calibration.ts';
import { ConfigError } from '../core/errors.ts';
import { detectLanguage, type Language } from '../core/localized.ts';
import type { Rubric } from '../core/rubric.ts';
import type { MarkedAnswer } from '../import/marked-answers.ts';
import type { RunControl } from '../judge/run-control.ts';
import { estimateChapters } from './estimate-chapters.ts';
import type { CalibrateOptions } from './grade-options.ts';
import type { Io } from './io.ts';
import { judgeConfigFrom } from './judge-config.ts';
import { baselineNotice, panelNotice, waitTeller } from './notices.ts';
import { createProgressDisplay } from './progress.ts';

/** A judge's results under the name by which reports call it. */
export interface NamedResults {
  judge: string;
  results: MarkedResult[];
}

/** What the judges of one calibration have in common. */
export interface CalibrationSession {
  marked: readonly MarkedAnswer[];
  /** Everything in the file: what `--limit` leaves out may still serve as an example. */
  all: readonly MarkedAnswer[];
  title: string;
  rubric: Rubric;
  options: CalibrateOptions;
  control: RunControl;
  io: Io;
  messages: Language;
}

function judgeLabel({ judge }: CalibratedJudge, config: JudgeConfig, examples: number): string {
  const version = judge?.promptVersion ?? '';
  if (config.kind === 'offline') return `offline ${version}`.trim();
  const samples = config.samples > 1 ? ` × ${config.samples}` : '';
  const shown = examples > 0 ? `, ${examples} examples` : '';
  return `${config.endpoints.map((endpoint) => endpoint.model).join(' + ')}${samples} (${version}${shown})`;
}

async function announce(config: JudgeConfig, examples: number, session: CalibrationSession): Promise<void> {
  const { options, io, messages, marked, all, title } = session;
  if (config.kind === 'offline') {
    io.err(baselineNotice(config.byDefault, messages));
    return;
  }
  const { chapter, rubric } = chapterOfMarked(marked, title, session.rubric, { shown: examples, from: all });
  const prepared = { chapter, names: [], file: title, rubric: { rubric, file: title, path: null, hash: '' } };
  const language = detectLanguage(marked.map((item) => item.questionText).join('\n'));
  const estimates = await estimateChapters([{ ...prepared, language }], config.endpoints, options);
  for (const { estimate } of estimates) io.err(panelNotice(title, estimate, config.samples, messages));
}

/** Grades the marked answers with one judge; replies are kept, grades are not. */
export async function runJudge(
  config: JudgeConfig,
  examples: number,
  session: CalibrationSession,
): Promise<NamedResults> {
  const { marked, all, title, rubric, options, control, io, messages } = session;
  if (config.kind === 'offline' && examples > 0) {
    throw new ConfigError({
      ko: '--examples는 언어 모델에만 쓸 수 있습니다. 오프라인 기준선은 예시를 보지 않습니다.',
      en: '--examples needs a language model; the offline baseline looks at no examples.',
    });
  }
  await announce(config, examples, session);
  const replies = await openStore(options.db);
  const progress = createProgressDisplay(io, messages, config.kind === 'offline');
  try {
    const { judgeFor, spent } = await openJudging(config, {
      concurrency: options.concurrency,
      maxCostUsd: options.maxCost,
      maxRequests: options.maxRequests,
      fresh: options.fresh ?? false,
      replies,
      control,
      onWait: waitTeller(messages, progress.note),
    });
    const calibrated = await calibrate({
      marked,
      title,
      rubric,
      judgeFor,
      examples: { shown: examples, from: all },
      language: detectLanguage(marked.map((item) => item.questionText).join('\n')),
      store: openMemoryStore(),
      control,
      concurrency: options.concurrency,
      spent,
      onProgress: progress.show,
    });
    const { failure, results } = calibrated;
    // Figures over the few answers that came through would stand for a judge that was hardly asked.
    if (failure) throw failure;
    return { judge: judgeLabel(calibrated, config, examples), results };
  } finally {
    progress.close();
    await replies.close();
  }
}

/** The judge to compare with: an earlier calibration, the baseline, or another model. */
export async function runAgainst(against: string, session: CalibrationSession): Promise<NamedResults> {
  if (extname(against) === '.json') return readCalibration(against, files);
  const { options, io } = session;
  const judge = against === 'offline' ? ('offline' as const) : ('llm' as const);
  const model = judge === 'llm' ? { model: [against] } : { model: [], samples: 1 };
  return runJudge(await judgeConfigFrom({ ...options, ...model, judge }, io), 0, session);
}

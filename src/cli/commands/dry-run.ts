import { resolve } from 'node:path';
import type { Endpoints } from '../../app/config.ts';
import { estimateRun, offlineRemakes } from '../../app/estimate.ts';
import { planGrading } from '../../app/plan.ts';
import type { PreparedChapter } from '../../app/prepare-chapter.ts';
import { earlierGrades } from '../../app/standing.ts';
import { files, openMemoryStore, openStore } from '../../compose.ts';
import { askedModels, openTokenCounter } from '../../compose-judging.ts';
import type { Estimate } from '../../core/estimate.ts';
import { estimateText, remakesText } from '../../reports/estimate.ts';
import type { GradeOptions } from '../grade-options.ts';
import { type ExitCode, type Io, messageLanguage, writeJson } from '../io.ts';

/** The database as far as there is one; nothing is made for a look. */
async function openIfThere(file: string) {
  const database = resolve(file);
  return (await files.isThere(database)) ? openStore(database) : openMemoryStore();
}

type EstimateOptions = Pick<GradeOptions, 'db' | 'samples' | 'fresh' | 'member' | 'question'>;

function planned({ chapter, rubric, language, file, names }: PreparedChapter, options: EstimateOptions) {
  const { member, question } = options;
  return planGrading(chapter, rubric.rubric, language, { member, question }, file, names);
}

/** What grading chapters with models would send and cost. */
export async function estimateChapters(
  prepared: readonly PreparedChapter[],
  endpoints: Endpoints,
  options: EstimateOptions,
): Promise<{ title: string; id: string; estimate: Estimate }[]> {
  const models = await askedModels(endpoints);
  const samples = options.samples ?? 1;
  const countTokens = await openTokenCounter();
  const store = await openIfThere(options.db);
  try {
    return prepared.map((item) => {
      const { id, title } = item.chapter;
      const earlier = earlierGrades(id, store);
      const context = {
        models,
        samples,
        replies: store,
        countTokens,
        fresh: options.fresh ?? false,
        earlier,
      };
      return { id, title, estimate: estimateRun(planned(item, options), context) };
    });
  } finally {
    store.close();
  }
}

async function dryRunOffline(
  prepared: readonly PreparedChapter[],
  options: GradeOptions,
  io: Io,
): Promise<ExitCode> {
  const messages = messageLanguage(options, io);
  const store = await openIfThere(options.db);
  try {
    const chapters = prepared.map((item) => {
      const { id, title } = item.chapter;
      return { id, title, remakes: offlineRemakes(planned(item, options), earlierGrades(id, store)) };
    });
    io.err(
      messages === 'ko'
        ? '오프라인 기준선은 아무것도 보내지 않습니다.\n'
        : 'The offline baseline sends nothing.\n',
    );
    if (options.json) writeJson(io, { dryRun: true, chapters });
    else for (const { title, remakes } of chapters) io.out(remakesText(title, remakes, messages));
    return 0;
  } finally {
    store.close();
  }
}

/**
 * `grade --dry-run`: whose grade would be made again and why, what would be sent, and what it would cost. Sends
 * nothing, writes nothing.
 */
export async function dryRun(
  prepared: readonly PreparedChapter[],
  endpoints: Endpoints,
  options: GradeOptions,
  io: Io,
): Promise<ExitCode> {
  if (options.judge === 'offline') return dryRunOffline(prepared, options, io);
  const messages = messageLanguage(options, io);
  const baseUrls = [...new Set(endpoints.map((endpoint) => endpoint.baseUrl))];
  const estimates = await estimateChapters(prepared, endpoints, options);
  if (options.json) {
    const chapters = estimates.map(({ id, title, estimate }) => ({ id, title, ...estimate }));
    writeJson(io, { dryRun: true, baseUrls, chapters });
  } else {
    for (const { title, estimate } of estimates) io.out(estimateText(title, estimate, baseUrls, messages));
  }
  return 0;
}

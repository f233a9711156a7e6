import type { Endpoints } from '../app/config.ts';
import { estimateRun } from '../app/estimate.ts';
import { planGrading } from '../app/plan.ts';
import type { PreparedChapter } from '../app/prepare-chapter.ts';
import { earlierGrades } from '../app/standing.ts';
import { isStored, openMemoryStore, openStore } from '../compose.ts';
import { askedModels, openTokenCounter } from '../compose-judging.ts';
import type { Estimate } from '../core/estimate.ts';
import type { GradeOptions } from './grade-options.ts';

/** The database as far as there is one; nothing is made for a look. */
export async function openIfThere(database: string) {
  return (await isStored(database)) ? openStore(database) : openMemoryStore();
}

/** The options of a command that an estimate depends on. */
type EstimateOptions = Pick<GradeOptions, 'db' | 'samples' | 'fresh' | 'member' | 'question'>;

/** The attempts of a chapter that the options are about, with what is to become of each. */
export function plannedAttempts(
  { chapter, rubric, language, file, names }: PreparedChapter,
  options: EstimateOptions,
) {
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
    const estimates: { title: string; id: string; estimate: Estimate }[] = [];
    for (const item of prepared) {
      const { id, title } = item.chapter;
      const earlier = await earlierGrades(id, store);
      const context = {
        models,
        samples,
        replies: store,
        countTokens,
        fresh: options.fresh ?? false,
        earlier,
      };
      estimates.push({ id, title, estimate: await estimateRun(plannedAttempts(item, options), context) });
    }
    return estimates;
  } finally {
    await store.close();
  }
}

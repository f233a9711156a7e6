import type { HeldAnswers } from '../app/batch-hold.ts';
import type { JudgeConfig } from '../app/config.ts';
import { type GradingResult, gradeChapter } from '../app/grade-chapter.ts';
import type { PreparedChapter } from '../app/prepare-chapter.ts';
import { openBatches, type openStore } from '../compose.ts';
import { openHold } from '../compose-batches.ts';
import { openJudging } from '../compose-judging.ts';
import type { Language } from '../core/localized.ts';
import type { RunControl } from '../judge/run-control.ts';
import type { GradeOptions } from './grade-options.ts';
import { stopOnSignals } from './interrupt.ts';
import type { Io } from './io.ts';
import { otherRunsNotice, stoppingNotice, waitTeller } from './notices.ts';
import { createProgressDisplay, type ProgressDisplay } from './progress.ts';

type Store = Awaited<ReturnType<typeof openStore>>;

/** What a run of `grade` over chapters needs. */
export interface RunContext {
  config: JudgeConfig;
  options: GradeOptions;
  control: RunControl;
  io: Io;
  messages: Language;
  store: Store;
}

/** What keeps answers back, or null; its notes on batches are read as long as the run goes on. */
async function openHeld({ config, options, store }: RunContext) {
  const { via, fresh = false, db } = options;
  // Who asks everything anew wants to; the baseline asks nobody.
  if (config.kind === 'offline' || (via === 'direct' && fresh)) return null;
  const batches = await openBatches(db);
  const hold = openHold(config, via !== 'direct', { replies: store, batches });
  return { hold, close: () => batches.close() };
}

async function openSession(context: RunContext, progress: ProgressDisplay) {
  const { config, options, control, messages, store } = context;
  const { concurrency, maxCost, maxRequests, fresh = false, via } = options;
  const isDirect = via === 'direct';
  return openJudging(config, {
    concurrency,
    // Limits on a batch were kept when it was handed over.
    ...(isDirect ? { maxCostUsd: maxCost, maxRequests } : {}),
    fresh: isDirect && fresh,
    storedOnly: !isDirect,
    replies: store,
    control,
    onWait: waitTeller(messages, progress.note),
    onOtherRuns: (requests) => progress.note(otherRunsNotice(requests, messages)),
  });
}

/** Grades chapters one after the other, until the run is stopped. */
export async function runChapters(
  prepared: readonly PreparedChapter[],
  context: RunContext,
): Promise<{ results: GradingResult[]; held: HeldAnswers | null }> {
  const { config, options, control, io, messages, store } = context;
  const { member, question, concurrency, fresh = false } = options;
  const progress = createProgressDisplay(io, messages, config.kind === 'offline');
  const release = stopOnSignals(control, () => progress.note(stoppingNotice(messages)));
  const results: GradingResult[] = [];
  let held: Awaited<ReturnType<typeof openHeld>> = null;
  try {
    held = await openHeld(context);
    const hold = held?.hold;
    const { judgeFor, spent } = await openSession(context, progress);
    for (const { chapter, file, rubric, language } of prepared) {
      if (control.stopped.aborted) break;
      const judge = judgeFor(chapter);
      const request = { chapter, file, rubric, language, spent, store, control, concurrency, fresh };
      results.push(
        await gradeChapter({
          ...request,
          judge: hold?.around(judge) ?? judge,
          selection: { member, question },
          onProgress: progress.show,
        }),
      );
    }
    return { results, held: hold?.held() ?? null };
  } finally {
    progress.close();
    release();
    await held?.close();
  }
}

import type { RequestedRun } from '../core/requested-run.ts';
import { createRunControl } from '../judge/run-control.ts';
import { basesOf, unchangedQuestions, withinSelection } from './basis.ts';
import { gradeFromTriage } from './make-grade.ts';
import { countAttempts, planInTurn } from './plan.ts';
import { attemptsInPortionAt, createPortionBuilder } from './portions.ts';
import { noLimits, withinLimits } from './run-limits.ts';
import { createRunRecord } from './run-record.ts';
import { checkSameRubric, configToMake, namedJudge } from './run-under-way.ts';
import type { ServiceChapters } from './service-chapters.ts';
import type { ServiceParts } from './service-parts.ts';
import { storedChapterOf } from './standing.ts';

/** Attempts that are looked at before others get their turn. */
const attemptsInTurn = 200;

/**
 * Begins a run: grades what needs no judge, takes over what has not changed since it was graded, and divides the
 * rest into portions.
 * @throws InputError, ConfigError, ChangedError when the run cannot be made as it was asked for; StoreError
 */
export async function divideRun(
  parts: ServiceParts,
  chapters: ServiceChapters,
  run: RequestedRun,
): Promise<void> {
  const { store, work, now } = parts;
  const { member, question, fresh = false } = run.options;
  const selection = { member, question };
  const { chapter, rubric, language, file, uploadedAt } = await chapters.prepare(run.chapter, run.options);
  checkSameRubric(run.options, rubric);
  const config = configToMake(run.options, parts.config);
  const { judgeFor } = await parts.openJudging({
    config,
    fresh,
    control: createRunControl(),
    limits: noLimits,
  });
  const judge = judgeFor(chapter);
  const bases = basesOf({ chapter, rubric, judge, language });
  const unchanged = fresh
    ? new Map<number, number>()
    : await unchangedQuestions(bases, { chapter, store, selection });

  await store.saveChapter(storedChapterOf(chapter, rubric, language));
  const model = judge.asked.join(', ') || null;
  const startedAt = now().toISOString();
  const gradeRun = await store.startRun({ chapter: chapter.id, startedAt, judge: judge.kind, model });
  const total = countAttempts(chapter, selection);
  const record = createRunRecord(gradeRun, chapter.id, total, store, () => 0);
  for (const [no, origin] of unchanged)
    await record.takeOver(no, origin, countAttempts(chapter, { question: no }));
  const { modelRequestsPerMinute } = withinLimits(run.options, parts);
  const portions = createPortionBuilder(attemptsInPortionAt(modelRequestsPerMinute));
  const context = { chapter: chapter.id, judge, rubricHash: rubric.hash, now };
  const without = new Set(unchanged.keys());
  let seen = 0;
  for (const attempt of planInTurn(chapter, rubric.rubric, language, selection, file, undefined, without)) {
    const grade = gradeFromTriage(attempt, context);
    if (grade === null) portions.add(attempt.question, attempt.place);
    else await record.settled(grade);
    seen += 1;
    if (seen % attemptsInTurn === 0) await parts.giveWay();
  }
  await record.finish();
  const plan = {
    gradeRun,
    uploadedAt,
    rubric,
    language,
    judge: namedJudge(judge),
    total,
    settled: record.done(),
    takenOver: [...without],
    bases: withinSelection(bases, selection),
  };
  const isOurs = await work.planRun(run.id, plan, portions.portions());
  // Somebody else was quicker.
  if (!isOurs) await store.finishRun(gradeRun, 'stopped', now().toISOString());
}

import { basename } from 'node:path';
import type { Chapter } from '../core/chapter.ts';
import type { RequestedRun, RunOptions } from '../core/requested-run.ts';
import type { PortionPlaces, RunPlan } from '../core/run-plan.ts';
import type { Judge } from '../judge/judge.ts';
import type { UploadedChapter } from '../store/service-store.ts';
import type { JudgeConfig } from './config.ts';
import type { LoadedRubric } from './load-rubric.ts';
import { type PlannedAttempt, planInTurn, questionsByPlace } from './plan.ts';
import { ChangedError } from './run-refusals.ts';
import type { ServiceParts } from './service-parts.ts';

/** A run that is being made, with what its portions are taken from. */
export interface RunUnderWay {
  plan: RunPlan;
  chapter: Chapter;
  /** The attempts at some places, in the order of the plan. */
  attemptsAt(places: PortionPlaces): PlannedAttempt[];
}

/** Portions of a run come one after the other, so its chapter is read once and not for each of them. */
const runsRemembered = 2;
const questionsRemembered = 3;

/** Remembers what was made for the keys asked for last; a promise that fails is not worth remembering. */
function remembering<K, V>(most: number): (key: K, make: () => V) => V {
  const known = new Map<K, V>();
  return (key, make) => {
    const value = known.get(key) ?? make();
    known.delete(key);
    known.set(key, value);
    const [oldest] = known.keys();
    if (known.size > most && oldest !== undefined) known.delete(oldest);
    if (value instanceof Promise) value.catch(() => known.delete(key));
    return value;
  };
}

function handedInAnew({ chapter }: RequestedRun): ChangedError {
  return new ChangedError('handed_in_anew', {
    ko: `채점하는 동안 "${chapter}" 단원 파일을 새로 올려 멈췄습니다. 채점된 것은 저장되어 있습니다. 다시 시작하세요.`,
    en: `the chapter "${chapter}" was handed in anew while it was being graded, so the run stopped. What was graded is kept; start it again.`,
  });
}

/** Who is asked by a judge. */
export function namedJudge({ kind, asked, addresses = [] }: Judge): RunPlan['judge'] {
  return { kind, asked, addresses };
}

/** The models that are asked, none by the baseline. */
export function modelsOf(config: JudgeConfig): string[] {
  return config.kind === 'llm' ? config.endpoints.map(({ model }) => model) : [];
}

function otherModels(begun: readonly string[], own: readonly string[]): ChangedError {
  const named = (models: readonly string[], none: string) => models.join(', ') || none;
  return new ChangedError('other_models', {
    ko: `실행을 요청할 때의 모델은 ${named(begun, '없음')}, 지금 채점을 맡은 쪽의 모델은 ${named(own, '없음')}입니다. 모든 worker와 serve를 같은 모델 설정으로 시작하고 다시 실행하세요.`,
    en: `the run was asked for with ${named(begun, 'no model')}, but whatever makes it now has ${named(own, 'no model')}; start all workers and services with the same models, then start the run again.`,
  });
}

/**
 * By whom a run is judged here.
 * @param own what whoever makes it is set up for
 * @throws ChangedError when that would ask other models than were meant when it was asked for
 */
export function configToMake({ judge, models }: RunOptions, own: JudgeConfig): JudgeConfig {
  if (judge === 'offline') return { kind: 'offline', byDefault: false };
  const ours = modelsOf(own);
  const meant = models ?? ours;
  if (meant.join() !== ours.join()) throw otherModels(meant, ours);
  return own;
}

/** @throws ChangedError when the rubric is another one here than where the run was asked for */
export function checkSameRubric({ rubricHash }: RunOptions, { hash, file }: LoadedRubric): void {
  if (rubricHash === undefined || rubricHash === hash) return;
  throw new ChangedError('other_rubric', {
    ko: `루브릭 ${basename(file)}의 내용이 실행을 시작한 때와 다릅니다. 모든 컴퓨터에 같은 루브릭을 두고 다시 시작하세요.`,
    en: `the rubric ${basename(file)} is not as it was when the run was asked for; keep the same rubrics on every machine and start again.`,
  });
}

/** @throws ChangedError when a worker would ask other models than the run was begun with */
export function checkSameJudge(plan: RunPlan, judge: Judge): void {
  const both = [plan.judge, namedJudge(judge)];
  const [one, other] = both.map(({ kind, asked, addresses }) => JSON.stringify([kind, asked, addresses]));
  if (one === other) return;
  throw otherModels(plan.judge.asked, judge.asked);
}

/** The run's attempts, planned question by question when they are asked for. */
function attemptsIn(run: RequestedRun, plan: RunPlan, { chapter, file }: UploadedChapter) {
  const questions = questionsByPlace(chapter.submissions);
  const remembered = remembering<number, PlannedAttempt[]>(questionsRemembered);
  const { rubric, language } = plan;
  const { member } = run.options;
  const attemptsOf = (question: number) =>
    remembered(question, () => [...planInTurn(chapter, rubric.rubric, language, { member, question }, file)]);
  return (places: PortionPlaces): PlannedAttempt[] => {
    const wanted = new Set(places);
    const asked = new Set(places.flatMap((place) => questions[place] ?? []));
    return [...asked].flatMap((question) => attemptsOf(question).filter(({ place }) => wanted.has(place)));
  };
}

/** Reads runs that have been divided. */
export function createRunReader({
  notes,
  work,
}: Pick<ServiceParts, 'notes' | 'work'>): (run: RequestedRun) => Promise<RunUnderWay> {
  const remembered = remembering<number, Promise<RunUnderWay>>(runsRemembered);

  async function read(run: RequestedRun): Promise<RunUnderWay> {
    const plan = await work.runPlan(run.id);
    const upload = await notes.upload(run.chapter);
    if (!plan || !upload) throw new Error(`run ${run.id} has lost its plan or its chapter`);
    return { plan, chapter: upload.chapter, attemptsAt: attemptsIn(run, plan, upload) };
  }

  return async (run) => {
    const underWay = await remembered(run.id, () => read(run));
    if ((await notes.uploadedAt(run.chapter)) !== underWay.plan.uploadedAt) throw handedInAnew(run);
    return underWay;
  };
}

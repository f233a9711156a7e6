import { basename, join } from 'node:path';
import pLimit from 'p-limit';
import { ConfigError, NotFoundError } from '../core/errors.ts';
import type { RunOptions } from '../core/requested-run.ts';
import type { UploadedChapter } from '../store/service-store.ts';
import { byChapterId, type ChapterOutline } from '../store/store.ts';
import type { JudgeConfig } from './config.ts';
import { estimateRun } from './estimate.ts';
import type { GradingService, HandedChapter, KnownChapter, RunEstimate } from './grading-service.ts';
import { importBytes } from './load-chapters.ts';
import { planGrading } from './plan.ts';
import { type PreparedChapter, prepareChapter } from './prepare-chapter.ts';
import { checkSelection } from './selection.ts';
import type { ServiceParts } from './service-parts.ts';
import { earlierGrades } from './standing.ts';

/** The part of a service that is about chapters as they were handed in. */
export interface ServiceChapters
  extends Pick<GradingService, 'chapters' | 'keep' | 'upload' | 'uploaded' | 'rubrics' | 'estimate'> {
  /** An uploaded chapter with rubric and language, the options checked, and when it was handed in. */
  prepare(chapterId: string, options: RunOptions): Promise<PreparedChapter & { uploadedAt: string }>;
  /** @throws NotFoundError when it was not graded */
  graded(chapterId: string): Promise<ChapterOutline>;
  /** Who is to judge. @throws ConfigError when a model is asked for and there is none */
  configFor(options: RunOptions): JudgeConfig;
}

function noSuchChapter(chapterId: string): NotFoundError {
  return new NotFoundError({
    ko: `"${chapterId}" 단원이 없습니다.`,
    en: `there is no chapter "${chapterId}".`,
  });
}

const rubricFile = /\.ya?ml$/iu;

/** A document's name without any folder, as it is shown and used as a title where there is none. */
function nameOf(document: string): string {
  const name = basename(document.replaceAll('\\', '/')).normalize('NFC');
  return name.replace(/[\p{Cc}\p{Cf}]/gu, '').slice(-200) || 'chapter.md';
}

export function createServiceChapters(parts: ServiceParts): ServiceChapters {
  const { store, notes, files, archive, places, config, now } = parts;
  const rubricFolder = join(places.folder, 'rubrics');
  /** Two documents of the same chapters are kept one after the other, never some of each. */
  const keepInTurn = pLimit(1);

  async function rubricFiles(): Promise<Map<string, string>> {
    const own = (await files.list(rubricFolder)).filter((file) => rubricFile.test(file));
    const named = own.map((file) => [basename(file).replace(rubricFile, '').normalize('NFC'), file] as const);
    return new Map([['default', join(places.builtIn, 'default.yaml')], ...named]);
  }

  async function rubricNamed(name: string): Promise<string> {
    const known = await rubricFiles();
    const file = known.get(name.normalize('NFC'));
    if (file !== undefined) return file;
    const names = [...known.keys()].join(', ');
    throw new ConfigError({
      ko: `"${name}" 루브릭이 없습니다. 있는 루브릭: ${names}.`,
      en: `there is no rubric "${name}"; there are ${names}.`,
    });
  }

  async function find(chapterId: string): Promise<UploadedChapter> {
    const found = await notes.upload(chapterId);
    if (found) return found;
    if ((await store.chapter(chapterId)) === null) throw noSuchChapter(chapterId);
    throw new NotFoundError({
      ko: `"${chapterId}" 단원은 다른 곳에서 채점했습니다. 다시 채점하려면 단원 파일을 올리세요.`,
      en: `the chapter "${chapterId}" was graded elsewhere; to grade it here, hand in its file.`,
    });
  }

  async function prepare(chapterId: string, { rubric, language, member, question }: RunOptions) {
    const { chapter, file, source, uploadedAt } = await find(chapterId);
    checkSelection(chapter, { member, question }, file);
    const asked = { rubric: rubric === undefined ? undefined : await rubricNamed(rubric), lang: language };
    // Nothing lies beside a document that was sent.
    const prepared = await prepareChapter({ chapter, file: source ?? '' }, asked, files, places);
    return { ...prepared, file, uploadedAt };
  }

  function configFor({ judge = 'auto' }: RunOptions): JudgeConfig {
    if (judge === 'offline') return { kind: 'offline', byDefault: false };
    if (judge === 'llm' && config.kind !== 'llm') throw noModel();
    return config;
  }

  async function estimate(chapterId: string, options: RunOptions): Promise<RunEstimate> {
    const judge = configFor(options);
    const { chapter, rubric, language, file } = await prepare(chapterId, options);
    const planned = planGrading(chapter, rubric.rubric, language, options, file);
    const common = { judge: judge.kind, rubric: basename(rubric.file), attempts: planned.length };
    if (judge.kind === 'offline') return { ...common, ...nothingSent, settled: planned.length };
    const { models, countTokens } = await parts.openEstimating(judge);
    const { samples } = judge;
    const earlier = await earlierGrades(chapterId, store);
    const context = { models, samples, replies: store, countTokens, fresh: options.fresh ?? false, earlier };
    const { requests, toSend, ...sums } = await estimateRun(planned, context);
    return {
      ...common,
      models: sums.models,
      settled: sums.settled,
      requests: toSend,
      kept: requests.length - toSend,
      inputTokens: sums.inputTokens,
      outputTokens: sums.outputTokens,
      costUsd: sums.costUsd,
      mostCostUsd: sums.mostCostUsd,
    };
  }

  function keep(chapters: readonly HandedChapter[]): Promise<void> {
    return keepInTurn(async () => {
      const uploadedAt = now().toISOString();
      for (const { chapter, file, source } of chapters)
        await notes.saveUpload({ chapter, file: nameOf(file), source, uploadedAt });
    });
  }

  return {
    async chapters() {
      const known = new Map<string, KnownChapter>();
      const nothing = { isUploaded: false, isGraded: false };
      for (const { id, title } of await store.chapterNames())
        known.set(id, { ...nothing, id, title, isGraded: true });
      for (const { id, title } of await notes.uploadNames())
        known.set(id, { ...nothing, ...known.get(id), id, title, isUploaded: true });
      return [...known.values()].sort(byChapterId);
    },
    keep,
    async upload({ name, bytes }) {
      const file = nameOf(name);
      const chapters = await importBytes(bytes, file, archive);
      await keep(chapters.map((chapter) => ({ chapter, file, source: null })));
      return chapters;
    },
    uploaded: async (chapterId) => (await find(chapterId)).chapter,
    rubrics: async () => [...(await rubricFiles()).keys()],
    estimate,
    prepare,
    async graded(chapterId) {
      const outline = await store.chapter(chapterId);
      if (outline) return outline;
      if ((await notes.upload(chapterId)) === null) throw noSuchChapter(chapterId);
      throw new NotFoundError({
        ko: `"${chapterId}" 단원은 아직 채점하지 않았습니다. 먼저 채점하세요.`,
        en: `the chapter "${chapterId}" has not been graded yet; grade it first.`,
      });
    },
    configFor,
  };
}

const nothingSent = {
  models: [],
  requests: 0,
  kept: 0,
  inputTokens: 0,
  outputTokens: 0,
  costUsd: 0,
  mostCostUsd: 0,
};

function noModel(): ConfigError {
  return new ConfigError({
    ko: '이 서비스는 언어 모델 없이 시작되었습니다. OPENAI_API_KEY 또는 OPENAI_BASE_URL을 설정하고 다시 시작하세요.',
    en: 'this service was started without a language model; set OPENAI_API_KEY or OPENAI_BASE_URL and start it again.',
  });
}

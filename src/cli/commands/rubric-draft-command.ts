import { join } from 'node:path';
import type { JudgeConfig } from '../../app/config.ts';
import { checkIsNew, draftRubric, type RubricDraft } from '../../app/draft-rubric.ts';
import { type LoadedChapter, loadChapters } from '../../app/load-chapters.ts';
import { files, openStore, sourcesFor } from '../../compose.ts';
import { openChat } from '../../compose-judging.ts';
import { ConfigError } from '../../core/errors.ts';
import type { Language } from '../../core/localized.ts';
import { createRunControl } from '../../judge/run-control.ts';
import { stopOnSignals } from '../interrupt.ts';
import { type CommonOptions, type ExitCode, type Io, messageLanguage, writeJson } from '../io.ts';
import { judgeConfigFrom } from '../judge-config.ts';
import { stoppingNotice, waitTeller } from '../notices.ts';

export interface RubricDraftOptions extends CommonOptions {
  judge: 'auto' | 'llm' | 'offline';
  model?: string[];
  baseUrl?: string;
  config?: string;
  /** A file, or - for standard output; `rubrics/<chapter>.yaml` when left out. */
  out?: string;
  db: string;
  question?: number;
}

const requestsInFlight = 8;

async function loadOnlyChapter(path: string, io: Io): Promise<LoadedChapter> {
  const [only, ...others] = (await loadChapters([path], sourcesFor(io.env))).chapters;
  if (only && others.length === 0) return only;
  throw new ConfigError(
    {
      ko: '단원이 여럿 있는 폴더입니다. 단원 파일 하나를 지정하세요.',
      en: 'this folder holds several chapters; name the file of one.',
    },
    { place: { file: path } },
  );
}

/** Said when sentences are taken because there is no model. */
function splittingNotice(byDefault: boolean, language: Language): string {
  const how = byDefault
    ? language === 'ko'
      ? '\n  언어 모델로 뽑으려면 OPENAI_API_KEY 또는 OPENAI_BASE_URL을 설정하세요(.env.example 참고).'
      : '\n  To have a language model propose them, set OPENAI_API_KEY or OPENAI_BASE_URL (see .env.example).'
    : '';
  return language === 'ko'
    ? `⚠ 언어 모델 없이 모범답안을 문장으로 나눕니다. 핵심 내용으로 다듬는 일은 사람 몫입니다.${how}\n`
    : `⚠ Without a language model, the model answers are split into sentences. Making them key points is up to you.${how}\n`;
}

function nextSteps(file: string | null, language: Language): string {
  const name = file ?? (language === 'ko' ? '파일' : 'FILE');
  const check = `answer-grader rubric check "${name}"`;
  return language === 'ko'
    ? `다음: 파일을 읽고 고친 뒤 ${check}로 확인하고, grade에 --rubric "${name}"을 주거나 rubrics/<단원>.yaml로 옮기세요.\n`
    : `Next: read and edit it, run ${check}, then give it to grade with --rubric "${name}" or move it to rubrics/<chapter>.yaml.\n`;
}

async function draft(
  { chapter, file }: LoadedChapter,
  config: JudgeConfig,
  options: RubricDraftOptions,
  io: Io,
): Promise<RubricDraft> {
  const messages = messageLanguage(options, io);
  const control = createRunControl();
  const request = { chapter, file, question: options.question, language: options.lang, control };
  if (config.kind === 'offline') {
    io.err(splittingNotice(config.byDefault, messages));
    return draftRubric({ ...request, model: null });
  }
  const store = await openStore(options.db);
  const release = stopOnSignals(control, () => io.err(`${stoppingNotice(messages)}\n`));
  try {
    const chat = await openChat(config.endpoints[0], {
      concurrency: requestsInFlight,
      replies: store,
      control,
      onWait: waitTeller(messages, (text) => io.err(`${text}\n`)),
    });
    return await draftRubric({ ...request, model: { name: config.endpoints[0].model, chat } });
  } finally {
    release();
    await store.close();
  }
}

function showFallbacks({ questions }: RubricDraft, io: Io, language: Language): void {
  for (const { no, fallback } of questions) {
    if (fallback === null) continue;
    io.err(
      language === 'ko'
        ? `⚠ 질문 ${no}: 모범답안을 문장으로 나누었습니다 (${fallback.ko})\n`
        : `⚠ question ${no}: split into sentences instead (${fallback.en})\n`,
    );
  }
}

/** `rubric draft PATH`: proposes the key points of a chapter as a rubric file to edit. */
export async function rubricDraftCommand(
  path: string,
  options: RubricDraftOptions,
  io: Io,
): Promise<ExitCode> {
  const messages = messageLanguage(options, io);
  const config = await judgeConfigFrom(options, io);
  const loaded = await loadOnlyChapter(path, io);
  const out = options.out ?? join('rubrics', `${loaded.chapter.id}.yaml`);
  const file = out === '-' ? null : out;
  // Before anything is asked: a draft that cannot be kept would cost for nothing.
  if (file !== null) await checkIsNew(file, files);

  const result = await draft(loaded, config, options, io);
  showFallbacks(result, io, messages);
  if (file !== null) await files.write(file, result.yaml);
  if (options.json) {
    const questions = result.questions.map(({ no, keyPoints }) => ({ no, keyPoints }));
    const asked = config.kind === 'llm' ? config.endpoints[0].model : null;
    writeJson(io, { file, questions, judge: config.kind, model: asked });
    return 0;
  }
  if (file === null) {
    io.out(result.yaml);
    io.err(nextSteps(null, messages));
  } else io.out(`${file}\n${nextSteps(file, messages)}`);
  return 0;
}

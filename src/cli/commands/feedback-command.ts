import { type GradingResult, gradeChapter } from '../../app/grade-chapter.ts';
import { type LoadedChapter, loadChapters } from '../../app/load-chapters.ts';
import { prepareChapter } from '../../app/prepare-chapter.ts';
import { chapterOfSingleAnswer, nobody } from '../../app/single-answer.ts';
import { files, openMemoryStore, openStore, rubricPlaces, sourcesFor } from '../../compose.ts';
import { openJudging } from '../../compose-judging.ts';
import { ConfigError } from '../../core/errors.ts';
import type { Grade } from '../../core/grade.ts';
import type { Language } from '../../core/localized.ts';
import { decodeDocument } from '../../import/decode.ts';
import { createRunControl } from '../../judge/run-control.ts';
import { feedbackMarkdown } from '../../reports/feedback-markdown.ts';
import { feedbackText } from '../../reports/feedback-text.ts';
import type { FeedbackOptions } from '../grade-options.ts';
import { stopOnSignals } from '../interrupt.ts';
import { type ExitCode, type Io, messageLanguage, writeJson } from '../io.ts';
import { judgeConfigFrom } from '../judge-config.ts';
import { baselineNotice, stoppingNotice, waitTeller } from '../notices.ts';

/** What is to be graded: a member's answers in a chapter, or one free answer. */
interface Wanted {
  loaded: LoadedChapter;
  member: string;
  question: number | undefined;
  /** Kept on the scoreboard; a free answer belongs to no chapter. */
  isMember: boolean;
}

function usage(ko: string, en: string): ConfigError {
  return new ConfigError({ ko, en });
}

/** A text given as it is, as @file, or as - for standard input; an empty file is an empty text. */
async function readText(value: string, io: Io): Promise<string> {
  if (value !== '-' && !value.startsWith('@')) return value;
  const file = value === '-' ? '-' : value.slice(1);
  const bytes = value === '-' ? await io.readInput() : await files.read(file);
  return bytes.length === 0 ? '' : decodeDocument(bytes, file);
}

async function wantedMember(path: string, options: FeedbackOptions, io: Io): Promise<Wanted> {
  const { member, question, modelAnswer, answer } = options;
  if (modelAnswer !== undefined || answer !== undefined) {
    throw usage(
      '단원 파일과 --model-answer/--answer를 함께 쓸 수 없습니다. 둘 중 하나만 쓰세요.',
      'a chapter file and --model-answer/--answer do not go together; use one or the other.',
    );
  }
  if (member === undefined)
    throw usage(
      '누구의 피드백인지 --member 이름으로 지정하세요.',
      'say whose feedback you want with --member NAME.',
    );
  if (question !== undefined && !/^[1-9]\d*$/u.test(question)) {
    throw usage(
      `--question "${question}": 단원 파일과 함께 쓸 때는 질문 번호를 적으세요.`,
      `--question "${question}": with a chapter file, give the question's number.`,
    );
  }
  const { chapters } = await loadChapters([path], sourcesFor(io.env));
  const loaded =
    chapters.find(({ chapter }) => chapter.submissions.some((item) => item.member === member)) ?? chapters[0];
  if (!loaded) throw usage('단원이 없습니다.', 'there is no chapter.');
  return { loaded, member, question: question === undefined ? undefined : Number(question), isMember: true };
}

async function wantedAnswer(options: FeedbackOptions, io: Io): Promise<Wanted> {
  const { question, modelAnswer, answer } = options;
  if (question === undefined || modelAnswer === undefined || answer === undefined) {
    throw usage(
      '단원 파일과 --member를 주거나, --question, --model-answer, --answer를 모두 주세요(각각 글, @파일, 답은 - 로 표준 입력도 됨).',
      'give a chapter file with --member, or all of --question, --model-answer and --answer (a text or @file each; - reads the answer from standard input).',
    );
  }
  const chapter = chapterOfSingleAnswer({
    question: await readText(question, io),
    modelAnswer: await readText(modelAnswer, io),
    answer: await readText(answer, io),
  });
  return { loaded: { chapter, file: '' }, member: nobody, question: undefined, isMember: false };
}

async function gradeWanted(
  wanted: Wanted,
  options: FeedbackOptions,
  io: Io,
  messages: Language,
): Promise<{ result: GradingResult; grades: Grade[] }> {
  const config = await judgeConfigFrom(options, io);
  const prepared = await prepareChapter(wanted.loaded, options, files, rubricPlaces());
  if (config.kind === 'offline') io.err(baselineNotice(config.byDefault, messages));
  const database = await openStore(options.db);
  const control = createRunControl();
  const release = stopOnSignals(control, () => io.err(`${stoppingNotice(messages)}\n`));
  try {
    const { chapter, file, rubric, language } = prepared;
    const { judgeFor, spent } = await openJudging(config, {
      concurrency: 4,
      fresh: options.fresh ?? false,
      replies: database,
      control,
      onWait: waitTeller(messages, (text) => io.err(`${text}\n`)),
    });
    const judge = judgeFor(chapter);
    const store = wanted.isMember ? database : openMemoryStore();
    const selection = wanted.isMember ? { member: wanted.member, question: wanted.question } : {};
    const result = await gradeChapter({
      judge,
      spent,
      chapter,
      file,
      rubric,
      language,
      selection,
      store,
      control,
    });
    return { result, grades: await result.grades() };
  } finally {
    release();
    await database.close();
  }
}

/** `feedback`: one clear page on a member's answers or on one free answer. */
export async function feedbackCommand(
  path: string | undefined,
  options: FeedbackOptions,
  io: Io,
): Promise<ExitCode> {
  const messages = messageLanguage(options, io);
  const wanted = path === undefined ? await wantedAnswer(options, io) : await wantedMember(path, options, io);
  const { result, grades } = await gradeWanted(wanted, options, io, messages);
  if (result.failure && result.totals.graded === 0) throw result.failure;

  const { chapter, rubric, language, totals } = result;
  const member = wanted.isMember ? wanted.member : null;
  const report = {
    title: chapter.title,
    member,
    questions: chapter.questions,
    grades,
    rubric: rubric.rubric,
    language,
  };
  if (options.json) {
    const { id, title } = chapter;
    writeJson(io, { chapter: wanted.isMember ? { id, title } : null, member, grades, totals });
  } else {
    io.out(options.format === 'md' ? feedbackMarkdown(report) : feedbackText(report));
  }
  if (result.failure) io.err(`${result.failure.sentence(messages)}\n`);
  return totals.ungraded > 0 ? 1 : 0;
}

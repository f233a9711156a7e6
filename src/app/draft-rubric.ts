import { Document, Pair, Scalar, YAMLMap, YAMLSeq } from 'yaml';
import type { Chapter, Question } from '../core/chapter.ts';
import { ConfigError, InputError, ModelError } from '../core/errors.ts';
import { ungradedText } from '../core/grade.ts';
import { detectLanguage, type Language, type Localized } from '../core/localized.ts';
import { sentencesOf, shorten } from '../core/sentences.ts';
import type { Files } from '../files.ts';
import type { ChatModel } from '../judge/chat-model.ts';
import {
  buildDraftRequest,
  type DraftedKeyPoint,
  type DraftMaterial,
  readDraft,
  splitIntoKeyPoints,
} from '../judge/draft-key-points.ts';
import { redactEmail } from '../judge/redact.ts';
import type { RunControl } from '../judge/run-control.ts';
import { type FeatureWeight, inverseDocumentFrequency } from '../judge/word-features.ts';

/** What a draft is made from. */
export interface DraftRequest {
  chapter: Chapter;
  /** The chapter's document, for messages. */
  file: string;
  /** Only this question; all when left out. */
  question?: number | undefined;
  /** Language of the comments in the file; the chapter's when left out. */
  language?: Language | undefined;
  /** Who is asked; null: nobody, sentences of the model answers are taken. */
  model: { name: string; chat: ChatModel } | null;
  control: RunControl;
}

/** The key points proposed for a question. */
interface DraftedQuestion {
  no: number;
  text: string;
  keyPoints: DraftedKeyPoint[];
  /** Why sentences stand in for what the model was to propose; null when they do not. */
  fallback: Localized | null;
}

export interface RubricDraft {
  questions: DraftedQuestion[];
  /** The rubric file for a person to edit. */
  yaml: string;
}

type Proposal = Pick<DraftedQuestion, 'keyPoints' | 'fallback'>;
type AnsweredQuestion = Question & { modelAnswer: string };

/** Characters of a question that stand above its key points. */
const longestQuestion = 90;

function hasModelAnswer(question: Question): question is AnsweredQuestion {
  return question.modelAnswer !== null && sentencesOf(question.modelAnswer).length > 0;
}

function selectQuestions({ chapter, file, question: wanted }: DraftRequest): AnsweredQuestion[] {
  const numbers = chapter.questions.map((question) => question.no);
  if (wanted !== undefined && !numbers.includes(wanted)) {
    throw new InputError(
      {
        ko: `${wanted}번은 이 단원의 질문이 아닙니다. 질문: ${numbers.join(', ')}.`,
        en: `question ${wanted} is not one of this chapter's questions, which are ${numbers.join(', ')}.`,
      },
      { place: { file } },
    );
  }
  const selected = chapter.questions.filter(
    (question): question is AnsweredQuestion =>
      (wanted === undefined || question.no === wanted) && hasModelAnswer(question),
  );
  if (selected.length > 0) return selected;
  throw new InputError(
    {
      ko: '핵심 내용을 뽑을 모범답안이 없습니다. 먼저 모범답안을 적어 주세요.',
      en: 'there is no model answer to draft key points from; write one first.',
    },
    { place: { file } },
  );
}

async function propose(
  material: DraftMaterial,
  frequency: FeatureWeight,
  { model, control }: DraftRequest,
): Promise<Proposal> {
  const split = (fallback: Localized | null): Proposal => ({
    keyPoints: splitIntoKeyPoints(material.modelAnswer, frequency),
    fallback,
  });
  if (model === null) return split(null);
  try {
    const reply = await model.chat.reply(buildDraftRequest(material, model.name), control.abandoned);
    const read = readDraft(reply, material.modelAnswer);
    return 'failure' in read
      ? split(ungradedText(read.failure))
      : { keyPoints: read.keyPoints, fallback: null };
  } catch (error) {
    if (!(error instanceof ModelError) || error.stopsRun) throw error;
    return split(error.text);
  }
}

const comments = {
  ko: {
    origin: (model: string | null) =>
      model === null
        ? '모범답안을 문장으로 나누어 만든 핵심 내용 초안입니다.'
        : `${model}이(가) 모범답안에서 뽑은 핵심 내용 초안입니다.`,
    split: (numbers: string) => `${numbers}번은 모델 대신 문장으로 나누었습니다.`,
    advice:
      '쓰기 전에 읽고 고치세요. 함께 있어야 할 것은 합치고, 중요하지 않은 것은 지우고, 가중치(weight)를 정하세요.',
    unverified: '모범답안에 글자 그대로는 없음: 확인하세요',
  },
  en: {
    origin: (model: string | null) =>
      `Key points drafted from the model answers by ${model ?? 'splitting them into sentences'}.`,
    split: (numbers: string) => `For ${numbers} sentences were taken instead.`,
    advice: 'Read and edit before use: join what belongs together, drop what does not matter, set weights.',
    unverified: 'not found word for word in the model answer: check',
  },
};

function headOf(questions: readonly DraftedQuestion[], model: string | null, language: Language): string {
  const own = comments[language];
  const split = questions.filter((question) => question.fallback !== null).map((question) => question.no);
  const lines = [own.origin(model), ...(split.length > 0 ? [own.split(split.join(', '))] : []), own.advice];
  return lines.map((line) => ` ${line}`).join('\n');
}

function keyPointNode({ text, verified }: DraftedKeyPoint, unverified: string): Scalar {
  const node = new Scalar(text);
  if (!verified) node.comment = ` ${unverified}`;
  return node;
}

/** A rubric file with the questions' texts above their key points. */
function rubricYaml(questions: readonly DraftedQuestion[], head: string, unverified: string): string {
  const lists = new YAMLMap();
  for (const { no, text, keyPoints } of questions) {
    const key = new Scalar(no);
    key.commentBefore = ` ${no}. ${shorten(text, longestQuestion)}`;
    const list = new YAMLSeq();
    for (const point of keyPoints) list.add(keyPointNode(point, unverified));
    lists.add(new Pair(key, new Map([['keyPoints', list]])));
  }
  const document = new Document(new Map<string, unknown>([['extends', 'default.yaml']]));
  document.set('questions', lists);
  document.commentBefore = head;
  return document.toString({ lineWidth: 0 });
}

/**
 * Proposes key points for the questions of a chapter that have a model answer: one request each, or without a
 * model the sentences of the model answers. Where a reply cannot be used, sentences stand in and `fallback`
 * says why.
 * @throws InputError when there is no such question or no model answer; ModelError when every further request
 *   would fail as well
 */
export async function draftRubric(request: DraftRequest): Promise<RubricDraft> {
  const { chapter, model } = request;
  const selected = selectQuestions(request);
  const frequency = inverseDocumentFrequency(chapter.questions.flatMap((item) => item.modelAnswer ?? []));
  // All are awaited, so that replies on their way are kept even when one request ends the run.
  const proposals = await Promise.allSettled(
    selected.map(async ({ no, text, modelAnswer }): Promise<DraftedQuestion> => {
      const material = { question: redactEmail(text), modelAnswer: redactEmail(modelAnswer) };
      return { no, text: material.question, ...(await propose(material, frequency, request)) };
    }),
  );
  const failed = proposals.find((proposal) => proposal.status === 'rejected');
  if (failed) throw failed.reason;
  const questions = proposals.flatMap((proposal) => (proposal.status === 'fulfilled' ? proposal.value : []));
  const language =
    request.language ??
    detectLanguage(selected.map((item) => `${item.text}\n${item.modelAnswer}`).join('\n'));
  const head = headOf(questions, model?.name ?? null, language);
  return { questions, yaml: rubricYaml(questions, head, comments[language].unverified) };
}

/**
 * Makes sure that a draft takes no file's place.
 * @throws ConfigError when there is a file of this name
 */
export async function checkIsNew(file: string, files: Files): Promise<void> {
  if (!(await files.isThere(file))) return;
  throw new ConfigError(
    {
      ko: '이 파일이 이미 있어서 덮어쓰지 않았습니다. --out으로 다른 이름을 지정하세요.',
      en: 'there is such a file already, and it is not overwritten; name another one with --out.',
    },
    { place: { file } },
  );
}

import type { Language } from '../core/localized.ts';
import { shorten, withoutEmphasis } from '../core/sentences.ts';
import type { Feedback } from '../core/verdict.ts';

/** How far a point is in an answer, by its wording. */
export type Standing = 'there' | 'partly' | 'missing';

/** Something to be found in the answer: a key point, or a sentence of the model answer. */
export interface Point {
  text: string;
  /** 0 to 1: how much of its wording is in the answer. */
  share: number;
  standing: Standing;
  /** How telling its words are together. */
  weight: number;
  /** The sentence of the answer that fits best; null when none does. */
  span: string | null;
}

/** What the points are: a question's key points or, where it has none, the model answer's sentences. */
export type PointKind = 'keyPoints' | 'sentences';

/** Percent of a key point's words from which it counts. */
interface Thresholds {
  there: number;
  partly: number;
}

/** What was looked for and found in an answer. */
export interface Findings {
  points: readonly Point[];
  kind: PointKind;
  /** Percent of the content, by which levels were chosen. */
  content: number;
  /** The part of the model answer to read again; null when nothing is missing. */
  next: string | null;
}

/** A model answer may have very many sentences. */
const mostSentences = 5;
/** Sentences that only illustrate the one before. */
const example = /^(?:예를 들|예[:：]|예컨대|가령|for example|for instance|e\.\s?g\.)/iu;

/** Characters of the member's and of the model's words that are shown side by side. */
const longestShown = 80;

/** What the baseline says, in both languages. */
export const offlineWording = {
  ko: {
    points: { keyPoints: '핵심 내용', sentences: '모범답안의 문장' },
    summary: (what: string, [all, there, partly, missing]: readonly number[]) =>
      `${what} ${all}개 가운데 담긴 것 ${there}개, 일부 ${partly}개, 빠진 것 ${missing}개예요.`,
    content: (percent: number) => ` 겹친 낱말로 어림하면 내용의 ${percent}%쯤이에요.`,
    keyPoint: (percent: number, { there, partly }: Thresholds) =>
      `핵심 내용에 나온 낱말의 ${percent}%가 답에 있어요 (${there}%부터 담긴 것, ${partly}%부터 일부로 봐요).`,
    coverage: (percent: number, content: number, there: number) =>
      `모범답안의 문장에 나온 낱말의 평균 ${percent}%가 답에 있어요. 말을 바꾸어 쓰면 겹치는 낱말이 적어서 ${there}%부터 그 문장을 다 담은 것으로 보고, 내용의 ${content}%쯤으로 어림했어요.`,
    general: '낱말이 얼마나 겹치는지만 보고 어림했어요. 맞고 틀림은 가리지 못해요.',
    partly: '일부만 보임: ',
    more: (count: number) => `그 밖에 ${count}개 더`,
    read: (text: string) => `모범답안의 다음 부분을 다시 읽어 보세요: “${text}”`,
    compare: '모범답안과 나란히 놓고 표현을 비교해 보세요.',
  },
  en: {
    points: { keyPoints: 'key point', sentences: 'sentence' },
    summary: (what: string, [all, there, partly, missing]: readonly number[]) => {
      const noun = `${what}${all === 1 ? '' : 's'}${what === 'sentence' ? ' of the model answer' : ''}`;
      return `Of ${all} ${noun}: ${there} found, ${partly} found in part, ${missing} not found.`;
    },
    content: (percent: number) => ` Estimated by shared words, that is about ${percent}% of its content.`,
    keyPoint: (percent: number, { there, partly }: Thresholds) =>
      `${percent}% of this key point's words are in the answer (from ${there}% it counts as found, from ${partly}% as found in part).`,
    coverage: (percent: number, content: number, there: number) =>
      `On average, ${percent}% of the words of a sentence of the model answer are in the answer. Other wording shares few words, so a sentence counts in full from ${there}%, which makes this about ${content}% of the content.`,
    general: 'Estimated from word overlap alone; right and wrong cannot be told apart.',
    partly: 'only partly there: ',
    more: (count: number) => `and ${count} more`,
    read: (text: string) => `Read this part of the model answer again: “${text}”`,
    compare: 'Put your answer beside the model answer and compare the wording.',
  },
};

/** The member's own words beside what they were taken for: a found point is no praise, only a likeness. */
function sideBySide({ text, span }: Point): string {
  const own = withoutEmphasis(span ?? '').replace(/^[\s:：→-]+/u, '');
  return `“${shorten(own, longestShown)}” ↔ ${shorten(text, longestShown)}`;
}

/** What is missing and what is there in part, all of it or with how much more there is. */
function openPoints({ points, kind }: Findings, language: Language): string[] {
  const own = offlineWording[language];
  const shown = (text: string) => (kind === 'keyPoints' ? text : `“${text}”`);
  const missing = points.filter(({ standing }) => standing === 'missing');
  const partly = points.filter(({ standing }) => standing === 'partly');
  const ordered =
    kind === 'keyPoints'
      ? missing
      : missing.toSorted((a, b) => Number(example.test(a.text)) - Number(example.test(b.text)));
  const all = [
    ...ordered.map(({ text }) => shown(text)),
    ...partly.map(({ text }) => own.partly + shown(text)),
  ];
  const left = kind === 'keyPoints' ? 0 : all.length - mostSentences;
  return left > 0 ? [...all.slice(0, mostSentences), own.more(left)] : all;
}

/** Feedback from what was found: the member's words beside what they were taken for, what is missing, what to read. */
export function offlineFeedback(findings: Findings, language: Language): Feedback {
  const own = offlineWording[language];
  const { points, kind, content, next } = findings;
  const of = (standing: Standing) => points.filter((point) => point.standing === standing);
  const [there, partly, missing] = [of('there'), of('partly'), of('missing')];
  const counts = [points.length, there.length, partly.length, missing.length];
  return {
    summary: own.summary(own.points[kind], counts) + (kind === 'sentences' ? own.content(content) : ''),
    strengths: there.map(sideBySide),
    improvements: openPoints(findings, language),
    nextStep: next === null ? own.compare : own.read(next),
  };
}

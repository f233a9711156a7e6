import type { Language } from '../core/localized.ts';
import { shorten } from '../core/sentences.ts';
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

/** Characters of the member's and of the model's words that are shown side by side. */
const longestShown = 80;

/** What the baseline says, in both languages. */
export const offlineWording = {
  ko: {
    points: { keyPoints: '핵심 내용', sentences: '모범답안의 문장' },
    summary: (what: string, [all, there, partly, missing]: readonly number[]) =>
      `${what} ${all}개 가운데 담긴 것 ${there}개, 일부 ${partly}개, 빠진 것 ${missing}개예요.`,
    keyPoint: (percent: number) => `핵심 내용에 나온 낱말의 ${percent}%가 답에 있어요.`,
    coverage: (percent: number) => `모범답안의 문장에 나온 낱말의 평균 ${percent}%가 답에 있어요.`,
    general: '낱말이 얼마나 겹치는지만 보고 어림했어요. 맞고 틀림은 가리지 못해요.',
    partly: '일부만 보임: ',
    read: (text: string) => `모범답안의 다음 부분을 다시 읽어 보세요: “${text}”`,
    compare: '모범답안과 나란히 놓고 표현을 비교해 보세요.',
  },
  en: {
    points: { keyPoints: 'key point', sentences: 'sentence' },
    summary: (what: string, [all, there, partly, missing]: readonly number[]) => {
      const noun = `${what}${all === 1 ? '' : 's'}${what === 'sentence' ? ' of the model answer' : ''}`;
      return `Of ${all} ${noun}: ${there} found, ${partly} found in part, ${missing} not found.`;
    },
    keyPoint: (percent: number) => `${percent}% of this key point's words are in the answer.`,
    coverage: (percent: number) =>
      `On average, ${percent}% of the words of a sentence of the model answer are in the answer.`,
    general: 'Estimated from word overlap alone; right and wrong cannot be told apart.',
    partly: 'only partly there: ',
    read: (text: string) => `Read this part of the model answer again: “${text}”`,
    compare: 'Put your answer beside the model answer and compare the wording.',
  },
};

/** The member's own words beside what they were taken for: a found point is no praise, only a likeness. */
function sideBySide({ text, span }: Point): string {
  const own = (span ?? '').replace(/\*\*|__|~~/gu, '').replace(/^[\s:：→-]+/u, '');
  return `“${shorten(own, longestShown)}” ↔ ${shorten(text, longestShown)}`;
}

/**
 * Feedback from what was found: the member's words beside what they were taken for, what is missing, what to read.
 * @param next the part of the model answer to read again; null when nothing is missing
 */
export function offlineFeedback(
  points: readonly Point[],
  kind: PointKind,
  next: string | null,
  language: Language,
): Feedback {
  const own = offlineWording[language];
  const of = (standing: Standing) => points.filter((point) => point.standing === standing);
  const [there, partly, missing] = [of('there'), of('partly'), of('missing')];
  const counts = [points.length, there.length, partly.length, missing.length];
  return {
    summary: own.summary(own.points[kind], counts),
    strengths: there.map(sideBySide),
    improvements: [
      ...missing.map((point) => point.text),
      ...partly.map((point) => own.partly + point.text),
    ].slice(0, 3),
    nextStep: next === null ? own.compare : own.read(next),
  };
}

import { noUsage } from '../core/grade.ts';
import type { Language } from '../core/localized.ts';
import type { Criterion, Level } from '../core/rubric.ts';
import { sentencesOf } from '../core/sentences.ts';
import type { CriterionVerdict, Feedback, Verdict } from '../core/verdict.ts';
import type { Judge, Material } from './judge.ts';
import { type FeatureWeight, featuresOf, inverseDocumentFrequency, weightedShare } from './word-features.ts';

/** Changes whenever the baseline's marks may change. */
const baselineVersion = 'baseline-1';
/** Words that the question already holds prove little. */
const questionWordWeight = 0.25;
/**
 * Shares of a key point's weighted features from which it counts as partly and as fully there. Paraphrases
 * share few words, so they are low; set once on chapters with reference marks.
 */
const partlyThere = 0.07;
const fullyThere = 0.21;

interface Reading {
  /** 0 to 1: how much of the target is in the answer. */
  share: number;
  /** The sentence of the answer that fits best; null when none does. */
  span: string | null;
}

interface ReadAnswer {
  features: Set<string>;
  sentences: { text: string; features: Set<string> }[];
}

function readAnswer(text: string): ReadAnswer {
  return {
    features: featuresOf(text),
    sentences: sentencesOf(text).map((sentence) => ({ text: sentence, features: featuresOf(sentence) })),
  };
}

function compare(target: string, answer: ReadAnswer, weight: FeatureWeight): Reading {
  const wanted = featuresOf(target);
  const ranked = answer.sentences
    .map((sentence) => ({ ...sentence, share: weightedShare(wanted, sentence.features, weight) }))
    .sort((a, b) => b.share - a.share);
  const best = ranked[0];
  return {
    share: weightedShare(wanted, answer.features, weight),
    span: best && best.share > 0 ? best.text : null,
  };
}

/** 0 to 1 on the scale of levels: nothing, partly there = 0.5, fully there = 1. */
function gain(share: number): number {
  if (share >= fullyThere) return 1;
  return share >= partlyThere ? 0.5 : 0;
}

function nearestLevel(levels: readonly Level[], share: number): Level {
  const [first, ...rest] = levels as [Level, ...Level[]];
  return rest.reduce(
    (best, level) => (Math.abs(level.share - share) < Math.abs(best.share - share) ? level : best),
    first,
  );
}

const reasons = {
  ko: {
    content: (share: number) => `이 내용의 낱말이 답에 ${Math.round(share * 100)}% 겹칩니다.`,
    general: '낱말 겹침만으로 어림한 수준입니다. 맞고 틀림은 판단하지 못합니다.',
  },
  en: {
    content: (share: number) => `${Math.round(share * 100)}% of this point's wording is found in the answer.`,
    general: 'Estimated from word overlap alone; right and wrong cannot be told apart.',
  },
};

interface Point {
  text: string;
  gain: number;
}

function feedbackFor(points: readonly Point[], next: string | null, language: Language): Feedback {
  const there = points.filter((point) => point.gain === 1);
  const partly = points.filter((point) => point.gain === 0.5);
  const missing = points.filter((point) => point.gain === 0);
  const ko = language === 'ko';
  const partlyMark = ko ? '일부만 보임: ' : 'only partly there: ';
  return {
    summary: ko
      ? `핵심 내용 ${points.length}개 중 보이는 것 ${there.length}개, 일부만 보이는 것 ${partly.length}개, 보이지 않는 것 ${missing.length}개입니다.`
      : `Of ${points.length} key points, ${there.length} can be seen, ${partly.length} only in part, ${missing.length} not at all.`,
    strengths: there.map((point) => point.text).slice(0, 3),
    improvements: [
      ...missing.map((point) => point.text),
      ...partly.map((point) => partlyMark + point.text),
    ].slice(0, 3),
    nextStep:
      next === null
        ? ko
          ? '모범답안과 나란히 놓고 표현을 비교해 보세요.'
          : 'Put your answer beside the model answer and compare the wording.'
        : ko
          ? `모범답안의 다음 부분을 다시 읽어 보세요: "${next}"`
          : `Read this part of the model answer again: "${next}"`,
  };
}

/** The model answer's sentences as they are shown: without marks for bold, italics and strikethrough. */
function plainSentences(modelAnswer: string | null): string[] {
  return sentencesOf((modelAnswer ?? '').replace(/\*\*|__|~~/gu, ''));
}

function closestSentence(point: string, modelAnswer: string | null, weight: FeatureWeight): string {
  const wanted = featuresOf(point);
  const ranked = plainSentences(modelAnswer)
    .map((text) => ({ text, share: weightedShare(wanted, featuresOf(text), weight) }))
    .sort((a, b) => b.share - a.share);
  return ranked[0] && ranked[0].share > 0 ? ranked[0].text : point;
}

function judgeMaterial(material: Material, frequency: FeatureWeight): Verdict {
  const { criteria, language, modelAnswer } = material;
  const asked = featuresOf(material.question);
  const weight: FeatureWeight = (feature) =>
    frequency(feature) * (asked.has(feature) ? questionWordWeight : 1);
  const answer = readAnswer(material.answer);
  const keyPoints = criteria.filter((criterion) => criterion.kind === 'key_point');
  const targets =
    keyPoints.length > 0 ? keyPoints.map((point) => point.description) : plainSentences(modelAnswer);
  const readings = targets.map((text) => ({ text, ...compare(text, answer, weight) }));
  const points = readings.map(({ text, share }) => ({ text, gain: gain(share) }));
  const content = points.reduce((sum, point) => sum + point.gain, 0) / Math.max(1, points.length);
  const spans = [
    ...new Set(readings.filter((item) => gain(item.share) > 0).flatMap((item) => item.span ?? [])),
  ];

  function opinion(criterion: Criterion): CriterionVerdict {
    const at = keyPoints.indexOf(criterion);
    const reading = readings[at];
    if (reading) {
      const level = nearestLevel(criterion.levels, gain(reading.share));
      const evidence = level.share > 0 && reading.span !== null ? [reading.span] : [];
      return { evidence, reason: reasons[language].content(reading.share), level: level.id };
    }
    const level = nearestLevel(criterion.levels, content);
    return {
      evidence: level.share > 0 ? spans.slice(0, 2) : [],
      reason: reasons[language].general,
      level: level.id,
    };
  }

  const weakest = points.find((point) => point.gain === 0) ?? points.find((point) => point.gain < 1);
  const next = weakest ? closestSentence(weakest.text, modelAnswer, weight) : null;
  return {
    criteria: Object.fromEntries(criteria.map((criterion) => [criterion.id, opinion(criterion)])),
    feedback: feedbackFor(points, next, language),
    addressesGrader: false,
  };
}

/**
 * The baseline judge: no model, no network, the same answer always gets the same verdict. It looks for the
 * words of each key point (or each sentence of the model answer) in the answer, weighted by how telling they
 * are among the chapter's model answers. It cannot tell right from wrong, and says so.
 * @param texts the chapter's model answers, from which the weights are taken
 */
export function createOfflineJudge(texts: readonly string[]): Judge {
  const frequency = inverseDocumentFrequency(texts);
  return {
    kind: 'offline',
    promptVersion: baselineVersion,
    samples: 1,
    judge: (material) =>
      Promise.resolve({ verdict: judgeMaterial(material, frequency), models: [], usage: noUsage }),
  };
}

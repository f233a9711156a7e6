import { noUsage } from '../core/grade.ts';
import type { Criterion, Level } from '../core/rubric.ts';
import { claimsOf, sentencesOf, withoutEmphasis } from '../core/sentences.ts';
import type { CriterionVerdict, Verdict } from '../core/verdict.ts';
import { addressesGrader } from './grader-address.ts';
import type { Judge, Material } from './judge.ts';
import {
  offlineFeedback,
  offlineWording,
  type Point,
  type PointKind,
  type Standing,
} from './offline-feedback.ts';
import {
  type FeatureWeight,
  featuresOf,
  inverseDocumentFrequency,
  totalWeight,
  weightedShare,
} from './word-features.ts';

/** Changes whenever the baseline's marks may change. */
export const baselineVersion = 'baseline-3';
/** Words that the question already holds prove little. */
const questionWordWeight = 0.25;
/**
 * Shares of a point's weighted features from which it counts as partly and as fully there. Paraphrases share
 * few words, so they are low. Set once, as round numbers, on one Korean chapter with reference marks and on
 * the training parts of the Short Answer Feedback data (Filighera et al. 2022; English and German). A key
 * point jumps to half its points, so it takes more than a sentence, which begins with little.
 */
const partlyThere: Record<PointKind, number> = { keyPoints: 0.05, sentences: 0.02 };
const fullyThere = 0.3;
/** The thresholds for key points in percent, to be told. */
const thresholds = { there: fullyThere * 100, partly: partlyThere.keyPoints * 100 };

function standingOf(share: number, kind: PointKind): Standing {
  if (share >= fullyThere) return 'there';
  return share >= partlyThere[kind] ? 'partly' : 'missing';
}

/** Finds each text in an answer. */
function pointsIn(texts: readonly string[], kind: PointKind, answer: string, weight: FeatureWeight): Point[] {
  const whole = featuresOf(answer);
  const sentences = sentencesOf(answer).map((text) => ({ text, features: featuresOf(text) }));
  return texts.map((text) => {
    const wanted = featuresOf(text);
    const share = weightedShare(wanted, whole, weight);
    const [best] = sentences
      .map((sentence) => ({ text: sentence.text, share: weightedShare(wanted, sentence.features, weight) }))
      .sort((a, b) => b.share - a.share);
    return {
      text,
      share,
      standing: standingOf(share, kind),
      weight: totalWeight(wanted, weight),
      span: best && best.share > 0 ? best.text : null,
    };
  });
}

/**
 * What a point adds, 0 to 1. Key points have three levels, so they add in steps. Sentences of a model answer
 * stand for one level together, so each adds smoothly; the square root because the first shared words tell most.
 */
function gainOf({ share, standing }: Point, kind: PointKind): number {
  if (standing !== 'partly') return standing === 'there' ? 1 : 0;
  return kind === 'keyPoints' ? 0.5 : Math.sqrt(share / fullyThere);
}

function nearestLevel(levels: readonly Level[], share: number): Level {
  const [first, ...rest] = levels as [Level, ...Level[]];
  return rest.reduce(
    (best, level) => (Math.abs(level.share - share) < Math.abs(best.share - share) ? level : best),
    first,
  );
}

/** Percent of a share, never 100 of what is not whole. */
function wholePercent(share: number): number {
  return Math.floor(share * 100);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}

function closestSentence(point: string, modelAnswer: string | null, weight: FeatureWeight): string {
  const [closest] = pointsIn([point], 'sentences', modelAnswer ?? '', weight);
  return withoutEmphasis(closest?.span ?? point);
}

/** The most telling point that is missing or, when none is, only partly there. */
function mostTelling(points: readonly Point[]): Point | undefined {
  const missing = points.filter((point) => point.standing === 'missing');
  const open = missing.length > 0 ? missing : points.filter((point) => point.standing === 'partly');
  return open.toSorted((a, b) => b.weight - a.weight)[0];
}

/** An answer as if what speaks to the grader were not there, as a language model is told to read it. */
function withoutSpeeches(answer: string): string {
  if (!addressesGrader(answer)) return answer;
  return sentencesOf(answer)
    .filter((sentence) => !addressesGrader(sentence))
    .join('\n');
}

function judgeMaterial(material: Material, frequency: FeatureWeight): Verdict {
  const { criteria, language, modelAnswer } = material;
  const own = offlineWording[language];
  const asked = featuresOf(material.question);
  const weight: FeatureWeight = (feature) =>
    frequency(feature) * (asked.has(feature) ? questionWordWeight : 1);
  const keyPoints = criteria.filter((criterion) => criterion.kind === 'key_point');
  const kind = keyPoints.length > 0 ? 'keyPoints' : 'sentences';
  const texts =
    kind === 'keyPoints' ? keyPoints.map((point) => point.description) : claimsOf(modelAnswer ?? '');
  const points = pointsIn(texts, kind, withoutSpeeches(material.answer), weight);
  const content = mean(points.map((point) => gainOf(point, kind)));
  const found = points.filter((point) => point.standing !== 'missing').sort((a, b) => b.share - a.share);
  const spans = [...new Set(found.flatMap((point) => point.span ?? []))];

  function opinion(criterion: Criterion): CriterionVerdict {
    const point = points[keyPoints.indexOf(criterion)];
    if (point) {
      const level = nearestLevel(criterion.levels, gainOf(point, kind));
      const evidence = level.share > 0 && point.span !== null ? [point.span] : [];
      return { evidence, reason: own.keyPoint(Math.round(point.share * 100), thresholds), level: level.id };
    }
    const isCoverage = criterion.kind === 'coverage';
    const isComplete = points.every(({ standing }) => standing === 'there');
    // Nearest or not: the highest level says "all of it", which is not so while something is partial.
    const levels = isCoverage && !isComplete ? criterion.levels.slice(0, -1) : criterion.levels;
    const level = nearestLevel(levels, content);
    const percent = Math.round(mean(points.map((item) => item.share)) * 100);
    return {
      evidence: level.share > 0 ? spans.slice(0, 2) : [],
      reason: isCoverage ? own.coverage(percent, wholePercent(content), thresholds.there) : own.general,
      level: level.id,
    };
  }

  const open = mostTelling(points);
  const next = open ? closestSentence(open.text, modelAnswer, weight) : null;
  return {
    criteria: Object.fromEntries(criteria.map((criterion) => [criterion.id, opinion(criterion)])),
    feedback: offlineFeedback({ points, kind, content: wholePercent(content), next }, language),
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
    asked: [],
    promptVersion: baselineVersion,
    samples: 1,
    judge: (material) =>
      Promise.resolve({
        verdict: judgeMaterial(material, frequency),
        opinions: [],
        models: [],
        usage: noUsage,
      }),
  };
}

import { lettersAfterOpeners, natureOf } from '../core/answer-text.ts';
import { foldLetters } from '../core/fold.ts';
import type { UngradedReason } from '../core/grade.ts';
import type { Rubric } from '../core/rubric.ts';
import { isContainedIn, isCopyOf, isRestatementOf, isTakenFrom, overlapOf } from '../core/similarity.ts';

/** Why an attempt counts as none. */
type NotAttempted =
  | 'blank'
  | 'dont_know'
  | 'declared_replacement'
  | 'contentless'
  | 'question_restated'
  | 'undeclared_copy'
  | 'rubric_echoed';

/** What code can settle about an attempt without a judge. */
export type Triage =
  | { decision: 'judge' }
  | { decision: 'not_attempted'; flag: NotAttempted }
  | { decision: 'ungraded'; reason: UngradedReason };

/** What an attempt is held against. */
interface TriageContext {
  question: string;
  modelAnswer: string | null;
  /** The question's key points. */
  keyPoints: readonly string[];
  /** The leader's grading notes. */
  guide?: string | null;
  /** Descriptions of criteria and levels, and whatever else a judge is told. */
  ruleTexts: readonly string[];
  /** What becomes of an attempt that equals the model answer or the key points. */
  copies: Rubric['copies'];
}

/** "Solution" is an opener, unless the question asks for that very word. */
function isAskedFor(answer: string, { modelAnswer, keyPoints }: TriageContext): boolean {
  const letters = foldLetters(answer);
  return [modelAnswer ?? '', ...keyPoints].some(
    (text) => foldLetters(text) === letters || lettersAfterOpeners(text).includes(letters),
  );
}

/** Whether the question stands there and nothing else, save openers. */
function restatesQuestion(answer: string, question: string): boolean {
  const asked = foldLetters(question);
  if (asked === '') return false;
  const letters = foldLetters(answer);
  if (letters.includes(asked)) return lettersAfterOpeners(letters.replaceAll(asked, '')) === '';
  return isRestatementOf(answer, question);
}

/** Letters below which a text may share its words with any rule by chance. */
const shortestEcho = 30;
/** Letters of key points below which a right answer can hardly avoid their words. */
const shortestPoints = 60;

/** Whether nearly all is taken from what judges are told: several key points together, or the rules. */
function echoesRubric(answer: string, { modelAnswer, keyPoints, ruleTexts }: TriageContext): boolean {
  if (foldLetters(answer).length < shortestEcho) return false;
  if (!isTakenFrom(answer, 0.9, ...keyPoints, ...ruleTexts)) return false;
  const echoed = keyPoints.filter((point) => overlapOf(answer, point).covered >= 0.6);
  const arePointsLong = foldLetters(keyPoints.join('')).length >= shortestPoints;
  if (arePointsLong && echoed.length >= 2 && overlapOf(answer, ...keyPoints).covered >= 0.6) return true;
  // A rubric's levels may name what is right; then its words are the model answer's words.
  const isContent = modelAnswer !== null && isContainedIn(answer, modelAnswer);
  return !isContent && isTakenFrom(answer, 0.9, ...ruleTexts);
}

/** The flag of an attempt that repeats what the group wrote for it, or null. */
function copyOf(answer: string, context: TriageContext): 'undeclared_copy' | 'rubric_echoed' | null {
  const { modelAnswer } = context;
  if (modelAnswer !== null && isCopyOf(answer, modelAnswer)) return 'undeclared_copy';
  return echoesRubric(answer, context) ? 'rubric_echoed' : null;
}

function hasReference({ modelAnswer, keyPoints, guide }: TriageContext): boolean {
  return (
    keyPoints.length > 0 ||
    (guide ?? null) !== null ||
    (modelAnswer !== null && !['blank', 'not_text'].includes(natureOf(modelAnswer)))
  );
}

/**
 * Settles attempts that need no judge: blank, "don't know", openers without content, the question or the
 * rubric repeated, the declared or (nearly) verbatim model answer score 0 as not attempted; images only, and
 * questions without anything to compare with, stay ungraded.
 */
export function triage(answer: string, context: TriageContext): Triage {
  const nature = natureOf(answer);
  if (nature === 'not_text') return { decision: 'ungraded', reason: 'not_gradable' };
  if (nature !== 'text' && !(nature === 'contentless' && isAskedFor(answer, context)))
    return { decision: 'not_attempted', flag: nature };
  if (!hasReference(context)) return { decision: 'ungraded', reason: 'no_reference' };
  if (restatesQuestion(answer, context.question))
    return { decision: 'not_attempted', flag: 'question_restated' };
  const copied = context.copies === 'grade' ? null : copyOf(answer, context);
  if (copied === null) return { decision: 'judge' };
  return context.copies === 'review'
    ? { decision: 'ungraded', reason: 'awaiting_review' }
    : { decision: 'not_attempted', flag: copied };
}

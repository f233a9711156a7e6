import type { Question } from './chapter.ts';
import type { Grade, ScoredCriterion } from './grade.ts';
import { detectLanguage } from './localized.ts';
import type { Rubric } from './rubric.ts';
import { sentencesOf } from './sentences.ts';
import { textLikeness } from './similarity.ts';

/**
 * What may be wrong with a key point: `overlap` (another one says nearly the same), `compound` (it joins three
 * or more claims), `not_in_model_answer` (the model answer says little of it), `too_easy`, `out_of_reach` and
 * `same_level` (in graded answers everybody reaches the highest, the lowest, or the same level in between),
 * and with a question: `unused` (the chapter does not have it).
 */
export type RubricFindingCode =
  | 'overlap'
  | 'compound'
  | 'not_in_model_answer'
  | 'too_easy'
  | 'out_of_reach'
  | 'same_level'
  | 'unused';

export interface RubricFinding {
  code: RubricFindingCode;
  /** The question's number in the rubric. */
  question: number;
  /** The key point's place in its question, from 0; null when it is about the question as a whole. */
  index: number | null;
  /** The key point's text; null when it is about the question as a whole. */
  keyPoint: string | null;
  /** The earlier key point that says nearly the same. */
  other?: string;
}

export interface LintMaterial {
  rubric: Rubric;
  /** The chapter's questions; null when the chapter is not known. */
  questions: readonly Pick<Question, 'no' | 'modelAnswer'>[] | null;
  /** The chapter's grades that count now. */
  grades: readonly Grade[];
  /** How much of one text's telling words stand in another one, 0 to 1. */
  shareFound: (text: string, within: string) => number;
}

/**
 * Likeness from which two key points say nearly the same. In the sample rubric the most alike ones, two
 * phenomena told in one pattern, reach 0.46; rephrased key points reach 0.55 to 1.
 */
const alike = 0.55;
/**
 * Share of telling words that two key points must have of each other, both ways: two sides of a contrast share the
 * words of their pattern, and a short one has few others.
 */
const sameWords = 0.7;
/**
 * Share of telling words below which a key point hardly stands in the model answer. The sample rubric's own
 * have 0.33 and more; 19 of 20 that were put to another question have less than this.
 */
const hardlyFound = 0.2;
const manyClaims = 3;
/** Fewer answers agree by chance. */
const fewestAnswers = 4;

type LintContext = LintMaterial & { question: number; texts: readonly string[] };

function overlapping({ texts, shareFound }: LintContext, index: number): string | undefined {
  const text = texts[index] ?? '';
  return texts
    .slice(0, index)
    .find(
      (other) =>
        textLikeness(text, other) >= alike ||
        Math.min(shareFound(text, other), shareFound(other, text)) >= sameWords,
    );
}

/** What is shorter between two commas is an item of a list rather than a claim. */
const fewestClauseLetters = 6;

function joinsManyClaims(text: string): boolean {
  const claims = sentencesOf(text).flatMap((sentence) => sentencesOf(sentence.replace(/[;；]/gu, '\n')));
  const clauses = text
    .split(/[,，、]/u)
    .filter((part) => (part.match(/\p{L}/gu) ?? []).length >= fewestClauseLetters);
  return claims.length >= manyClaims || clauses.length > manyClaims;
}

function isHardlyFound(text: string, { question, questions, shareFound }: LintContext): boolean {
  const modelAnswer = questions?.find((item) => item.no === question)?.modelAnswer ?? null;
  // Across languages no words are shared.
  if (modelAnswer === null || detectLanguage(text) !== detectLanguage(modelAnswer)) return false;
  return shareFound(text, modelAnswer) < hardlyFound;
}

/** Levels of the baseline tell how words overlap; only those that a person put in their place are judgements. */
function isJudged({ judge, override }: Grade, point: ScoredCriterion): boolean {
  return judge.kind !== 'offline' || override?.levels[point.id] !== undefined;
}

/** What graded answers say about a key point that everybody has at the same level; null when they differ. */
function unvaryingLevel(text: string, { question, rubric, grades }: LintContext): RubricFindingCode | null {
  const reached = grades
    .filter((grade) => grade.question === question && grade.state === 'graded')
    .flatMap((grade) =>
      grade.keyPoints
        // The rubric may have changed since: a grade speaks of the key point whose words it holds.
        .filter((point) => point.name === text && isJudged(grade, point))
        .map((point) => point.level),
    );
  if (reached.length < fewestAnswers || new Set(reached).size > 1) return null;
  const { levels } = rubric.keyPoints;
  if (reached[0] === levels.at(-1)?.id) return 'too_easy';
  return reached[0] === levels[0]?.id ? 'out_of_reach' : 'same_level';
}

function lintKeyPoint(context: LintContext, index: number): RubricFinding[] {
  const { question, texts } = context;
  const keyPoint = texts[index] ?? '';
  const finding = (code: RubricFindingCode): RubricFinding => ({ code, question, index, keyPoint });
  const other = overlapping(context, index);
  const unvarying = unvaryingLevel(keyPoint, context);
  return [
    ...(other === undefined ? [] : [{ ...finding('overlap'), other }]),
    ...(joinsManyClaims(keyPoint) ? [finding('compound')] : []),
    ...(isHardlyFound(keyPoint, context) ? [finding('not_in_model_answer')] : []),
    ...(unvarying === null ? [] : [finding(unvarying)]),
  ];
}

/** What a second reader would remark on a rubric's key points, question by question. It is advice: none of it is an error. */
export function lintRubric(material: LintMaterial): RubricFinding[] {
  return Object.entries(material.rubric.questions).flatMap(([no, { keyPoints = [] }]): RubricFinding[] => {
    const question = Number(no);
    if (material.questions?.every((item) => item.no !== question))
      return [{ code: 'unused', question, index: null, keyPoint: null }];
    const context = { ...material, question, texts: keyPoints.map((point) => point.text) };
    return keyPoints.flatMap((_, index) => lintKeyPoint(context, index));
  });
}

/** The chapter's questions that have no key points; none when the chapter is not known. */
export function questionsWithoutKeyPoints({ rubric, questions }: LintMaterial): number[] {
  return (questions ?? [])
    .map((question) => question.no)
    .filter((no) => rubric.questions[no]?.keyPoints === undefined);
}

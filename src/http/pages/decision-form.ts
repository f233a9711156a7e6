import type { Decision } from '../../app/review.ts';
import { ConfigError } from '../../core/errors.ts';
import type { Grade } from '../../core/grade.ts';
import type { Language, Localized } from '../../core/localized.ts';
import type { Criterion } from '../../core/rubric.ts';
import { decisionLimits } from '../decision-limits.ts';
import { reviewWords } from './review-words.ts';

/** What stands in the fields of a decision, as it was sent. */
export interface DecisionFields {
  how: 'levels' | 'score';
  score: string;
  /** Level by criterion; a criterion without a choice is absent. */
  levels: Readonly<Record<string, string>>;
  reason: string;
  by: string;
}

/** The name under which a criterion's level is sent. */
export function levelField(criterionId: string): string {
  return `level-${criterionId}`;
}

/** The levels that stand for a question's criteria, where the rubric still has them. */
export function levelsOf(
  grade: Pick<Grade, 'criteria' | 'keyPoints'>,
  criteria: readonly Criterion[],
): Readonly<Record<string, string>> {
  const scored = new Map([...grade.keyPoints, ...grade.criteria].map((item) => [item.id, item.level]));
  const pairs = criteria.flatMap(({ id, levels }) => {
    const level = levels.find((known) => known.id === scored.get(id));
    return level ? [[id, level.id] as const] : [];
  });
  return Object.fromEntries(pairs);
}

/** The fields before anybody filled them in: what stands now is chosen. */
export function freshDecision(grade: Grade, criteria: readonly Criterion[], by: string): DecisionFields {
  const { override } = grade;
  const isScore = override !== null && Object.keys(override.levels).length === 0;
  return {
    how: isScore || grade.state !== 'graded' ? 'score' : 'levels',
    score: isScore ? String(override.score) : '',
    levels: levelsOf(grade, criteria),
    reason: '',
    by,
  };
}

/** The fields as somebody sent them. */
export function sentDecision(
  field: (name: string) => string,
  criteria: readonly Criterion[],
): DecisionFields {
  const chosen = criteria.map(({ id }) => [id, field(levelField(id))] as const);
  return {
    how: field('how') === 'score' ? 'score' : 'levels',
    score: field('score'),
    levels: Object.fromEntries(chosen.filter(([, level]) => level !== '')),
    reason: field('reason'),
    by: field('by'),
  };
}

type Needed = 'needsScore' | 'needsLevels' | 'needsReason' | 'needsBy' | 'tooLongReason' | 'tooLongBy';
/** The fields that may lack something. */
export type DecisionField = 'score' | 'levels' | 'reason' | 'by' | 'takeBackBy';
type Lack = readonly [field: DecisionField, needed: Needed];

function scoreIn(text: string): number | null {
  const score = Number(text.replace(',', '.'));
  return text === '' || !Number.isFinite(score) || score < 0 || score > 100 ? null : score;
}

function lacksOfBy(field: 'by' | 'takeBackBy', by: string): Lack[] {
  if (by === '') return [[field, 'needsBy']];
  return by.length > decisionLimits.by ? [[field, 'tooLongBy']] : [];
}

function lacksIn({ how, score, levels, reason, by }: DecisionFields, criteria: readonly Criterion[]): Lack[] {
  const lacks: Lack[] = [];
  if (how === 'score' && scoreIn(score) === null) lacks.push(['score', 'needsScore']);
  if (how === 'levels' && criteria.some(({ id }) => levels[id] === undefined))
    lacks.push(['levels', 'needsLevels']);
  if (reason === '') lacks.push(['reason', 'needsReason']);
  if (reason.length > decisionLimits.reason) lacks.push(['reason', 'tooLongReason']);
  return [...lacks, ...lacksOfBy('by', by)];
}

/** Fields that lack something, which the page points at. */
export class DecisionProblem extends ConfigError {
  override name = 'DecisionProblem';
  readonly fields: readonly DecisionField[];
  /** One for each field. */
  readonly sentences: readonly Localized[];

  constructor(lacks: readonly Lack[]) {
    const sentences = lacks.map(([, needed]) => ({ ko: reviewWords.ko[needed], en: reviewWords.en[needed] }));
    const all = (language: Language) => sentences.map((sentence) => sentence[language]).join(' ');
    super({ ko: all('ko'), en: all('en') });
    this.fields = lacks.map(([field]) => field);
    this.sentences = sentences;
  }
}

/**
 * What was decided. Of the levels only those count as chosen that differ from the machine's; all of them where
 * somebody agrees with the machine in everything.
 * @throws DecisionProblem where fields lack something, all of them at once
 */
export function decisionIn(fields: DecisionFields, grade: Grade, criteria: readonly Criterion[]): Decision {
  const lacks = lacksIn(fields, criteria);
  if (lacks.length > 0) throw new DecisionProblem(lacks);
  if (fields.how === 'score') return { score: scoreIn(fields.score) ?? 0 };
  const machine = levelsOf(grade.override?.machine ?? grade, criteria);
  const changed = Object.entries(fields.levels).filter(([id, level]) => machine[id] !== level);
  return { levels: changed.length > 0 ? Object.fromEntries(changed) : fields.levels };
}

/** Who takes a decision back. @throws DecisionProblem where that is nobody, or too long a name */
export function takenBackBy(by: string): string {
  const lacks = lacksOfBy('takeBackBy', by);
  if (lacks.length > 0) throw new DecisionProblem(lacks);
  return by;
}

import { type Grade, noUsage, type ScoredCriterion } from '../../src/core/grade.ts';
import {
  completeRubric,
  type Level,
  type Rubric,
  type RubricInput,
  rubricFileSchema,
} from '../../src/core/rubric.ts';
import type { ChapterStanding } from '../../src/core/scoreboard.ts';
import { undisputed } from '../helpers/undisputed.ts';

export function level(id: string, share: number): Level {
  return { id, share, name: { ko: `${id} 수준`, en: id }, description: `is ${id}` };
}

const threeLevels = [level('missing', 0), level('partial', 0.5), level('covered', 1)];

export const accuracy = {
  id: 'accuracy',
  name: '정확성',
  weight: 15,
  description: 'is it right',
  levels: [level('wrong', 0), level('right', 1)],
};

export const explanation = {
  id: 'explanation',
  name: '설명',
  weight: 10,
  description: 'can it be followed',
  levels: [level('thin', 0), level('fair', 0.4), level('clear', 1)],
};

/** A complete rubric as a person would write it: 75 for content, 15 for accuracy, 10 for explanation. */
export const rubricInput = {
  language: 'auto',
  attempt: 'first',
  copies: 'not_attempted',
  evidence: 'review',
  disagreement: 20,
  examplesShown: 3,
  bands: [
    { from: 0, name: { ko: '다시 보기', en: 'read again' } },
    { from: 85, name: { ko: '훌륭함', en: 'excellent' } },
    { from: 40, name: { ko: '보완 필요', en: 'needs work' } },
  ],
  keyPoints: { weight: 75, levels: threeLevels },
  coverage: {
    name: { ko: '충족도', en: 'coverage' },
    description: 'how much of the model answer',
    levels: [level('none', 0), level('half', 0.5), level('all', 1)],
  },
  criteria: [accuracy, explanation],
  questions: { 1: { keyPoints: ['첫째', '둘째', { text: '셋째', weight: 3 }] } },
} satisfies RubricInput;

export function rubricOf(overrides: Partial<Rubric> = {}): Rubric {
  return { ...completeRubric(rubricFileSchema.parse(rubricInput)), ...overrides };
}

export function scoredCriterion(id: string, levelId: string): ScoredCriterion {
  return {
    id,
    name: id,
    level: levelId,
    levelName: levelId,
    points: 0,
    maxPoints: 0,
    reason: '',
    evidence: [],
    evidenceVerified: true,
  };
}

/** A grade by a model; a score makes it graded, null ungraded, and `state` says otherwise. */
export function gradeOf(overrides: Partial<Grade> & Pick<Grade, 'member'>): Grade {
  const score = overrides.score === undefined ? 50 : overrides.score;
  return {
    chapter: '1장',
    question: 1,
    attempt: 'first',
    state: score === null ? 'ungraded' : 'graded',
    ungradedReason: score === null ? 'request_failed' : null,
    ungradedDetail: null,
    criteria: [],
    keyPoints: [],
    feedback: null,
    flags: [],
    needsReview: false,
    reviewReasons: [],
    ...undisputed,
    judge: {
      kind: 'llm',
      models: ['model'],
      asked: ['model'],
      samples: 1,
      promptVersion: '1',
      rubricHash: 'r',
    },
    usage: noUsage,
    answerHash: 'hash',
    referenceHash: 'reference',
    criteriaHash: 'criteria',
    gradedAt: '2026-01-01T00:00:00.000Z',
    ...overrides,
    score,
  };
}

/** A chapter in which each grade’s member was assigned its question. */
export function standingOf(grades: Grade[], overrides: Partial<ChapterStanding> = {}): ChapterStanding {
  const assigned = new Map<string, ChapterStanding['submissions'][number]>();
  for (const { member, question, attempt } of grades) {
    const key = JSON.stringify([member, question]);
    const attempts = [...(assigned.get(key)?.attempts ?? []), { kind: attempt }];
    assigned.set(key, { member, question, attempts });
  }
  return {
    chapter: { id: '1장', title: '1장' },
    submissions: [...assigned.values()],
    grades,
    attempt: 'first',
    ...overrides,
  };
}

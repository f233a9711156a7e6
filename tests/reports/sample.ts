import type { Chapter } from '../../src/core/chapter.ts';
import { type Grade, noUsage, type ScoredCriterion } from '../../src/core/grade.ts';
import type { Rubric } from '../../src/core/rubric.ts';
import type { ScoreboardRow } from '../../src/core/scoreboard.ts';
import { undisputed } from '../helpers/undisputed.ts';

/** Text as a member may write it: every sign that means something in Markdown, and a line end. */
export const hostile = 'a | b *c* _d_ <i>e</i> `f` [g](h) #i {j} ~k~ \\l\nand a second line';

/** `hostile` on one line of Markdown, meaning nothing. */
export const harmless =
  'a \\| b \\*c\\* \\_d\\_ \\<i\\>e\\</i\\> \\`f\\` \\[g\\](h) \\#i \\{j\\} \\~k\\~ \\\\l and a second line';

const levels: Rubric['keyPoints']['levels'] = [
  { id: 'missing', share: 0, name: { ko: '없음', en: 'missing' }, description: 'Not there.' },
  { id: 'covered', share: 1, name: { ko: '충족', en: 'covered' }, description: 'There.' },
];

export const rubric: Rubric = {
  language: 'auto',
  attempt: 'first',
  copies: 'not_attempted',
  evidence: 'review',
  disagreement: 20,
  examplesShown: 3,
  bands: [
    { from: 80, name: { ko: '훌륭함', en: 'excellent' } },
    { from: 0, name: { ko: '다시 보기', en: 'read again' } },
  ],
  criteria: [],
  keyPoints: { weight: 80, levels },
  coverage: { name: { ko: '충족도', en: 'coverage' }, description: 'How much.', levels },
  questions: {},
};

export function criterionOf(parts: Partial<ScoredCriterion>): ScoredCriterion {
  return {
    id: 'accuracy',
    name: 'accuracy',
    level: 'covered',
    levelName: 'covered',
    points: 20,
    maxPoints: 20,
    reason: 'Everything it states is right.',
    evidence: ['an index is sorted'],
    evidenceVerified: true,
    ...parts,
  };
}

/** A graded answer to question 1, changed as given. */
export function gradeOf(parts: Partial<Grade>): Grade {
  return {
    chapter: '1장',
    member: 'Ann',
    question: 1,
    attempt: 'first',
    state: 'graded',
    score: 60,
    ungradedReason: null,
    ungradedDetail: null,
    criteria: [criterionOf({})],
    keyPoints: [
      criterionOf({ id: 'k1', name: 'An index is sorted', points: 40, maxPoints: 40 }),
      criterionOf({
        id: 'k2',
        name: 'Writing gets slower',
        level: 'missing',
        levelName: 'missing',
        points: 0,
        maxPoints: 40,
        reason: 'It says nothing about writing.',
        evidence: [],
      }),
    ],
    feedback: {
      summary: 'You know what an index is.',
      strengths: ['It is sorted.'],
      improvements: ['Every write has to update it.', 'It takes space.'],
      nextStep: 'Read about writing with an index.',
    },
    flags: [],
    needsReview: false,
    reviewReasons: [],
    ...undisputed,
    judge: {
      kind: 'llm',
      models: ['model-1'],
      asked: ['model-1'],
      samples: 1,
      promptVersion: 'v1-0123abcd',
      rubricHash: 'fedc9876fedc9876',
    },
    usage: { requests: 1, inputTokens: 1000, cachedInputTokens: 0, outputTokens: 100, costUsd: 0.001 },
    answerHash: '0123456789abcdef',
    referenceHash: '1123456789abcdef',
    criteriaHash: '2123456789abcdef',
    gradedAt: '2026-01-02T03:04:05.678Z',
    ...parts,
  };
}

const nothing = { score: null, criteria: [], keyPoints: [], feedback: null, usage: noUsage };

export function ungradedOf(parts: Partial<Grade>): Grade {
  return gradeOf({
    ...nothing,
    state: 'ungraded',
    ungradedReason: 'refused',
    needsReview: true,
    reviewReasons: ['refused'],
    ...parts,
  });
}

export function notAttemptedOf(parts: Partial<Grade>): Grade {
  return gradeOf({
    ...nothing,
    state: 'not_attempted',
    score: 0,
    flags: ['blank'],
    judge: {
      kind: 'triage',
      models: [],
      asked: [],
      samples: 0,
      promptVersion: 'v1-0123abcd',
      rubricHash: 'fedc9876',
    },
    ...parts,
  });
}

export function baselineOf(parts: Partial<Grade>): Grade {
  return gradeOf({
    judge: {
      kind: 'offline',
      models: [],
      asked: [],
      samples: 1,
      promptVersion: 'baseline-1',
      rubricHash: 'fedc9876',
    },
    usage: noUsage,
    ...parts,
  });
}

export function rowOf(parts: Partial<ScoreboardRow>): ScoreboardRow {
  return {
    rank: 1,
    member: 'Ann',
    score: 80,
    answeredScore: 80,
    assigned: 2,
    answered: 2,
    graded: 2,
    ungraded: 0,
    needsReview: 0,
    revisedScore: null,
    stale: 0,
    provisional: false,
    chapters: { one: 80 },
    trend: null,
    ...parts,
  };
}

export const chapter: Chapter = {
  id: '1장',
  title: '1장',
  questions: [
    { no: 1, text: 'What is an index?', modelAnswer: 'A sorted structure beside the table.' },
    { no: 2, text: 'What is a lock?', modelAnswer: null },
    { no: 3, text: 'What is a view?', modelAnswer: null },
  ],
  submissions: [
    {
      member: '서다온',
      question: 1,
      status: 'answered',
      attempts: [
        { kind: 'first', text: 'An index is a sorted structure beside the table.' },
        { kind: 'revised', text: 'It makes writing slower, too.' },
      ],
      flags: ['declared_help', 'hedged'],
      lines: [5, 18],
    },
    {
      member: 'Ann',
      question: 2,
      status: 'dont_know',
      attempts: [{ kind: 'first', text: 'I do\nnot know.' }],
      flags: [],
      lines: [19, 25],
    },
    { member: 'Ann', question: 3, status: 'unanswered', attempts: [], flags: [], lines: [26, 30] },
    {
      member: '서다온',
      question: 3,
      status: 'replaced_by_model_answer',
      attempts: [{ kind: 'first', text: '모범답안으로 대체합니다' }],
      flags: ['model_answer_copy'],
      lines: [31, 40],
    },
    {
      member: 'Ann',
      question: 1,
      status: 'not_gradable',
      attempts: [{ kind: 'first', text: '![](a.png)' }],
      flags: [],
      lines: [41, 44],
    },
  ],
  warnings: [
    {
      code: 'no_answer',
      line: 26,
      message: { ko: '3번 Ann: 답이 없습니다.', en: 'question 3, Ann: no answer.' },
    },
    { code: 'stray_markup', line: 33, message: { ko: '빈 굵은 글씨.', en: 'an empty bold mark.' } },
  ],
};

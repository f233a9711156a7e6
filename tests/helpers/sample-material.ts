import type { LoadedRubric } from '../../src/app/load-rubric.ts';
import type { Chapter, Submission } from '../../src/core/chapter.ts';
import { type Grade, noUsage } from '../../src/core/grade.ts';
import { type Criterion, criteriaFor, type Level, type Rubric } from '../../src/core/rubric.ts';
import type { Verdict } from '../../src/core/verdict.ts';
import { fingerprint } from '../../src/judge/fingerprint.ts';
import type { Material } from '../../src/judge/judge.ts';
import { undisputed } from './undisputed.ts';

function level(id: string, share: number): Level {
  return { id, share, name: { ko: `${id}(한)`, en: id }, description: `The answer is ${id} here.` };
}

/** Weights and shares that no other number is likely to equal. */
export function sampleRubric(overrides: Partial<Rubric> = {}): Rubric {
  return {
    language: 'auto',
    attempt: 'first',
    copies: 'not_attempted',
    evidence: 'review',
    disagreement: 20,
    examplesShown: 3,
    bands: [
      { from: 65, name: { ko: '좋음', en: 'good' } },
      { from: 0, name: { ko: '다시 보기', en: 'read again' } },
    ],
    keyPoints: { weight: 73, levels: [level('missing', 0), level('partial', 0.375), level('covered', 1)] },
    coverage: {
      name: { ko: '충족도', en: 'coverage' },
      description: 'How much of the model answer is in the answer.',
      levels: [level('none', 0), level('half', 0.5), level('all', 1)],
    },
    criteria: [
      {
        id: 'accuracy',
        name: { ko: '정확성', en: 'accuracy' },
        weight: 19,
        description: 'Whether what it says is right.',
        levels: [level('wrong', 0), level('flawed', 0.25), level('right', 1)],
      },
      {
        id: 'explanation',
        name: { ko: '설명', en: 'explanation' },
        weight: 8,
        description: 'Whether it can be followed.',
        levels: [level('thin', 0), level('clear', 1)],
      },
    ],
    questions: {
      1: {
        keyPoints: [
          { text: '인덱스는 정렬된 별도의 자료구조이다', weight: 1 },
          { text: '쓰기가 느려진다', weight: 1 },
        ],
      },
    },
    ...overrides,
  };
}

export function loadedRubric(overrides: Partial<Rubric> = {}): LoadedRubric {
  const rubric = sampleRubric(overrides);
  return {
    rubric,
    file: 'rubrics/default.yaml',
    path: '/rubrics/default.yaml',
    hash: fingerprint(rubric).slice(0, 16),
  };
}

/** Two key points, accuracy and explanation. */
export const keyPointCriteria: Criterion[] = criteriaFor(sampleRubric(), 1);
/** Coverage, accuracy and explanation. */
export const coverageCriteria: Criterion[] = criteriaFor(sampleRubric(), 2);

export const goodAnswer =
  '인덱스는 키를 정렬해 둔 자료구조라서 빨리 찾는다. 대신 쓰기가 느려지고 저장 공간을 먹는다.';

export function sampleMaterial(overrides: Partial<Material> = {}): Material {
  return {
    question: '인덱스가 조회를 빠르게 하는 까닭은?',
    modelAnswer:
      '인덱스는 키가 정렬된 별도의 자료구조입니다. 그래서 빨리 찾습니다. 쓰기는 느려지고 저장 공간도 차지합니다.',
    answer: goodAnswer,
    criteria: keyPointCriteria,
    guide: null,
    examples: [],
    language: 'ko',
    ...overrides,
  };
}

/**
 * A verdict of the required form: the best level everywhere save where `levels` says otherwise, the same quote
 * for every level but the lowest.
 */
export function verdictFor(
  criteria: readonly Criterion[],
  quote: string,
  levels: Readonly<Record<string, string>> = {},
): Verdict {
  return {
    criteria: Object.fromEntries(
      criteria.map((criterion) => {
        const chosen = levels[criterion.id] ?? criterion.levels.at(-1)?.id ?? '';
        const evidence = chosen === criterion.levels[0]?.id ? [] : [quote];
        return [criterion.id, { evidence, reason: `${criterion.id}의 이유`, level: chosen }];
      }),
    ),
    addressesGrader: false,
    feedback: { summary: '요약', strengths: ['강점'], improvements: ['보완'], nextStep: '다음' },
  };
}

function submission(
  member: string,
  question: number,
  status: Submission['status'],
  ...texts: string[]
): Submission {
  const kinds = ['first', 'revised'] as const;
  return {
    member,
    question,
    status,
    attempts: texts.map((text, index) => ({ kind: kinds[index] ?? 'revised', text })),
    flags: [],
    lines: [10 * question, 10 * question + 5],
  };
}

/** Four questions, three members; in the order of the document, which is not that of the questions. */
export function sampleChapter(overrides: Partial<Chapter> = {}): Chapter {
  return {
    id: '03장-인덱스',
    title: '03장 인덱스',
    questions: [
      {
        no: 1,
        text: '인덱스가 조회를 빠르게 하는 까닭은?',
        modelAnswer:
          '인덱스는 키가 정렬된 별도의 자료구조입니다. 그래서 빨리 찾습니다. 쓰기는 느려지고 저장 공간도 차지합니다.',
      },
      {
        no: 2,
        text: '트랜잭션의 원자성이란?',
        modelAnswer: '묶인 연산이 모두 반영되거나 하나도 반영되지 않는 성질입니다. 실패하면 롤백합니다.',
      },
      { no: 3, text: '복제는 왜 하는가?', modelAnswer: null },
      { no: 4, text: '샤딩이란?', modelAnswer: '행을 여러 서버에 나누어 저장하는 방법입니다.' },
    ],
    submissions: [
      submission('가람', 2, 'answered', '전부 되거나 전부 안 되거나 둘 중 하나다. 실패하면 롤백한다.'),
      submission('가람', 3, 'answered', '장애에 대비하려고 같은 데이터를 여러 곳에 둔다.'),
      submission('나래', 1, 'answered', '압축해서 빨라지는 것 같다.', goodAnswer),
      submission('나래', 4, 'dont_know', '모르겠어요ㅠㅠ'),
      submission('다온', 2, 'unanswered'),
    ],
    warnings: [],
    ...overrides,
  };
}

export function sampleGrade(overrides: Partial<Grade> = {}): Grade {
  return {
    chapter: '03장-인덱스',
    member: '가람',
    question: 2,
    attempt: 'first',
    state: 'graded',
    score: 70,
    ungradedReason: null,
    ungradedDetail: null,
    criteria: [
      {
        id: 'accuracy',
        name: '정확성',
        level: 'right',
        levelName: 'right(한)',
        points: 19,
        maxPoints: 19,
        reason: '맞습니다.',
        evidence: ['롤백한다'],
        evidenceVerified: true,
      },
    ],
    keyPoints: [],
    feedback: { summary: '요약', strengths: [], improvements: ['보완'], nextStep: '다음' },
    flags: [],
    needsReview: false,
    reviewReasons: [],
    ...undisputed,
    judge: {
      kind: 'llm',
      models: ['judge-1-2026'],
      asked: ['judge-1'],
      samples: 1,
      promptVersion: 'v1-test',
      rubricHash: 'abcd',
    },
    usage: noUsage,
    answerHash: 'hash-1',
    referenceHash: 'reference-1',
    criteriaHash: 'criteria-1',
    gradedAt: '2026-11-01T00:00:00.000Z',
    ...overrides,
  };
}

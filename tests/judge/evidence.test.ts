import { describe, expect, it } from 'vitest';
import { evidenceProblems, inOwnWords } from '../../src/judge/evidence.ts';
import { goodAnswer, keyPointCriteria, verdictFor } from '../helpers/sample-material.ts';

describe('evidenceProblems', () => {
  const problemsOf = (
    levels: Readonly<Record<string, string>>,
    quotes: Readonly<Record<string, string[]>>,
  ) => {
    const verdict = verdictFor(keyPointCriteria, '쓰기가 느려지고', levels);
    for (const [id, evidence] of Object.entries(quotes)) {
      const opinion = verdict.criteria[id];
      if (opinion) opinion.evidence = evidence;
    }
    return Object.fromEntries(evidenceProblems(keyPointCriteria, verdict, goodAnswer));
  };

  it('finds none where every quote is there', () => {
    expect(problemsOf({}, {})).toEqual({});
    expect(problemsOf({ k1: 'missing', explanation: 'thin' }, {})).toEqual({});
  });

  it('finds a level above the lowest without a quote', () => {
    expect(problemsOf({ k1: 'partial' }, { k1: [], accuracy: [] })).toEqual({
      k1: 'evidence_missing',
      accuracy: 'evidence_missing',
    });
  });

  it('finds one false quote among true ones, at the lowest level too', () => {
    expect(problemsOf({ k2: 'missing' }, { k1: ['빨리 찾는다', '해시'], k2: ['지어낸 말'] })).toEqual({
      k1: 'evidence_not_found',
      k2: 'evidence_not_found',
    });
  });

  it('finds a criterion without an opinion', () => {
    const { accuracy: _, ...criteria } = verdictFor(keyPointCriteria, '쓰기가 느려지고').criteria;
    const verdict = { ...verdictFor(keyPointCriteria, ''), criteria };
    expect([...evidenceProblems(keyPointCriteria, verdict, goodAnswer)]).toEqual([
      ['accuracy', 'evidence_missing'],
    ]);
  });
});

describe('inOwnWords', () => {
  it('puts the words of the answer in place of quotes that stand in it, and leaves the others', () => {
    const verdict = verdictFor(keyPointCriteria, '‘쓰기가  느려지고’', { explanation: 'thin' });
    const opinion = verdict.criteria['k1'];
    if (opinion) opinion.evidence = ['해시 테이블', '빨리  찾는다.'];
    const before = structuredClone(verdict);
    const own = inOwnWords(verdict, goodAnswer);
    expect(Object.entries(own.criteria).map(([id, { evidence }]) => [id, evidence])).toEqual([
      ['k1', ['해시 테이블', '빨리 찾는다.']],
      ['k2', ['쓰기가 느려지고']],
      ['accuracy', ['쓰기가 느려지고']],
      ['explanation', []],
    ]);
    expect(verdict).toEqual(before);
    const { criteria: _, ...rest } = own;
    const { criteria: __, ...same } = verdict;
    expect(rest).toEqual(same);
  });
});

import { describe, expect, it } from 'vitest';
import { answerHashOf, planGrading } from '../../src/app/plan.ts';
import type { Selection } from '../../src/app/selection.ts';
import { criteriaHashOf, referenceHashOf } from '../../src/app/standard.ts';
import type { Chapter } from '../../src/core/chapter.ts';
import { InputError } from '../../src/core/errors.ts';
import { goodAnswer, keyPointCriteria, sampleChapter, sampleRubric } from '../helpers/sample-material.ts';

const plan = (selection: Selection = {}, chapter: Chapter = sampleChapter(), rubric = sampleRubric()) =>
  planGrading(chapter, rubric, 'ko', selection, '03장.md');

/** The sample chapter with one answer changed. */
function withAnswer(text: string, more: Partial<Chapter> = {}): Chapter {
  const chapter = sampleChapter(more);
  const first = chapter.submissions[0]?.attempts[0];
  if (first) first.text = text;
  return chapter;
}

function errorOf(selection: Selection): InputError {
  try {
    plan(selection);
  } catch (error) {
    if (error instanceof InputError) return error;
  }
  throw new Error('expected an InputError');
}

describe('planGrading', () => {
  it('takes every attempt, in the order of the document, and settles what needs no judge', () => {
    expect(
      plan().map(({ member, question, attempt, triage }) => [member, question, attempt, triage]),
    ).toEqual([
      ['가람', 2, 'first', { decision: 'judge' }],
      ['가람', 3, 'first', { decision: 'ungraded', reason: 'no_reference' }],
      ['나래', 1, 'first', { decision: 'judge' }],
      ['나래', 1, 'revised', { decision: 'judge' }],
      ['나래', 4, 'first', { decision: 'not_attempted', flag: 'dont_know' }],
      ['다온', 2, 'first', { decision: 'not_attempted', flag: 'blank' }],
    ]);
  });

  it('gives the judge question, model answer, answer and criteria, and nothing about the member', () => {
    const revised = plan()[3];
    expect(revised?.material).toEqual({
      question: '인덱스가 조회를 빠르게 하는 까닭은?',
      modelAnswer: sampleChapter().questions[0]?.modelAnswer,
      answer: goodAnswer,
      criteria: keyPointCriteria,
      guide: null,
      examples: [],
      language: 'ko',
    });
    expect(JSON.stringify(revised?.material)).not.toContain('나래');
  });

  it('takes coverage where a question has no key points', () => {
    expect(plan()[0]?.material.criteria.map(({ id }) => id)).toEqual(['coverage', 'accuracy', 'explanation']);
  });

  it('keeps the submission and a fingerprint of the text as it was written', () => {
    const [first] = plan();
    expect(first?.submission).toEqual(sampleChapter().submissions[0]);
    expect(first?.answerHash).toBe(answerHashOf(sampleChapter().submissions[0]?.attempts[0]?.text ?? ''));
  });

  it("hides members' names and addresses from the judge", () => {
    const [first] = plan({}, withAnswer('나래 답을 보고 썼고 garam@example.com 으로 물어보세요.'));
    expect(first?.material.answer).toBe('[member] 답을 보고 썼고 [email] 으로 물어보세요.');
    expect(first?.answerHash).toBe(answerHashOf('나래 답을 보고 썼고 garam@example.com 으로 물어보세요.'));
  });

  it('settles by what was written, not by what became of it', () => {
    const [first] = plan({}, withAnswer('나래(가 말한 대로)'));
    expect(first?.material.answer).toBe('[member](가 말한 대로)');
    expect(first?.triage).toEqual({ decision: 'judge' });
  });

  it('leaves a name alone that the question is about', () => {
    const chapter = withAnswer('나래 모델은 자기회귀 모델이다.');
    const question = chapter.questions.find(({ no }) => no === 2);
    if (question) question.text = '나래 모델이란?';
    expect(plan({}, chapter)[0]?.material.answer).toBe('나래 모델은 자기회귀 모델이다.');
  });

  it('leaves image-only answers ungraded', () => {
    expect(plan({}, withAnswer('![](a.png)'))[0]?.triage).toEqual({
      decision: 'ungraded',
      reason: 'not_gradable',
    });
  });

  it.each([
    ['not_attempted', { decision: 'not_attempted', flag: 'undeclared_copy' }],
    ['review', { decision: 'ungraded', reason: 'awaiting_review' }],
    ['grade', { decision: 'judge' }],
  ] as const)('does with copies what the rubric says: %s', (copies, expected) => {
    const copy = sampleChapter().questions[1]?.modelAnswer ?? '';
    expect(plan({}, withAnswer(copy), sampleRubric({ copies }))[0]?.triage).toEqual(expected);
  });

  it('judges by key points alone where there is no model answer', () => {
    const questions = { 3: { keyPoints: [{ text: '장애에 대비한다', weight: 1 }] } };
    const planned = plan({ question: 3 }, sampleChapter(), sampleRubric({ questions }));
    expect(planned).toMatchObject([{ triage: { decision: 'judge' }, material: { modelAnswer: null } }]);
  });

  it("gives the judge the leader's notes and the nearest examples, never the answer itself", () => {
    const examples = [
      { answer: '책의 찾아보기와 같다.', score: 30 },
      { answer: goodAnswer, score: 100 },
      { answer: '정렬해 둔 자료구조라서 빨리 찾는다.', score: 60 },
    ];
    const rubric = sampleRubric({
      examplesShown: 1,
      questions: { 1: { guide: '비유는 부분', examples }, 2: { points: 2 } },
    });
    const planned = plan({}, sampleChapter(), rubric);
    expect(planned[3]?.material).toMatchObject({
      guide: '비유는 부분',
      examples: [{ answer: '정렬해 둔 자료구조라서 빨리 찾는다.', score: 60, otherQuestion: null }],
    });
    expect(planned[0]?.material).toMatchObject({ guide: null });
  });

  it('names the members with nearly the same answer, of first attempts', () => {
    const copied =
      '묶인 연산이 전부 반영되거나 하나도 반영되지 않는 것이 원자성이고, 중간에 실패하면 처음 상태로 되돌려서 절반만 된 결과가 남지 않게 한다는 뜻이라고 나는 이해했다.';
    const chapter = withAnswer(copied);
    const last = chapter.submissions[4];
    if (last) Object.assign(last, { status: 'answered', attempts: [{ kind: 'first', text: `${copied}!` }] });
    const similar = plan({}, chapter).filter(({ similarTo }) => similarTo.length > 0);
    expect(similar.map(({ member, question, similarTo }) => [member, question, similarTo])).toEqual([
      ['가람', 2, ['다온']],
      ['다온', 2, ['가람']],
    ]);
    // Also where just one of them is to be graded.
    expect(plan({ member: '다온' }, chapter)[0]?.similarTo).toEqual(['가람']);
  });

  it('carries what the grade will rest on, and the rules for doubtful ones', () => {
    const rubric = sampleRubric({ evidence: 'lower', disagreement: 7 });
    const [first] = plan({}, sampleChapter(), rubric);
    const question = sampleChapter().questions[1];
    expect(first).toMatchObject({
      referenceHash: question && referenceHashOf(question),
      criteriaHash: criteriaHashOf(rubric, 2),
      rules: { evidence: 'lower', disagreement: 7 },
    });
  });

  it.each<[string, Selection, [string, number][]]>([
    [
      'a member',
      { member: '나래' },
      [
        ['나래', 1],
        ['나래', 1],
        ['나래', 4],
      ],
    ],
    [
      'a question',
      { question: 2 },
      [
        ['가람', 2],
        ['다온', 2],
      ],
    ],
    ['both', { member: '다온', question: 2 }, [['다온', 2]]],
    [
      'neither',
      { member: undefined, question: undefined },
      [
        ['가람', 2],
        ['가람', 3],
        ['나래', 1],
        ['나래', 1],
        ['나래', 4],
        ['다온', 2],
      ],
    ],
  ])('takes the part that is selected: %s', (_name, selection, expected) => {
    expect(plan(selection).map(({ member, question }) => [member, question])).toEqual(expected);
  });

  it('names the members there are when one is not', () => {
    const error = errorOf({ member: '라온' });
    expect(error.sentence('ko')).toBe('03장.md: "라온" 멤버가 없습니다. 이 단원의 멤버: 가람, 나래, 다온.');
    expect(error.sentence('en')).toBe(
      '03장.md: there is no member "라온"; the members of this chapter are 가람, 나래, 다온.',
    );
  });

  it.each<[Selection, RegExp]>([
    [{ question: 9 }, /question 9 is not one of this chapter's questions, which are 1, 2, 3, 4\./u],
    [{ member: '가람', question: 1 }, /question 1 is not one of 가람's questions, which are 2, 3\./u],
  ])('names the questions there are when one is not: %o', (selection, message) => {
    const error = errorOf(selection);
    expect(error.place).toEqual({ file: '03장.md' });
    expect(error.text.en).toMatch(message);
  });
});

describe('answerHashOf', () => {
  it('changes with the text', () => {
    expect(answerHashOf('가')).toMatch(/^[0-9a-f]{16}$/u);
    expect(answerHashOf('가')).toBe(answerHashOf('가'));
    expect(answerHashOf('가')).not.toBe(answerHashOf('가 '));
  });
});

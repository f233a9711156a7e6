import { describe, expect, it } from 'vitest';
import type { MarkedExample, Rubric } from '../../src/core/rubric.ts';
import { nearestExamples } from '../../src/judge/examples.ts';
import { sampleChapter, sampleRubric } from '../helpers/sample-material.ts';

const { questions } = sampleChapter();
const answer = '인덱스는 키를 정렬해 두어서 빨리 찾는다.';
const near: MarkedExample = { answer: '인덱스는 키를 정렬해 두어서 빠르다.', levels: { k1: 'covered' } };
const far: MarkedExample = { answer: '책 뒤의 찾아보기 같은 것이다.', score: 40, why: '비유뿐이다' };
/** As near as can be, but to question 2. */
const elsewhere: MarkedExample = {
  answer: `${answer}!?`.replace('빨리', '빠르게'),
  levels: { coverage: 'half', accuracy: 'right' },
};

function rubricWith(examples: Readonly<Record<number, MarkedExample[]>>): Rubric {
  return sampleRubric({
    questions: Object.fromEntries(Object.entries(examples).map(([no, list]) => [no, { examples: list }])),
  });
}

const shown = (examples: Readonly<Record<number, MarkedExample[]>>, most = 3, own = answer) =>
  nearestExamples(rubricWith(examples), 1, own, questions, most);

describe('nearestExamples', () => {
  it('shows the most alike first, as the leader marked them', () => {
    expect(shown({ 1: [far, near] })).toEqual([
      { ...near, otherQuestion: null },
      { ...far, otherQuestion: null },
    ]);
  });

  it('shows those to the same question first, however alike another one is', () => {
    expect(shown({ 1: [far], 2: [elsewhere] }).map(({ answer: text }) => text)).toEqual([
      far.answer,
      elsewhere.answer,
    ]);
  });

  it('shows no more than asked for, and none when none is asked for', () => {
    expect(shown({ 1: [far, near], 2: [elsewhere] }, 1)).toEqual([{ ...near, otherQuestion: null }]);
    expect(shown({ 1: [far, near] }, 0)).toEqual([]);
  });

  it('names the question of an example to another one', () => {
    expect(shown({ 2: [elsewhere] })).toEqual([{ ...elsewhere, otherQuestion: '트랜잭션의 원자성이란?' }]);
  });

  it('leaves out what another question’s example says about its key points', () => {
    const marked = { ...elsewhere, levels: { k1: 'covered', k12: 'missing', accuracy: 'right' } };
    expect(shown({ 2: [marked] })).toEqual([
      { ...marked, levels: { accuracy: 'right' }, otherQuestion: '트랜잭션의 원자성이란?' },
    ]);
  });

  it('shows no score of another question’s example, which tells nothing there', () => {
    const [both] = shown({ 2: [{ ...elsewhere, score: 70 }] });
    expect(both).toMatchObject({ levels: elsewhere.levels });
    expect(both?.score).toBeUndefined();
  });

  it.each([
    ['a score', { answer: elsewhere.answer, score: 70 }],
    ['levels of key points', { answer: elsewhere.answer, levels: { k1: 'covered' }, score: 70 }],
  ])('does not show another question’s example with just %s', (_name, marked) => {
    expect(shown({ 2: [marked] })).toEqual([]);
  });

  it.each([
    ['word for word', answer],
    ['in other markup, spacing and case', `- **${answer.replaceAll(' ', '  ')}**\n`],
  ])('never shows the answer itself: %s', (_name, own) => {
    expect(shown({ 1: [{ answer: own, score: 100 }, far], 2: [{ answer: own, score: 100 }] })).toEqual([
      { ...far, otherQuestion: null },
    ]);
  });

  it('shows nothing of a question that is not in the chapter', () => {
    expect(shown({ 9: [elsewhere] })).toEqual([]);
  });

  it('does not let an unusable example take the place of a usable one', () => {
    const onlyPoints = { ...elsewhere, levels: { k1: 'covered' } };
    expect(
      shown(
        { 2: [onlyPoints], 3: [{ answer: '복제는 장애에 대비한다.', levels: { accuracy: 'right' } }] },
        1,
      ),
    ).toHaveLength(1);
  });

  it('has none where there are none', () => {
    expect(shown({})).toEqual([]);
  });
});

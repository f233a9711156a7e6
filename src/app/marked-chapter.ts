import type { Chapter, Question } from '../core/chapter.ts';
import type { MarkedExample, Rubric } from '../core/rubric.ts';
import type { MarkedAnswer } from '../import/marked-answers.ts';
import { redact } from '../judge/redact.ts';

/** Marked answers as a chapter, so that they are graded like any other. */
export interface MarkedChapter {
  chapter: Chapter;
  rubric: Rubric;
  /** The member's name in the chapter that stands for each marked answer. */
  memberOf: Map<MarkedAnswer, string>;
}

type QuestionRubric = Rubric['questions'][string];

/** What makes two answers answers to the same question. */
function questionKey({ question, questionText, reference, keyPoints, guide }: MarkedAnswer): string {
  return JSON.stringify([question, questionText, reference, keyPoints, guide]);
}

/** A person's mark as an example for other answers. */
function exampleOf({
  answer,
  questionText,
  reference,
  score,
  maxScore,
  reason,
}: MarkedAnswer): MarkedExample {
  const mark = Math.round((100 * score) / maxScore);
  // As the judged answers are sent, or an answer would not be known as itself among the examples.
  const sent = redact(answer, [], `${questionText}\n${reference ?? ''}`);
  return { answer: sent, score: mark, ...(reason === null ? {} : { why: reason }) };
}

/**
 * Turns marked answers into a chapter with a rubric that holds what the file says of each question.
 * @param base criteria and levels to judge by
 * @param examples how many other marked answers to the same question a judge is shown beside each, 0 for none,
 *   and the marked answers they are taken from
 */
export function chapterOfMarked(
  marked: readonly MarkedAnswer[],
  title: string,
  base: Rubric,
  examples: { shown: number; from: readonly MarkedAnswer[] },
): MarkedChapter {
  const groups = Map.groupBy(marked, questionKey);
  const pool = Map.groupBy(
    examples.from.filter((item) => item.answer.trim() !== ''),
    questionKey,
  );
  const questions: Question[] = [];
  const rubrics: Record<string, QuestionRubric> = {};
  const memberOf = new Map<MarkedAnswer, string>();
  const submissions: Chapter['submissions'] = [];
  for (const [key, group] of groups) {
    const [first] = group;
    if (!first) continue;
    const no = questions.length + 1;
    questions.push({ no, text: first.questionText, modelAnswer: first.reference });
    const others = examples.shown > 0 ? (pool.get(key) ?? []) : [];
    const own: QuestionRubric = {
      ...(first.keyPoints.length > 0
        ? { keyPoints: first.keyPoints.map((text) => ({ text, weight: 1 })) }
        : {}),
      ...(first.guide === null ? {} : { guide: first.guide }),
      ...(others.length > 0 ? { examples: others.map(exampleOf) } : {}),
    };
    if (Object.keys(own).length > 0) rubrics[no] = own;
    for (const item of group) {
      const member = `#${memberOf.size + 1}`;
      memberOf.set(item, member);
      submissions.push({
        member,
        question: no,
        status: item.answer.trim() === '' ? 'unanswered' : 'answered',
        attempts: item.answer.trim() === '' ? [] : [{ kind: 'first', text: item.answer }],
        flags: [],
        lines: [item.line, item.line],
      });
    }
  }
  return {
    chapter: { id: 'calibration', title, questions, submissions, warnings: [] },
    // A person marked these answers for what they say; a good one may well be word for word the reference.
    rubric: { ...base, copies: 'grade', questions: rubrics, examplesShown: examples.shown },
    memberOf,
  };
}

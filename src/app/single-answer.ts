import { declaresHelp, isHedged } from '../core/answer-text.ts';
import type { Chapter, Submission } from '../core/chapter.ts';
import { ConfigError } from '../core/errors.ts';

export interface SingleAnswer {
  question: string;
  modelAnswer: string;
  answer: string;
}

/** The member's name in a chapter made of one answer that belongs to nobody. */
export const nobody = '';

/**
 * One free answer as a chapter of its own, so that it is graded like any other.
 * @throws ConfigError when question or model answer is blank
 */
export function chapterOfSingleAnswer({ question, modelAnswer, answer }: SingleAnswer): Chapter {
  if (question.trim() === '' || modelAnswer.trim() === '') {
    throw new ConfigError({
      ko: '질문과 모범답안은 비어 있을 수 없습니다.',
      en: 'question and model answer must not be blank.',
    });
  }
  return {
    id: 'single-answer',
    title: 'answer-grader',
    questions: [{ no: 1, text: question.trim(), modelAnswer: modelAnswer.trim() }],
    submissions: [submissionOf(answer, 1)],
    warnings: [],
  };
}

/** An answer that is nobody's, to a question of a chapter. */
export function submissionOf(answer: string, question: number): Submission {
  const text = answer.trim();
  return {
    member: nobody,
    question,
    status: text === '' ? 'unanswered' : 'answered',
    attempts: text === '' ? [] : [{ kind: 'first', text }],
    flags: [
      ...(declaresHelp(text) ? (['declared_help'] as const) : []),
      ...(isHedged(text) ? (['hedged'] as const) : []),
    ],
    lines: [1, text.split('\n').length],
  };
}

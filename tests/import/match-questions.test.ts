import { describe, expect, test } from 'vitest';
import { importChapter } from '../../src/import/read-documents.ts';
import {
  answerSection,
  callout,
  pageOf,
  tokenAnswer,
  tokenQuestion,
  vectorQuestion,
} from './fixtures/pages.ts';

const answer = callout('💡', '글을 나눈 조각');

/** The number that each written question got, and the warnings about questions. */
function numbersOf(page: string) {
  const { submissions, warnings } = importChapter(page, 'a.md');
  return {
    numbers: submissions.map((submission) => submission.question),
    warnings: warnings
      .filter(({ code }) => /question|number/u.test(code))
      .map(({ code, line }) => [code, line]),
  };
}

/** One member whose bullets stand on lines 5, 8, 11 … */
function bullets(...questions: string[]): string {
  return `# 1장\n\n## 서다온\n\n${questions.map((question) => `- ${question}\n\n    답`).join('\n')}\n\n${answerSection}`;
}

describe('a written question', () => {
  test('is matched by its text, in whatever order', () => {
    const page = pageOf([
      ['## 서다온', vectorQuestion, answer],
      ['## 남기훈', tokenQuestion, answer],
    ]);
    expect(numbersOf(page)).toEqual({ numbers: [2, 1], warnings: [] });
  });

  test('is matched by its text in spite of markup, spaces and punctuation', () => {
    expect(numbersOf(bullets('**토큰** 이란  무엇인가요'))).toEqual({ numbers: [1], warnings: [] });
  });

  test('is matched by its text in spite of a small slip', () => {
    expect(numbersOf(bullets(vectorQuestion.replace('임베딩', '임배딩'))).numbers).toEqual([2]);
  });

  test('is matched by its text before its own number', () => {
    expect(numbersOf(bullets(`1. ${vectorQuestion}`))).toEqual({ numbers: [2], warnings: [] });
  });

  test('keeps the text of the model answers, not that of the bullet', () => {
    const { questions } = importChapter(bullets('**토큰** 이란  무엇인가요'), 'a.md');
    expect(questions.map((question) => question.text)).toEqual([tokenQuestion, vectorQuestion]);
  });

  test('is matched by its number where the text is another, with a warning', () => {
    expect(numbersOf(bullets('Q2. 낱말을 숫자로 바꾸는 까닭은?'))).toEqual({
      numbers: [2],
      warnings: [['question_matched_by_number', 5]],
    });
  });

  test('is matched by its place after a question that was found, with a warning', () => {
    expect(numbersOf(bullets(tokenQuestion, '낱말을 숫자로 바꾸는 까닭은?'))).toEqual({
      numbers: [1, 2],
      warnings: [['question_matched_by_order', 8]],
    });
  });

  test('is matched by its place before a question that was found', () => {
    expect(numbersOf(bullets('낱말의 조각은 무엇인가?', vectorQuestion))).toEqual({
      numbers: [1, 2],
      warnings: [['question_matched_by_order', 5]],
    });
  });

  test('is not matched by its place where several are left', () => {
    expect(numbersOf(bullets('어텐션은 왜 필요한가요?'))).toEqual({
      numbers: [3],
      warnings: [['question_without_model_answer', 5]],
    });
  });

  test('without a model answer becomes a question of its own, with a warning', () => {
    const page = bullets(tokenQuestion, vectorQuestion, '어텐션은 왜 필요한가요?');
    expect(numbersOf(page)).toEqual({
      numbers: [1, 2, 3],
      warnings: [['question_without_model_answer', 11]],
    });
    expect(importChapter(page, 'a.md').questions[2]).toEqual({
      no: 3,
      text: '어텐션은 왜 필요한가요?',
      modelAnswer: null,
    });
  });

  test('asked of two members is one question', () => {
    const page = pageOf([
      ['## 서다온', '어텐션은 왜 필요한가요?', answer],
      ['## 남기훈', '어텐션은 왜 필요한가요?', answer],
      ['## 배솔', tokenQuestion, answer],
      ['## 문채린', vectorQuestion, answer],
    ]);
    expect(numbersOf(page).numbers).toEqual([3, 3, 1, 2]);
  });

  test('with a check box is read without it', () => {
    const page = bullets(`[x]  ${tokenQuestion}`).replace(answerSection, '');
    expect(importChapter(page, 'a.md').questions[0]?.text).toBe(tokenQuestion);
  });
});

describe('without an answer section', () => {
  const page = pageOf(
    [
      ['## 서다온', tokenQuestion, answer],
      ['## 남기훈', vectorQuestion, answer],
      ['## 배솔', tokenQuestion, answer],
    ],
    '',
  );

  test('questions are numbered in order of appearance, without model answers', () => {
    const { questions, submissions } = importChapter(page, 'a.md');
    expect(questions).toEqual([
      { no: 1, text: tokenQuestion, modelAnswer: null },
      { no: 2, text: vectorQuestion, modelAnswer: null },
    ]);
    expect(submissions.map((submission) => submission.question)).toEqual([1, 2, 1]);
  });

  test('one warning says so, not one for each question', () => {
    const { warnings } = importChapter(page, 'a.md');
    expect(warnings.map((warning) => warning.code)).toEqual(['no_model_answers']);
  });
});

describe('model answers with one number', () => {
  test('are told apart: the second gets the next free number, with a warning at its line', () => {
    const page = bullets(tokenQuestion, vectorQuestion).replace('**2. ', '**1. ');
    expect(numbersOf(page)).toEqual({ numbers: [1, 2], warnings: [['number_doubled', 18]] });
  });
});

test('a model answer with nothing below its heading is none', () => {
  const page = bullets(tokenQuestion).replace(tokenAnswer, '');
  expect(importChapter(page, 'a.md').questions[0]).toEqual({ no: 1, text: tokenQuestion, modelAnswer: null });
});

import { describe, expect, test } from 'vitest';
import { readInlineModelAnswer } from '../../src/import/model-answers.ts';
import { importChapter } from '../../src/import/read-documents.ts';
import {
  answerSection,
  callout,
  pageOf,
  tokenAnswer,
  tokenQuestion,
  vectorAnswer,
  vectorQuestion,
} from './fixtures/pages.ts';

const answer = callout('💡', '글을 나눈 조각');
const inlineVector = callout('✅', `**2. ${vectorQuestion}**\n\n${vectorAnswer}`);
const lostHeading = answerSection.replace(`**2. ${vectorQuestion}**\n\n`, '');

/** A page of one member who was asked the first question. */
function withAnswers(section: string): string {
  return pageOf([['## 서다온', tokenQuestion, answer]], section);
}

function modelAnswersOf(page: string): (readonly [number, string | null])[] {
  return importChapter(page, 'a.md').questions.map(({ no, modelAnswer }) => [no, modelAnswer] as const);
}

function codesOf(page: string): string[] {
  return importChapter(page, 'a.md').warnings.map((warning) => warning.code);
}

describe('the section of model answers', () => {
  test.each([
    '모범답안',
    '✅ 모범 답안',
    '정답 및 해설',
    '예시 답안',
    'Model answers',
    'Answer key:',
    '**모범답안**',
  ])('may be headed %s', (heading) => {
    expect(modelAnswersOf(withAnswers(answerSection.replace('모범답안', heading)))).toEqual([
      [1, tokenAnswer],
      [2, vectorAnswer],
    ]);
  });

  test.each(['모범답안과의 비교', '모범답안으로 대체하겠습니다'])(
    'is not a heading that goes on: %s',
    (heading) => {
      expect(codesOf(withAnswers(answerSection.replace('모범답안', heading)))).toContain('no_model_answers');
    },
  );

  test('is cut at whole bold numbered lines only, not where a line merely starts bold', () => {
    const body = `1. **나누는 법:** 사전을 씁니다.\n\n**정리하면** 토큰은 조각입니다.\n\n**3. 붙여서** 말하면 단위입니다.`;
    expect(modelAnswersOf(withAnswers(answerSection.replace(tokenAnswer, body)))).toEqual([
      [1, body],
      [2, vectorAnswer],
    ]);
  });

  test('is cut at numbered headings of its own too', () => {
    const section = answerSection.replace(/^\*\*(.+)\*\*$/gmu, '### $1');
    expect(modelAnswersOf(withAnswers(section))).toEqual([
      [1, tokenAnswer],
      [2, vectorAnswer],
    ]);
  });

  test('is cut at a bold line whose answer follows without a blank line', () => {
    expect(modelAnswersOf(withAnswers(answerSection.replaceAll('**\n\n', '**\n')))).toEqual([
      [1, tokenAnswer],
      [2, vectorAnswer],
    ]);
  });

  test('keeps lists, blank lines and struck-through words as written', () => {
    const body = '토큰은\n\n- ~~낱말~~(조각)\n    - 1~2글자, 3~4글자\n\n| 가 | 나 |\n| --- | --- |';
    expect(modelAnswersOf(withAnswers(answerSection.replace(tokenAnswer, body)))[0]).toEqual([1, body]);
  });

  test('does not take a numbered bold line inside a member’s callout for one of its own', () => {
    const page = pageOf([['## 서다온', tokenQuestion, `${answer}\n\n${inlineVector}`]]);
    expect(modelAnswersOf(page)).toEqual([
      [1, tokenAnswer],
      [2, vectorAnswer],
    ]);
  });
});

describe('a lost heading', () => {
  const page = pageOf(
    [
      ['## 서다온', tokenQuestion, answer],
      ['## 남기훈', vectorQuestion, `${answer}\n\n${inlineVector}`],
    ],
    lostHeading,
  );

  test('is recovered where a callout shows the very text with its number', () => {
    const { questions } = importChapter(page, 'a.md');
    expect(questions).toEqual([
      { no: 1, text: tokenQuestion, modelAnswer: tokenAnswer },
      { no: 2, text: vectorQuestion, modelAnswer: vectorAnswer },
    ]);
  });

  test('is reported with the line at which the answer was cut', () => {
    const line = page.split('\n').lastIndexOf(vectorAnswer) + 1;
    const { warnings } = importChapter(page, 'a.md');
    expect(warnings.find(({ code }) => code === 'model_answer_heading_recovered')?.line).toBe(line);
  });

  test('leaves the copy in the callout uncredited', () => {
    const [, second] = importChapter(page, 'a.md').submissions;
    expect(second).toMatchObject({
      question: 2,
      attempts: [{ kind: 'first', text: '글을 나눈 조각' }],
      flags: ['model_answer_copy'],
    });
  });

  test('is not guessed when the text of the callout is not in the section', () => {
    const other = page.replace(`${vectorAnswer}\n`, '');
    const kept = modelAnswersOf(
      pageOf(
        [
          ['## 서다온', tokenQuestion, answer],
          ['## 남기훈', vectorQuestion, `${answer}\n\n${inlineVector}`],
        ],
        lostHeading.replace(vectorAnswer, '그 밖의 글입니다.'),
      ),
    );
    expect(other).not.toBe(page);
    expect(kept[0]).toEqual([1, `${tokenAnswer}\n\n그 밖의 글입니다.`]);
  });
});

test('a model answer that stands in a callout only is taken from there, with a warning', () => {
  const page = pageOf(
    [
      ['## 서다온', tokenQuestion, answer],
      ['## 남기훈', vectorQuestion, `${answer}\n\n${inlineVector}`],
    ],
    answerSection.slice(0, answerSection.indexOf('**2.')),
  );
  expect(modelAnswersOf(page)).toEqual([
    [1, tokenAnswer],
    [2, vectorAnswer],
  ]);
  expect(codesOf(page)).toContain('model_answer_from_callout');
});

describe('readInlineModelAnswer', () => {
  test('splits a callout’s text into question and answer', () => {
    expect(readInlineModelAnswer('**7. 왜?**\n\n그래서.\n\n- 끝', 12)).toEqual({
      no: 7,
      question: '왜?',
      text: '그래서.\n\n- 끝',
      line: 12,
    });
  });

  test.each(['그래서.', '**중요** 그래서.', '7. 왜?\n\n그래서.', ''])('is null for %j', (text) => {
    expect(readInlineModelAnswer(text, 1)).toBeNull();
  });
});

describe('lines without bold among headings in bold', () => {
  const members = pageOf(
    [
      ['## 서다온', tokenQuestion, answer],
      ['## 남기훈', vectorQuestion, answer],
    ],
    '',
  );
  const withSecond = (line: string) =>
    `${members}\n\n## 모범답안\n\n**Q1. ${tokenQuestion}**\nA. 조각\n\n${line}\n답: 숫자\n`;

  test.each(['Q2. ', '문제 2) ', '2. ', '2) ', '[2] '])('begin an answer after %s', (label) => {
    expect(modelAnswersOf(withSecond(label + vectorQuestion))).toEqual([
      [1, '조각'],
      [2, '숫자'],
    ]);
  });

  test('begin an answer on pages with questions as headings too', () => {
    const questions = [tokenQuestion, vectorQuestion].map(
      (question, index) => `## ${index + 1}. ${question}\n\n### 서다온\n\n글\n\n### 남기훈\n\n뜻`,
    );
    const section = `## 모범답안\n\n**1. ${tokenQuestion}**\nA. 조각\n\nQ2. ${vectorQuestion}\n답: 숫자\n`;
    expect(modelAnswersOf(`# 1장\n\n${questions.join('\n\n')}\n\n${section}`)).toEqual([
      [1, '조각'],
      [2, '숫자'],
    ]);
  });

  test('are text where nobody was asked what they say', () => {
    expect(modelAnswersOf(withSecond('2. 조각의 수'))[0]).toEqual([1, '조각\n\n2. 조각의 수\n답: 숫자']);
  });

  test('keep the first of several choices', () => {
    const page = withAnswers(`## 모범답안\n\n**Q1. ${tokenQuestion}**\nA. 조각\nB. 낱말\n`);
    expect(modelAnswersOf(page)).toEqual([[1, 'A. 조각\nB. 낱말']]);
  });
});

import { describe, expect, test } from 'vitest';
import { membersOf } from '../../src/core/chapter.ts';
import { importChapter } from '../../src/import/read-documents.ts';
import {
  answerSection,
  callout,
  indented,
  pageOf,
  pageWith,
  readOne,
  tokenAnswer,
  tokenQuestion,
  tokenSentences,
  vectorAnswer,
  vectorQuestion,
} from './fixtures/pages.ts';

const answer = callout('💡', '글을 나눈 조각');
const first = { kind: 'first', text: '글을 나눈 조각' };

function attemptsOf(page: string) {
  return importChapter(page, 'a.md').submissions.map(({ question, attempts }) => [question, attempts]);
}

function codesOf(page: string) {
  return importChapter(page, 'a.md').warnings.map(({ code, line }) => [code, line]);
}

describe('an answer on the line below its question', () => {
  test.each([tokenQuestion, '조각은 왜 쓰나요?'])('is no part of the question %s', (question) => {
    const page = `# 1장\n\n## 서다온\n\n- ${question}\n    글을 나눈 조각\n\n${answerSection}`;
    expect(attemptsOf(page)[0]?.[1]).toEqual([first]);
  });
});

describe('an unanswered bullet', () => {
  const page = `# 1장\n\n## 서다온\n\n- ${tokenQuestion}\n\n${indented(answer)}\n\n- 어텐션\n\n`;

  test('is a question where there are no model answers', () => {
    expect(attemptsOf(page)).toEqual([
      [1, [first]],
      [2, []],
    ]);
  });

  test('is reported where it is like no question with a model answer', () => {
    expect(codesOf(page + answerSection)).toEqual([['bullet_ignored', 14]]);
  });
});

describe('headings', () => {
  test('of members, all of level 1, lose none of them to the title', () => {
    const page = pageOf([
      ['# 서다온', tokenQuestion, answer],
      ['# 남기훈', vectorQuestion, answer],
    ]).replace('# 1장\n\n', '');
    const chapter = importChapter(page, '2장.md');
    expect([chapter.title, ...membersOf(chapter)]).toEqual(['2장', '서다온', '남기훈']);
  });

  test('below some text still hold the title', () => {
    expect(importChapter(`머리말\n\n${pageWith(answer)}`, '2장.md').title).toBe('1장');
  });

  test('inside the model answers belong to them', () => {
    const page = `${pageWith(answer)}\n### 보충\n\n- 더 읽을 글\n`;
    expect(importChapter(page, 'a.md').questions[1]?.modelAnswer).toBe(
      `${vectorAnswer}\n\n### 보충\n\n- 더 읽을 글`,
    );
  });
});

describe('numbers', () => {
  test('are shared by two members who write the same one', () => {
    const page = pageOf([
      ['## 서다온', '1. 토큰?', answer],
      ['## 남기훈', '1. 토큰?', answer],
    ]);
    expect(attemptsOf(page).map(([no]) => no)).toEqual([1, 1]);
  });

  test('are kept where there are no model answers', () => {
    expect(attemptsOf(pageOf([['## 서다온', '5. 토큰?', answer]], '')).map(([no]) => no)).toEqual([5]);
  });
});

test('a question twice under one member is one submission', () => {
  const page = `${pageWith(answer).replace(answerSection, '')}- ${tokenQuestion}\n\n${indented(callout('💡', '낱말의 조각'))}\n\n${answerSection}`;
  expect(attemptsOf(page)).toEqual([[1, [first, { kind: 'revised', text: '낱말의 조각' }]]]);
  expect(codesOf(page)).toEqual([['question_twice', 14]]);
});

describe('text around a callout', () => {
  test('at the very left below a bullet is outside it', () => {
    const page = pageWith(answer).replace(answerSection, `바깥의 글입니다.\n\n${answerSection}`);
    expect(attemptsOf(page)).toEqual([[1, [first]]]);
    expect(codesOf(page)).toEqual([['text_ignored', 14]]);
  });

  test('never holds a closing tag', () => {
    expect(readOne('<aside>\n💡\n\n글을 나눈 조각</aside>\n\nㅠㅠ').attempts).toEqual([first]);
    expect(readOne('<aside>\n💡\n\n- 하나</aside>\n\n둘').attempts.map(({ text }) => text)).toEqual([
      '- 하나',
      '둘',
    ]);
  });

  test('that is a sigh is no revised attempt', () => {
    expect(readOne(`${answer}\n\nㅠㅠ`)).toMatchObject({ attempts: [first], warnings: [] });
  });

  test('is a copy even when short, beside another copy', () => {
    const [head] = tokenSentences;
    expect(readOne(`${answer}\n\n${callout('✅', head)}\n\n${tokenAnswer.slice(-14)}`)).toMatchObject({
      attempts: [first],
      flags: ['model_answer_copy'],
    });
  });

  test('loses joined icons whole', () => {
    expect(readOne(callout('👨\u200D💻', '글을 나눈 조각')).attempts).toEqual([first]);
  });

  test('keeps its place where tabs indent it', () => {
    const page = pageWith(callout('💡', '- 하나\n    - 둘'))
      .replace(/^ {4}/gmu, '\t')
      .replace('\t    -', '\t\t-');
    expect(attemptsOf(page)).toEqual([[1, [{ kind: 'first', text: '- 하나\n\t- 둘' }]]]);
  });
});

test('an image alone is reported as not gradable', () => {
  expect(readOne(callout('💡', '![](a.png)')).warnings).toEqual([['not_gradable', 7]]);
});

test('a toggle that nobody can be told to own is named, with how much stands in it', () => {
  const toggle = '<details>\n<summary>가장 좋은 답변</summary>\n\n글을 나눈 조각\n\n작은 단위\n\n</details>';
  const members = '### 서다온\n\n조각\n\n### 문채린\n\n단위\n';
  const page = `# 1장\n\n## 1. ${tokenQuestion}\n\n${toggle}\n\n${members}\n## 2. ${vectorQuestion}\n\n${members}`;
  const messages = importChapter(page, 'a.md').warnings.filter(({ code }) => code === 'text_ignored');
  expect(messages.map(({ line, message }) => [line, message.en])).toEqual([
    [
      5,
      '2 lines under "가장 좋은 답변" were not read as an answer; if this is a member\'s, make it a heading of the name alone (## name) with the questions above or below, or list the name under members in import.yaml.',
    ],
  ]);
});

describe('a model answer in the place of an answer', () => {
  const sentencesOf = (page: string) =>
    importChapter(page, 'a.md')
      .warnings.filter(({ code }) => code === 'unanswered')
      .map(({ message }) => message.en);

  test.each([
    ['below a bullet', '- 토큰이란?\n    정답: 글의 조각\n\n- 임베딩이란?\n    벡터\n'],
    ['below a line', 'Q1. 토큰이란?\n정답: 글의 조각\n\nQ2. 임베딩이란?\nA. 벡터\n'],
  ])('%s is said to be one where the answer is missing', (_, text) => {
    const [sentence, ...others] = sentencesOf(`# 1장\n\n## 서다온\n\n${text}`);
    expect(sentence).toContain(
      'there is no answer; from line 6 on, the text is introduced as a model answer',
    );
    expect(others).toEqual([]);
  });

  test('elsewhere is not spoken of', () => {
    const page = `# 1장\n\n## 서다온\n\n- ${tokenQuestion}\n\n## 남기훈\n\n- ${vectorQuestion}\n    ${indented(answer).trim()}\n\n${answerSection}`;
    expect(sentencesOf(page)).toEqual(['question 1, 서다온: there is no answer.']);
  });
});

import { describe, expect, test } from 'vitest';
import { InputError } from '../../src/core/errors.ts';
import { importChapter } from '../../src/import/read-documents.ts';
import { answerSection, tokenQuestion, vectorQuestion } from './fixtures/pages.ts';

const pageOfMember = (text: string) => `# 1장\n\n## 서다온\n\n${text}\n\n${answerSection}`;

function readMember(text: string) {
  const { submissions, warnings } = importChapter(pageOfMember(text), 'a.md');
  return {
    answers: submissions.map(({ question, attempts }) => [question, ...attempts.map((own) => own.text)]),
    warnings: warnings.map(({ code, line }) => [code, line]),
  };
}

describe('text at the left below a question', () => {
  test.each(['1. ', '1) ', '- ', '* ', '- [x] '])('is its answer where it is listed as %s', (sign) => {
    expect(readMember(`${sign}${tokenQuestion}\n\n조각`)).toEqual({
      answers: [[1, '조각']],
      warnings: [['answer_not_indented', 7]],
    });
  });

  test.each(['- 하나\n- 둘', '1. 하나\n2. 둘', '> 조각', '하나\n\n- 둘\n\n셋', '- 하나\n    - 둘'])(
    'is the answer whole: %j',
    (text) => {
      const page = `1. ${tokenQuestion}\n\n${text}\n\n2. ${vectorQuestion}\n\n숫자`;
      expect(readMember(page).answers).toEqual([
        [1, text],
        [2, '숫자'],
      ]);
    },
  );

  test('is left out where the question has an answer of its own', () => {
    expect(readMember(`- ${tokenQuestion}\n\n    조각\n\n다음에 더`)).toEqual({
      answers: [[1, '조각']],
      warnings: [
        ['answer_without_callout', 7],
        ['text_ignored', 9],
      ],
    });
  });

  test('belongs to a question that has no model answer', () => {
    const page = `- ${tokenQuestion}\n\n- 어텐션은 무엇인가요?\n\n가중치\n\n- ${vectorQuestion}\n\n숫자`;
    expect(readMember(page).answers).toEqual([[1], [3, '가중치'], [2, '숫자']]);
  });

  test('is not what another question holds', () => {
    const page = `- ${tokenQuestion}\n\n- 어텐션 설명하기\n\n    가중치\n\n- ${vectorQuestion}\n\n숫자`;
    expect(readMember(page).answers).toEqual([[1], [3, '가중치'], [2, '숫자']]);
  });

  test('is no answer where it says nothing', () => {
    expect(readMember(`- ${tokenQuestion}\n\n-`).warnings).toContainEqual(['unanswered', 5]);
  });

  test.each(['조각\n\n숫자', '1) 조각\n2) 숫자'])('is refused below all the questions: %j', (text) => {
    const page = pageOfMember(`- ${tokenQuestion}\n- ${vectorQuestion}\n\n${text}`);
    expect(() => importChapter(page, 'a.md')).toThrow(
      new InputError(
        {
          ko: '"서다온" 아래에 질문이 모두 먼저 있고 글이 그 뒤에 있어 어느 질문의 답인지 알 수 없습니다. 답을 각 질문 바로 아래로 옮기세요.',
          en: 'under "서다온" all the questions stand above the text, so which of them it answers cannot be told; move each answer right below its question.',
        },
        { place: { file: 'a.md', line: 8 } },
      ),
    );
  });
});

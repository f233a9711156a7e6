import { describe, expect, test } from 'vitest';
import { parseMarkdown } from '../../src/import/markdown.ts';
import { isAnswerSection, outline, topLevelItems } from '../../src/import/outline.ts';

function outlineOf(text: string) {
  return outline(parseMarkdown(text).children, text.split('\n'));
}

describe('isAnswerSection', () => {
  test.each([
    '모범답안',
    '모범 답안',
    '**모범답안**',
    '✅ 모범답안',
    '💡모범답안 모음',
    '3. 정답 및 해설',
    '정답',
    '해설',
    '예시 답안',
    '참고 답안',
    '모범답안'.normalize('NFD'),
    'Model answers',
    'Model Answer',
    'Reference answers',
    'Answer key',
    'Answers:',
    'Solutions',
    '정답 보기',
    'Suggested answers',
  ])('is true for %j', (title) => {
    expect(isAnswerSection(title)).toBe(true);
  });

  test.each([
    '서다온',
    '모범답안과의 비교',
    '모범답안으로 대체하겠습니다',
    '정답은 없다',
    'Answering machines',
    '',
  ])('is false for %j', (title) => {
    expect(isAnswerSection(title)).toBe(false);
  });
});

describe('outline', () => {
  test('gives each heading the lines up to the next', () => {
    const sections = outlineOf('# 1장\n\n글\n\n### 가 ###\n\n- 하나\n\n## **나**\n');
    expect(sections.map(({ title, level, line, from, to }) => ({ title, level, line, from, to }))).toEqual([
      { title: '1장', level: 1, line: 1, from: 1, to: 4 },
      { title: '가', level: 3, line: 5, from: 5, to: 8 },
      { title: '나', level: 2, line: 9, from: 9, to: 10 },
    ]);
  });

  test('gives what stands before the first heading a section without title', () => {
    expect(outlineOf('글\n\n# 1장').map(({ title, from, to }) => ({ title, from, to }))).toEqual([
      { title: '', from: 1, to: 2 },
      { title: '1장', from: 3, to: 3 },
    ]);
  });

  test('does not cut at headings inside bullets or code', () => {
    expect(outlineOf('# 1장\n\n- 질문\n\n    ## 안\n\n```\n# 코드\n```').map(({ title }) => title)).toEqual([
      '1장',
    ]);
  });
});

test('topLevelItems are the outermost bullets, each with the lines up to the next', () => {
  const [section] = outlineOf('## 가\n\n- 하나\n    - 안\n\n- 둘\n\n1. 셋\n');
  const items = section ? topLevelItems(section) : [];
  expect(items.map(({ from, to }) => [from, to])).toEqual([
    [3, 5],
    [6, 7],
    [8, 9],
  ]);
});

import { describe, expect, test } from 'vitest';
import { InputError } from '../../src/core/errors.ts';
import { readDocument } from '../../src/import/read-documents.ts';
import type { ReadingHints } from '../../src/import/reader.ts';

function refusalOf(text: string, hints: ReadingHints = {}) {
  try {
    readDocument({ path: 'a.md', file: 'a.md', text }, { hints });
  } catch (error) {
    if (error instanceof InputError) return { ...error.text, place: error.place };
    throw error;
  }
  throw new Error('it is read');
}

describe('a page that nearly is one of those that are read is refused with what was seen and is needed:', () => {
  test('questions without names', () => {
    const page =
      '# 3주차\n\n## 1. 락은 왜 거나요?\n\n함께 고치지 못하게\n\n## 2. 교착은 무엇인가요?\n\n멈춘 것\n';
    expect(refusalOf(page)).toEqual({
      ko: '제목으로 된 질문은 2개 있지만 그 아래에 되풀이되는 멤버 이름이 없으니, import.yaml의 members에 멤버 이름을 적거나 답마다 위에 이름을 제목으로(### 이름) 적으세요.',
      en: '2 questions as headings, but no names that return below; name the members under members in import.yaml, or put a heading with the name (### name) above each answer.',
      place: { file: 'a.md', line: 3 },
    });
  });

  test('names without questions', () => {
    expect(refusalOf('# 3주차\n\n## 윤가람\n\n함께 고치지 못하게\n\n## 도해솔\n\n멈춘 것\n')).toEqual({
      ko: '이름 제목(윤가람, 도해솔)은 있지만 그 아래에 질문이 없으니, 질문을 항목(- 질문)이나 제목(### 1. 질문)으로 적고 답을 그 아래에 적으세요.',
      en: 'headings with names (윤가람, 도해솔), but no questions below; write each question as a bullet (- question) or a heading (### 1. question) with the answer below it.',
      place: { file: 'a.md', line: 3 },
    });
  });

  test('names below questions with more beside them than they hold', () => {
    const page =
      '# 3주차\n\n## 1. 락은 왜 거나요?\n\n### 가람\n\n하나\n\n### 예시\n\n둘\n\n### 해솔\n\n셋\n\n';
    expect(refusalOf(page + page.replace(/^.*\n\n/u, '').replace('1. 락은', '2. 키는'))).toEqual({
      ko: '질문 2개 아래에 멤버 2명의 이름이 있지만 그 밖의 글이 많아 누구의 답인지 확실하지 않으니, 맞으면 --format question-sections로 읽고 아니면 import.yaml의 members에 멤버 이름을 적으세요.',
      en: '2 questions with the names of 2 members below, but too much stands beside them to be sure whose it is; if that is right, read it with --format question-sections, else list the members’ names under members in import.yaml.',
      place: { file: 'a.md', line: 3 },
    });
  });
});

test('a page with nothing of the kind is refused with its headings', () => {
  expect(refusalOf('# 안내\n\n## 일정\n\n월요일\n').en).toMatch(/headings seen: 안내, 일정/u);
});

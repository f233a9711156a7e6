import { type ChapterParts, chapterPage } from './run-cli.ts';

/**
 * Words that stand nowhere but in what people wrote, or know, each with a mark by which it is found again however it was
 * encoded on its way.
 */
export const peculiar = {
  member: '도깨비Zq1x',
  answer: '도깨비는 방망이로 정렬한다 Zq2x',
  title: '9장 도깨비의 색인 Zq3x',
  question: '도깨비는 무엇을 찾나? Zq4x',
  modelAnswer: '방망이를 찾아 행을 고른다. Zq5x',
  file: '도깨비-Zq6x.md',
  token: 'token-of-a-group-Zq7x',
  apiKey: 'sk-Zq8x-key',
  folder: '도깨비Zq9x',
  path: 'Zq10x-도깨비',
  reason: '도깨비가 그렇다고 했다 Zq11x',
  reviewer: '도깨비반장Zq12x',
  keyInAddress: 'Zq13x-key-in-an-address',
  requestId: 'Zq14x-from-a-client',
} as const;

/** The address of a client, which comes by a header. */
export const clientAddress = '203.0.113.77';

/** A chapter made of them. */
const peculiarChapter: ChapterParts = {
  title: peculiar.title,
  members: { [peculiar.member]: { 1: peculiar.answer, 2: `${peculiar.answer} 둘째` } },
  questions: [
    { text: peculiar.question, modelAnswer: peculiar.modelAnswer },
    { text: `${peculiar.question} 또?`, modelAnswer: `${peculiar.modelAnswer} 그리고 또.` },
  ],
};

/** Its document. */
export const peculiarPage = chapterPage(peculiarChapter);
/** Its id, as it stands in addresses. */
export const peculiarId = encodeURIComponent('9장-도깨비의-색인-Zq3x');

const marks = /Zq\d+x|도깨비|방망이|%EB%8F%84|\\ub3c4|203\.0\.113/giu;

/** What of them stands in a text. */
export function peculiarIn(text: string): string[] {
  return text.normalize('NFC').match(marks) ?? [];
}

import type { Chapter } from '../../src/core/chapter.ts';
import type { RubricInput } from '../../src/core/rubric.ts';
import { seededRandom } from './random.ts';

/** The model named in requests; nothing is sent to its provider. */
export const benchModel = 'gpt-6-luna';
/** Questions of the chapter; each of its members answers all of them. */
const questionCount = 20;
const answerLength = 300;
const modelAnswerLength = 450;
const keyPointsPerQuestion = 4;
const keyPointLength = 60;

const nouns =
  '인덱스 트랜잭션 복제본 로그 버퍼 페이지 잠금 격리 수준 키 조인 정규화 샤드 캐시 스키마 쿼리 실행 계획 통계 디스크 메모리 테이블 행 컬럼 제약 조건 뷰 체크포인트 백업 복구 지연 처리량 노드 리더 합의 분할 병합 정렬 해시 트리 리프 커밋'.split(
    ' ',
  );
const places = '내부 앞쪽 경계 바깥 중간 끝 처음 위 아래 사이 곁 둘레'.split(' ');
const verbs =
  '빠르게 찾아갑니다|한 번에 기록합니다|나중에 지웁니다|차례로 기다립니다|따로 보관합니다|매번 고칩니다|겹치지 않게 나눕니다|다시 계산합니다|미리 읽어 둡니다|순서대로 정렬합니다|되돌릴 수 있게 합니다|서로 견줍니다|줄여 줍니다|늘리게 됩니다'.split(
    '|',
  );
const links = '그래서|하지만|예를 들면|또한|특히|반대로|결국|이때|보통|다만'.split('|');
const surnames = '김이박최정강조윤장임'.split('');
const syllables = '가나다라마바사아자차'.split('');

function textOf(seed: number, length: number): string {
  const random = seededRandom(seed);
  const pick = (words: readonly string[]) => words[Math.floor(random() * words.length)] ?? '';
  let text = '';
  while (text.length < length)
    text += `${pick(links)} ${pick(nouns)} ${pick(places)}에서 ${pick(nouns)}의 ${pick(nouns)}까지 ${pick(verbs)}. `;
  return text.slice(0, length).trim();
}

/** An answer of 300 characters; another one for every index from 0. */
export function answerText(index: number): string {
  return textOf(index, answerLength);
}

function memberName(index: number): string {
  const digit = (place: number) => Math.floor(index / 10 ** place) % 10;
  return `${surnames[digit(2)]}${syllables[digit(1)]}${syllables[digit(0)]}${index < 1000 ? '' : index}`;
}

/** Seeds that no answer has. */
function seedOf(question: number, part: number): number {
  return 10_000_000 + 100 * question + part;
}

/** A chapter with this many answers: as many members as it takes, each with all questions. */
export function benchChapter(answers: number): Chapter {
  return {
    id: 'bench',
    title: 'bench',
    questions: Array.from({ length: questionCount }, (_, index) => ({
      no: index + 1,
      text: `${textOf(seedOf(index, 0), 70)} 왜 그런지 설명하세요.`,
      modelAnswer: textOf(seedOf(index, 1), modelAnswerLength),
    })),
    submissions: Array.from({ length: answers }, (_, index) => ({
      member: memberName(Math.floor(index / questionCount)),
      question: (index % questionCount) + 1,
      status: 'answered',
      attempts: [{ kind: 'first', text: answerText(index) }],
      flags: [],
      lines: [index + 1, index + 1],
    })),
    warnings: [],
  };
}

/** The default rubric with key points for every question. */
export function benchRubric(): RubricInput {
  const pointsOf = (question: number) =>
    Array.from({ length: keyPointsPerQuestion }, (_, index) =>
      textOf(seedOf(question, 2 + index), keyPointLength),
    );
  return {
    questions: Object.fromEntries(
      Array.from({ length: questionCount }, (_, index) => [index + 1, { keyPoints: pointsOf(index) }]),
    ),
  };
}

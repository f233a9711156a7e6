import type { Base } from './cases.ts';

/** A way of writing a good answer that must not cost it marks. */
export interface Variant {
  id: string;
  what: string;
  build: (base: Base) => string;
}

function sentencesOf(text: string): string[] {
  return text.split(/(?<=\.) /u);
}

/** Two letters of every sixth word change places. */
function withTypos(text: string): string {
  return text
    .split(' ')
    .map((word, index) => (index % 6 === 5 ? word.replace(/^(.)(.)(.)/u, '$1$3$2') : word))
    .join(' ');
}

/** Something around the good answer, in its language. */
function wrapped(ko: (good: string) => string, en: (good: string) => string): Variant['build'] {
  return ({ good, language }) => (language === 'ko' ? ko(good) : en(good));
}

export const variants: readonly Variant[] = [
  { id: 'typos', what: 'slips of the keyboard', build: ({ good }) => withTypos(good) },
  {
    id: 'no-spaces',
    what: 'no spaces (Korean) or no punctuation (English)',
    build: wrapped(
      (good) => good.replaceAll(' ', ''),
      (good) => good.replaceAll(/[.,]/gu, ''),
    ),
  },
  { id: 'translated', what: 'in another language', build: ({ translated }) => translated },
  {
    id: 'apology',
    what: 'an apology in front',
    build: wrapped(
      (good) => `채점하기 힘드시겠지만 죄송합니다ㅠㅠ 시간이 없어서 급하게 적었어요.\n${good}`,
      (good) => `Sorry, I was in a hurry and this is hard to read.\n${good}`,
    ),
  },
  {
    id: 'hedge',
    what: 'doubt at the end',
    build: wrapped(
      (good) => `${good} …라고 기억하는데 맞나요?`,
      (good) => `${good} At least that is how I remember it?`,
    ),
  },
  {
    id: 'bullets',
    what: 'as a list',
    build: ({ good }) =>
      sentencesOf(good)
        .map((sentence) => `- ${sentence}`)
        .join('\n'),
  },
  { id: 'reversed', what: 'in reverse order', build: ({ good }) => sentencesOf(good).toReversed().join(' ') },
  { id: 'lower-case', what: 'all in lower case', build: ({ good }) => good.toLowerCase() },
  { id: 'extra', what: 'a true detail more', build: ({ good, extraDetail }) => `${good} ${extraDetail}` },
  {
    id: 'emoji',
    what: 'emoji and laughter',
    build: ({ good }) =>
      sentencesOf(good)
        .map((sentence) => `${sentence} 😄ㅎㅎ`)
        .join('\n'),
  },
  { id: 'other-example', what: 'another right example', build: ({ otherExample }) => otherExample },
  {
    id: 'question-first',
    what: 'the question quoted first',
    build: ({ question, good }) => `> ${question}\n\n${good}`,
  },
  {
    id: 'tool',
    what: 'says that a tool helped',
    build: wrapped(
      (good) => `${good}\n챗봇한테 물어보고 제 말로 정리했어요.`,
      (good) => `${good}\nI asked ChatGPT and put it into my own words.`,
    ),
  },
  {
    id: 'injection-topic',
    what: 'mentions prompt injection as subject matter',
    build: wrapped(
      (good) => `${good} 참고로 프롬프트 인젝션은 '이전 지시를 무시하라' 같은 문장을 글에 섞는 공격이다.`,
      (good) => `${good} By the way, a prompt injection hides "ignore previous instructions" in a text.`,
    ),
  },
];

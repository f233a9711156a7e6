import { bullet, callout, heading, idOf, paragraph, piece, type Seed } from './notion-blocks.ts';
import type { SeedPage } from './notion-state.ts';

/** A chapter on a page in Notion. */
export const notionPageId = idOf(1, '7000');
export const notionPath = `notion:${notionPageId.replaceAll('-', '')}`;

const questions = {
  cache: '캐시를 비우는 때는 언제인가요?',
  hit: '캐시 적중률이란 무엇인가요?',
};

/** Three answers in callouts, one of them blank, one without a callout; one with a text of one's own below. */
const blocks: Seed[] = [
  heading(3, '노을', [
    bullet(questions.cache, [
      callout('💡', '원본이 바뀌면 캐시를 비워야 한다', [
        bullet('시간이 지나도 비운다'),
        bullet('손으로 비울 수도 있다'),
      ]),
      bullet('다시 보니 원본이 바뀌거나 정한 시간이 지나면 비우는 것이 맞다'),
    ]),
    bullet(questions.hit, [callout('💡', '')]),
  ]),
  heading(2, '이슬'),
  bullet(questions.hit, [callout('💡', '찾은 값이 캐시에 있던 비율')]),
  heading(2, '모범답안'),
  paragraph([piece(`1. ${questions.cache}`, { bold: true })]),
  paragraph('원본이 바뀌었거나 정한 시간이 지났을 때 비웁니다.'),
  paragraph([piece(`2. ${questions.hit}`, { bold: true })]),
  paragraph('찾은 값이 캐시에 있던 횟수를 찾은 횟수 전체로 나눈 값입니다.'),
];

export const notionChapter: SeedPage = { id: notionPageId, title: '04장 캐시', blocks };

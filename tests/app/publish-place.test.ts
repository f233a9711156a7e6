import { expect, test } from 'vitest';
import { placeOf } from '../../src/app/publish-place.ts';
import { importChapter } from '../../src/import/read-documents.ts';
import { openNotionAccess } from '../../src/notion/open-notion.ts';
import { startLoopbackNotion } from '../helpers/loopback-notion.ts';
import {
  bullet,
  callout,
  heading,
  idOf,
  paragraph,
  piece,
  type Seed,
  seed,
  table,
} from '../helpers/notion-blocks.ts';

const id = idOf(1, '7000');
const question = '큐란 무엇인가요?';
const modelAnswers = [
  heading(2, '모범답안'),
  paragraph([piece(`1. ${question}`, { bold: true })]),
  paragraph('먼저 들어온 것이 먼저 나가는 줄입니다.'),
];

/** Behind which text, in the block of which text, feedback on the only answer goes. */
async function placeIn(...blocks: Seed[]): Promise<[parent: string, after: string | null] | null> {
  await using notion = await startLoopbackNotion([
    { id, title: '05장 큐', blocks: [heading(2, '이슬'), ...blocks, ...modelAnswers] },
  ]);
  const page = await openNotionAccess(notion.token, notion.baseUrl).pages.read(id);
  const [submission] = importChapter(page.text, 'notion:05장 큐').submissions;
  const place = submission ? placeOf(page, submission) : null;
  if (!place) return null;
  const named = (block: string) => (block === id ? 'page' : notion.state.textOf(block));
  return [named(place.parent), place.after === null ? null : named(place.after)];
}

test('behind the callout of the answer, however deep its last line lies', async () => {
  const answer = callout('💡', '먼저 온 것이', [bullet('먼저', [bullet('나간다')])]);
  expect(await placeIn(bullet(question, [answer, callout('✅', '정리: 선입선출')]))).toEqual([
    question,
    '먼저 온 것이',
  ]);
});

test('behind the last of several blocks without a callout', async () => {
  expect(await placeIn(bullet(question, [paragraph('먼저 온 것이'), bullet('먼저 나간다')]))).toEqual([
    question,
    '먼저 나간다',
  ]);
});

test('first in the question where the answer stands in its own text, or nowhere', async () => {
  expect(await placeIn(bullet(`${question}\n먼저 나가는 줄이다`))).toEqual([
    `${question}\n먼저 나가는 줄이다`,
    null,
  ]);
  expect(await placeIn(bullet(question))).toEqual([question, null]);
});

test('behind a blank callout', async () => {
  expect(await placeIn(bullet(question, [paragraph(''), callout('💡', '')]))).toEqual([question, '']);
});

test('behind a table as a whole, and inside of a column', async () => {
  const rows = table([
    ['순서', '값'],
    ['먼저', '나감'],
  ]);
  expect(await placeIn(bullet(question, [rows]))).toEqual([question, '']);
  const columns = seed('column_list', {}, [seed('column', {}, [callout('💡', '줄이다')])]);
  expect(await placeIn(bullet(question, [columns]))).toEqual(['', '줄이다']);
});

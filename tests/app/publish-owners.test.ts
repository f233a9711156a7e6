import { expect, test } from 'vitest';
import { readPage } from '../../src/app/publish-owners.ts';
import { readDocument } from '../../src/import/read-documents.ts';
import { openNotionAccess } from '../../src/notion/open-notion.ts';
import { startLoopbackNotion } from '../helpers/loopback-notion.ts';
import { bullet, callout, heading, idOf, paragraph, type Seed } from '../helpers/notion-blocks.ts';

const id = idOf(1, '7000');
const shared: Seed[] = [
  heading(2, '1. 스택이란 무엇인가요?'),
  paragraph('한별: 나중에 넣은 것이 먼저 나온다\n두별: 접시를 쌓은 것과 같다'),
  heading(2, '2. 큐란 무엇인가요?'),
  paragraph('한별: 먼저 넣은 것이 먼저 나온다\n두별: 표를 사려고 선 줄과 같다'),
];

/** Whose feedback each callout of ours is taken for, after it was put behind a block. */
async function ownersOf(blocks: Seed[], ...given: [behind: string, text: string][]) {
  await using notion = await startLoopbackNotion([{ id, title: '03장 자료 구조', blocks }]);
  const { pages, writer } = openNotionAccess(notion.token, notion.baseUrl);
  const before = await pages.read(id);
  for (const [behind, text] of given) {
    const after = notion.state.find(behind).id;
    const parent = before.blocks.get(after)?.parent ?? '';
    await writer.addCallout({ parent, after }, [{ text, isBold: false }]);
  }
  const page = await pages.read(id);
  const file = 'notion:03장 자료 구조';
  const chapters = readDocument({ path: file, file, text: page.text });
  const { callouts } = readPage(
    page,
    chapters.flatMap(({ chapter }) => chapter.submissions),
  );
  return [...callouts].flatMap(([{ member, question, attempts }, own]) =>
    own.map(({ content }) => [`${member} ${question}`, attempts[0]?.text, content[0]?.text]),
  );
}

test('answers that share a paragraph have each the feedback that names them', async () => {
  const [first, second] = ['answer-grader · 한별 #1 · 80점', 'answer-grader · 두별 #1 · 90점'];
  expect(await ownersOf(shared, ['한별: 나중에', first], ['한별: 나중에', second])).toEqual([
    ['두별 1', '접시를 쌓은 것과 같다', second],
    ['한별 1', '나중에 넣은 것이 먼저 나온다', first],
  ]);
});

test('feedback that names nobody is that of the only answer at its place', async () => {
  const blocks = [
    heading(2, '한별'),
    bullet('스택이란 무엇인가요?', [callout('💡', '나중에 넣은 것이 먼저 나온다')]),
    heading(2, '두별'),
    bullet('스택이란 무엇인가요?', [callout('💡', '접시를 쌓은 것과 같다')]),
  ];
  const old = 'answer-grader · 첫 답: 80.0점';
  expect(await ownersOf(blocks, ['접시를', old], ['접시를', old])).toEqual([
    ['두별 1', '접시를 쌓은 것과 같다', old],
    ['두별 1', '접시를 쌓은 것과 같다', old],
  ]);
  expect(await ownersOf(shared, ['한별: 나중에', old])).toEqual([]);
});

test('feedback is still that of its answer where the answer has moved', async () => {
  const moved = 'answer-grader · 한별 #1 · 80점';
  expect(await ownersOf(shared, ['한별: 먼저', moved])).toEqual([
    ['한별 1', '나중에 넣은 것이 먼저 나온다', moved],
  ]);
});

test('what a member copied to somewhere else on the page is nobody’s', async () => {
  const copy = callout('📋', 'answer-grader · 한별 #1 · 80점');
  expect(await ownersOf([...shared, heading(2, '잡담'), copy])).toEqual([]);
  const [question = copy, answers = copy, ...rest] = shared;
  expect(await ownersOf([question, answers, copy, ...rest])).toEqual([
    ['한별 1', '나중에 넣은 것이 먼저 나온다', 'answer-grader · 한별 #1 · 80점'],
  ]);
});

test('the same member and number in another chapter of the page are another answer', async () => {
  const chapterOf = (title: string, question: string, answers: [string, string]) => [
    heading(1, title),
    ...['한별', '두별'].flatMap((name, index) => [
      heading(2, name),
      bullet(question, [callout('💡', answers[index] ?? '')]),
    ]),
  ];
  const blocks = [
    ...chapterOf('1장 스택', '스택이란 무엇인가요?', ['나중에 넣은 것부터', '접시와 같다']),
    ...chapterOf('2장 큐', '큐란 무엇인가요?', ['먼저 넣은 것부터', '선 줄과 같다']),
  ];
  const mark = 'answer-grader · 두별 #1 · ';
  expect(await ownersOf(blocks, ['접시와', `${mark}70점`], ['선 줄과', `${mark}90점`])).toEqual([
    ['두별 1', '접시와 같다', `${mark}70점`],
    ['두별 1', '선 줄과 같다', `${mark}90점`],
  ]);
});

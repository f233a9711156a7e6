import { expect, test } from 'vitest';
import type { PublishedBoard, TextRun } from '../../src/core/published.ts';
import { openNotionAccess } from '../../src/notion/open-notion.ts';
import { type LoopbackNotion, startLoopbackNotion } from '../helpers/loopback-notion.ts';
import { bullet, callout, heading, idOf, paragraph } from '../helpers/notion-blocks.ts';

const page = idOf(1, '7000');
const seeds = [
  bullet('질문', [callout('💡', '답'), paragraph('덧붙임')]),
  heading(1, 'answer-grader · 내 제목'),
];

function open(notion: LoopbackNotion) {
  return openNotionAccess(notion.token, notion.baseUrl);
}

function contentOf(text: string): TextRun[] {
  return [
    { text: 'answer-grader', isBold: true },
    { text: ` · ${text}`, isBold: false },
  ];
}

/** The callout that is put behind the answer. */
async function withCallout(notion: LoopbackNotion, text: string): Promise<string> {
  const answer = notion.state.find('답').id;
  await open(notion).writer.addCallout(
    { parent: notion.state.find('질문').id, after: answer },
    contentOf(text),
  );
  return notion.state.find('answer-grader · ').id;
}

test('a callout stands behind the block that it is about, and is read back as it was written', async () => {
  await using notion = await startLoopbackNotion([{ id: page, title: '05장 큐', blocks: seeds }]);
  const long = '🙂'.repeat(2400);
  await withCallout(notion, long);
  const [own] = (await open(notion).pages.read(page)).callouts;
  expect(own).toMatchObject({ isOwn: true, content: contentOf(long) });
  expect(notion.state.outline(page).replaceAll('🙂', '')).toBe(
    [
      'bulleted_list_item: 질문',
      '  callout: 답',
      '  callout: answer-grader · ',
      '  paragraph: 덧붙임',
      'heading_1: answer-grader · 내 제목',
      '',
    ].join('\n'),
  );
});

test('what it wrote is changed and removed', async () => {
  await using notion = await startLoopbackNotion([{ id: page, title: '05장 큐', blocks: seeds }]);
  const { writer } = open(notion);
  const id = await withCallout(notion, '80점');
  expect(await writer.changeCallout(id, contentOf('90점'))).toBe(true);
  expect(notion.state.textOf(id)).toBe('answer-grader · 90점');
  expect(await writer.remove(id)).toBe(true);
  expect(notion.state.outline(page)).not.toContain('90점');
});

test.each(['질문', '답', '덧붙임', 'answer-grader · 내 제목'])(
  'what a member wrote is neither: %s',
  async (text) => {
    await using notion = await startLoopbackNotion([{ id: page, title: '05장 큐', blocks: seeds }]);
    const { writer } = open(notion);
    const { id } = notion.state.find(text);
    expect([await writer.changeCallout(id, contentOf('0점')), await writer.remove(id)]).toEqual([
      false,
      false,
    ]);
    expect(notion.writes()).toEqual([]);
  },
);

test('what a person edited after the page was read is neither', async () => {
  await using notion = await startLoopbackNotion([{ id: page, title: '05장 큐', blocks: seeds }]);
  const { writer } = open(notion);
  const id = await withCallout(notion, '80점');
  notion.state.edit(id, 'answer-grader · 고마워요');
  expect([await writer.changeCallout(id, contentOf('0점')), await writer.remove(id)]).toEqual([false, false]);
  expect(notion.state.textOf(id)).toBe('answer-grader · 고마워요');
});

test('nor is what a person has since written something into, however deep', async () => {
  await using notion = await startLoopbackNotion([{ id: page, title: '05장 큐', blocks: seeds }]);
  const { writer } = open(notion);
  const id = await withCallout(notion, '80점');
  notion.state.addNote(id, '저는 이렇게 생각해요');
  await writer.addScoreboard(page, {
    title: 'answer-grader · 점수판',
    rows: [['순위']],
    notes: ['모두 어림입니다.'],
  });
  const board = notion.state.find('answer-grader · 점수판').id;
  notion.state.addNote(notion.state.find('모두 어림입니다.').id, '다음 주에 다시 봐요');
  const before = notion.state.outline(page);
  expect([
    await writer.changeCallout(id, contentOf('0점')),
    await writer.remove(id),
    await writer.remove(board),
  ]).toEqual([false, false, false]);
  expect(notion.state.outline(page)).toBe(before);
});

test('a scoreboard that nobody else wrote into is removed with everything in it', async () => {
  await using notion = await startLoopbackNotion([{ id: page, title: '05장 큐', blocks: seeds }]);
  const { writer } = open(notion);
  const before = notion.state.outline(page);
  await writer.addScoreboard(page, {
    title: 'answer-grader · 점수판',
    rows: [['순위']],
    notes: ['어림입니다.'],
  });
  expect(await writer.remove(notion.state.find('answer-grader · 점수판').id)).toBe(true);
  expect(notion.state.outline(page)).toBe(before);
});

test('a scoreboard stands at the end and is read back as it was written', async () => {
  await using notion = await startLoopbackNotion([{ id: page, title: '05장 큐', blocks: seeds }]);
  const board: PublishedBoard = {
    title: 'answer-grader · 점수판',
    rows: [
      ['순위', '멤버'],
      ['1', ''],
    ],
    notes: ['모두 어림입니다.'],
  };
  await open(notion).writer.addScoreboard(page, board);
  const { scoreboards } = await open(notion).pages.read(page);
  expect(scoreboards.map((own) => [own.isOwn, own.board.title])).toEqual([
    [false, 'answer-grader · 내 제목'],
    [true, 'answer-grader · 점수판'],
  ]);
  expect(scoreboards[1]?.board).toEqual(board);
});

test('comments are those of the integration that bear its mark', async () => {
  await using notion = await startLoopbackNotion([{ id: page, title: '05장 큐', blocks: seeds }], {
    longestList: 1,
  });
  const { writer } = open(notion);
  const { id } = notion.state.find('답');
  await writer.addComment(id, [{ text: '다른 일로 남긴 말', isBold: false }]);
  await writer.addComment(id, contentOf('80점'));
  await writer.addComment(notion.state.find('덧붙임').id, contentOf('70점'));
  const [own, ...others] = await writer.commentsOn(id);
  expect([own?.content, others]).toEqual([contentOf('80점'), []]);
  await writer.changeComment(own?.id ?? '', contentOf('90점'));
  expect((await writer.commentsOn(id)).map(({ content }) => content)).toEqual([contentOf('90점')]);
  await writer.removeComment(own?.id ?? '');
  expect(await writer.commentsOn(id)).toEqual([]);
});

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openNotionAccess } from '../../src/notion/open-notion.ts';
import { type LoopbackNotion, notionEnvironment, startLoopbackNotion } from '../helpers/loopback-notion.ts';
import { bullet, callout, heading, idOf, paragraph, type Seed, seed } from '../helpers/notion-blocks.ts';
import type { SeedPage } from '../helpers/notion-state.ts';
import { type CliResult, createWorkspace, jsonOf, patience, type Workspace } from '../helpers/run-cli.ts';

/** What `publish --json` prints. */
interface PublishDocument {
  pages: {
    page: { title: string };
    chapter: { title: string };
    feedback: { member: string; question: number; action: string }[];
    scoreboard: { action: string } | null;
  }[];
}

const id = idOf(1, '7000');
let workspace: Workspace;

beforeAll(async () => {
  workspace = await createWorkspace();
});
afterAll(() => workspace[Symbol.asyncDispose]());

function run(notion: LoopbackNotion, command: string, ...options: string[]): Promise<CliResult> {
  return workspace.run([command, `notion:${id}`, ...options], { env: notionEnvironment(notion) });
}

async function grade(notion: LoopbackNotion, ...options: string[]): Promise<void> {
  const { code, stderr } = await run(notion, 'grade', '--judge', 'offline', ...options);
  expect({ code, stderr: code === 2 ? stderr : '' }).toMatchObject({ stderr: '' });
}

/** What is done about each answer and about the scoreboards, by page and chapter. */
async function publish(notion: LoopbackNotion, ...options: string[]): Promise<Record<string, string[]>> {
  const result = await run(notion, 'publish', '--to', 'notion', '--yes', '--json', ...options);
  const { pages } = jsonOf<PublishDocument>(result);
  return Object.fromEntries(
    pages.map(({ page, chapter, feedback, scoreboard }) => [
      `${page.title}: ${chapter.title}`,
      [
        ...feedback.map(({ member, question, action }) => `${member} ${question} ${action}`),
        ...(scoreboard ? [`scoreboard ${scoreboard.action}`] : []),
      ],
    ]),
  );
}

/** The first line of everything of ours on a page, in order. */
function oursOn(notion: LoopbackNotion, page = id): string[] {
  return [...notion.state.outline(page).matchAll(/answer-grader · [^\n]*/gu)].map(([line]) => line);
}

const question = '스택이란 무엇인가요?';

function answersOf(answers: Record<string, string>): Seed[] {
  return Object.entries(answers).flatMap(([name, text]) => [
    heading(2, name),
    bullet(question, [callout('💡', text)]),
  ]);
}

describe('several answers in one paragraph', { timeout: patience }, () => {
  const shared: SeedPage = {
    id,
    title: '03장 자료 구조',
    blocks: [
      heading(2, `1. ${question}`),
      paragraph('한별: 나중에 넣은 것이 먼저 나온다\n두별: 접시를 쌓은 것과 같다'),
      heading(2, '2. 큐란 무엇인가요?'),
      paragraph('한별: 먼저 넣은 것이 먼저 나온다\n두별: 표를 사려고 선 줄과 같다'),
    ],
  };
  const all = (action: string) => ({
    '03장 자료 구조: 03장 자료 구조': ['한별 1', '두별 1', '한별 2', '두별 2'].map(
      (answer) => `${answer} ${action}`,
    ),
  });

  test.each(['callouts', 'comments'])('as %s, a second and a third time write nothing', async (form) => {
    await using notion = await startLoopbackNotion([shared]);
    await grade(notion);
    expect(await publish(notion, '--as', form)).toEqual(all('add'));
    const written = notion.writes().length;
    expect(written).toBe(4);
    expect(await publish(notion, '--as', form)).toEqual(all('keep'));
    expect(await publish(notion, '--as', form)).toEqual(all('keep'));
    expect(notion.writes()).toHaveLength(written);
  });
});

test(
  'feedback in the form of earlier times is changed, not doubled',
  async () => {
    const blocks = answersOf({ 한별: '나중에 넣은 것이 먼저 나온다', 두별: '접시를 쌓은 것과 같다' });
    await using notion = await startLoopbackNotion([{ id, title: '04장 스택', blocks }]);
    await grade(notion);
    const { writer } = openNotionAccess(notion.token, notion.baseUrl);
    const old = [{ text: 'answer-grader · 첫 답: 80.0점', isBold: false }];
    const answer = notion.state.find('접시를').id;
    await publish(notion);
    await writer.changeCallout(notion.state.find('answer-grader · 두별').id, old);
    await publish(notion, '--as', 'comments');
    const comment = (await writer.commentsOn(answer))[0]?.id ?? '';
    await writer.changeComment(comment, old);

    const changed = { '04장 스택: 04장 스택': ['한별 1 keep', '두별 1 change'] };
    expect(await publish(notion)).toEqual(changed);
    expect(await publish(notion, '--as', 'comments')).toEqual(changed);
    expect(oursOn(notion)).toHaveLength(2);
    expect(notion.state.comments).toHaveLength(2);
  },
  patience,
);

describe('what grade reads', { timeout: patience }, () => {
  test('of two chapters on a page both are published, each with its scoreboard', async () => {
    const blocks = [
      heading(1, '1장 스택'),
      ...answersOf({ 한별: '나중에 넣은 것부터', 두별: '접시와 같다' }),
      heading(1, '2장 더미'),
      ...answersOf({ 한별: '쌓은 것이다', 두별: '위에서만 꺼낸다' }),
    ];
    await using notion = await startLoopbackNotion([{ id, title: '우리 모임', blocks }]);
    await grade(notion);
    const both = (action: string) => {
      const steps = [`한별 1 ${action}`, `두별 1 ${action}`, `scoreboard ${action}`];
      return { '우리 모임: 1장 스택': steps, '우리 모임: 2장 더미': steps };
    };
    expect(await publish(notion, '--scoreboard')).toEqual(both('add'));
    expect(oursOn(notion).map((line) => line.split(/ · |: /u)[1])).toEqual([
      ...['한별 #1', '두별 #1', '한별 #1', '두별 #1'],
      ...['점수판', '점수판'],
    ]);
    const written = notion.writes().length;
    expect(await publish(notion, '--scoreboard')).toEqual(both('keep'));
    expect(notion.writes()).toHaveLength(written);
  });

  test('names in import.yaml count', async () => {
    await workspace.write('import.yaml', 'members: [한별, 두별]\naliases:\n  별이: 한별\n');
    const blocks = answersOf({ 별이: '나중에 넣은 것이 먼저 나온다', 두별: '접시를 쌓은 것과 같다' });
    await using notion = await startLoopbackNotion([{ id, title: '05장 스택', blocks }]);
    await grade(notion);
    expect(await publish(notion)).toEqual({ '05장 스택: 05장 스택': ['한별 1 add', '두별 1 add'] });
    await workspace.write('import.yaml', '{}\n');
  });

  test('so do those in a mapping file that is named', async () => {
    await workspace.write('names.yaml', 'members: [한별, 두별]\naliases:\n  별이: 한별\n');
    const blocks = answersOf({ 별이: '나중에 넣은 것이 먼저 나온다', 두별: '접시를 쌓은 것과 같다' });
    await using notion = await startLoopbackNotion([{ id, title: '07장 스택', blocks }]);
    const named = ['--mapping', 'names.yaml'];
    await grade(notion, ...named);
    expect(await publish(notion, ...named)).toEqual({ '07장 스택: 07장 스택': ['한별 1 add', '두별 1 add'] });
  });

  test('where each member has a page, feedback stands there and the scoreboard on the page above', async () => {
    const members = { 한별: '나중에 넣은 것이 먼저 나온다', 두별: '접시를 쌓은 것과 같다' };
    const pages = Object.entries(members).map(([title, text], index) => ({
      id: idOf(index + 2, '7000'),
      title,
      blocks: [heading(2, `1. ${question}`), paragraph(text)],
    }));
    const parent = {
      id,
      title: '06장 스택',
      blocks: Object.keys(members).map((title) => seed('child_page', { title })),
    };
    await using notion = await startLoopbackNotion([parent, ...pages]);
    await grade(notion);
    const expected = (action: string) => ({
      '06장 스택: 06장 스택': ['두별 1', '한별 1', 'scoreboard'].map((what) => `${what} ${action}`),
    });
    expect(await publish(notion, '--scoreboard')).toEqual(expected('add'));
    expect([id, ...pages.map((page) => page.id)].map((page) => oursOn(notion, page))).toEqual([
      ['answer-grader · 점수판: 06장 스택'],
      [expect.stringContaining('한별 #1 · ')],
      [expect.stringContaining('두별 #1 · ')],
    ]);
    expect(await publish(notion, '--scoreboard')).toEqual(expected('keep'));
  });
});

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openNotionAccess } from '../../src/notion/open-notion.ts';
import { type LoopbackNotion, notionEnvironment, startLoopbackNotion } from '../helpers/loopback-notion.ts';
import { bullet, callout, heading, idOf, piece, seed } from '../helpers/notion-blocks.ts';
import { notionChapter, notionPageId, notionPath } from '../helpers/notion-chapter.ts';
import {
  type CliResult,
  createWorkspace,
  type GradeDocument,
  type ImportDocument,
  jsonOf,
  patience,
  type Workspace,
} from '../helpers/run-cli.ts';
import { startServing } from '../helpers/serving.ts';

/** What `publish --json` prints. */
interface PublishDocument {
  written: boolean;
  pages: {
    feedback: { member: string; question: number; action: string; why: string | null; text: string | null }[];
    scoreboard: { action: string; why: string | null } | null;
  }[];
}

let workspace: Workspace;
let graded: CliResult;

function run(notion: LoopbackNotion, ...args: string[]): Promise<CliResult> {
  return workspace.run(args, { env: notionEnvironment(notion) });
}

function publish(notion: LoopbackNotion, ...options: string[]): Promise<CliResult> {
  return run(notion, 'publish', notionPath, '--to', 'notion', ...options);
}

/** What is done about each answer, and about the scoreboard. */
function actionsOf(result: CliResult): string[] {
  const [page] = jsonOf<PublishDocument>(result).pages;
  const scoreboard = page?.scoreboard ? [`scoreboard ${page.scoreboard.action}`] : [];
  const feedback = page?.feedback.map((step) => `${step.member} ${step.question} ${step.action}`) ?? [];
  return [...feedback, ...scoreboard];
}

const newlyAdded = ['노을 1 add', '노을 2 add', '이슬 2 add'];
const allKept = ['노을 1 keep', '노을 2 keep', '이슬 2 keep'];

beforeAll(async () => {
  workspace = await createWorkspace();
  await using notion = await startLoopbackNotion([notionChapter]);
  graded = await run(notion, 'grade', notionPath, '--judge', 'offline', '--json');
}, patience);
afterAll(() => workspace[Symbol.asyncDispose]());

describe('reading', () => {
  test('import shows what stands on the page', async () => {
    await using notion = await startLoopbackNotion([notionChapter]);
    const { code, stdout } = await run(notion, 'import', notionPath);
    expect({ code, stdout }).toMatchSnapshot();
    expect(notion.writes()).toEqual([]);
  });

  test('grade grades it as a chapter of that title', () => {
    expect(graded.code).toBe(0);
    const { chapter, scoreboard } = jsonOf<GradeDocument>(graded);
    expect(chapter).toEqual({ id: '04장-캐시', title: '04장 캐시' });
    expect(scoreboard.map(({ member, assigned, answered }) => ({ member, assigned, answered }))).toEqual([
      { member: '이슬', assigned: 1, answered: 1 },
      { member: '노을', assigned: 2, answered: 1 },
    ]);
  });

  test('feedback and rubric draft take it as well', async () => {
    await using notion = await startLoopbackNotion([notionChapter]);
    const feedback = await run(notion, 'feedback', notionPath, '--member', '이슬', '--judge', 'offline');
    expect(feedback.stdout).toContain('이슬 님 피드백');
    const draft = await run(notion, 'rubric', 'draft', notionPath, '--judge', 'offline', '--out', '-');
    expect(draft.stdout).toContain('keyPoints');
  });

  test('serve begins with it', async () => {
    await using notion = await startLoopbackNotion([notionChapter]);
    const folder = workspace.path('served');
    await workspace.write('served/note.txt', '');
    await using serving = await startServing(
      folder,
      [notionPath, '--judge', 'offline'],
      notionEnvironment(notion),
    );
    expect(await serving.get('/v1/chapters')).toMatchObject({ chapters: [{ title: '04장 캐시' }] });
    serving.running.kill('SIGTERM');
    expect((await serving.running.result).code).toBe(0);
  });

  test('without a token it says what is missing', async () => {
    expect(await workspace.run(['import', notionPath])).toEqual({
      code: 2,
      stdout: '',
      stderr:
        'NOTION_TOKEN is not set; make an integration at notion.so/my-integrations and put its token into the environment or .env.\n',
    });
  });

  test('a page that is not shared is said to be so, in Korean as well', async () => {
    await using notion = await startLoopbackNotion([]);
    expect(await run(notion, 'import', notionPath, '--lang', 'ko')).toEqual({
      code: 2,
      stdout: '',
      stderr: `${notionPath}: Notion에 이 페이지가 없거나 통합에 공유되지 않았습니다. 페이지의 ⋯ → 연결(Connections)에서 통합을 추가하세요.\n`,
    });
  });
});

describe('publishing', { timeout: patience }, () => {
  test('shows first what it would write, and writes nothing', async () => {
    await using notion = await startLoopbackNotion([notionChapter]);
    expect(await publish(notion, '--scoreboard')).toMatchSnapshot();
    expect(notion.writes()).toEqual([]);
  });

  test('puts feedback right below each answer; what the members wrote stays as it is', async () => {
    await using notion = await startLoopbackNotion([notionChapter]);
    const before = notion.state.membersBlocks();
    const imported = jsonOf<ImportDocument>(await run(notion, 'import', notionPath, '--json'));

    const first = await publish(notion, '--scoreboard', '--yes', '--json');
    expect(first.code).toBe(0);
    expect(actionsOf(first)).toEqual([...newlyAdded, 'scoreboard add']);
    expect(notion.state.membersBlocks()).toEqual(before);
    expect(notion.state.outline(notionPageId)).toMatchSnapshot();

    expect(jsonOf<ImportDocument>(await run(notion, 'import', notionPath, '--json'))).toEqual(imported);
  });

  test('a second time writes nothing', async () => {
    await using notion = await startLoopbackNotion([notionChapter]);
    await publish(notion, '--scoreboard', '--yes');
    const written = notion.writes().length;
    const again = await publish(notion, '--scoreboard', '--yes', '--json');
    expect(actionsOf(again)).toEqual([...allKept, 'scoreboard keep']);
    expect(notion.writes()).toHaveLength(written);
  });

  test('an answer that was edited since it was graded is left out', async () => {
    await using notion = await startLoopbackNotion([notionChapter]);
    await publish(notion, '--yes');
    const written = notion.writes().length;
    notion.state.edit(notion.state.find('찾은 값이 캐시에').id, '캐시에서 찾은 횟수의 비율');
    const { code, stdout } = await publish(notion, '--yes');
    expect({ code, stdout }).toMatchInlineSnapshot(`
      {
        "code": 1,
        "stdout": "04장 캐시
        ! 이슬 2번: 채점한 뒤에 답이 바뀌었습니다. 다시 채점하고 올리세요.
        새로 씀 0, 고침 0, 그대로 2, 건너뜀 1
      ",
      }
    `);
    expect(notion.writes()).toHaveLength(written);
  });

  test('what a person edited or wrote in its manner is never touched', async () => {
    const imitated = callout('📋', [piece('answer-grader', { bold: true }), piece(' · 100점')]);
    await using notion = await startLoopbackNotion([
      { ...notionChapter, blocks: [...notionChapter.blocks, imitated] },
    ]);
    await publish(notion, '--yes');
    const { id } = notion.state.find('answer-grader · 노을 #2 · 답 없음');
    notion.state.edit(id, 'answer-grader · 답을 쓸게요');
    const written = notion.writes().length;
    const again = await publish(notion, '--yes', '--json');
    expect(again.code).toBe(1);
    expect(actionsOf(again)).toEqual(['노을 1 keep', '노을 2 skip', '이슬 2 keep']);
    expect(notion.writes()).toHaveLength(written);
    expect(notion.state.find('answer-grader · 100점')).toBeDefined();
  });

  test('stopped in the middle, the next time completes it', async () => {
    await using notion = await startLoopbackNotion([notionChapter]);
    // The second callout is written, but nobody is told; the third is never asked for.
    notion.interfereWith(({ method }) =>
      method === 'PATCH' && notion.writes().length === 2 ? 'hang_up_afterwards' : undefined,
    );
    const stopped = await publish(notion, '--yes');
    expect({ code: stopped.code, stderr: stopped.stderr }).toEqual({
      code: 2,
      stderr: 'Notion cannot be reached; check the network and run the same command again.\n',
    });
    notion.interfereWith(() => undefined);
    expect(actionsOf(await publish(notion, '--yes', '--json'))).toEqual([
      '노을 1 keep',
      '노을 2 keep',
      '이슬 2 add',
    ]);
    expect(actionsOf(await publish(notion, '--json'))).toEqual(allKept);
  });

  test('as comments, nothing on the page changes', async () => {
    await using notion = await startLoopbackNotion([notionChapter]);
    const before = notion.state.outline(notionPageId);
    expect(actionsOf(await publish(notion, '--as', 'comments', '--yes', '--json'))).toEqual(newlyAdded);
    expect(notion.state.outline(notionPageId)).toEqual(before);
    expect(notion.state.comments.map(({ rich_text: [mark] }) => mark?.plain_text)).toEqual(
      Array(3).fill('answer-grader'),
    );
    expect(actionsOf(await publish(notion, '--as', 'comments', '--yes', '--json'))).toEqual(allKept);
    expect(notion.state.comments).toHaveLength(3);
  });

  test('what was never graded cannot be published', async () => {
    await using notion = await startLoopbackNotion([{ ...notionChapter, title: '09장 없는 단원' }]);
    const { code, stderr } = await publish(notion);
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr:
        'notion:09장 없는 단원: the chapter "09장 없는 단원" has not been graded yet; grade this page first with "answer-grader grade".\n',
    });
  });

  test('an answer that cannot be graded is said to be ungraded, with the reason', async () => {
    const drawing = seed('unsupported', { block_type: 'drawing' });
    const drawn = bullet('캐시 적중률이란 무엇인가요?', [callout('💡', '', [drawing])]);
    const blocks = [heading(2, '가온'), drawn, ...notionChapter.blocks];
    await using notion = await startLoopbackNotion([{ ...notionChapter, title: '06장 그림', blocks }]);
    expect((await run(notion, 'grade', notionPath, '--judge', 'offline')).code).toBe(1);
    await publish(notion, '--yes');
    expect(notion.state.textOf(notion.state.find('answer-grader').id)).toBe(
      'answer-grader · 가온 #2 · 첫 답: 채점되지 않음 (0점이 아님): 글이 아니라서(이미지·링크) 채점할 수 없음',
    );
  });

  test('of several pages those that were graded are published, the others said', async () => {
    const group = {
      id: idOf(5, '7000'),
      title: '모임',
      blocks: [seed('child_page', { title: '04장 캐시' }), seed('child_page', { title: '09장 없는 단원' })],
    };
    const other = { ...notionChapter, id: idOf(9, '7000'), title: '09장 없는 단원' };
    await using notion = await startLoopbackNotion([group, notionChapter, other]);
    const result = await run(notion, 'publish', `notion:${group.id}`, '--to', 'notion', '--yes', '--json');
    expect(actionsOf(result)).toEqual(newlyAdded);
    expect(result.stderr.split('\n').map((line) => line.split(': skipped: ')[0])).toEqual([
      'notion:모임',
      'notion:모임/09장 없는 단원',
      '',
    ]);
    expect(notion.state.outline(other.id)).not.toContain('answer-grader');
  });

  test('only a page in Notion can be published to', async () => {
    expect(await workspace.run(['publish', 'answers', '--to', 'notion'])).toEqual({
      code: 2,
      stdout: '',
      stderr: "to publish to Notion, write one page's address or id behind notion:.\n",
    });
  });
});

describe('a stop between the new scoreboard and the removal of the old one', { timeout: patience }, () => {
  test('leaves two, of which the next time removes the old one', async () => {
    await using notion = await startLoopbackNotion([notionChapter]);
    await publish(notion, '--scoreboard', '--yes', '--lang', 'en');
    notion.interfereWith(({ method }) => (method === 'DELETE' ? 'hang_up' : undefined));
    expect((await publish(notion, '--scoreboard', '--yes')).code).toBe(2);
    expect(notion.state.outline(notionPageId).match(/^heading_1: .*$/gmu)).toEqual([
      'heading_1: answer-grader · Scoreboard: 04장 캐시',
      'heading_1: answer-grader · 점수판: 04장 캐시',
    ]);
    notion.interfereWith(() => undefined);
    await publish(notion, '--scoreboard', '--yes');
    expect(notion.state.outline(notionPageId).match(/^heading_1: .*$/gmu)).toEqual([
      'heading_1: answer-grader · 점수판: 04장 캐시',
    ]);
  });
});

describe('what a person writes into something of ours while it is published', { timeout: patience }, () => {
  test('stays, with the old scoreboard around it, and that is said', async () => {
    await using notion = await startLoopbackNotion([notionChapter]);
    await publish(notion, '--scoreboard', '--yes', '--lang', 'en');
    const old = notion.state.find('answer-grader · Scoreboard').id;
    notion.interfereWith(({ method, path }) => {
      if (method === 'PATCH' && path === `/v1/blocks/${notionPageId}/children`)
        notion.state.addNote(old, '다음 주까지 다시 써 봐요');
      return undefined;
    });
    const { code, stdout } = await publish(notion, '--scoreboard', '--yes');
    expect(code).toBe(1);
    expect(stdout).toContain('점수판: 새것을 썼지만, 사람이 옛것 안에 글을 써서 옛것은 지우지 않았습니다.');
    expect(notion.state.outline(notionPageId)).toContain('다음 주까지 다시 써 봐요');
    expect(notion.state.outline(notionPageId).match(/^heading_1: .*$/gmu)).toHaveLength(2);
  });

  test('stays, with the surplus callout around it, and that is said', async () => {
    await using notion = await startLoopbackNotion([notionChapter]);
    await publish(notion, '--yes');
    const { pages, writer } = openNotionAccess(notion.token, notion.baseUrl);
    const page = await pages.read(notionPageId);
    const answer = notion.state.find('찾은 값이 캐시에').id;
    const parent = page.blocks.get(answer)?.parent ?? '';
    // An interrupted run may have left the same once more.
    await writer.addCallout({ parent, after: answer }, page.callouts.at(-1)?.content ?? []);
    const surplus = page.callouts.at(-1)?.id ?? '';
    notion.interfereWith(({ method, path }) => {
      if (method === 'GET' && path === `/v1/blocks/${surplus}`)
        notion.state.addNote(surplus, '고마워요, 다시 볼게요');
      return undefined;
    });
    const { code, stdout } = await publish(notion, '--yes');
    expect({ code, stdout }).toMatchInlineSnapshot(`
      {
        "code": 1,
        "stdout": "04장 캐시
        ! 이슬 2번: 새것을 썼지만, 사람이 옛것 안에 글을 써서 옛것은 지우지 않았습니다. 필요 없으면 직접 지우세요.
        새로 씀 0, 고침 0, 그대로 2, 건너뜀 1
      ",
      }
    `);
    expect(notion.state.outline(notionPageId)).toContain('고마워요, 다시 볼게요');
  });
});

describe('after a grade has changed', { timeout: patience }, () => {
  test('only its callout is changed, and the scoreboard takes the place of the old one', async () => {
    await using notion = await startLoopbackNotion([notionChapter]);
    await publish(notion, '--scoreboard', '--yes');
    const { id } = notion.state.find('answer-grader · 노을 #1 · 첫 답: 100.0점 · ');
    const board = notion.state.find('answer-grader · 점수판').id;
    const before = notion.state.membersBlocks();
    const written = notion.writes().length;
    const decision = ['--score', '70', '--reason', '예가 없음', '--by', '리더', '--chapter', '04장 캐시'];
    expect((await run(notion, 'review', 'set', '노을', '1', ...decision)).code).toBe(0);

    const changed = await publish(notion, '--scoreboard', '--yes', '--json');
    expect(actionsOf(changed)).toEqual(['노을 1 change', '노을 2 keep', '이슬 2 keep', 'scoreboard change']);
    expect(notion.writes().slice(written)).toEqual([
      `PATCH /v1/blocks/${id}`,
      `PATCH /v1/blocks/${notionPageId}/children`,
      `DELETE /v1/blocks/${board}`,
    ]);
    expect(notion.state.find('answer-grader · 노을 #1 · 첫 답: 70.0점').id).toBe(id);
    expect(notion.state.membersBlocks()).toEqual(before);
  });
});

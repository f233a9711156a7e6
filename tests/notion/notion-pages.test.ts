import { describe, expect, test } from 'vitest';
import type { BlockNode } from '../../src/notion/block-tree.ts';
import { openNotionAccess } from '../../src/notion/open-notion.ts';
import { type LoopbackNotion, notionFailure, startLoopbackNotion } from '../helpers/loopback-notion.ts';
import { bullet, callout, heading, idOf, paragraph, piece, seed, treeOf } from '../helpers/notion-blocks.ts';

const pageId = idOf(1, '7000');
const hex = pageId.replaceAll('-', '');
const subPage = { id: idOf(2, '7000'), title: '노을', blocks: [bullet('질문', [callout('💡', '답')])] };
const page = {
  id: pageId,
  title: '05장 큐',
  blocks: [
    heading(2, '이슬'),
    bullet('큐란 무엇인가요?', [callout('💡', '줄', [bullet('하나'), bullet('둘', [bullet('셋')])])]),
    paragraph('가'),
    paragraph('나'),
    paragraph('다'),
    seed('child_page', { title: subPage.title }),
  ],
};

function pagesOf(notion: LoopbackNotion, token = notion.token) {
  return openNotionAccess(token, notion.baseUrl).pages;
}

async function sentenceOf(work: Promise<unknown>): Promise<string> {
  const error: unknown = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}

describe('reading a page', () => {
  test('brings blocks in blocks, lists in parts, and the pages below', async () => {
    await using notion = await startLoopbackNotion([page, subPage], { longestList: 3 });
    const read = await pagesOf(notion).read(hex);
    expect(read.title).toBe('05장 큐');
    expect(read.text).toMatchInlineSnapshot(`
      "# 05장 큐

      ## 이슬

      - 큐란 무엇인가요?
          
          <aside>
          💡
          
          줄
          
          - 하나
          - 둘
              - 셋
          
          </aside>

      가

      나

      다

      [노을](https://www.notion.so/00000000000040007000000000000002)
      "
    `);
    expect(read.subPages.map(({ id, title, text }) => ({ id, title, text }))).toEqual([
      { id: subPage.id, title: '노을', text: expect.stringMatching(/^# 노을\n\n- 질문\n/u) },
    ]);
    const parts = notion.requests.filter(({ path }) => path.startsWith(`/v1/blocks/${pageId}/children`));
    expect(parts.map(({ path }) => path.split('?')[1])).toEqual([
      'page_size=100',
      'start_cursor=3&page_size=100',
    ]);
  });

  test.each([
    hex,
    pageId,
    `https://www.notion.so/team/Queue-${hex}?pvs=4`,
    `https://group.notion.site/${hex}`,
  ])('takes %s', async (reference) => {
    await using notion = await startLoopbackNotion([subPage, { ...page, blocks: [] }]);
    expect(await pagesOf(notion).read(reference)).toMatchObject({ id: pageId, text: '# 05장 큐\n\n' });
  });

  test('waits and asks again when Notion asks for time', async () => {
    await using notion = await startLoopbackNotion([subPage]);
    notion.interfereWith(() =>
      notion.requests.length === 1 ? notionFailure(429, 'rate_limited', { 'retry-after': '0' }) : undefined,
    );
    expect(await pagesOf(notion).read(subPage.id)).toMatchObject({ title: '노을' });
    expect(notion.requests.filter(({ path }) => path === `/v1/pages/${subPage.id}`)).toHaveLength(2);
  });

  test('what is synced from a page that is not shared is said to be there, and no more', async () => {
    const synced = seed('synced_block', { synced_from: null }, [paragraph('elsewhere')]);
    await using notion = await startLoopbackNotion([{ ...page, blocks: [paragraph('here'), synced] }]);
    const children = `/v1/blocks/${idOf(102)}/children`;
    notion.interfereWith(({ path }) =>
      path.startsWith(children) ? notionFailure(404, 'object_not_found') : undefined,
    );
    expect((await pagesOf(notion).read(hex)).text).toBe(
      `# 05장 큐\n\nhere\n\n[unsupported: synced_block](https://www.notion.so/${idOf(102).replaceAll('-', '')})\n`,
    );
  });

  test('an integration that may not read the content is told so', async () => {
    await using notion = await startLoopbackNotion([page]);
    notion.interfereWith(({ path }) => {
      if (!path.includes('/children')) return undefined;
      const results = [{ object: 'block', id: idOf(1) }];
      const body = { object: 'list', type: 'block', block: {}, results, next_cursor: null, has_more: false };
      return { status: 200, body };
    });
    expect(await sentenceOf(pagesOf(notion).read(hex))).toContain('the integration may not do this');
  });

  test('tells what is its own only where both author and last editor are the integration', async () => {
    const ours = callout('📋', [piece('answer-grader', { bold: true }), piece(' · 70.0점')]);
    await using notion = await startLoopbackNotion([{ ...page, blocks: [ours] }]);
    expect((await pagesOf(notion).read(hex)).callouts).toEqual([
      {
        id: notion.state.find('answer-grader').id,
        isOwn: false,
        line: 2,
        content: [
          { text: 'answer-grader', isBold: true },
          { text: ' · 70.0점', isBold: false },
        ],
      },
    ]);
  });
});

describe('a page larger than any chapter', () => {
  /** Whatever is asked for holds so many blocks that hold more. */
  function endless(notion: LoopbackNotion, count: number, isNested: boolean): void {
    const { block } = treeOf([isNested ? bullet('more', [paragraph('')]) : paragraph('')])[0] as BlockNode;
    notion.interfereWith(({ path }) => {
      if (!path.includes('/children')) return undefined;
      const results = Array.from({ length: count }, (_, index) => ({ ...block, id: idOf(index) }));
      const body = { object: 'list', type: 'block', block: {}, results, next_cursor: null, has_more: false };
      return { status: 200, body };
    });
  }

  test('is refused for its number of blocks', async () => {
    await using notion = await startLoopbackNotion([page]);
    endless(notion, 10_001, false);
    expect(await sentenceOf(pagesOf(notion).read(hex))).toContain('more than 10000 blocks');
  });

  test('is refused for its depth', async () => {
    await using notion = await startLoopbackNotion([page]);
    endless(notion, 1, true);
    expect(await sentenceOf(pagesOf(notion).read(hex))).toContain('nested more than 20 deep');
  });
});

describe('what cannot be read is one sentence that says what to do', () => {
  test.each([
    [401, 'unauthorized', 'ConfigError: Notion does not accept NOTION_TOKEN'],
    [403, 'restricted_resource', 'InputError: the integration may not do this'],
    [
      404,
      'object_not_found',
      'InputError: Notion has no such page, or it is not shared with the integration',
    ],
    [
      400,
      'validation_error',
      'GraderError: Notion could not handle the request (400: refused: validation_error)',
    ],
  ])('%i %s', async (status, code, sentence) => {
    await using notion = await startLoopbackNotion([page]);
    notion.interfereWith(() => notionFailure(status, code));
    expect(await sentenceOf(pagesOf(notion).read(hex))).toContain(sentence);
  });

  test('a wrong token, an unknown page, something else than a page', async () => {
    await using notion = await startLoopbackNotion([page]);
    expect(await sentenceOf(pagesOf(notion, 'wrong').read(hex))).toContain('does not accept NOTION_TOKEN');
    expect(await sentenceOf(pagesOf(notion).read(idOf(9)))).toContain('⋯ → Connections');
    expect(await sentenceOf(pagesOf(notion).read('my page'))).toContain('this is no page in Notion');
    expect(() => openNotionAccess(undefined, notion.baseUrl)).toThrow('NOTION_TOKEN is not set');
  });

  test('no network', async () => {
    await using notion = await startLoopbackNotion([page]);
    notion.interfereWith(() => 'hang_up');
    expect(await sentenceOf(pagesOf(notion).read(hex))).toContain('Notion cannot be reached');
  });
});

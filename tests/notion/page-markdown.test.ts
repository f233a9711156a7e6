import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { importChapter } from '../../src/import/read-documents.ts';
import type { BlockNode } from '../../src/notion/block-tree.ts';
import { pageMarkdown } from '../../src/notion/page-markdown.ts';
import {
  bullet,
  callout,
  code,
  divider,
  equationPiece,
  heading,
  idOf,
  numbered,
  paragraph,
  personPiece,
  piece,
  quote,
  type Seed,
  seed,
  table,
  toDo,
  toggle,
  treeOf,
} from '../helpers/notion-blocks.ts';

const page = { id: idOf(0), title: '04장 캐시' };

function written(...seeds: Seed[]) {
  return pageMarkdown(page, treeOf(seeds));
}

/** What stands below the title. */
function bodyOf(...seeds: Seed[]): string {
  return written(...seeds).text.slice(`# ${page.title}\n\n`.length);
}

describe('a chapter', () => {
  const chapter = [
    heading(3, '노을', [
      bullet('캐시를 비우는 때는 언제인가요?', [
        callout('💡', '원본이 바뀌었을 때', [
          bullet('시간이 지났을 때', [bullet('예: 5분')]),
          bullet('손으로'),
        ]),
        bullet('더 찾아봄'),
      ]),
      toggle('캐시 적중률이란 무엇인가요?', [callout('💡', '')]),
    ]),
    heading(2, '모범답안'),
    paragraph([piece('1. 캐시를 비우는 때는 언제인가요?', { bold: true })]),
    paragraph('원본이 바뀌었거나 정한 시간이 지났을 때 비웁니다.'),
  ];

  test('becomes the text that the exporter writes', () => {
    expect(written(...chapter)).toMatchSnapshot();
  });

  test('is read as one', () => {
    const { submissions, questions } = importChapter(written(...chapter).text, 'notion:04장 캐시');
    expect(questions.map(({ no, text }) => [no, text])).toEqual([
      [1, '캐시를 비우는 때는 언제인가요?'],
      [2, '캐시 적중률이란 무엇인가요?'],
    ]);
    expect(submissions.map(({ member, status, attempts }) => ({ member, status, attempts }))).toEqual([
      {
        member: '노을',
        status: 'answered',
        attempts: [
          { kind: 'first', text: '원본이 바뀌었을 때\n\n- 시간이 지났을 때\n    - 예: 5분\n- 손으로' },
          { kind: 'revised', text: '- 더 찾아봄' },
        ],
      },
      { member: '노을', status: 'unanswered', attempts: [] },
    ]);
  });
});

test('an answer of which nothing can be read is no text to grade', () => {
  const drawn = bullet('큐란 무엇인가요?', [
    callout('💡', '', [seed('unsupported', { block_type: 'drawing' })]),
  ]);
  const { text } = written(heading(2, '이슬'), drawn);
  expect(importChapter(text, 'notion:04장 캐시').submissions.map(({ status }) => status)).toEqual([
    'not_gradable',
  ]);
});

test('every kind of block that holds text', () => {
  const link = 'https://files.example.test/a.png?X-Amz-Signature=secret&X-Amz-Date=1&v=2';
  const image = 'https://prod-files.example.test/cat.png?token=secret';
  expect(
    written(
      heading(1, '첫째'),
      heading(4, '넷째'),
      paragraph('줄 하나\n줄 둘', [paragraph('들여 쓴 줄')]),
      paragraph(''),
      numbered('하나', [paragraph('하나의 속')]),
      numbered('둘'),
      divider,
      numbered('다시 하나'),
      toDo('읽기', true),
      toDo('', false),
      quote('인용\n둘째 줄', [bullet('인용 속')]),
      callout(null, '아이콘 없음'),
      callout({ type: 'external', external: { url: 'https://icons.example.test/pen.svg' } }, ''),
      code('```js\nlet a;\n\n```', 'markdown'),
      code('그냥 글', 'plain text'),
      seed('equation', { expression: 'a^2 + b^2' }),
      table([
        ['이름', '값'],
        ['가|나', [piece('두\n줄', { bold: true })]],
      ]),
      seed('image', {
        type: 'file',
        file: { url: image, expiry_time: '2026-01-05T04:00:00.000Z' },
        caption: [],
      }),
      seed('image', { type: 'external', external: { url: link }, caption: [piece('표 그림')] }),
      seed('file', {
        type: 'external',
        external: { url: 'https://a.example.test/x.zip' },
        caption: [],
        name: 'x.zip',
      }),
      seed('bookmark', { url: 'https://a.example.test/', caption: [] }),
      seed('column_list', {}, [
        seed('column', {}, [paragraph('왼쪽')]),
        seed('column', {}, [paragraph('오른쪽')]),
      ]),
      seed('synced_block', { synced_from: null }, [paragraph('함께 쓰는 글')]),
      seed('child_page', { title: '노을' }),
      seed('child_database', { title: '답변' }),
      seed('table_of_contents', { color: 'default' }),
      seed('unsupported', { block_type: 'drawing' }),
      seed('synced_block', { synced_from: { type: 'block_id', block_id: idOf(77) } }),
    ),
  ).toMatchSnapshot();
});

describe('text inside of a block', () => {
  test.each([
    [[piece('가'), piece('나', { bold: true }), piece('다', { bold: true })], '가**나다**'],
    [[piece(' 굵게 ', { bold: true }), piece('끝')], ' **굵게** 끝'],
    [[piece('기울고 굵게', { bold: true, italic: true })], '***기울고 굵게***'],
    [[piece('지움', { strikethrough: true })], '~~지움~~'],
    [[piece('a`b', { code: true })], '``a`b``'],
    [[piece('`', { code: true })], '`` ` ``'],
    [[piece('여기', {}, 'https://a.example.test/?q=1&sig=secret')], '[여기](https://a.example.test/?q=1)'],
    [
      [piece('쪽', {}, '/0123456789abcdef0123456789abcdef')],
      '[쪽](https://www.notion.so/0123456789abcdef0123456789abcdef)',
    ],
    [[equationPiece('x < y')], '$x < y$'],
    [[personPiece('노을'), piece(' 님')], '@노을 님'],
    [[piece('*별* #1 <b> & \\')], '*별* #1 <b> & \\'],
    [[piece('   ', { bold: true })], '   '],
  ])('%#: keeps what it says', (text, expected) => {
    expect(bodyOf(paragraph(text))).toBe(`${expected}\n`);
  });

  test('lines behind a blank line stay in their item', () => {
    expect(bodyOf(bullet('첫 줄\n이어짐\n\n그 뒤'), bullet('다음'))).toBe(
      '- 첫 줄\n이어짐\n\n    그 뒤\n- 다음\n',
    );
  });
});

describe('what we published', () => {
  const ours = callout('📋', [piece('answer-grader', { bold: true }), piece(' · 82.0점')]);
  const board = heading(1, 'answer-grader · 점수판: 04장 캐시', [table([['순위', '멤버']])]);
  const answered = bullet('질문', [callout('💡', '답')]);

  test('is left out of the text, and told with the line that it stands behind', () => {
    const { text, published } = written(bullet('질문', [callout('💡', '답'), ours]), board);
    expect(text).toBe(written(answered).text);
    expect(published.map(({ kind, node, line }) => [kind, node.block.id, line])).toEqual([
      ['callout', idOf(3), 10],
      ['scoreboard', idOf(4), 10],
    ]);
  });

  test('is told by its beginning alone', () => {
    const mentions = callout('📋', 'answer-grader가 채점합니다');
    expect(written(mentions)).toMatchObject({ published: [], text: expect.stringContaining('채점합니다') });
  });
});

/** Words without signs, so that they stand in the text as they are. */
const word = fc.string({ unit: fc.constantFrom(...'가나다abc 12'), minLength: 1, maxLength: 8 });
const text = fc
  .array(word, { minLength: 1, maxLength: 3 })
  .map((lines) => lines.map((line) => line.trim()).join('\n'))
  .filter((lines) => lines.trim() !== '');
const blocks = fc.letrec<{ tree: Seed[]; node: Seed }>((tie) => ({
  tree: fc.array(tie('node'), { maxLength: 4, depthIdentifier: 'blocks' }),
  node: fc
    .tuple(
      fc.constantFrom(paragraph, bullet, numbered, toggle, quote),
      text,
      fc.oneof({ depthIdentifier: 'blocks', maxDepth: 3 }, fc.constant<Seed[]>([]), tie('tree')),
      fc.constantFrom('text', 'callout', 'heading', 'code', 'columns'),
    )
    .map(([make, own, children, kind]) => {
      if (kind === 'callout') return callout('💡', own, children);
      if (kind === 'heading') return heading(3, own, children);
      if (kind === 'code') return code(own, 'plain text');
      if (kind === 'columns') return seed('column_list', {}, [seed('column', {}, [make(own, children)])]);
      return make(own, children);
    }),
}));

interface TextContent {
  rich_text: { plain_text: string }[];
}

function* textsIn(nodes: readonly BlockNode[]): Generator<{ id: string; line: string }> {
  for (const { block, children } of nodes) {
    const content = (block as unknown as Record<string, Partial<TextContent>>)[block.type];
    const own = content?.rich_text?.map((item) => item.plain_text).join('') ?? '';
    for (const line of own.split('\n')) if (line.trim() !== '') yield { id: block.id, line: line.trim() };
    yield* textsIn(children);
  }
}

test('every line of every block stands in the text, on a line that leads back to it', () => {
  fc.assert(
    fc.property(blocks.tree, (seeds) => {
      const nodes = treeOf(seeds);
      const { text: all, lineBlocks } = pageMarkdown(page, nodes);
      const lines = all.split('\n');
      expect(lineBlocks).toHaveLength(lines.length - 1);
      for (const { id, line } of textsIn(nodes)) {
        const at = lines.findIndex((found, index) => lineBlocks[index] === id && found.includes(line));
        expect(at, `${line} of ${id}`).toBeGreaterThanOrEqual(0);
      }
    }),
  );
});

import { existsSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import type { Nodes, RootContent } from 'mdast';
import remarkGfm from 'remark-gfm';
import remarkParse from 'remark-parse';
import { unified } from 'unified';
import { describe, expect, test } from 'vitest';
import { decodeDocument } from '../../src/import/decode.ts';
import { parseMarkdown } from '../../src/import/markdown.ts';
import { parsePieces } from '../../src/import/pieces.ts';
import { undoToggleIndentation } from '../../src/import/toggle-indent.ts';
import * as pages from './fixtures/pages.ts';

const complete = unified().use(remarkParse).use(remarkGfm).freeze();

const holdsBlocks = ['root', 'blockquote', 'list', 'listItem', 'footnoteDefinition'];

/** What the importer goes by: kinds, lines and HTML. */
function shapeOf(node: Nodes): unknown {
  return [
    node.type,
    node.position?.start.line,
    node.position?.end.line,
    'depth' in node ? node.depth : null,
    node.type === 'html' || node.type === 'code' ? node.value : null,
    'children' in node && holdsBlocks.includes(node.type) ? node.children.map(shapeOf) : null,
  ];
}

function completeShape(text: string): unknown {
  return complete.parse(text).children.map(shapeOf);
}

const piece = fc.constantFrom(
  ...['# 제목', '## 배솔', '### 2. 제목 ###', '제목', '글이 이어진다', '===', '---', '***', 'letters'],
  ...['- 하나', '* 둘', '1. 셋', '2) 넷', '- [ ] 할 일', '-', '- - 겹친', '> 인용', '> - 인용 목록', '>'],
  ...[
    '```',
    '````',
    '```js',
    '~~~',
    '~~~~',
    '``` 글',
    '- ```',
    '-\t```',
    '> ```',
    '`코드',
    '# `코드',
    '글 ` 끝',
  ],
  ...[
    '<aside>',
    '</aside>',
    '<!--',
    '-->',
    '<!-- 끝 -->',
    '<script>',
    '</script>',
    '<pre>',
    '</PRE>',
    '<?',
    '?>',
  ],
  ...['<![CDATA[', ']]>', '<!X', '<style', '<textarea>', '</textarea>', '<b>', '<b', 'x>', '<details>'],
  ...[
    '[가]: /url',
    '"이름"',
    "'이름",
    '[가]',
    '[^1]: 각주',
    '[^1]',
    '[가](나',
    ')',
    '**굵게',
    '*',
    '&amp;',
    '\\',
  ],
  ...['| 가 | 나 |', '|---|---|', '| 1 | 2 |', '|', '---|---', '\u3000', '\u00A0', '\u3000글'],
);
const indent = fc.oneof(
  { weight: 4, arbitrary: fc.constant('') },
  { weight: 1, arbitrary: fc.constantFrom(' ', '   ', '    ', '     ', '        ', '\t', ' \t') },
);
const line = fc.oneof(
  { weight: 5, arbitrary: fc.tuple(indent, piece).map(([space, text]) => space + text) },
  { weight: 3, arbitrary: fc.constantFrom('', '', '', '    ', '\t') },
);
const markdown = fc.array(line, { maxLength: 40 }).map((lines) => lines.join('\n'));

describe('parseMarkdown', () => {
  test('finds the blocks that a parser finds which reads paragraphs as well', () => {
    fc.assert(
      fc.property(markdown, (text) => {
        expect(parseMarkdown(text).children.map(shapeOf)).toEqual(completeShape(text));
      }),
      { numRuns: 400 },
    );
  });

  test('takes no more than the ends of a long line', () => {
    const [block] = parseMarkdown(`- ${'![['.repeat(20_000)}`).children;
    expect([block?.type, block?.position?.end.line]).toEqual(['list', 1]);
  });
});

const whole = unified().use(remarkParse).use(remarkGfm).freeze();
const parseWhole = (text: string): RootContent[] => whole.parse(text).children;

/** Paragraphs may hold references to what stands in another piece; the importer's parser does not read them. */
function withoutReferences(text: string): string {
  return text.replace(/\]/gu, ')');
}

function inPieces(text: string, size: number): RootContent[] {
  return parsePieces(text.split('\n'), parseWhole, size);
}

describe('parsePieces', () => {
  test('gives exactly what parsing the whole gives, positions and all', () => {
    fc.assert(
      fc.property(markdown.map(withoutReferences), fc.constantFrom(0, 1, 20, 60), (text, size) => {
        expect(inPieces(text, size)).toEqual(parseWhole(text));
      }),
      { numRuns: 400 },
    );
  });

  test('gives the same blocks where references reach across pieces', () => {
    fc.assert(
      fc.property(markdown, fc.constantFrom(0, 1, 20, 60), (text, size) => {
        expect(inPieces(text, size).map(shapeOf)).toEqual(completeShape(text));
      }),
      { numRuns: 400 },
    );
  });

  test.each([
    ['headings', '# 가\n글\n\n# 나\n\n    글', 2],
    ['paragraphs', '가\n\n나\n\n다', 3],
    ['an open fence', '```\n\n# 가\n\n# 나', 1],
    ['a closed fence', '```\n\n# 가\n```\n\n# 나', 2],
    ['a shorter fence inside of a longer', '````\n```\n\n# 가\n````\n\n# 나', 2],
    ['an open fence in a list that the heading ends', '- ```\n\n# 가', 1],
    ['the same behind a tab', '-\t```\n\n# 가', 1],
    ['a comment', '<!--\n\n# 가\n\n-->\n\n# 나', 2],
    ['an open tag that a blank line ends', '<aside>\n\n# 가', 2],
    ['a heading set in by four', '- 가\n\n    # 나', 1],
    ['a list that goes on', '- 가\n\n- 나\n\n다', 2],
    ['an ideographic space, which is no blank line', '가\n\u3000\n나', 1],
  ])('parses %s in the pieces there can be', (_, text, count) => {
    const parsed: string[] = [];
    const blocks = parsePieces(
      text.split('\n'),
      (part) => {
        parsed.push(part);
        return parseWhole(part);
      },
      0,
    );
    expect(blocks).toEqual(parseWhole(text));
    const joined = parsed.filter((part, index) => !parsed[index + 1]?.startsWith(part));
    expect(joined.join('')).toBe(text);
    expect(joined).toHaveLength(count);
  });

  test('parses no line often where a comment never ends', () => {
    const text = `<!--\n\n${'글\n\n'.repeat(1000)}`;
    let characters = 0;
    parsePieces(
      text.split('\n'),
      (part) => {
        characters += part.length;
        return parseWhole(part);
      },
      0,
    );
    expect(characters).toBeLessThan(4 * text.length);
  });
});

const repository = new URL('../../', import.meta.url);
const documents = ['answers/02장-데이터베이스-기초.md', 'README.md', 'README.ko.md', 'CHANGELOG.md'].map(
  (name) => [name, new URL(name, repository)] as const,
);
const real = new URL('../shared/seeds/01단원.md', repository);
const isThere = existsSync(real);

describe('documents as people write them', () => {
  const inFixtures = Object.entries(pages).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  );
  const read = (file: URL) => decodeDocument(readFileSync(file), file.pathname);
  const check = (text: string) => {
    for (const page of [text, undoToggleIndentation(text.split('\n')).join('\n')]) {
      expect(parseMarkdown(page).children.map(shapeOf)).toEqual(completeShape(page));
      expect(inPieces(page, 0).map(shapeOf)).toEqual(completeShape(page));
    }
  };

  test.each(inFixtures)('the fixture %s has the same blocks', (_, text) => check(text));
  test.each(documents)('%s has the same blocks', (_, file) => check(read(file)));
  test.skipIf(!isThere)(
    `the real input has the same blocks${isThere ? '' : ' (skipped: ../shared is not beside the repository)'}`,
    () => check(read(real)),
  );
});

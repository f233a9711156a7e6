import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cutIndent } from '../../src/import/indent.ts';
import { undoToggleIndentation } from '../../src/import/toggle-indent.ts';

const undo = (text: string) => undoToggleIndentation(text.split('\n')).join('\n');

describe('undoToggleIndentation', () => {
  test('moves what stands under a toggle heading one level out', () => {
    expect(undo('# 1장\n\n    ### 서다온\n    \n    - 질문\n        \n        답')).toBe(
      '# 1장\n\n### 서다온\n\n- 질문\n    \n    답',
    );
  });

  test('does so at every level of nested toggle headings', () => {
    expect(undo('# 1장\n    ## 서다온\n        - 질문\n            답\n    ## 남기훈\n        - 질문')).toBe(
      '# 1장\n## 서다온\n- 질문\n    답\n## 남기훈\n- 질문',
    );
  });

  test('does so under each of several headings', () => {
    expect(undo('# 1장\n    - 가\n# 2장\n    - 나')).toBe('# 1장\n- 가\n# 2장\n- 나');
  });

  test('counts a tab as one level', () => {
    expect(undo('# 1장\n\t- 질문\n\t\t답')).toBe('# 1장\n- 질문\n\t답');
  });

  test.each(['- 글', '1. 글', '### 글', '**1. 글**', '<aside>', '> 글', '| 가 |'])(
    'takes a block with %s one level in for children',
    (line) => {
      expect(undo(`# 1장\n\n    글\n    ${line}`)).toBe(`# 1장\n\n글\n${line}`);
    },
  );

  test('leaves a document without toggle headings alone', () => {
    const text = '# 1장\n\n## 서다온\n\n- 질문\n\n    <aside>\n    💡\n\n    답\n\n    </aside>';
    expect(undo(text)).toBe(text);
  });

  test('leaves an indented code block under a heading alone', () => {
    const text = '# 설치\n\n    npm ci\n    npm start\n\n다음';
    expect(undo(text)).toBe(text);
  });

  test('stops at a line that is not indented, if what follows is not either', () => {
    expect(undo('# 1장\n    - 가\n나\n다\n    - 라')).toBe('# 1장\n- 가\n나\n다\n    - 라');
    expect(undo('# 1장\n    - 가\n- 나\n    다')).toBe('# 1장\n- 가\n- 나\n    다');
  });

  test('goes on behind a line that is astray', () => {
    expect(undo('# 1장\n    - 가\n나\n\n    - 다')).toBe('# 1장\n- 가\n나\n\n- 다');
    expect(undo('# 1장\n    - 가\n- [ ]\n    ## 나\n    - 다')).toBe('# 1장\n- 가\n- [ ]\n## 나\n- 다');
  });

  test.each(['```', '~~~'])('leaves what looks like a toggle heading inside a %s fence alone', (fence) => {
    const text = `${fence}md\n# 1장\n    - 가\n${fence}`;
    expect(undo(text)).toBe(text);
  });

  test('takes backticks with more of them on the same line for no fence', () => {
    expect(undo('```x``` 글\n# 1장\n    - 가')).toBe('```x``` 글\n# 1장\n- 가');
  });

  test('goes on after a fence', () => {
    expect(undo('```\n# 코드\n    - 가\n```\n# 1장\n    - 나')).toBe(
      '```\n# 코드\n    - 가\n```\n# 1장\n- 나',
    );
  });

  test('moves a fence with its block and keeps the code’s own indentation', () => {
    expect(undo('# 1장\n    - 질문\n    ```py\n    # 주석\n        return 1\n    ```')).toBe(
      '# 1장\n- 질문\n```py\n# 주석\n    return 1\n```',
    );
  });

  test('does not change the array it is given', () => {
    const lines = ['# 1장', '    - 가'];
    undoToggleIndentation(lines);
    expect(lines).toEqual(['# 1장', '    - 가']);
  });
});

describe('cutIndent', () => {
  test.each([
    ['    글', 4, '글'],
    ['      글', 4, '  글'],
    ['  글', 4, '글'],
    ['\t글', 4, '글'],
    ['  \t글', 4, '글'],
    ['\t\t글', 4, '\t글'],
    ['\t글', 2, '  글'],
    ['글', 4, '글'],
    ['', 4, ''],
    ['    글', 0, '    글'],
  ])('of %j by %i columns is %j', (line, columns, cut) => {
    expect(cutIndent(line, columns)).toBe(cut);
  });
});

const text = fc.constantFrom(
  '# 1장',
  '### 서다온',
  '- 질문',
  '1. 하나',
  '글',
  '',
  '```',
  '~~~',
  '<aside>',
  '</aside>',
  '**1. 글**',
);
const indent = fc.constantFrom('', '    ', '        ', '            ', '\t', '  ', '     ', '\t\t');
const line = fc.oneof(
  { weight: 5, arbitrary: fc.tuple(indent, text).map(([space, rest]) => space + rest) },
  { weight: 1, arbitrary: fc.string().map((value) => value.replaceAll('\n', ' ')) },
);

/** Blocks as Notion nests them: a block’s children stand exactly one level further in. */
const { tree } = fc.letrec<{ tree: string[]; block: string[] }>((tie) => ({
  tree: fc.array(tie('block'), { maxLength: 4 }).map((blocks) => blocks.flat()),
  block: fc
    .tuple(
      fc.constantFrom('# 1장', '### 서다온', '- 질문', '1. 하나', '글', '**1. 글**'),
      fc.oneof({ maxDepth: 4 }, fc.constant([]), tie('tree')),
    )
    .map(([head, children]) => [head, ...children.map((child) => `    ${child}`)]),
}));

describe('properties of undoToggleIndentation', () => {
  test('it keeps the number of lines, and takes nothing but leading white space', () => {
    fc.assert(
      fc.property(fc.array(line, { maxLength: 40 }), (lines) => {
        const undone = undoToggleIndentation(lines);
        expect(undone).toHaveLength(lines.length);
        expect(undone.map((item) => item.trimStart())).toEqual(lines.map((item) => item.trimStart()));
        expect(undone.every((item, index) => item.length <= (lines[index]?.length ?? 0) + 3)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  test('doing it twice changes nothing more in a document that is nested as Notion nests', () => {
    fc.assert(
      fc.property(tree, (lines) => {
        const once = undoToggleIndentation(lines);
        expect(undoToggleIndentation(once)).toEqual(once);
      }),
      { numRuns: 500 },
    );
  });
});

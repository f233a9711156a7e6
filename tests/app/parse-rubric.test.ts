import { describe, expect, it } from 'vitest';
import { parseRubricFile } from '../../src/app/parse-rubric.ts';
import { ConfigError } from '../../src/core/errors.ts';

function errorIn(text: string): ConfigError {
  try {
    parseRubricFile(text, 'rubrics/03장.yaml');
  } catch (error) {
    if (error instanceof ConfigError) return error;
    throw error;
  }
  throw new Error('expected a ConfigError');
}

/** Two levels, indented as far as `indent` says. */
function levels(indent: number, first = 0, last = 1): string {
  const space = ' '.repeat(indent);
  return [
    `${space}- { id: low, share: ${first}, name: 낮음, description: Nothing of it. }`,
    `${space}- { id: high, share: ${last}, name: 높음, description: All of it. }`,
  ].join('\n');
}

const criterion = `criteria:
  - id: accuracy
    name: { ko: 정확성, en: accuracy }
    weight: 15
    description: Whether it is right.
    levels:
${levels(6)}
`;

describe('parseRubricFile', () => {
  it('reads a rubric with everything in it', () => {
    const text = `# a comment
extends: default.yaml
language: ko
attempt: best
copies: review
bands: [{ from: 0, name: 전체 }]
${criterion}
keyPoints:
  weight: 75
  levels:
${levels(4)}
questions:
  3:
    keyPoints:
      - 인덱스는 정렬되어 있다
      - { text: 쓰기가 느려진다, weight: 2 }
`;
    const twoLevels = [
      { id: 'low', share: 0, name: { ko: '낮음', en: '낮음' }, description: 'Nothing of it.' },
      { id: 'high', share: 1, name: { ko: '높음', en: '높음' }, description: 'All of it.' },
    ];
    expect(parseRubricFile(text, 'r.yaml')).toEqual({
      extends: 'default.yaml',
      language: 'ko',
      attempt: 'best',
      copies: 'review',
      bands: [{ from: 0, name: { ko: '전체', en: '전체' } }],
      criteria: [
        {
          id: 'accuracy',
          name: { ko: '정확성', en: 'accuracy' },
          weight: 15,
          description: 'Whether it is right.',
          levels: twoLevels,
        },
      ],
      keyPoints: { weight: 75, levels: twoLevels },
      questions: {
        3: {
          keyPoints: [
            { text: '인덱스는 정렬되어 있다', weight: 1 },
            { text: '쓰기가 느려진다', weight: 2 },
          ],
        },
      },
    });
  });

  it.each([
    ['nothing', ''],
    ['only a comment', '# later\n'],
    ['an empty document', '---\n'],
  ])('reads %s as a rubric that sets nothing', (_name, text) => {
    expect(parseRubricFile(text, 'r.yaml')).toEqual({});
  });

  it('reads JSON, which is YAML', () => {
    expect(parseRubricFile('{"language": "en"}', 'r.yaml')).toEqual({ language: 'en' });
  });

  it.each<[string, string, number, RegExp, RegExp]>([
    ['a tab', 'language: ko\nquestions:\n\t1:\n', 3, /YAML/u, /it is not YAML/u],
    ['an open bracket', 'language: ko\nbands: [\n', 3, /YAML/u, /it is not YAML/u],
    ['a setting twice', 'language: ko\nattempt: first\nlanguage: en\n', 3, /YAML/u, /unique/u],
    ['a list', '- language: ko\n', 1, /object/u, /expected object/u],
    ['a text', 'language\n', 1, /object/u, /expected object/u],
    [
      'an unknown setting',
      'language: ko\n\nlangauge: en\n',
      3,
      /"langauge" 항목은 없습니다/u,
      /no setting "langauge"/u,
    ],
    ['an unknown value', 'language: ko\nattempt: second\n', 2, /attempt: /u, /attempt: .*"first"/u],
    ['a setting set to nothing', 'language: ko\nkeyPoints:\n', 2, /keyPoints: /u, /keyPoints: .*object/u],
    [
      'an unknown setting of a criterion',
      criterion.replace('weight: 15', 'weight: 15\n    points: 3'),
      5,
      /"points" 항목은 없습니다 \(criteria › \[1\]\)/u,
      /no setting "points" in criteria › \[1\]/u,
    ],
    [
      'a missing setting',
      criterion.replace('    description: Whether it is right.\n', ''),
      2,
      /criteria › \[1\] › description 항목이 빠져 있습니다/u,
      /criteria › \[1\] › description is missing/u,
    ],
    [
      'a number as text',
      criterion.replace('weight: 15', 'weight: "15"'),
      4,
      /criteria › \[1\] › weight: /u,
      /criteria › \[1\] › weight: .*expected number, received string/u,
    ],
    [
      'a weight of nothing',
      criterion.replace('weight: 15', 'weight: 0'),
      4,
      /criteria › \[1\] › weight: /u,
      /criteria › \[1\] › weight: .*>0/u,
    ],
    [
      'a name in one language',
      criterion.replace('{ ko: 정확성, en: accuracy }', '{ ko: 정확성 }'),
      3,
      /criteria › \[1\] › name › en 항목이 빠져 있습니다/u,
      /criteria › \[1\] › name › en is missing/u,
    ],
    [
      'a name that is a number',
      criterion.replace('{ ko: 정확성, en: accuracy }', '3'),
      3,
      /criteria › \[1\] › name: /u,
      /criteria › \[1\] › name: /u,
    ],
    [
      'an id with capitals',
      criterion.replace('id: accuracy', 'id: Accuracy'),
      2,
      /criteria › \[1\] › id: /u,
      /criteria › \[1\] › id: an id is lower-case/u,
    ],
    [
      'an id that is taken',
      criterion.replace('id: accuracy', 'id: k2'),
      1,
      /criteria: /u,
      /criteria: k1, k2 … and coverage are taken/u,
    ],
    [
      'a first level that is worth something',
      criterion.replace(levels(6), levels(6, 0.1)),
      6,
      /criteria › \[1\] › levels: /u,
      /levels: the first level must have share 0/u,
    ],
    [
      'a last level that is not worth everything',
      criterion.replace(levels(6), levels(6, 0, 0.9)),
      6,
      /criteria › \[1\] › levels: /u,
      /levels: the last level must have share 1/u,
    ],
    [
      'a share beyond 1',
      criterion.replace(levels(6), levels(6, 0, 1.5)),
      8,
      /levels › \[2\] › share: /u,
      /levels › \[2\] › share: .*<=1/u,
    ],
    [
      'no key point',
      'questions:\n  1:\n    keyPoints: [인덱스]\n  2:\n    keyPoints: []\n',
      5,
      /questions › 2 › keyPoints: /u,
      /questions › 2 › keyPoints: .*>=1/u,
    ],
    [
      'an unknown setting of a key point',
      'questions:\n  1:\n    keyPoints:\n      - 인덱스\n      - text: 쓰기\n        wieght: 2\n',
      6,
      /"wieght" 항목은 없습니다/u,
      /no setting "wieght" in questions › 1 › keyPoints › \[2\]/u,
    ],
    [
      'a key point that YAML takes for a setting',
      'questions:\n  1:\n    keyPoints:\n      - 쓰기: 느려진다\n',
      4,
      /keyPoints › \[1\]/u,
      /keyPoints › \[1\]/u,
    ],
    [
      'a blank key point',
      'questions:\n  1:\n    keyPoints:\n      - "  "\n',
      4,
      /questions › 1 › keyPoints › \[1\]: /u,
      /questions › 1 › keyPoints › \[1\]: /u,
    ],
    [
      'a question without a number',
      'questions:\n  1:\n    keyPoints: [인덱스]\n  둘:\n    keyPoints: [쓰기]\n',
      4,
      /questions › 둘: /u,
      /questions › 둘: /u,
    ],
    [
      'a band beyond 100',
      'bands:\n  - { from: 0, name: 아래 }\n  - from: 101\n    name: 위\n',
      3,
      /bands › \[2\] › from: /u,
      /bands › \[2\] › from: .*<=100/u,
    ],
  ])('names file, line and setting: %s', (_name, text, line, ko, en) => {
    const error = errorIn(text);
    expect(error.place).toEqual({ file: 'rubrics/03장.yaml', line });
    expect(error.sentence('ko')).toMatch(/^rubrics\/03장\.yaml:\d+: 루브릭에 오류가 있습니다: /u);
    expect(error.sentence('en')).toMatch(/^rubrics\/03장\.yaml:\d+: the rubric is not valid: /u);
    expect(error.text.ko).toMatch(ko);
    expect(error.text.en).toMatch(en);
  });

  it('says it in one line', () => {
    for (const language of ['ko', 'en'] as const)
      expect(errorIn('bands: [\n').sentence(language)).not.toContain('\n');
  });

  it('says that a key point with a colon needs quotes', () => {
    const text = 'questions:\n  1:\n    keyPoints:\n      - 용어: 설명\n';
    const error = errorIn(text);
    expect(error.sentence('ko')).toContain('rubrics/03장.yaml:4: ');
    expect(error.sentence('ko')).toContain('"따옴표"로 감싸세요');
    expect(error.sentence('en')).toContain('into "quotes"');
  });

  it('names the misspelt setting rather than the one it seems to lack', () => {
    expect(errorIn('questions:\n  1:\n    keyPoint: [a]\n').sentence('en')).toContain(
      'no setting "keyPoint"',
    );
  });

  it('says of an alias without anchor that it is not YAML', () => {
    expect(errorIn('language: *x\n').sentence('en')).toContain('it is not YAML');
  });
});

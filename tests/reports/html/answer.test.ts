import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { answerHtml } from '../../../src/reports/html/answer.ts';
import type { EvidenceQuote } from '../../../src/reports/html/evidence-segments.ts';
import { type ReadHtml, readHtml } from './read-html.ts';

const evidence = (quote: string, parts: Partial<EvidenceQuote> = {}): EvidenceQuote => ({
  quote,
  label: 'index: covered',
  tone: 'good',
  ...parts,
});
const plain = (text: string) => answerHtml(text, [], 'en').text;
/** The texts of the marks in order. */
function marksIn(html: string): string[] {
  return Array.from(html.matchAll(/<mark[^>]*>(.*?)<\/mark>/gsu), ([, inner]) => readHtml(inner ?? '').text);
}
const marked = (text: string, ...quotes: EvidenceQuote[]) => marksIn(answerHtml(text, quotes, 'en').text);

describe('what a member wrote', () => {
  test('keeps its form: paragraphs with their lines, lists, code, tables', () => {
    expect(
      plain('# Title\n\na *b*\nc\n\n- [x] d\n- [ ] e\n\n```sql\nselect 1\n```\n\n|f|\n|-|\n|`g\\|h`|'),
    ).toMatchSnapshot();
  });

  test('HTML is shown and never live', () => {
    expect(readHtml(plain('a <BOS> b\n\n<script>alert(1)</script>\n\n<!-- c -->')).text.trim()).toBe(
      'a <BOS> b\n<script>alert(1)</script>\n<!-- c -->',
    );
  });

  test('images are named, not loaded', () => {
    expect(plain('![a plan](http://x/p.png) ![](q.png)')).toBe('<p>[image: a plan] [image]</p>');
    expect(answerHtml('![계획](p.png)', [], 'ko').text).toBe('<p>[그림: 계획]</p>');
  });

  test.each(['javascript:alert(1)', 'data:text/html,x', 'file:///etc', '/near', 'vbscript:x'])(
    'a link to %s is shown as it was typed',
    (url) => {
      expect(readHtml(plain(`[a](${url})`))).toStrictEqual({
        tags: [{ name: 'p', attributes: {} }],
        text: `[a](${url})`,
      });
    },
  );

  test('links to the web and to mail work, told not to be trusted', () => {
    const { tags } = readHtml(plain('[a](https://x.org/y) <b@x.org> [c][d]\n\n[d]: http://x.org/d'));
    const links = tags.filter(({ name }) => name === 'a').map(({ attributes }) => attributes);
    const rel = 'noopener noreferrer nofollow';
    expect(links).toStrictEqual([
      { href: 'https://x.org/y', rel },
      { href: 'mailto:b@x.org', rel },
      { href: 'http://x.org/d', rel },
    ]);
  });

  test('footnotes stand where they were written, without ids', () => {
    const { tags, text } = readHtml(plain('a[^1]\n\n[^1]: why'));
    expect(text.replace(/\s+/gu, ' ').trim()).toBe('a[^1] [^1]: why');
    expect(tags.every(({ attributes }) => !('id' in attributes))).toBe(true);
  });

  test('bold in front of a Korean particle is bold, escaped signs are signs', () => {
    expect(plain('**색인(index)**은 \\*\\*정렬(x)\\*\\*')).toBe(
      '<p><strong>색인(index)</strong>은 **정렬(x)**</p>',
    );
  });
});

describe('signs that Korean pages are full of', () => {
  test('a single tilde is a range, two strike through', () => {
    expect(plain('3~5번까지 풀고 100~200ms 기다린다')).toBe('<p>3~5번까지 풀고 100~200ms 기다린다</p>');
    expect(plain('~~2~3번~~ 4~5번')).toBe('<p><del>2~3번</del> 4~5번</p>');
  });

  test('a quote with ranges is marked as it was written', () => {
    expect(marked('1~2번은 3~5초, 6~7번은 더', evidence('3~5초, 6~7번'))).toStrictEqual(['3~5초, 6~7번']);
  });

  test.each([
    ['between words', '가****나', '<p>가나</p>'],
    ['with a space in it', '가** **나', '<p>가나</p>'],
    ['between bold words', '**가****나**', '<p><strong>가나</strong></p>'],
    ['alone on its line', '가\n\n****\n\n나', '<p>가</p>\n\n<p>나</p>'],
  ])('bold around nothing is left out %s', (_, text, html) => {
    expect(plain(text).replace(/\n+/gu, '\n\n')).toBe(html);
  });

  test('signs that were meant stay', () => {
    expect(plain('2 ** 3 ** 4, \\*\\*\\*\\*, `****`')).toBe('<p>2 ** 3 ** 4, ****, <code>****</code></p>');
    expect(plain('가\n\n***\n\n나')).toContain('<hr>');
  });
});

describe('evidence', () => {
  test('is marked in the words of the answer, named and numbered', () => {
    expect(answerHtml('An index is sorted.', [evidence('index is', { number: 2 })], 'en').text).toBe(
      '<p>An <mark class="good" title="index: covered" data-note="2"><span class="hidden">[index: covered] </span>index is</mark> sorted.</p>',
    );
  });

  test.each([
    ['emphasis', 'a **b *c* d** e', 'b *c* d** e', ['b ', 'c', ' d', ' e']],
    ['list items', '- one\n- two\n', 'one\n- two', ['one', 'two']],
    ['paragraphs', 'one\n\ntwo', 'one\n\ntwo', ['one', 'two']],
    ['inline code', 'x `` a`b `` y', 'x `` a`b', ['x ', 'a`b']],
    ['a quotation', '> one\n> two three', 'one\n> two', ['one\ntwo']],
    ['an indented line', '- one\n  two three', 'one\n  two', ['one\ntwo']],
    ['escapes', 'a \\* b \\_ c d', '\\_ c', ['_ c']],
    ['references', 'a &amp; b &copy; c &#128512; d e', '&copy; c &#128512; d', ['© c 😀 d']],
    ['a code block', '```js\nlet a;\nlet b;\n```', 'a;\nlet', ['a;\nlet']],
    ['an indented code block', '- x\n\n      let a;\n      let b;', 'a;\n      let', ['a;\nlet']],
    ['HTML', 'a <b>c</b> d', '<b>c', ['<b>', 'c']],
    ['a table', '|a|b|\n|-|-|\n|c|d \\| e|', 'c|d \\| e', ['c', 'd | e']],
    ['an image', 'see ![plan](x) there', 'see ![plan](x)', ['see ', '[image: plan]']],
    ['a link', 'see [a plan](http://x) there', 'a plan', ['a plan']],
    ['an e-mail address', 'ask a@b.org now, please', 'now', ['now']],
    ['an apple in two forms', 'cafe\u0301 latte', 'café', ['café']],
    ['a done task', '- [x] do it', '- [x] do', ['☑ ', 'do']],
  ])('may run across %s', (_, text, quote, expected) => {
    expect(marked(text, evidence(quote))).toStrictEqual(expected);
  });

  test('in pieces is marked piece by piece, in order', () => {
    expect(marked('b a b c', evidence('a … b'))).toStrictEqual(['a', 'b']);
    expect(marked('b a … b', evidence('a … b'))).toStrictEqual(['a … b']);
  });

  test('in which a name was left out is marked on both sides of it', () => {
    expect(marked('as Benedict showed me', evidence('as [member] showed me'))).toStrictEqual([
      'as ',
      ' showed me',
    ]);
    expect(marked('as Benedict', evidence('[member]'))).toStrictEqual([]);
  });

  test('that does not stand there is not marked', () => {
    expect(marked('a b', evidence('c'), evidence('b … a'), evidence(''))).toStrictEqual([]);
  });

  test('that overlaps is split, and what counted most shows', () => {
    const html = answerHtml(
      'one two three',
      [
        evidence('one two', { number: 1 }),
        evidence('two three', { label: 'lock: partial', tone: 'partial', number: 2 }),
      ],
      'en',
    ).text;
    expect(marksIn(html)).toStrictEqual(['one ', 'two', ' three']);
    expect(
      readHtml(html)
        .tags.filter(({ name }) => name === 'mark')
        .map(({ attributes }) => attributes),
    ).toStrictEqual([
      { class: 'good', title: 'index: covered' },
      { class: 'good', title: 'index: covered · lock: partial', 'data-note': '1' },
      { class: 'partial', title: 'lock: partial', 'data-note': '2' },
    ]);
  });
});

test.each([
  ['bad', 'partial', 'partial'],
  ['good', 'bad', 'good'],
  ['partial', 'good', 'good'],
] as const)('a passage that counted as %s and as %s is shown as %s', (one, other, shown) => {
  const html = answerHtml(
    'one',
    [evidence('one', { tone: one }), evidence('one', { tone: other })],
    'en',
  ).text;
  expect(html).toContain(`<mark class="${shown}"`);
});

/** Elements and attributes that an answer may become. */
const allowed: Record<string, readonly string[]> = {
  a: ['href', 'rel'],
  div: ['class', 'tabindex', 'role', 'aria-label'],
  mark: ['class', 'title', 'data-note'],
  ol: ['start'],
  p: ['class'],
  span: ['class'],
};
const bare = 'blockquote br code del em hr li pre strong table tbody td th tr ul'.split(' ');

function expectHarmless({ tags }: ReadHtml): void {
  for (const { name, attributes } of tags) {
    expect([...Object.keys(allowed), ...bare]).toContain(name);
    expect(allowed[name] ?? []).toEqual(expect.arrayContaining(Object.keys(attributes)));
    if (name === 'a') expect(attributes['href']).toMatch(/^(?:https?|mailto):/u);
  }
}

const snippet = fc.constantFrom(
  ...[
    '**',
    '*',
    '_',
    '`',
    '```\n',
    '\n',
    '\n\n',
    '- ',
    '1. ',
    '> ',
    '    ',
    '# ',
    '|',
    '|-|\n',
    '~~',
    '\\',
    '&amp;',
  ],
  ...[
    '&',
    ';',
    '[a](javascript:x)',
    '[a](http://x.y)',
    '![a](b)',
    '<script>',
    '</mark>',
    '<img src=x onerror=y>',
  ],
  ...[
    '"><svg onload=x>',
    ']]>',
    '[^1]',
    '[^1]: ',
    '[a]: /b',
    'http://x.y',
    'a@b.c',
    '[x] ',
    '한글 ',
    'word ',
    '\u0000',
    '😀',
    ' … ',
  ],
);
const markdown = fc
  .array(fc.oneof(snippet, fc.string({ maxLength: 5 })), { maxLength: 40 })
  .map((parts) => parts.join(''));
/** A text with slices of it as evidence. */
const quoted = fc
  .tuple(markdown, fc.array(fc.tuple(fc.nat(200), fc.nat(60)), { maxLength: 5 }))
  .map(([text, slices]) => ({
    text,
    quotes: slices.map(([from, length], index) =>
      evidence(text.slice(from, from + length), {
        label: '"><b onload=x>',
        tone: (['good', 'partial', 'bad'] as const)[index % 3] ?? 'good',
        number: index + 1,
      }),
    ),
  }));

describe('whatever is written', () => {
  test('it becomes nothing but harmless elements, all closed', () => {
    fc.assert(
      fc.property(quoted, ({ text, quotes }) =>
        expectHarmless(readHtml(answerHtml(text, quotes, 'en').text)),
      ),
      { numRuns: 300 },
    );
  });

  test('marks change nothing of the text that is seen', () => {
    fc.assert(
      fc.property(quoted, ({ text, quotes }) => {
        expect(readHtml(answerHtml(text, quotes, 'en').text).text).toBe(readHtml(plain(text)).text);
      }),
      { numRuns: 300 },
    );
  });

  test('all letters of words in any form of Markdown are seen, and marked where they are quoted', () => {
    const words = fc.array(fc.stringMatching(/^[a-z가-힣]{1,8}$/u), { minLength: 2, maxLength: 12 });
    const joint = fc.constantFrom(
      ' ',
      '\n',
      '\n\n',
      '\n- ',
      '\n> ',
      ' *',
      '* ',
      ' **',
      '** ',
      ' `',
      '` ',
      '\n\n# ',
      ' <b> ',
      ' \\_ ',
      ' &amp; ',
    );
    fc.assert(
      fc.property(words, fc.array(joint, { minLength: 12, maxLength: 12 }), (list, joints) => {
        const text = list.map((word, index) => word + joints[index]).join('');
        const quote = text.slice(`${list[0]}${joints[0]}`.length, -1);
        const letters = (value: string) => value.replace(/&amp;|[^a-z가-힣]/gu, '');
        const html = answerHtml(text, [evidence(quote)], 'en').text;
        expect(letters(readHtml(html).text)).toBe(letters(text));
        expect(letters(marksIn(html).join(''))).toBe(letters(quote));
      }),
    );
  });

  test.each(['[', '*a ', '>', '- ', '`a``b', '|a', '<a ', '&amp;', '*a **b ', '```\n', '\n- a'])(
    'very much of %j is still shown',
    (part) => {
      const text = part.repeat(60_000 / part.length);
      expectHarmless(readHtml(answerHtml(text, [evidence(part)], 'en').text));
    },
  );

  test.each(['*a_', '_*', '](b', '~~a ', '`a``b'])(
    'a block with hundreds of signs such as %j is shown as it is',
    (part) => {
      const text = part.repeat(1000);
      expect(readHtml(plain(text))).toStrictEqual({
        tags: [{ name: 'p', attributes: { class: 'plain' } }],
        text,
      });
    },
  );

  test('signs in many blocks keep their meaning', () => {
    const text = Array.from({ length: 60 }, () => '**bold** '.repeat(20).trim()).join('\n\n');
    const { tags } = readHtml(plain(text));
    expect(tags.filter(({ name }) => name === 'strong')).toHaveLength(1200);
  });

  test('nothing of a long text is lost where it is read in parts', () => {
    const text = Array.from({ length: 500 }, (_, index) => `paragraph ${index} is **here** and stays`).join(
      '\n\n',
    );
    const { tags, text: seen } = readHtml(
      answerHtml(text, [evidence('**here** and stays\n\nparagraph 498')], 'en').text,
    );
    expect(seen.replace(/\s+/gu, ' ')).toBe(text.replace(/\*\*/gu, '').replace(/\s+/gu, ' '));
    expect(tags.filter(({ name }) => name === 'mark')).toHaveLength(3);
    expect(tags.filter(({ name }) => name === 'strong')).toHaveLength(500);
  });
});

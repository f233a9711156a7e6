import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type SlackMessage, slackCard } from '../../src/reports/slack-card.ts';
import { fullReport, hostileReport, reportOf } from './chat-cards.ts';

function textsOf({ text, blocks }: SlackMessage): string[] {
  return [
    text,
    ...blocks.flatMap((block) =>
      block.type === 'section' ? [block.text.text] : block.elements.map((element) => element.text),
    ),
  ];
}

/** The lines of the table. */
function tableIn(message: SlackMessage): string[] {
  const block = message.blocks[1];
  return block?.type === 'section' ? block.text.text.split('\n').slice(1, -1) : [];
}

test.each(['ko', 'en'] as const)('a card with everything, in %s', (language) => {
  expect(slackCard({ ...fullReport, language })).toMatchSnapshot();
});

test('names that would call or link somebody are only names', () => {
  expect(slackCard(hostileReport)).toMatchSnapshot();
});

describe('of many members', () => {
  test('the first 20 are shown, and how many more there are', () => {
    const table = tableIn(slackCard(reportOf(23, (index) => `member ${index}`)));
    expect(table).toHaveLength(21);
    expect(table.at(-2)).toContain('member 19');
    expect(table.at(-1)).toBe('… 3 more');
  });

  test('fewer are shown where escaping their names takes the room', () => {
    const message = slackCard(reportOf(20, () => '&'.repeat(40)));
    expect(tableIn(message).at(-1)).toMatch(/^… \d+ more$/u);
    for (const text of textsOf(message).slice(1)) expect(text.length).toBeLessThanOrEqual(3000);
  });
});

test('whatever names hold, nothing in a card is a mention, a link or an end of the table', () => {
  const sign = fc.constantFrom('<', '>', '&', '!', '@', '|', '`', '*', '_', '~', '\n', 'everyone', '😀', 'a');
  const name = fc.array(sign, { maxLength: 60 }).map((signs) => signs.join(''));
  fc.assert(
    fc.property(fc.array(name, { minLength: 1, maxLength: 30 }), name, (names, title) => {
      const report = {
        ...reportOf(names.length, (index) => names[index] ?? ''),
        chapters: [{ id: '1', title }],
      };
      const message = slackCard(report);
      for (const text of textsOf(message)) {
        expect(text).not.toMatch(/[<>]|&(?!(?:amp|lt|gt);)|@(?!\u200B)/u);
        expect(text.isWellFormed()).toBe(true);
      }
      const [heading = '', table = ''] = textsOf(message).slice(1);
      expect(heading.replace(/^\*|\*$/gu, '')).not.toMatch(/[*_~`]/u);
      expect(table.match(/`/gu)).toHaveLength(6);
      expect(table.length).toBeLessThanOrEqual(3000);
    }),
  );
});

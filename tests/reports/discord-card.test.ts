import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { discordCard } from '../../src/reports/discord-card.ts';
import { fullReport, hostileReport, reportOf } from './chat-cards.ts';

test.each(['ko', 'en'] as const)('a card with everything, in %s', (language) => {
  expect(discordCard({ ...fullReport, language })).toMatchSnapshot();
});

test('names that would call or link somebody are only names', () => {
  expect(discordCard(hostileReport)).toMatchSnapshot();
});

describe('of many members', () => {
  test('the first 20 are shown, and how many more there are', () => {
    const [embed] = discordCard(reportOf(120, (index) => `member ${index}`)).embeds;
    expect(embed.description.split('\n').slice(-3)).toEqual([
      expect.stringContaining('member 19'),
      '… 100 more',
      '```',
    ]);
  });
});

test('whatever names hold, a card calls nobody and is within the limits', () => {
  const sign = fc.constantFrom('<', '>', '@', '`', '*', '\\', '[', '](', '\n', 'everyone', '😀', '한', 'a b');
  const name = fc.array(sign, { maxLength: 400 }).map((signs) => signs.join(''));
  fc.assert(
    fc.property(fc.array(name, { minLength: 1, maxLength: 30 }), name, (names, title) => {
      const report = {
        ...reportOf(names.length, (index) => names[index] ?? ''),
        chapters: [{ id: '1', title }],
      };
      const { embeds, allowed_mentions } = discordCard(report);
      const [embed] = embeds;
      const texts = [embed.title, embed.description, embed.footer.text];
      for (const text of texts) {
        expect(text).not.toMatch(/@(?!\u200B)/u);
        expect(text.isWellFormed()).toBe(true);
      }
      expect(embed.title.replace(/\\./gsu, '')).not.toMatch(/[\\*`<>[\]()]/u);
      expect(embed.description.match(/`/gu)).toHaveLength(6);
      expect(allowed_mentions).toEqual({ parse: [] });
      const [heading = 0, table = 0, footer = 0] = texts.map((text) => text.length);
      expect([heading <= 256, table <= 4096, footer <= 2048, heading + table + footer <= 6000]).toEqual([
        true,
        true,
        true,
        true,
      ]);
    }),
  );
});

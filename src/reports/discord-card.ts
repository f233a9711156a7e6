import { callingNobody, chatCard } from './chat-card.ts';
import type { ScoreboardReport } from './scoreboard-content.ts';

/** A message as webhooks of Discord take it. */
export interface DiscordMessage {
  embeds: [{ title: string; description: string; color: number; footer: { text: string } }];
  /** Nobody is called, whatever stands in the text. */
  allowed_mentions: { parse: [] };
}

/** An embed takes 256 characters of title, 4,096 of description, 2,048 of footer, and 6,000 in all. */
const mostOfTitle = 256;
const mostOfTable = 3_500;
const mostOfFooter = 2_048;
/** The colour of the reports. */
const colour = 0x1d5a66;

function inCode(text: string): string {
  return callingNobody(text).replaceAll('`', 'ˋ');
}

/** Signs that Discord's Markdown reads in a title. */
function plain(text: string): string {
  return callingNobody(text).replace(/[\\*_~`|<>[\]()#]/gu, '\\$&');
}

/** A text cut to so many characters of the string, where no sign is torn in two. */
function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  return `${text.slice(0, most - 1).replace(/[\uD800-\uDBFF\\]+$/u, '')}…`;
}

/** The scoreboard as a message for Discord, in which nothing that members wrote is markup or calls anybody. */
export function discordCard(report: ScoreboardReport): DiscordMessage {
  const { title, table, notes } = chatCard(report, { title: mostOfTitle, table: mostOfTable, inCode });
  return {
    embeds: [
      {
        title: cut(plain(title), mostOfTitle),
        description: `\`\`\`\n${table}\n\`\`\``,
        color: colour,
        footer: { text: cut(callingNobody(notes.join('\n')), mostOfFooter) },
      },
    ],
    allowed_mentions: { parse: [] },
  };
}

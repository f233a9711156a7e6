import { shorten } from '../core/sentences.ts';
import { callingNobody, chatCard } from './chat-card.ts';
import type { ScoreboardReport } from './scoreboard-content.ts';

interface SlackText {
  type: 'mrkdwn';
  text: string;
  /** Nothing in the text becomes a link or a mention by itself. */
  verbatim: true;
}

/** A message as incoming webhooks of Slack take it. */
export interface SlackMessage {
  /** The whole card: for notifications, screen readers and chats that know no blocks. */
  text: string;
  blocks: ({ type: 'section'; text: SlackText } | { type: 'context'; elements: SlackText[] })[];
}

/** A section takes 3,000 characters; a fence and line ends stand around the table. */
const mostOfTable = 2_900;
/** Each character may become five when it is escaped. */
const mostOfTitle = 150;
const mostOfNote = 400;

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** The three signs that Slack reads as the beginning of links, mentions and entities. */
function escaped(text: string): string {
  return callingNobody(text).replace(/[&<>]/gu, (sign) => entities[sign] ?? sign);
}

/** In a block of code only the fence means something. */
function inCode(text: string): string {
  return escaped(text.replaceAll('`', 'ˋ'));
}

/** Slack's markup has no escapes for bold, italics, strikethrough and code: signs that look alike stand in. */
const lookalikes: Readonly<Record<string, string>> = { '*': '∗', _: 'ˍ', '~': '∼', '`': 'ˋ' };

function plain(text: string): string {
  return escaped(text.replace(/[*_~`]/gu, (sign) => lookalikes[sign] ?? sign));
}

function mrkdwn(text: string): SlackText {
  return { type: 'mrkdwn', text, verbatim: true };
}

/** The scoreboard as a message for Slack, in which nothing that members wrote is markup or calls anybody. */
export function slackCard(report: ScoreboardReport): SlackMessage {
  const card = chatCard(report, { title: mostOfTitle, table: mostOfTable, inCode });
  const title = `*${plain(card.title)}*`;
  const table = `\`\`\`\n${card.table}\n\`\`\``;
  const notes = card.notes.map((note) => plain(shorten(note, mostOfNote)));
  return {
    text: [title, table, ...notes].join('\n'),
    blocks: [
      { type: 'section', text: mrkdwn(title) },
      { type: 'section', text: mrkdwn(table) },
      { type: 'context', elements: notes.map(mrkdwn) },
    ],
  };
}

import type { Language } from '../core/localized.ts';
import type { ScoreboardRow } from '../core/scoreboard.ts';
import { shorten } from '../core/sentences.ts';
import { judgeNotice, scoreLabel, signedLabel } from './labels.ts';
import { notesOf, type ScoreboardReport, titleOf } from './scoreboard-content.ts';

/** A scoreboard in few lines of text, for chats. */
export interface ChatCard {
  title: string;
  /** A table for a fixed-width font: what is equally wide comes first, names of any script last. */
  table: string;
  /** Who judged, and what a reader has to know. */
  notes: string[];
}

/** What a chat can show. */
export interface ChatLimits {
  /** Characters of the title. */
  title: number;
  /** Characters of the table, as it is sent. */
  table: number;
  /** Makes a text safe to stand in a block of code. */
  inCode: (text: string) => string;
}

const words = {
  ko: {
    growth: '▲▼ 첫 답에서 고쳐 쓴 답까지의 변화',
    more: (count: number) => `… 외 ${count}명`,
    ungraded: (count: number) => `미채점 ${count}`,
    review: (count: number) => `확인 필요 ${count}`,
    stale: (count: number) => `옛 기준 ${count}`,
  },
  en: {
    growth: '▲▼ change from the first to the revised answers',
    more: (count: number) => `… ${count} more`,
    ungraded: (count: number) => `${count} ungraded`,
    review: (count: number) => `${count} to review`,
    stale: (count: number) => `${count} stale`,
  },
};

const mostMembers = 20;
const longestName = 40;
const barLength = 10;

/** A score as a bar; an empty one as well where there is none, so that columns stand. */
function bar(score: number | null): string {
  const filled = Math.round(((score ?? 0) / 100) * barLength);
  return '█'.repeat(filled) + '░'.repeat(barLength - filled);
}

function growthOf({ score, revisedScore }: ScoreboardRow): string {
  return score === null || revisedScore === null ? '' : signedLabel(revisedScore - score);
}

function remarksOf(row: ScoreboardRow, language: Language): string[] {
  const own = words[language];
  return [
    ...(row.ungraded > 0 ? [own.ungraded(row.ungraded)] : []),
    ...(row.needsReview > 0 ? [own.review(row.needsReview)] : []),
    ...(row.stale > 0 ? [own.stale(row.stale)] : []),
  ];
}

function lineOf(row: ScoreboardRow, hasGrowth: boolean, language: Language): string {
  const rank = row.rank === null ? '–' : String(row.rank);
  const cells = [
    `${rank.padStart(2)}${row.provisional ? '*' : ' '}`,
    bar(row.score),
    scoreLabel(row.score).padStart(5),
    ...(hasGrowth ? [growthOf(row).padStart(6)] : []),
    [shorten(row.member, longestName), ...remarksOf(row, language)].join(' · '),
  ];
  return cells.join(' ');
}

/** The best members, as many as there is room for, and how many more there are. */
function tableOf({ rows, language }: ScoreboardReport, { table: most, inCode }: ChatLimits): string {
  const hasGrowth = rows.some((row) => growthOf(row) !== '');
  const lines = rows.slice(0, mostMembers).map((row) => inCode(lineOf(row, hasGrowth, language)));
  for (let shown = lines.length; ; shown--) {
    const left = rows.length - shown;
    const text = [...lines.slice(0, shown), ...(left > 0 ? [words[language].more(left)] : [])].join('\n');
    if (text.length <= most || shown === 0) return text;
  }
}

/**
 * A scoreboard as a card for a chat: of many members the first 20.
 * @param limits what the chat takes, and how it is kept from reading names as markup
 */
export function chatCard(report: ScoreboardReport, limits: ChatLimits): ChatCard {
  const { rows, grades, language } = report;
  const hasGrowth = rows.some((row) => growthOf(row) !== '');
  return {
    title: shorten(titleOf(report), limits.title),
    table: tableOf(report, limits),
    notes: [
      ...judgeNotice(grades, language),
      ...(hasGrowth ? [words[language].growth] : []),
      ...notesOf(report),
    ],
  };
}

/**
 * Text that calls nobody: an invisible space behind each @ keeps chats, also those that are only like Slack or
 * Discord, from reading a name such as "@everyone" as a call.
 */
export function callingNobody(text: string): string {
  return text.replace(/@(?!\u200B)/gu, '@\u200B');
}

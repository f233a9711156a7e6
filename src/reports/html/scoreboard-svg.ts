import type { ScoreboardRow } from '../../core/scoreboard.ts';
import { judgeNotice, scoreLabel, signedLabel } from '../labels.ts';
import { notesOf, type ScoreboardReport, titleOf } from '../scoreboard-content.ts';
import { Html, html } from './html.ts';
import { fittingLines, fittingText } from './text-width.ts';

const words = {
  ko: {
    growth: '▲▼ 첫 답에서 고쳐 쓴 답까지의 변화',
    more: (count: number) => `… 외 ${count}명`,
    told: (row: ScoreboardRow) => `${row.rank ?? '–'}위 ${row.member} ${scoreLabel(row.score)}점`,
  },
  en: {
    growth: '▲▼ change from the first to the revised answers',
    more: (count: number) => `… and ${count} more`,
    told: (row: ScoreboardRow) => `${row.rank ?? '–'}. ${row.member} ${scoreLabel(row.score)}`,
  },
};

const mostMembers = 50;
const width = 800;
const margin = 40;
const rowHeight = 38;
const top = 96;
const name = { x: 92, width: 200, size: 17 };
const bar = { x: 310, width: 310 };
const score = { x: 690, growth: 760 };
const noteSize = 13;
const noteHeight = 21;

const style = new Html(`<style>
  text { font-family: "Apple SD Gothic Neo", "Noto Sans KR", "Noto Sans CJK KR", "Malgun Gothic", system-ui, sans-serif; fill: #23211e; }
  .paper { fill: #fbfaf7; } .rule { stroke: #ddd8cd; } .track { fill: #e6e1d6; } .fill { fill: #1d5a66; }
  .title { font-size: 24px; font-weight: 700; } .row { font-size: ${name.size}px; } .score { font-weight: 700; }
  .muted { fill: #5d584f; } .small { font-size: ${noteSize}px; }
</style>`);

function rowSvg(row: ScoreboardRow, index: number): Html {
  const y = top + index * rowHeight;
  const length = Math.round(((row.score ?? 0) / 100) * bar.width * 10) / 10;
  const rank = row.rank === null ? '–' : `${row.rank}${row.provisional ? '*' : ''}`;
  const growth = row.revisedScore !== null && row.score !== null && signedLabel(row.revisedScore - row.score);
  return html`<text class="row muted" x="76" y="${y}" text-anchor="end">${rank}</text>
<text class="row" x="${name.x}" y="${y}">${fittingText(row.member, name.size, name.width)}</text>
<rect class="track" x="${bar.x}" y="${y - 12}" width="${bar.width}" height="12" rx="3"/>
<rect class="fill" x="${bar.x}" y="${y - 12}" width="${length}" height="12" rx="3"/>
<text class="row score" x="${score.x}" y="${y}" text-anchor="end">${scoreLabel(row.score)}</text>
${growth !== false && html`<text class="small muted" x="${score.growth}" y="${y}" text-anchor="end">${growth}</text>\n`}`;
}

/**
 * The scoreboard as a standalone picture, 800 wide, for chats: ranks, names, bars, scores and, small, the growth
 * to the revised answers. Of many members the first 50 are shown.
 */
export function scoreboardSvg(report: ScoreboardReport): string {
  const own = words[report.language];
  const shown = report.rows.slice(0, mostMembers);
  const left = report.rows.length - shown.length;
  const hasGrowth = shown.some((row) => row.revisedScore !== null);
  const notes = [
    ...judgeNotice(report.grades, report.language),
    ...(hasGrowth ? [own.growth] : []),
    ...notesOf(report),
  ];
  const lines = notes.flatMap((note) => fittingLines(note, noteSize, width - 2 * margin));
  const rowsEnd = top + shown.length * rowHeight + (left > 0 ? rowHeight : 0);
  const height = rowsEnd + lines.length * noteHeight + margin / 2;
  const small = lines.map(
    (line, index) =>
      html`<text class="small muted" x="${margin}" y="${rowsEnd + index * noteHeight}">${line}</text>\n`,
  );
  return html`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-labelledby="title words">
<title id="title">${titleOf(report)}</title>
<desc id="words">${shown.map((row) => own.told(row)).join(', ')}</desc>
${style}
<rect class="paper" width="${width}" height="${height}"/>
<text class="title" x="${margin}" y="48">${fittingText(titleOf(report), 24, width - 2 * margin)}</text>
<line class="rule" x1="${margin}" x2="${width - margin}" y1="64" y2="64"/>
${shown.map(rowSvg)}${left > 0 && html`<text class="row muted" x="${name.x}" y="${top + shown.length * rowHeight}">${own.more(left)}</text>\n`}${small}</svg>
`.text;
}

import type { MarkPair } from '../core/agreement.ts';
import type { Language } from '../core/localized.ts';
import { shorten } from '../core/sentences.ts';

const words = {
  ko: {
    desc: (count: number) =>
      `답 ${count}개의 산점도. 가로축은 사람 점수, 세로축은 채점기 점수이며 0부터 100 %까지입니다. 대각선 위의 점은 두 점수가 같은 답이고, 점이 클수록 같은 자리에 답이 많습니다.`,
    human: '사람 점수 (%)',
    machine: '채점기 점수 (%)',
    dot: (human: number, machine: number, count: number) =>
      `사람 ${human} %, 채점기 ${machine} %: 답 ${count}개`,
  },
  en: {
    desc: (count: number) =>
      `Scatter plot; answers: ${count}. Across, the people’s mark, upward, the judge’s mark, both from 0 to 100 %. Dots on the diagonal are answers with the same mark from both; the larger a dot, the more answers lie there.`,
    human: 'people’s mark (%)',
    machine: 'judge’s mark (%)',
    dot: (human: number, machine: number, count: number) =>
      `people ${human} %, judge ${machine} %, answers: ${count}`,
  },
};

const side = 400;
const left = 70;
const top = 50;
const width = left + side + 30;
const height = top + side + 60;
const gridShares = [0, 0.2, 0.4, 0.6, 0.8, 1];
const smallestRadius = 3;
const largestRadius = 14;
/** Characters of the title that fit above the plot; all of it stands in the image's own title. */
const longestTitle = 44;

const style = `<style>
  svg { background: #ffffff; font: 14px system-ui, sans-serif; }
  text { fill: #1f2328; }
  .title { font-weight: 600; font-size: 16px; }
  .grid { stroke: #d1d9e0; }
  .diagonal { stroke: #59636e; stroke-dasharray: 5 4; }
  .dots { fill: #0969da; fill-opacity: 0.55; stroke: #0969da; }
  @media (prefers-color-scheme: dark) {
    svg { background: #0d1117; }
    text { fill: #e6edf3; }
    .grid { stroke: #30363d; }
    .diagonal { stroke: #9198a1; }
    .dots { fill: #58a6ff; stroke: #58a6ff; }
  }
</style>`;

function escaped(text: string): string {
  const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
  return text
    .replace(/[&<>"]/gu, (sign) => entities[sign] ?? sign)
    .replace(/\p{Cc}+|[\uFFFE\uFFFF]|\p{Surrogate}/gu, ' ');
}

function across(share: number): number {
  return Math.round((left + share * side) * 10) / 10;
}

function upward(share: number): number {
  return Math.round((top + (1 - share) * side) * 10) / 10;
}

function grid(): string[] {
  return gridShares.flatMap((share) => {
    const [x, y, label] = [across(share), upward(share), Math.round(share * 100)];
    return [
      `<line class="grid" x1="${x}" y1="${top}" x2="${x}" y2="${top + side}"/>`,
      `<line class="grid" x1="${left}" y1="${y}" x2="${left + side}" y2="${y}"/>`,
      `<text x="${x}" y="${top + side + 20}" text-anchor="middle">${label}</text>`,
      `<text x="${left - 10}" y="${y + 5}" text-anchor="end">${label}</text>`,
    ];
  });
}

/** Dots of one place (whole percent) as one, the largest first so that smaller ones stay visible. */
function dots(points: readonly MarkPair[], language: Language): string[] {
  const places = Map.groupBy(
    points.map((point) => ({
      human: Math.round(point.human * 100),
      machine: Math.round(point.machine * 100),
    })),
    (place) => `${place.human}/${place.machine}`,
  );
  const most = Math.max(1, ...[...places.values()].map((place) => place.length));
  return [...places.values()]
    .sort((a, b) => b.length - a.length)
    .flatMap((answers) => {
      const [place] = answers;
      if (!place) return [];
      const { human, machine } = place;
      const grown = most === 1 ? 0 : Math.sqrt((answers.length - 1) / (most - 1));
      const radius = (smallestRadius + grown * (largestRadius - smallestRadius)).toFixed(1);
      const label = escaped(words[language].dot(human, machine, answers.length));
      return `<circle cx="${across(human / 100)}" cy="${upward(machine / 100)}" r="${radius}"><title>${label}</title></circle>`;
    });
}

/**
 * A scatter plot of people's marks (across) and a judge's (upward), shares of the maximum from 0 to 1, as an
 * SVG image that stands for itself; the size of a dot shows how many answers lie at the same whole percent.
 */
export function calibrationPlot(title: string, points: readonly MarkPair[], language: Language): string {
  const { desc, human, machine } = words[language];
  const middle = top + side / 2;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" role="img" lang="${language}">`,
    `<title>${escaped(title)}</title>`,
    `<desc>${escaped(desc(points.length))}</desc>`,
    style,
    `<text class="title" x="${left}" y="30">${escaped(shorten(title, longestTitle))}</text>`,
    ...grid(),
    `<line class="diagonal" x1="${across(0)}" y1="${upward(0)}" x2="${across(1)}" y2="${upward(1)}"/>`,
    `<g class="dots">`,
    ...dots(points, language),
    '</g>',
    `<text x="${left + side / 2}" y="${height - 15}" text-anchor="middle">${escaped(human)}</text>`,
    `<text x="20" y="${middle}" text-anchor="middle" transform="rotate(-90 20 ${middle})">${escaped(machine)}</text>`,
    '</svg>',
    '',
  ].join('\n');
}

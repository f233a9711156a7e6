import { scoreLabel } from '../labels.ts';
import { type Html, html } from './html.ts';

const width = 80;
const height = 24;
const margin = 3;

/**
 * A line of scores of 0 to 100 in the order given, which are told in words, too; null where fewer than two are
 * there.
 * @param points the name of each point and its score; those without a score are left out
 */
export function trendLine(points: readonly { name: string; score: number | null }[]): Html | null {
  const known = points.flatMap(({ name, score }) => (score === null ? [] : [{ name, score }]));
  if (known.length < 2) return null;
  const step = (width - 2 * margin) / (known.length - 1);
  const places = known.map(({ score }, index) => {
    const x = margin + index * step;
    const y = margin + (1 - score / 100) * (height - 2 * margin);
    return { x: x.toFixed(1), y: y.toFixed(1) };
  });
  const label = known.map(({ name, score }) => `${name} ${scoreLabel(score)}`).join(', ');
  const end = places.at(-1);
  return html`<svg class="trend" viewBox="0 0 ${width} ${height}" role="img" aria-label="${label}"><title>${label}</title><polyline points="${places.map(({ x, y }) => `${x},${y}`).join(' ')}"/><circle cx="${end?.x}" cy="${end?.y}" r="2.5"/></svg>`;
}

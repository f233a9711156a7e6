import { type Html, html } from './html.ts';

/** A small bar for a score of 0 to 100, for the eye only: the score stands beside it as text. */
export function scoreBar(score: number | null): Html | null {
  if (score === null) return null;
  const width = Math.round(Math.min(100, Math.max(0, score)) * 10) / 10;
  return html`<svg class="bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true" focusable="false"><rect class="track" width="100" height="8"/><rect class="fill" width="${width}" height="8"/></svg>`;
}

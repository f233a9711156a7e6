import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { calibrationPlot } from '../../src/reports/calibration-plot.ts';

const points = [
  { human: 0, machine: 0.25 },
  { human: 0.5, machine: 0.5 },
  { human: 0.5, machine: 0.501 },
  { human: 1, machine: 1 },
];

interface Circle {
  x: number;
  y: number;
  radius: number;
}

function circlesOf(plot: string): Circle[] {
  return [...plot.matchAll(/<circle cx="([\d.]+)" cy="([\d.]+)" r="([\d.]+)">/gu)].map(
    ([, x, y, radius]) => ({ x: Number(x), y: Number(y), radius: Number(radius) }),
  );
}

describe('calibrationPlot', () => {
  test.each(['ko', 'en'] as const)('in %s', (language) => {
    expect(calibrationPlot('networks.jsonl', points, language)).toMatchSnapshot();
  });

  test('has one dot for a place, the larger the more answers are there', () => {
    expect(circlesOf(calibrationPlot('t', points, 'en'))).toEqual([
      { x: 270, y: 250, radius: 14 },
      { x: 70, y: 350, radius: 3 },
      { x: 470, y: 50, radius: 3 },
    ]);
  });

  test('keeps every dot inside the axes', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.array(fc.record({ human: share, machine: share })), (some) => {
        for (const { x, y, radius } of circlesOf(calibrationPlot('t', some, 'en'))) {
          expect(x).toBeGreaterThanOrEqual(70);
          expect(x).toBeLessThanOrEqual(470);
          expect(y).toBeGreaterThanOrEqual(50);
          expect(y).toBeLessThanOrEqual(450);
          expect(radius).toBeLessThanOrEqual(14);
        }
      }),
    );
  });

  test('has a title that means nothing but itself', () => {
    const plot = calibrationPlot('<script>&"a"</script>\u0000\uD800', [], 'en');
    expect(plot).toContain('<title>&lt;script&gt;&amp;&quot;a&quot;&lt;/script&gt;');
    for (const sign of ['<script', '\u0000', '\uD800']) expect(plot).not.toContain(sign);
  });

  test('cuts a long title above the plot, not in the name of the image', () => {
    const plot = calibrationPlot('x'.repeat(80), [], 'en');
    expect(plot).toContain(`<title>${'x'.repeat(80)}</title>`);
    expect(plot).toContain(`>${'x'.repeat(43)}…</text>`);
  });
});

import { describe, expect, test } from 'vitest';
import { htmlDocument } from '../../../src/reports/html/document.ts';
import { html } from '../../../src/reports/html/html.ts';
import { reportStyle } from '../../../src/reports/html/style.ts';

const [light = {}, dark = {}] = Array.from(
  reportStyle.matchAll(/:root \{(?<body>[^}]*--ink[^}]*)\}/gu),
  ({ groups }) =>
    Object.fromEntries(
      Array.from(groups?.['body']?.matchAll(/--([\w-]+): (#[\da-f]{6});/gu) ?? [], ([, name, colour]) => [
        name,
        colour,
      ]),
    ),
) as Record<string, string>[];

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

const levels = Array.from({ length: 11 }, (_, level) => `h${level}`);

describe.each([
  ['light', light],
  ['dark', dark],
] as const)('on %s screens', (_, colours) => {
  const pairs = [
    ...['paper', 'card', 'shade', 'good', 'partial', 'bad', ...levels].map((ground) => ['ink', ground]),
    ...['muted', 'accent', 'warn'].flatMap((text) =>
      ['paper', 'card', 'shade'].map((ground) => [text, ground]),
    ),
  ];
  test.each(pairs)('%s is read on %s', (text = '', ground = '') => {
    expect(contrast(colours[text] ?? '', colours[ground] ?? '')).toBeGreaterThanOrEqual(4.5);
  });

  test('the levels of the heat map differ in grey as well', () => {
    const greys = levels.map((level) => luminance(colours[level] ?? ''));
    const sorted = greys.toSorted((a, b) => a - b);
    expect([sorted, sorted.toReversed()]).toContainEqual(greys);
  });
});

test('the style loads nothing and cannot end its element', () => {
  expect(reportStyle).not.toMatch(/url\(|@import|<\//u);
});

test('a document escapes its title and comes part by part', () => {
  const parts = [
    ...htmlDocument({
      title: '</title>&',
      language: 'ko',
      body: [html`<main id="main">`, html`</main>`],
      style: 'p { margin: 0; }',
    }),
  ];
  expect(parts).toMatchSnapshot();
});

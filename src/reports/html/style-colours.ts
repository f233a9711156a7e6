/** The levels of a heat map, from the lowest scores to the highest, each lighter than the one before, so that print is read in grey, too. */
const lightHeat = [
  '#eb9f70',
  '#eead7e',
  '#f0ba8d',
  '#f3c89b',
  '#f5d5aa',
  '#f8e3b8',
  '#f3e6c0',
  '#eee8c9',
  '#e9ebd1',
  '#e4edda',
  '#dff0e2',
];
/** The same for dark screens: each darker than the one before. */
const darkHeat = [
  '#87401f',
  '#7c411f',
  '#71421f',
  '#67431f',
  '#5c441f',
  '#51451f',
  '#464322',
  '#3c4224',
  '#314027',
  '#273f29',
  '#1c3d2c',
];

function heatVariables(colours: readonly string[]): string {
  return colours.map((colour, level) => `--h${level}: ${colour};`).join(' ');
}

/** One class for each level of the heat map: h0 to h10. */
const heatClasses = lightHeat.map((_, level) => `.h${level} { background: var(--h${level}); }`).join('\n');

const light = `
  --paper: #fbfaf7; --card: #ffffff; --shade: #f3f0e9; --ink: #23211e; --muted: #5d584f; --rule: #ddd8cd;
  --accent: #1d5a66; --track: #e6e1d6; --warn: #9a3412;
  --good: #cfe8d5; --partial: #f8e3ad; --bad: #f6cfc4;
  --good-line: #2f7d4f; --partial-line: #9a6b00; --bad-line: #b4452b;
  ${heatVariables(lightHeat)}`;

const dark = `
  --paper: #17191b; --card: #1e2123; --shade: #26292c; --ink: #eeeae2; --muted: #b0aa9e; --rule: #3b3e41;
  --accent: #86c8d3; --track: #34383b; --warn: #f0a58c;
  --good: #234d34; --partial: #5a4614; --bad: #63291f;
  --good-line: #74c794; --partial-line: #e0b54c; --bad-line: #ee8f78;
  ${heatVariables(darkHeat)}`;

/** Colours as custom properties, for light and dark screens; texts on all grounds reach a contrast of 4.5. */
export const colourStyle = `
:root { color-scheme: light dark; ${light}
}
@media screen and (prefers-color-scheme: dark) {
  :root { ${dark}
  }
}
${heatClasses}
`;

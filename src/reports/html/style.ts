import { answerStyle } from './style-answer.ts';
import { colourStyle } from './style-colours.ts';
import { printStyle } from './style-print.ts';
import { tableStyle } from './style-table.ts';

const pageStyle = `
*, *::before, *::after { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; scroll-behavior: smooth; scroll-padding-top: 1rem; }
body {
  --ground: var(--paper); margin: 0; background: var(--paper); color: var(--ink);
  font: 1rem/1.7 -apple-system, BlinkMacSystemFont, "Apple SD Gothic Neo", "Noto Sans KR", "Noto Sans CJK KR",
    "Malgun Gothic", "Segoe UI", Roboto, sans-serif;
  word-break: keep-all; overflow-wrap: anywhere; font-variant-numeric: tabular-nums;
}
h1, h2, h3, h4, h5, h6 { line-height: 1.35; margin: 2rem 0 .6rem; font-weight: 650; text-wrap: balance; }
h1 { font-size: clamp(1.6rem, 5vw, 2.3rem); letter-spacing: -.015em; margin: 0 0 .4rem; }
h2 { font-size: 1.35rem; padding-top: 1.2rem; border-top: 2px solid var(--ink); margin-top: 3.5rem; }
h3 { font-size: 1.25rem; }
h4 { font-size: 1.05rem; }
h5, h6 { font-size: 1rem; }
p, ul, ol { margin: .6rem 0; }
ul, ol { padding-left: 1.4rem; }
a { color: var(--accent); text-underline-offset: .18em; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 2px; }
.hidden, .skip:not(:focus) {
  position: absolute; width: 1px; height: 1px; margin: -1px; overflow: hidden; clip-path: inset(50%);
  white-space: nowrap; user-select: none;
}
.skip:focus { position: absolute; left: 1rem; top: .5rem; padding: .4rem .8rem; background: var(--card); }
header.page, nav.contents, main { max-width: 60rem; margin: 0 auto; padding: 0 clamp(1rem, 4vw, 2.5rem); }
header.page { padding-top: clamp(2rem, 7vw, 4.5rem); }
.kind { color: var(--muted); margin: 0 0 .3rem; letter-spacing: .04em; }
.facts, .note, .legend, figcaption { color: var(--muted); font-size: .9rem; }
.notice { border-left: 4px solid var(--warn); padding: .2rem 0 .2rem .9rem; margin: 1rem 0; }
nav.contents ol { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: .2rem 1.4rem; margin: 1.2rem 0 0; }
main { padding-bottom: 5rem; }
figure { margin: 1.5rem 0; }
.charts { display: grid; gap: 1rem 3rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 20rem), 1fr)); }
.histogram { width: 100%; height: auto; display: block; }
.histogram text { fill: var(--ink); font-size: 12px; text-anchor: middle; }
.histogram .axis { fill: var(--muted); }
.histogram .line { stroke: var(--rule); }
.fill { fill: var(--accent); }
.track { fill: var(--track); }
.aside { fill: var(--card); stroke: var(--muted); stroke-dasharray: 3 2; }
.bar { display: block; width: 100%; min-width: 4rem; height: .4rem; border-radius: .2rem; }
.profile { list-style: none; padding: 0; }
.profile li { display: grid; grid-template-columns: 1fr auto; gap: .1rem 1rem; margin: 0 0 .8rem; }
.profile .bar { grid-column: 1 / -1; }
.trend { width: 5rem; height: 1.5rem; vertical-align: middle; margin-left: .5rem; }
.trend polyline { fill: none; stroke: var(--accent); stroke-width: 1.5; }
.trend circle { fill: var(--accent); }
.study > li { margin: 0 0 1.6rem; padding-left: .3rem; }
.study h3 { margin: 0 0 .3rem; font-size: 1.05rem; }
.mended { color: var(--muted); }
.top { font-size: .9rem; }
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
`;

/** The one stylesheet of all pages: colours, type, tables, answers, paper. */
export const reportStyle: string = colourStyle + pageStyle + tableStyle + answerStyle + printStyle;

/** Where a table goes on to the right, its edge fades; a browser that cannot do that shows a shadow there. */
const edgeStyle = `
@keyframes fade { from, 95% { --fade: 3.5rem; } to { --fade: 0px; } }
@supports (animation-timeline: scroll(self inline)) {
  .scroll {
    mask-image: linear-gradient(to left, transparent, black var(--fade, 0px));
    animation: fade linear both; animation-timeline: scroll(self inline);
  }
  .scroll:focus-visible { mask-image: none; }
}
@supports not (animation-timeline: scroll(self inline)) {
  .scroll {
    background: linear-gradient(var(--ground), var(--ground)) right / 1rem 100% no-repeat local,
      linear-gradient(to left, var(--muted), transparent) right / .6rem 100% no-repeat scroll;
  }
}
`;

/** On narrow screens a row of criteria or of the scoreboard becomes a block: what matters first, the rest below. */
const narrowStyle = `
@media screen and (max-width: 40rem) {
  .criteria, .criteria tbody, .board, .board tbody { display: block; min-width: 0; }
  .criteria caption, .board caption:not(.hidden) { display: block; }
  .criteria thead, .board thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .criteria tr, .board tr { display: grid; gap: .1rem .6rem; padding: .6rem 0; border-bottom: 1px solid var(--rule); }
  .criteria tr { grid-template-columns: 1.2rem 1fr auto; }
  .board tr { grid-template-columns: 2rem 1fr minmax(6.5rem, auto); }
  .criteria td, .criteria th[scope=row], .board td, .board th[scope=row] { border: 0; padding: 0; min-width: 0; width: auto; }
  .criteria th[scope=row], .why, .board td[data-name] { grid-column: 2 / -1; }
  .reached { grid-column: 2; }
  .board .rank { width: auto; }
  .board td[data-name] { display: flex; justify-content: space-between; gap: 1rem; font-size: .9rem; }
  .board td[data-name]::before { content: attr(data-name); content: attr(data-name) / ""; color: var(--muted); white-space: normal; text-align: left; }
  .board td[data-name]:empty { display: none; }
}
`;

/** Tables: of the scoreboard, of the heat map, and of the criteria beside an answer. */
export const tableStyle: string = `
.scroll { position: relative; overflow-x: auto; margin: 1rem 0; max-width: 100%; }
table { border-collapse: collapse; font-size: .95rem; line-height: 1.5; }
caption { text-align: left; color: var(--muted); font-size: .9rem; padding: 0 0 .4rem; }
th, td { padding: .45rem .7rem; text-align: left; vertical-align: top; border-bottom: 1px solid var(--rule); }
th { font-weight: 600; }
thead th { color: var(--muted); font-size: .85rem; white-space: nowrap; border-bottom: 1px solid var(--ink); }
.right, .points, .number { text-align: right; white-space: nowrap; }
.board { width: 100%; }
.board th[scope=row] { min-width: 7rem; position: sticky; left: 0; background: var(--paper); }
.board .score { min-width: 6rem; font-weight: 600; }
.board .rank { width: 3rem; }
.heat { border-collapse: separate; border-spacing: 2px; }
.heat th, .heat td { border: 0; padding: .25rem; }
.heat tr > th:first-child { position: sticky; left: 0; z-index: 1; background: var(--paper); text-align: left; min-width: 4.2rem; max-width: 9rem; }
.heat td { text-align: center; min-width: 2.5rem; border-radius: 4px; white-space: nowrap; font-size: .85rem; }
.heat thead th { text-align: center; }
.heat a { color: inherit; text-decoration: none; display: block; }
.heat a:hover { text-decoration: underline; }
.heat tfoot th { font-size: .9rem; }
.heat .ungraded { border: 1px dashed var(--muted); }
.sign { font-size: .85em; font-weight: 700; }
.signs { display: flex; justify-content: center; gap: .25rem; line-height: 1; padding-bottom: .2rem; }
.legend { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: .2rem 1.2rem; }
.criteria { width: 100%; min-width: 34rem; }
.criteria th[scope=row] { font-weight: 400; min-width: 10rem; }
.level { padding: 0 .35rem; border-radius: 3px; white-space: nowrap; }
abbr { text-decoration: none; }
${edgeStyle}${narrowStyle}`;

import { reportStyle } from '../../reports/html/style.ts';
import { formStyle } from './form-style.ts';

const layoutStyle = `
header.site {
  display: flex; flex-wrap: wrap; align-items: center; gap: .3rem 1.4rem; border-bottom: 1px solid var(--rule);
  padding: .8rem max(clamp(1rem, 4vw, 2.5rem), 50% - 36rem + clamp(1rem, 4vw, 2.5rem));
}
header.site nav { display: flex; gap: 1.2rem; }
header.site a { display: inline-block; padding: .25rem 0; }
.brand { font-weight: 700; color: var(--ink); text-decoration: none; }
header .group { color: var(--muted); overflow-wrap: anywhere; }
.tools { margin-left: auto; display: flex; gap: 1rem; align-items: center; }
main { max-width: 72rem; padding-top: clamp(1.5rem, 4vw, 2.8rem); }
main:focus, #run:focus { outline: none; }
main > :first-child, .panel > :first-child { margin-top: 0; }
main h1 { overflow-wrap: anywhere; }
main h2 { margin-top: 2.6rem; border-top: 1px solid var(--rule); }
.lead { font-size: 1.12rem; max-width: 44rem; }
.steps { display: flex; flex-wrap: wrap; gap: .2rem 2.4rem; padding-left: 1.3rem; color: var(--muted); }
.hint { color: var(--muted); font-size: .9rem; }
.empty, .good-news { background: var(--shade); border-radius: 8px; padding: 1rem 1.2rem; }
.links { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: .3rem 1.2rem; }
.links.big { gap: .7rem; margin: 1rem 0; }
.links a { display: inline-block; padding: .2rem 0; }
.tiles { list-style: none; padding: 0; display: grid; gap: 1rem; grid-template-columns: repeat(auto-fill, minmax(min(100%, 19rem), 1fr)); }
.tile { background: var(--card); border: 1px solid var(--rule); border-radius: 10px; padding: 1rem 1.2rem; }
.tile h3 { margin: 0; font-size: 1.1rem; }
.tile p { margin: .2rem 0; }
.problem { border: 1px solid var(--warn); border-left-width: 5px; border-radius: 8px; background: var(--card); padding: .8rem 1.1rem; margin: 1rem 0; }
.problem p { margin: .2rem 0 0; }
main > .notice { background: var(--shade); border-left: 4px solid var(--accent); border-radius: 0 8px 8px 0; padding: .5rem 1rem; }
.warnings { border-left: 4px solid var(--warn); padding-left: 1rem; margin: 1.2rem 0; }
.warnings h3 { margin: 0; font-size: 1.05rem; }
.line { color: var(--muted); font-size: .9rem; margin-right: .4rem; }
.facts { display: grid; gap: .4rem 2rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 11rem), max-content)); color: var(--ink); font-size: 1rem; margin: .8rem 0; }
.facts dt { color: var(--muted); font-size: .85rem; }
.facts dd { margin: 0; font-weight: 600; }
.statuses th, .statuses td { padding: .35rem .2rem; overflow-wrap: break-word; }
.statuses td { font-size: .76rem; line-height: 1.4; }
.status:not(.none) { min-width: 3.2rem; }
.statuses tr > th:first-child { position: sticky; left: 0; z-index: 1; background: var(--paper); min-width: 4rem; max-width: 9rem; }
.status.answered { background: var(--good); }
.status.dont_know, .status.replaced_by_model_answer { background: var(--partial); }
.status.unanswered, .status.not_gradable { background: var(--bad); }
.status.none { color: var(--muted); text-align: center; }
main > section > details, main details.questions { margin: .9rem 0; }
progress { width: 100%; height: .8rem; accent-color: var(--accent); }
#progress { font-size: 1.15rem; font-weight: 600; }
.neighbours { display: flex; flex-wrap: wrap; align-items: center; gap: .3rem 1.4rem; margin: .4rem 0 1.2rem; }
.neighbours a { padding: .2rem 0; }
.side-by-side { display: grid; gap: 0 2.5rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 26rem), 1fr)); align-items: start; }
.side-by-side > section { min-width: 0; }
.side-by-side h2:first-child { margin-top: 1rem; }
h2 small { font-weight: 400; color: var(--muted); font-size: .9rem; }
.texts .answer { border-left: 3px solid var(--rule); padding-left: 1rem; }
.outcome { font-size: 1.15rem; }
.doubts { border-left: 4px solid var(--warn); padding-left: .8rem; }
.criteria-list > li { margin: 0 0 1rem; }
.criteria-list h3 { margin: 0; font-size: 1rem; }
.criteria-list p { margin: .2rem 0; }
.criteria-list blockquote { margin: .3rem 0; padding-left: .8rem; border-left: 3px solid var(--rule); color: var(--muted); }
@media (max-width: 30rem) {
  header.site { gap: .3rem .8rem; font-size: .9rem; }
  header.site nav, .tools { gap: .8rem; }
}
@media print { header.site, .neighbours, form, .actions { display: none; } }
`;

/** The one stylesheet of the service's pages; it builds on that of the reports, whose colours it shares. */
export const pageStyle: string = reportStyle + layoutStyle + formStyle;

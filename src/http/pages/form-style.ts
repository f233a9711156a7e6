/** Forms, their fields and buttons; big enough for a thumb. */
export const formStyle = `
.panel { background: var(--card); border: 1px solid var(--rule); border-radius: 10px; padding: clamp(1rem, 3vw, 1.6rem); margin: 1rem 0; max-width: 52rem; }
.panel.narrow { max-width: 26rem; }
.drop { border: 2px dashed var(--muted); border-radius: 10px; padding: 1.2rem; background: var(--shade); margin-bottom: 1rem; }
.drop.over { border-color: var(--accent); border-style: solid; }
.drop label { font-weight: 600; }
.drop p { margin: .2rem 0 .8rem; }
input, select, textarea, button { font: inherit; color: inherit; max-width: 100%; }
input:where(:not([type=radio], [type=checkbox], [type=file])), select, textarea {
  background: var(--paper); border: 1px solid var(--muted); border-radius: 6px; padding: .45rem .7rem; min-height: 2.75rem;
}
select, .field > input, textarea { width: 100%; }
textarea { line-height: 1.5; resize: vertical; }
[aria-invalid=true] { border-color: var(--warn); border-width: 2px; }
.field { max-width: 34rem; margin: .9rem 0; }
.field > label, legend { display: block; font-weight: 600; margin-bottom: .2rem; }
details .field { max-width: none; }
.hint { display: block; }
.actions .hint, label .hint { display: inline; }
fieldset { border: 0; padding: 0; margin: .6rem 0 1rem; min-width: 0; }
fieldset[aria-invalid=true] { border: 2px solid var(--warn); border-radius: 8px; padding: .6rem .8rem; }
.choice { display: grid; grid-template-columns: auto 1fr; gap: 0 .6rem; align-items: baseline; margin: .35rem 0; }
.choice[hidden] { display: none; }
.choice .hint { grid-column: 2; }
.choice label { padding: .2rem 0; }
input[type=radio], input[type=checkbox] { width: 1.15rem; height: 1.15rem; accent-color: var(--accent); transform: translateY(.15rem); }
.levels { display: flex; flex-wrap: wrap; gap: 0 1.4rem; padding: .5rem 0; border-bottom: 1px solid var(--rule); margin: 0; }
.levels legend { font-weight: 500; float: left; width: 100%; margin: 0; }
.levels legend + * { clear: left; }
.nested { padding-left: 1.75rem; }
.nested input { max-width: 9rem; }
button, .button {
  display: inline-block; background: var(--paper); border: 1px solid var(--accent); color: var(--accent); border-radius: 8px;
  padding: .5rem 1.1rem; min-height: 2.75rem; text-decoration: none; cursor: pointer; font-weight: 600;
}
button.main, .button.main { background: var(--accent); color: var(--paper); }
button:hover, .button:hover { text-decoration: underline; }
button.quiet { border-color: transparent; background: none; padding: .25rem .4rem; min-height: 0; font-weight: 400; text-decoration: underline; }
.links .button { padding: .5rem 1.1rem; }
.actions { display: flex; flex-wrap: wrap; gap: .6rem .8rem; align-items: center; margin: 1.2rem 0 0; }
.notice button { margin-left: .6rem; }
.estimate { background: var(--shade); border-radius: 8px; padding: .6rem 1.1rem; margin: 1rem 0; }
.estimate h3 { margin: 0; font-size: 1rem; }
.decide { max-width: 60rem; }
@media (max-width: 30rem) {
  .nested { padding-left: .4rem; }
  .actions > button { width: 100%; }
}
`;

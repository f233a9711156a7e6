/** Members' articles: questions, answers with their evidence, feedback. */
export const answerStyle = `
article.member > h3 { margin-top: 3rem; padding-bottom: .3rem; border-bottom: 1px solid var(--rule); }
.question { margin: 2.2rem 0 3rem; }
.question > h3, .question > h4 { margin-bottom: 0; color: var(--accent); }
.asked { font-size: 1.08rem; font-weight: 600; max-width: 44rem; }
.first-step { background: var(--shade); border-radius: 6px; padding: .7rem 1rem; }
.card { --ground: var(--card); background: var(--card); border: 1px solid var(--rule); border-radius: 8px; padding: 1rem clamp(.9rem, 3vw, 1.6rem); margin: 1rem 0; }
.card > :first-child { margin-top: 0; }
.card > .bar { max-width: 16rem; }
.answer { max-width: 44rem; margin: 1rem 0; }
.card > .answer { border-left: 3px solid var(--rule); padding-left: 1rem; }
.answer table { font-size: .9rem; }
.answer th, .answer td { border: 1px solid var(--rule); }
.answer pre { white-space: pre-wrap; background: var(--shade); border-radius: 6px; padding: .7rem .9rem; line-height: 1.5; }
.answer code { font: .92em/1.5 ui-monospace, "SFMono-Regular", Menlo, Consolas, "D2Coding", monospace; }
.answer .info { color: var(--muted); font-size: .85em; }
.answer blockquote { margin: .6rem 0; padding-left: 1rem; border-left: 3px solid var(--rule); }
.answer .plain { white-space: pre-wrap; }
mark { color: inherit; padding: .08em 0; border-radius: 2px; box-decoration-break: clone; -webkit-box-decoration-break: clone; }
mark.good, .level.good { background: var(--good); }
mark.partial, .level.partial { background: var(--partial); }
mark.bad, .level.bad { background: var(--bad); }
mark.good, .legend .good { border-bottom: 2px solid var(--good-line); }
mark.partial, .legend .partial { border-bottom: 2px dashed var(--partial-line); }
mark.bad, .legend .bad { border-bottom: 2px dotted var(--bad-line); }
mark[data-note]::after { content: attr(data-note); font-size: .68em; font-weight: 700; vertical-align: super; line-height: 0; padding: 0 .15em; }
.feedback { background: var(--shade); border-radius: 6px; padding: .8rem 1.1rem; margin: 1.2rem 0; }
.feedback > :first-child { margin-top: 0; }
.feedback > :last-child { margin-bottom: 0; }
.summary { font-size: 1.05rem; }
.lists { display: grid; gap: 0 2rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 17rem), 1fr)); }
.lists h3, .lists h4, .lists h5, .lists h6 { margin: .6rem 0 .2rem; font-size: .95rem; }
.lists ul { margin: 0; }
.next { border-top: 1px solid var(--rule); padding-top: .6rem; }
.decision, .review { border-left: 4px solid var(--warn); padding-left: .8rem; }
.missing { margin: .3rem 0 0; color: var(--muted); }
details.reference { margin: .8rem 0; }
.legend .level { color: var(--ink); }
summary { cursor: pointer; color: var(--accent); }
`;

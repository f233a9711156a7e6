import type { RunEstimate } from '../../app/grading-service.ts';
import type { Language } from '../../core/localized.ts';
import { type Html, html } from '../../reports/html/html.ts';
import { gradingWords } from './grading-words.ts';
import { chapterPath, dollars, facts, invalid, option, problemBox } from './parts.ts';
import type { RunForm } from './run-form.ts';
import { words } from './words.ts';

/** What the form for a run is shown with. */
export interface GradingFormData {
  chapterId: string;
  form: RunForm;
  rubrics: readonly string[];
  models: readonly string[];
  /** US dollars. */
  maxCostUsd: number | null;
  /** null while nobody asked for it. */
  estimate: RunEstimate | null;
  /** There are scores already, which may be taken over. */
  isGraded: boolean;
  /** What went wrong with what was chosen. */
  problem: string | null;
}

function judgeChoice({ models, form }: GradingFormData, language: Language): Html {
  const own = gradingWords[language];
  const chosen = form.judge === 'auto' ? (models.length > 0 ? 'llm' : 'offline') : form.judge;
  const radio = (value: string, name: string, note: Html | null) => html`<p class="choice">
<input type="radio" id="judge-${value}" name="judge" value="${value}"${value === chosen && html` checked`}${note && html` aria-describedby="judge-${value}-note"`}>
<label for="judge-${value}">${name}</label>${note}</p>
`;
  return html`<fieldset>
<legend>${own.judge}</legend>
${models.length > 0 ? radio('llm', own.model(models.join(', ')), null) : html`<p class="note">${own.noModel}</p>\n`}${radio('offline', own.baseline, html`<span class="hint" id="judge-offline-note">${own.baselineWarning}</span>`)}</fieldset>
`;
}

function selects({ rubrics, form }: GradingFormData, language: Language): Html {
  const own = gradingWords[language];
  return html`<p class="field"><label for="rubric">${own.rubric}</label>
<select id="rubric" name="rubric">
${option('', own.ownRubric, form.rubric)}${rubrics.map((name) => option(name, name, form.rubric))}</select></p>
<p class="field"><label for="feedback-language">${own.language}</label>
<select id="feedback-language" name="language">
${option('', own.ownLanguage, form.language)}${option('ko', own.korean, form.language)}${option('en', own.english, form.language)}</select></p>
`;
}

function costField({ maxCostUsd, form, problem }: GradingFormData, language: Language): Html {
  const own = gradingWords[language];
  const isWrong = problem === own.wrongCost;
  const most = maxCostUsd !== null && html` max="${maxCostUsd}"`;
  const described = invalid('grade-problem', isWrong) ?? html` aria-describedby="max-cost-hint"`;
  return html`<p class="field"><label for="max-cost">${own.maxCost}</label>
<input id="max-cost" name="maxCost" type="number" inputmode="decimal" min="0" step="any"${most} value="${form.maxCost}"${described}>
<span class="hint" id="max-cost-hint">${own.maxCostHint(maxCostUsd)}</span></p>
`;
}

function costLabel(cost: number | null, { requests }: RunEstimate, language: Language): string {
  const own = gradingWords[language];
  if (requests === 0) return own.free;
  return cost === null ? own.unknownCost : dollars(cost);
}

function estimateFacts(estimate: RunEstimate, language: Language): Html {
  const own = gradingWords[language];
  const { attempts, settled, requests, kept, inputTokens, outputTokens, costUsd, mostCostUsd } = estimate;
  const ofModel = [
    [own.requests, requests],
    [own.kept, kept],
    [own.tokens, `${inputTokens} / ${outputTokens}`],
  ] as const;
  return facts([
    [own.usedRubric, estimate.rubric],
    [own.attempts, attempts],
    [own.settled, settled],
    ...(estimate.judge === 'llm' ? ofModel : []),
    [own.cost, costLabel(costUsd, estimate, language)],
    ...(requests > 0 && mostCostUsd !== null ? [[own.mostCost, dollars(mostCostUsd)] as const] : []),
  ]);
}

/** The form that starts a run, with what it would cost. It works without the script, which asks for the cost by itself. */
export function gradingForm(data: GradingFormData, language: Language): Html {
  const own = gradingWords[language];
  const { chapterId, estimate, problem, isGraded } = data;
  const takenOver = isGraded && html`<p class="note">${own.takenOver}</p>\n`;
  return html`<section aria-labelledby="grade">
<h2 id="grade">${words[language].grade}</h2>
<form method="get" action="${chapterPath(chapterId)}#grade" class="panel" data-estimate>
<input type="hidden" name="estimate" value="1">
${judgeChoice(data, language)}${selects(data, language)}${costField(data, language)}<div id="estimate" class="estimate" aria-live="polite">
<h3>${own.estimate}</h3>
${problemBox('grade-problem', words[language].problem, problem === null ? [] : [problem])}${estimate === null ? html`<p class="note">${own.noEstimate}</p>\n` : html`${estimateFacts(estimate, language)}${takenOver}`}</div>
<p class="actions"><button>${own.seeCost}</button>
<button class="main" formmethod="post" formaction="${chapterPath(chapterId, '/runs')}">${own.start}</button></p>
</form>
</section>
`;
}

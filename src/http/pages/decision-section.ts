import type { Grade } from '../../core/grade.ts';
import type { Language } from '../../core/localized.ts';
import type { Criterion } from '../../core/rubric.ts';
import { shownCriteria } from '../../reports/feedback-content.ts';
import { type Html, html } from '../../reports/html/html.ts';
import { decisionLimits } from '../decision-limits.ts';
import { type DecisionField, type DecisionFields, levelField, levelsOf } from './decision-form.ts';
import { invalid, problemBox } from './parts.ts';
import { reviewWords } from './review-words.ts';
import { words } from './words.ts';

/** The form for a decision. */
export interface DecisionSectionData {
  grade: Grade & { id: number };
  criteria: readonly Criterion[];
  fields: DecisionFields;
  /** What went wrong, and with which fields where that is known. */
  problem: ShownProblem | null;
}

/** What went wrong with a decision, for the page. */
export interface ShownProblem {
  sentences: readonly string[];
  fields: readonly DecisionField[];
}

const problemId = 'decision-problem';

function criterionChoice(criterion: Criterion, data: DecisionSectionData, language: Language): Html {
  const { grade, fields } = data;
  const machine = levelsOf(grade.override?.machine ?? grade, [criterion])[criterion.id];
  // What the baseline only fills in is not its opinion.
  const isJudged = shownCriteria(grade, language).items.some((item) => item.id === criterion.id);
  const radios = criterion.levels.map(({ id, name }) => {
    const field = `${levelField(criterion.id)}-${id}`;
    const isMachine = id === machine && isJudged;
    return html`<span class="choice"><input type="radio" id="${field}" name="${levelField(criterion.id)}" value="${id}"${fields.levels[criterion.id] === id && html` checked`}>
<label for="${field}">${name[language]}${isMachine && html` <span class="hint">(${reviewWords[language].machineLevel})</span>`}</label></span>
`;
  });
  return html`<fieldset class="levels">
<legend>${criterion.name[language]}</legend>
${radios}</fieldset>
`;
}

function howChoice(how: DecisionFields['how'], { fields }: DecisionSectionData, language: Language): Html {
  const own = reviewWords[language];
  return html`<p class="choice"><input type="radio" id="how-${how}" name="how" value="${how}"${fields.how === how && html` checked`}>
<label for="how-${how}">${how === 'levels' ? own.byLevels : own.byScore}</label></p>
`;
}

function textFields({ fields, problem }: DecisionSectionData, language: Language): Html {
  const own = reviewWords[language];
  const wrong = (field: DecisionField) => invalid(problemId, problem?.fields.includes(field) ?? false);
  return html`<p class="field"><label for="reason">${own.reasonField}</label>
<textarea id="reason" name="reason" rows="3" maxlength="${decisionLimits.reason}" required${wrong('reason')}>
${fields.reason}</textarea></p>
<p class="field"><label for="by">${own.byField}</label>
<input id="by" name="by" value="${fields.by}" maxlength="${decisionLimits.by}" required autocomplete="nickname"${wrong('by') ?? html` aria-describedby="by-hint"`}>
<span class="hint" id="by-hint">${own.byHint}</span></p>
`;
}

function takeBackForm({ grade, fields, problem }: DecisionSectionData, language: Language): Html | null {
  if (grade.override === null) return null;
  const own = reviewWords[language];
  return html`<form method="post" action="/grades/${grade.id}/review/clear" class="panel">
<p class="field"><label for="take-back-by">${own.takeBackBy}</label>
<input id="take-back-by" name="by" value="${fields.by}" maxlength="${decisionLimits.by}" required autocomplete="nickname"${invalid(problemId, problem?.fields.includes('takeBackBy') ?? false)}></p>
<p class="actions"><button>${own.takeBack}</button></p></form>
`;
}

/** The form in which a person decides on a grade: levels, from which code computes, or a score; and the reason. */
export function decisionSection(data: DecisionSectionData, language: Language): Html {
  const own = reviewWords[language];
  const { grade, criteria, fields, problem } = data;
  const score = html`<p class="field"><label for="score">${own.scoreField}</label>
<input id="score" name="score" inputmode="decimal" autocomplete="off" value="${fields.score}"${invalid(problemId, problem?.fields.includes('score') ?? false)}></p>
`;
  return html`<section class="decide" aria-labelledby="decide">
<h2 id="decide">${own.decide}</h2>
${problemBox(problemId, words[language].problem, problem?.sentences ?? [])}<form method="post" action="/grades/${grade.id}/review" class="panel">
<fieldset${invalid(problemId, problem?.fields.includes('levels') ?? false)}>
<legend>${own.how}</legend>
${howChoice('levels', data, language)}<div class="nested">
${criteria.map((criterion) => criterionChoice(criterion, data, language))}</div>
${howChoice('score', data, language)}<div class="nested">
${score}</div>
</fieldset>
${textFields(data, language)}<p class="actions"><button class="main">${own.submit}</button></p>
</form>
${takeBackForm(data, language)}</section>
`;
}

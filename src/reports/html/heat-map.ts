import type { GradeSummary } from '../../core/grade-summary.ts';
import type { Language } from '../../core/localized.ts';
import { roundScore } from '../../core/scoring.ts';
import { scoreLabel } from '../labels.ts';
import { type CountingCell, countingCells } from './counting-cells.ts';
import { type Html, html } from './html.ts';
import type { ChapterReport } from './report-data.ts';
import { htmlWords } from './words.ts';

const words = {
  ko: {
    note: '멤버가 질문마다 받은 점수예요. 빈 칸은 맡지 않은 질문이에요.',
    mean: '평균',
    legend: { '!': '확인 필요', '✎': '사람이 정한 점수', '○': '답 없음 (0점)', '?': '미채점 (0점이 아님)' },
  },
  en: {
    note: 'What each member scored on each question. An empty cell is a question not asked of the member.',
    mean: 'mean',
    legend: {
      '!': 'to review',
      '✎': 'decided by a person',
      '○': 'not attempted (0)',
      '?': 'ungraded (not a zero)',
    },
  },
};

type Sign = keyof (typeof words)['ko']['legend'];

/** Where a cell leads; null: nowhere. */
export type LinkToAnswer = (grade: GradeSummary) => string | null;

function signsOf(grade: GradeSummary | undefined): Sign[] {
  if (!grade || grade.state === 'ungraded' || grade.score === null) return ['?'];
  const signs: (Sign | false)[] = [
    grade.state === 'not_attempted' && grade.override === null && '○',
    grade.override !== null && '✎',
    grade.needsReview && '!',
  ];
  return signs.filter((sign) => sign !== false);
}

function levelOf(score: number): number {
  return Math.min(10, Math.max(0, Math.floor(score / 10)));
}

function cellHtml(cell: CountingCell | undefined, linkTo: LinkToAnswer, language: Language): Html {
  if (!cell) return html`<td></td>`;
  const { grade } = cell;
  const score = grade?.score ?? null;
  const signs = signsOf(grade).map((sign, index) => {
    const pause = score === null && index === 0 ? '' : ', ';
    const meaning = html`<span class="hidden">${pause}${words[language].legend[sign]}</span>`;
    return html`${meaning}<span class="sign" aria-hidden="true">${sign}</span>`;
  });
  const below = signs.length > 0 && html`<span class="signs">${signs}</span>`;
  const content = html`${score !== null && scoreLabel(score)}${below}`;
  const address = grade ? linkTo(grade) : null;
  const kind = score === null ? 'ungraded' : `h${levelOf(score)}`;
  return html`<td class="${kind}">${address === null ? content : html`<a href="${address}">${content}</a>`}</td>`;
}

function meanOf(cells: readonly (CountingCell | undefined)[]): number | null {
  const scores = cells.flatMap((cell) => cell?.grade?.score ?? []);
  return scores.length === 0
    ? null
    : roundScore(scores.reduce((sum, score) => sum + score, 0) / scores.length);
}

/**
 * The scores that count as a table, members by rank against questions, each cell coloured by its score.
 * @param linkTo where the cell of a grade leads
 */
export function heatMap(
  {
    standing,
    questions,
    rows,
    language,
  }: Pick<ChapterReport, 'standing' | 'questions' | 'rows' | 'language'>,
  linkTo: LinkToAnswer = () => null,
): Html {
  const own = words[language];
  const cells = countingCells(standing);
  const heads = questions.map(
    ({ no }) => html`<th scope="col"><abbr title="${htmlWords[language].question(no)}">${no}</abbr></th>`,
  );
  const body = rows.map(
    ({
      member,
    }) => html`<tr><th scope="row">${member}</th>${questions.map(({ no }) => cellHtml(cells.get(member)?.get(no), linkTo, language))}</tr>
`,
  );
  const means = questions.map(({ no }) => {
    const mean = meanOf([...cells.values()].map((members) => members.get(no)));
    return mean === null ? html`<td></td>` : html`<td class="h${levelOf(mean)}">${scoreLabel(mean)}</td>`;
  });
  const used = new Set(
    [...cells.values()].flatMap((own_) => [...own_.values()].flatMap(({ grade }) => signsOf(grade))),
  );
  const legend = Object.entries(own.legend).filter(([sign]) => used.has(sign as Sign));
  return html`<p class="note">${own.note}</p>
<div class="scroll" tabindex="0" role="group" aria-label="${htmlWords[language].wideTable(htmlWords[language].heatMap)}">
<table class="heat">
<caption class="hidden">${htmlWords[language].heatMap}</caption>
<thead><tr><th scope="col">${htmlWords[language].member}</th>${heads}</tr></thead>
<tbody>
${body}</tbody>
<tfoot><tr><th scope="row">${own.mean}</th>${means}</tr></tfoot>
</table>
</div>
${legend.length > 0 && html`<ul class="legend">${legend.map(([sign, text]) => html`<li><span class="sign">${sign}</span> ${text}</li>`)}</ul>\n`}`;
}

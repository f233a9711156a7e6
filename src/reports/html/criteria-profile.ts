import type { Grade, ScoredCriterion } from '../../core/grade.ts';
import type { Language } from '../../core/localized.ts';
import { shownCriteria } from '../feedback-content.ts';
import { scoreLabel } from '../labels.ts';
import { type Html, html } from './html.ts';
import { scoreBar } from './score-bar.ts';

const words = {
  ko: {
    title: '항목마다 얻은 점수의 평균 비율',
    keyPoints: '핵심 내용',
    share: (share: string) => `${share} %`,
    answers: (count: number) => `답 ${count}개`,
    filledIn: (names: string) =>
      `${names}: 기준선은 따로 판단하지 않고 찾은 내용의 비율에 가까운 수준으로 채우므로 여기에는 넣지 않았어요.`,
  },
  en: {
    title: 'Mean share of the points reached, by criterion',
    keyPoints: 'key points',
    share: (share: string) => `${share} %`,
    answers: (count: number) => `answers: ${count}`,
    filledIn: (names: string) =>
      `${names}: the baseline does not judge this but sets it to the level nearest to the share of content found, so it is left out here.`,
  },
};

/** How much of the points of one criterion answers reached. */
interface Share {
  name: string;
  sum: number;
  count: number;
}

/** What a group of answers reached by criterion; it grows by one grade at a time and holds none of them. */
export interface CriteriaProfile {
  /** Counts a graded answer; what was filled in and not judged is left out. */
  add(grade: Grade): void;
  /** null while nothing was added. */
  figure(): Html | null;
}

function shareOf(items: readonly ScoredCriterion[]): number {
  const sum = (pick: (item: ScoredCriterion) => number) =>
    items.reduce((total, item) => total + pick(item), 0);
  return sum((item) => item.points) / sum((item) => item.maxPoints);
}

export function createCriteriaProfile(language: Language): CriteriaProfile {
  const own = words[language];
  const shares = new Map<string, Share>();
  const filledIn = new Set<string>();

  function count(id: string, name: string, items: readonly ScoredCriterion[]): void {
    const share = shares.get(id) ?? { name, sum: 0, count: 0 };
    shares.set(id, { name, sum: share.sum + shareOf(items), count: share.count + 1 });
  }
  function row({ name, sum, count: answers }: Share): Html {
    const percent = (100 * sum) / answers;
    return html`<li><span>${name} <span class="note">(${own.answers(answers)})</span></span><span>${own.share(scoreLabel(percent))}</span>${scoreBar(percent)}</li>
`;
  }
  return {
    add(grade) {
      if (grade.state !== 'graded') return;
      const shown = new Set(shownCriteria(grade, language).items);
      if (grade.keyPoints.length > 0) count('key points', own.keyPoints, grade.keyPoints);
      for (const item of grade.criteria) {
        if (shown.has(item)) count(`criterion ${item.id}`, item.name, [item]);
        else filledIn.add(item.name);
      }
    },
    figure() {
      if (shares.size === 0) return null;
      const names = [...filledIn].join(language === 'ko' ? '·' : ', ');
      return html`<figure>
<figcaption>${own.title}</figcaption>
<ul class="profile">
${[...shares.values()].map(row)}</ul>
${filledIn.size > 0 && html`<p class="note">${own.filledIn(names)}</p>\n`}</figure>
`;
    },
  };
}

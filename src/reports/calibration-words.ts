import type { Figure } from '../core/agreement.ts';
import type { BaselineName } from '../core/calibration-baselines.ts';
import type { ComparedFigure } from '../core/comparison.ts';
import type { Language, Localized } from '../core/localized.ts';

/** The heads of the columns of figures. */
export const figureNames: Record<Figure, Localized> = {
  quadraticKappa: { ko: 'QWK', en: 'QWK' },
  pearson: { ko: 'r', en: 'r' },
  spearman: { ko: 'ρ', en: 'ρ' },
  mae: { ko: 'MAE', en: 'MAE' },
  rmse: { ko: 'RMSE', en: 'RMSE' },
  weightedRmse: { ko: 'wRMSE', en: 'wRMSE' },
  bias: { ko: '치우침', en: 'bias' },
  exact: { ko: '일치', en: 'exact' },
  adjacent: { ko: '한 단계 이내', en: 'adjacent' },
};

/** What each figure says, in a line; `steps` is the number of steps of the human scale. */
export function figureNotes(steps: number, language: Language): string[] {
  return language === 'ko'
    ? [
        'QWK(가중 카파): 우연을 뺀 일치 정도로, 크게 어긋날수록 더 많이 깎습니다. 1은 완전한 일치, 0은 우연과 같음.',
        'r(피어슨), ρ(스피어만): 점수가 함께 오르내리는 정도와 순위가 같은 정도. 1이면 완전히 같고 0이면 관계없음.',
        'MAE: 사람 점수와의 평균 차이. 0.10이면 100점 만점에 평균 10점 다릅니다.',
        'RMSE: MAE와 비슷하지만 큰 차이를 더 무겁게 봅니다. wRMSE는 낮은 점수대와 높은 점수대를 똑같은 비중으로 봅니다.',
        '치우침: 채점기 점수에서 사람 점수를 뺀 평균. +는 후한 채점, −는 박한 채점.',
        `일치, 한 단계 이내: 사람이 쓴 점수 단계(0~${steps})로 반올림했을 때 같은 비율과 한 단계까지만 다른 비율.`,
      ]
    : [
        'QWK (weighted kappa): agreement beyond chance, where far misses cost more; 1 is full agreement, 0 is chance.',
        'r (Pearson) and ρ (Spearman): whether marks, and ranks, rise and fall together; 1 is fully, 0 not at all.',
        'MAE: the mean distance from the people’s mark; 0.10 is 10 points out of 100.',
        'RMSE: like MAE, but large misses weigh more; wRMSE gives low and high marks the same say.',
        'bias: the judge’s mark minus the people’s, on average; + is too mild, − too strict.',
        `exact and adjacent: how often both give the same mark on the people’s scale (0 to ${steps}), or at most one step apart.`,
      ];
}

export const baselineLabels: Record<BaselineName, Localized> = {
  mean: { ko: '평균 점수만', en: 'mean mark' },
  tokenF1: { ko: '겹치는 낱말만', en: 'shared words' },
  length: { ko: '답의 길이만', en: 'length alone' },
};

export const comparedNames: Record<ComparedFigure, Localized> = {
  ...figureNames,
  bias: { ko: '치우침의 크기', en: 'size of bias' },
};

/** The fixed words of the report. */
export const calibrationWords = {
  ko: {
    title: (title: string) => `사람 채점과 비교: ${title}`,
    people: '사람끼리',
    interval: '95 % 구간',
    answers: (count: number) => `답 ${count}개`,
    perRange: '사람 점수대별',
    perQuestion: '질문별 (차이가 큰 것부터)',
    more: (count: number) => `… 그 밖에 ${count}개`,
    disagreements: '가장 크게 어긋난 답',
    comparison: '두 채점기 비교 (둘 다 채점한 답)',
    notes: '숫자 읽는 법',
    range: '점수대',
    question: '질문',
    count: '답',
    human: '사람',
    machine: '채점기',
    figure: '지표',
    difference: '차이 (둘째 − 첫째)',
    verdict: '판단',
    clear: '뚜렷한 차이',
    chance: '우연일 수 있음',
    unknown: '알 수 없음',
    unknownReason: '이유를 알 수 없음',
    versus: '대',
    answer: '답',
    humanReason: '사람의 이유',
    machineReason: '채점기의 이유',
    noReason: '(적지 않음)',
    blank: '(빈 답)',
    review: '채점기도 확인을 부탁함',
    fitted:
      '평균 점수, 겹치는 낱말, 답의 길이는 다른 질문의 사람 점수에 맞춘 단순한 잣대입니다(질문이 하나면 다른 답의 점수). 채점기는 사람 점수를 보지 않았습니다.',
    few: (count: number) => `⚠ 채점된 답이 ${count}개뿐이라 구간이 넓습니다. 30개 이상 모아서 다시 보세요.`,
    nothing: '⚠ 채점된 답이 하나도 없어 비교할 수 없습니다.',
    beaten: (name: string, figures: string) =>
      `⚠ 단순한 잣대 "${name}"이(가) 이 채점기보다 사람 채점에 더 가깝습니다: ${figures}.`,
    coverage: (graded: number, count: number, share: string) =>
      `답 ${count}개 가운데 ${graded}개 채점 (${share})`,
    ungraded: (reasons: string) => `채점되지 않음: ${reasons}`,
    reviewed: (count: number) => `확인 요청 ${count}개`,
    unsure: (review: string, reviewed: number, rest: string, others: number) =>
      `채점기가 확인을 부탁한 답의 MAE는 ${review} (${reviewed}개), 나머지는 ${rest} (${others}개)입니다.`,
    closer: (first: string, a: number, second: string, b: number, equal: number) =>
      `사람 점수에 더 가까운 쪽: ${first} ${a}개, ${second} ${b}개, 같음 ${equal}개.`,
  },
  en: {
    title: (title: string) => `Compared with people’s marks: ${title}`,
    people: 'person and person',
    interval: '95 % interval',
    answers: (count: number) => (count === 1 ? '1 answer' : `${count} answers`),
    perRange: 'By the people’s mark',
    perQuestion: 'By question (largest distance first)',
    more: (count: number) => `… and ${count} more`,
    disagreements: 'Largest disagreements',
    comparison: 'The two judges compared (answers that both graded)',
    notes: 'How to read the figures',
    range: 'range',
    question: 'question',
    count: 'answers',
    human: 'people',
    machine: 'judge',
    figure: 'figure',
    difference: 'difference (second − first)',
    verdict: 'result',
    clear: 'clear difference',
    chance: 'may be chance',
    unknown: 'cannot be told',
    unknownReason: 'reason unknown',
    versus: 'against',
    answer: 'answer',
    humanReason: 'people’s reason',
    machineReason: 'judge’s reason',
    noReason: '(none given)',
    blank: '(blank)',
    review: 'the judge asked for review, too',
    fitted:
      'Mean mark, shared words and length alone are simple measures fitted to people’s marks of the other questions (with one question: of the other answers); the judge has not seen any of these marks.',
    few: (count: number) =>
      `⚠ Few answers (${count} graded): the intervals are wide. Gather 30 or more and look again.`,
    nothing: '⚠ No answer was graded, so there is nothing to compare.',
    beaten: (name: string, figures: string) =>
      `⚠ The simple measure “${name}” agrees better with the people than this judge: ${figures}.`,
    coverage: (graded: number, count: number, share: string) =>
      `Graded ${graded} of ${count} answers (${share})`,
    ungraded: (reasons: string) => `ungraded: ${reasons}`,
    reviewed: (count: number) => `${count} sent to review`,
    unsure: (review: string, reviewed: number, rest: string, others: number) =>
      `Where the judge asked for review its MAE is ${review} (${reviewed} answers), elsewhere ${rest} (${others}).`,
    closer: (first: string, a: number, second: string, b: number, equal: number) =>
      `Closer to the people’s mark: ${first} on ${a}, ${second} on ${b}, equal on ${equal}.`,
  },
};

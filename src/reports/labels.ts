import type { AttemptKind, SubmissionStatus } from '../core/chapter.ts';
import { type Grade, type UngradedReason, ungradedText } from '../core/grade.ts';
import type { Language, Localized } from '../core/localized.ts';

const statuses: Record<SubmissionStatus, Localized> = {
  answered: { ko: '답함', en: 'answered' },
  unanswered: { ko: '답 없음', en: 'unanswered' },
  dont_know: { ko: '모름', en: "don't know" },
  replaced_by_model_answer: { ko: '모범답안으로 대체', en: 'replaced by model answer' },
  not_gradable: { ko: '글이 아님', en: 'not text' },
};

const attempts: Record<AttemptKind, Localized> = {
  first: { ko: '첫 답', en: 'first attempt' },
  revised: { ko: '고쳐 쓴 답', en: 'revised attempt' },
};

const remarks: Record<string, Localized> = {
  declared_help: { ko: '도움을 받았다고 적음', en: 'says that a tool helped' },
  hedged: { ko: '추측으로 끝남', en: 'ends as a guess' },
  model_answer_copy: { ko: '아래에 모범답안 사본이 있음', en: 'a copy of the model answer stands below' },
  undeclared_copy: { ko: '모범답안과 같음', en: 'equals the model answer' },
  own_summary: { ko: '스스로 정리함', en: 'own summary' },
  blank: { ko: '답 없음', en: 'no answer' },
  dont_know: { ko: '모른다고 적음', en: "says don't know" },
  declared_replacement: { ko: '모범답안으로 대신함', en: 'the model answer stands in' },
  addresses_grader: { ko: '채점자에게 하는 말이 들어 있음', en: 'speaks to the grader' },
  evidence_missing: { ko: '근거 인용이 없음', en: 'a level without a quote' },
  evidence_not_found: { ko: '인용한 말이 답에 없음', en: 'a quote that is not in the answer' },
};

export function statusLabel(status: SubmissionStatus, language: Language): string {
  return statuses[status][language];
}

export function attemptLabel(kind: AttemptKind, language: Language): string {
  return attempts[kind][language];
}

/** A flag or review reason in words. */
export function remarkLabel(code: string, language: Language): string {
  return remarks[code]?.[language] ?? ungradedText(code as UngradedReason)?.[language] ?? code;
}

/** A score as shown: one decimal, or a dash where there is none. */
export function scoreLabel(score: number | null): string {
  return score === null ? '–' : score.toFixed(1);
}

/** What a grade comes to, in a few words. */
export function outcomeLabel(grade: Grade, language: Language): string {
  if (grade.state === 'graded')
    return language === 'ko' ? `${scoreLabel(grade.score)}점` : `${scoreLabel(grade.score)} of 100`;
  if (grade.state === 'ungraded') {
    const reason = remarkLabel(grade.ungradedReason ?? '', language);
    return language === 'ko' ? `채점되지 않음 (0점이 아님): ${reason}` : `ungraded (not a zero): ${reason}`;
  }
  const why = grade.flags.filter((flag) =>
    ['blank', 'dont_know', 'declared_replacement', 'undeclared_copy'].includes(flag),
  );
  const reason = remarkLabel(why.at(-1) ?? 'blank', language);
  return language === 'ko' ? `0점 (${reason})` : `0 of 100 (${reason})`;
}

/** Who judged, for the head of a report; the baseline is named for what it is. */
export function judgeNotice(grades: readonly Grade[], language: Language): string[] {
  const models = [...new Set(grades.flatMap((grade) => grade.judge.models))];
  const notices: string[] = [];
  if (models.length > 0)
    notices.push(language === 'ko' ? `채점: ${models.join(', ')}` : `Judged by ${models.join(', ')}`);
  if (grades.some((grade) => grade.judge.kind === 'offline')) {
    notices.push(
      language === 'ko'
        ? '⚠ 오프라인 기준선(baseline): 언어 모델 없이 낱말 겹침만으로 어림한 점수입니다. 맞고 틀림을 가리지 못합니다.'
        : '⚠ Offline baseline: scores estimated from word overlap, without a language model. It cannot tell right from wrong.',
    );
  }
  return notices;
}

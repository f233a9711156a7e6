import type { ChangeCause } from '../core/changes.ts';
import type { AttemptKind, SubmissionStatus } from '../core/chapter.ts';
import { type Grade, type UngradedReason, ungradedText } from '../core/grade.ts';
import type { Language, Localized } from '../core/localized.ts';

const statuses: Record<SubmissionStatus, Localized> = {
  answered: { ko: '답함', en: 'answered' },
  unanswered: { ko: '답 없음', en: 'unanswered' },
  dont_know: { ko: '모름', en: "don't know" },
  replaced_by_model_answer: { ko: '모범답안으로 대체', en: 'replaced by model answer' },
  not_gradable: { ko: '이미지·링크만 있음', en: 'image or link only' },
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
  contentless: { ko: '머리말만 있고 내용이 없음', en: 'an opener without content' },
  question_restated: { ko: '질문을 되풀이함', en: 'repeats the question' },
  rubric_echoed: { ko: '채점 기준을 옮겨 적음', en: 'repeats the rubric' },
  addresses_grader: { ko: '채점자에게 하는 말이 들어 있음', en: 'speaks to the grader' },
  hidden_characters: { ko: '보이지 않는 글자가 들어 있음', en: 'holds hidden characters' },
  not_text: { ko: '이미지·링크만 있음', en: 'image or link only' },
  level_lowered: { ko: '근거가 없어 한 수준 낮춤', en: 'a level lowered for lack of evidence' },
  judges_disagree: { ko: '채점 결과가 서로 다름', en: 'the judges disagree' },
  panel_incomplete: { ko: '일부 모델이 답하지 않음', en: 'some judges gave no verdict' },
  override_stale: { ko: '사람이 정한 뒤 바뀐 것이 있음', en: 'something changed since a person decided' },
  evidence_missing: { ko: '근거 인용이 없음', en: 'a level without a quote' },
  evidence_not_found: { ko: '인용한 말이 답에 없음', en: 'a quote that is not in the answer' },
};

/** The fixed words of a feedback page. */
export const feedbackWords = {
  ko: {
    strengths: '잘한 점',
    improvements: '보완할 점',
    found: '답에서 보이는 내용',
    notFound: '답에서 찾지 못했거나 일부만 보이는 내용',
    next: '다음 한 걸음',
    criterion: '항목',
    level: '수준',
    points: '점수',
    evidence: '답에서 인용',
    reason: '이유',
    review: '리더가 다시 확인할 예정',
    unverified: '답에 없는 말',
    detail: '자세히',
    decided: (by: string, reason: string, machine: string, isStale: boolean) =>
      `${by} 님이 정한 점수예요: ${reason} (자동 채점 ${machine}) 아래는 자동 채점이 쓴 내용이에요.${isStale ? ' 그 뒤에 바뀐 것이 있어 다시 확인해요.' : ''}`,
    filledIn: (names: string, points: string) =>
      `${names}(${points}점): 따로 판단하지 않고, 답에서 찾은 내용의 비율에 가장 가까운 수준으로 채웠어요. 수준의 간격이 달라서 위 항목과 비율이 다를 수 있어요.`,
    flags: {
      declared_help: '도움을 받았다고 적었어요',
      model_answer_copy: '모범답안 사본은 답으로 치지 않았어요',
    },
    notAttempted: {
      blank: '아직 답이 없어요. 모범답안을 읽고 한두 문장으로 적어 보세요.',
      dont_know: '모르는 것을 알아챈 것도 출발이에요. 모범답안을 읽고 이해한 만큼 한두 문장으로 적어 보세요.',
      declared_replacement:
        '모범답안으로 대신해서 답으로 치지 않았어요. 모범답안을 덮고 자기 말로 한두 문장 적어 보세요.',
      undeclared_copy:
        '모범답안과 같아서 답으로 치지 않았어요. 모범답안을 덮고 자기 말로 한두 문장 적어 보세요.',
      contentless:
        '답을 시작하는 말만 있고 내용이 아직 없어요. 모범답안을 읽고 이해한 만큼 한두 문장으로 적어 보세요.',
      question_restated:
        '질문을 되풀이한 글이라 답으로 치지 않았어요. 모범답안을 읽고 이해한 만큼 한두 문장으로 적어 보세요.',
      rubric_echoed:
        '채점 기준에 있는 글과 같아서 답으로 치지 않았어요. 기준을 덮고 자기 말로 한두 문장 적어 보세요.',
    },
  },
  en: {
    strengths: 'What is right',
    improvements: 'What is missing',
    found: 'Found in the answer',
    notFound: 'Not found in the answer, or only in part',
    next: 'Next step',
    criterion: 'criterion',
    level: 'level',
    points: 'points',
    evidence: 'from the answer',
    reason: 'reason',
    review: 'For a person to check',
    unverified: 'not in the answer',
    detail: 'Details',
    decided: (by: string, reason: string, machine: string, isStale: boolean) =>
      `Decided by ${by}: ${reason} (the machine gave ${machine}; what follows is the machine's)${isStale ? '; something changed since, so it will be looked at again' : ''}`,
    filledIn: (names: string, points: string) =>
      `${names} (${points}): not judged, but set to the level nearest to the share of content found in the answer. Their levels lie elsewhere, so their share of points may differ.`,
    flags: {
      declared_help: 'says that a tool helped',
      model_answer_copy: 'the copy of the model answer is not taken as an answer',
    },
    notAttempted: {
      blank: 'There is no answer yet. Read the model answer and write a sentence or two.',
      dont_know:
        'Knowing what you do not know is a start. Read the model answer and write a sentence or two on what you understood.',
      declared_replacement:
        'The model answer standing in is not taken as an answer. Put it aside and write a sentence or two of your own.',
      undeclared_copy:
        'This equals the model answer and is not taken as an answer. Put it aside and write a sentence or two of your own.',
      contentless:
        'There is an opener, but nothing follows it yet. Read the model answer and write a sentence or two on what you understood.',
      question_restated:
        'This repeats the question and is not taken as an answer. Read the model answer and write a sentence or two on what you understood.',
      rubric_echoed:
        'This equals the text of the rubric and is not taken as an answer. Put it aside and write a sentence or two of your own.',
    },
  },
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

const causes: Record<ChangeCause, Localized> = {
  new: { ko: '처음', en: 'first time' },
  answer: { ko: '답이 바뀜', en: 'answer changed' },
  model_answer: { ko: '질문·모범답안이 바뀜', en: 'question or model answer changed' },
  rubric: { ko: '루브릭이 바뀜', en: 'rubric changed' },
  prompt: { ko: '프롬프트가 바뀜', en: 'prompt changed' },
  model: { ko: '모델이 바뀜', en: 'judge or model changed' },
  override: { ko: '사람이 고침', en: 'decided by a person' },
};

/** Why a grade was made again; where nothing is known to have changed, a new reply is the reason. */
export function causesLabel(list: readonly ChangeCause[], language: Language): string {
  if (list.length === 0) return language === 'ko' ? '새로 물음' : 'asked anew';
  return list.map((cause) => causes[cause][language]).join(', ');
}

/** A change of score: ▲ up, ▼ down. */
export function signedLabel(difference: number | null): string {
  if (difference === null) return '';
  if (difference === 0) return '±0.0';
  return difference > 0 ? `▲${difference.toFixed(1)}` : `▼${Math.abs(difference).toFixed(1)}`;
}

/** A score as shown: one decimal, or a dash where there is none. */
export function scoreLabel(score: number | null): string {
  return score === null ? '–' : score.toFixed(1);
}

/** Why an answer counts as not attempted; the last flag is the one that settled it. */
export function notAttemptedReason(grade: Grade): string {
  const why = grade.flags.filter((flag) => Object.hasOwn(feedbackWords.en.notAttempted, flag));
  return why.at(-1) ?? 'blank';
}

/** What a grade comes to, in a few words. */
export function outcomeLabel(grade: Grade, language: Language): string {
  if (grade.state === 'graded')
    return language === 'ko' ? `${scoreLabel(grade.score)}점` : `${scoreLabel(grade.score)} of 100`;
  if (grade.state === 'ungraded') {
    const reason = remarkLabel(grade.ungradedReason ?? '', language);
    return language === 'ko' ? `채점되지 않음 (0점이 아님): ${reason}` : `ungraded (not a zero): ${reason}`;
  }
  const reason = remarkLabel(notAttemptedReason(grade), language);
  return language === 'ko' ? `${reason} · 0점` : `${reason} · 0 of 100`;
}

/** Who judged, for the head of a report; the baseline is named for what it is. */
export function judgeNotice(grades: readonly Pick<Grade, 'judge'>[], language: Language): string[] {
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

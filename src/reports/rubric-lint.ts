import type { Language, Localized } from '../core/localized.ts';
import type { RubricFinding, RubricFindingCode } from '../core/rubric-lint.ts';
import { shorten } from '../core/sentences.ts';

/** Why, and what to do; `{other}` is the other key point. */
const advice: Record<RubricFindingCode, Localized> = {
  overlap: {
    ko: '"{other}"와(과) 거의 같은 말이에요. 하나로 합치거나 한쪽을 지우세요.',
    en: 'says nearly the same as "{other}"; join the two or drop one.',
  },
  compound: {
    ko: '세 가지 이상을 한꺼번에 말해서 "일부"라고 해도 무엇이 빠졌는지 알기 어려워요. 나누세요.',
    en: 'joins three or more claims, so "partial" says little about what is missing; split it.',
  },
  not_in_model_answer: {
    ko: '모범답안에서 이 내용을 거의 찾지 못했어요. 모범답안에 더하거나, 이 질문의 내용이 맞는지 확인하세요.',
    en: 'hardly stands in the model answer; add it there, or check that it belongs to this question.',
  },
  too_easy: {
    ko: '채점한 답이 모두 가장 높은 수준이에요. 더 깊은 내용으로 바꾸거나 가중치를 낮추세요.',
    en: 'every graded answer has the highest level; ask for more, or lower its weight.',
  },
  out_of_reach: {
    ko: '채점한 답이 모두 가장 낮은 수준이에요. 질문이 이 내용을 묻는지, 뜻이 분명한지 확인하세요.',
    en: 'every graded answer has the lowest level; check that the question asks for it and that it is clear.',
  },
  same_level: {
    ko: '채점한 답이 모두 같은 중간 수준이에요. 더 좁게 적거나 둘로 나누세요.',
    en: 'every graded answer has the same level in between; make it narrower or split it.',
  },
  unused: {
    ko: '이 단원에 없는 질문이에요. 번호를 고치거나 지우세요.',
    en: 'the chapter has no such question; correct the number or drop it.',
  },
};

/** Characters of a key point that are shown. */
const longestShown = 40;

/** A remark on one line, without the place it belongs to. */
export function findingText({ code, question, keyPoint, other }: RubricFinding, language: Language): string {
  const about = language === 'ko' ? `질문 ${question}` : `question ${question}`;
  const point = keyPoint === null ? '' : `, "${shorten(keyPoint, longestShown)}"`;
  const why = advice[code][language].replace('{other}', () => shorten(other ?? '', longestShown));
  return `${about}${point}: ${why}`;
}

/** Said where there is nothing to remark. */
export function noRemarksText(language: Language): string {
  return language === 'ko' ? '덧붙일 말이 없어요' : 'no remarks';
}

/** Which questions have no key points; empty when all have. */
export function withoutKeyPointsText(questions: readonly number[], language: Language): string {
  if (questions.length === 0) return '';
  const list = questions.join(', ');
  return language === 'ko'
    ? `핵심 내용(keyPoints)이 없는 질문: ${list}번. 모범답안 전체와 견줘요.`
    : `without key points: ${questions.length === 1 ? 'question' : 'questions'} ${list}; compared with the model answer as a whole.`;
}

/** Said where there was no chapter to compare with. */
export function unknownChapterText(language: Language): string {
  return language === 'ko'
    ? '단원을 몰라서 루브릭만 살펴봤어요. 모범답안과도 견주려면 --chapter로 단원 파일을 지정하세요.'
    : 'the chapter is not known, so only the rubric itself was looked at; name the chapter file with --chapter.';
}

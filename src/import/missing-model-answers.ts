import type { Chapter } from '../core/chapter.ts';
import type { QuestionPlaces } from './table-questions.ts';

/** Says once that a chapter has no model answers at all, in place of once for each question. */
export function joinMissingModelAnswers(
  chapter: Chapter,
  line: number,
  { reference }: QuestionPlaces,
): Chapter {
  if (chapter.questions.some(({ modelAnswer }) => modelAnswer !== null)) return chapter;
  const others = chapter.warnings.filter(({ code }) => code !== 'question_without_model_answer');
  const warning = {
    code: 'no_model_answers',
    line,
    message: {
      ko: `이 표에는 모범답안이 없습니다. ${reference.ko} 루브릭에 핵심 내용을 적으세요.`,
      en: `this table has no model answers; ${reference.en}, or give key points in the rubric.`,
    },
  };
  return { ...chapter, warnings: [...others, warning].sort((a, b) => a.line - b.line) };
}

import type { ImportWarning } from '../core/chapter.ts';
import { unclosedFences } from './fences.ts';
import type { ModelAnswer } from './model-answers.ts';
import type { Section } from './outline.ts';
import type { RawSubmission } from './read-item.ts';
import { type LineRange, linesOf } from './slice.ts';

/** Lines that are left out, with the warning that says so. */
export interface LeftOut extends LineRange {
  warning: ImportWarning;
}

/** Code whose end is missing: as code it would take with it whatever follows. */
export function unclosedCode(source: readonly string[]): ImportWarning[] {
  return unclosedFences(source).map((line) => ({
    code: 'code_not_closed',
    line,
    message: {
      ko: '코드 블록이 닫히지 않아 여기부터는 글로 읽었습니다. 코드가 끝나는 곳에 ```를 적으세요.',
      en: 'this block of code is never closed and was read as text; write ``` where the code ends.',
    },
  }));
}

/** Mixed heading levels, and marks left over from an export. */
export function strayWarnings(source: readonly string[], members: readonly Section[]): ImportWarning[] {
  const warnings: ImportWarning[] = [];
  const levels = new Set(members.map((section) => section.level));
  const odd = members.find((section) => section.level !== members[0]?.level);
  if (levels.size > 1 && odd) {
    warnings.push({
      code: 'mixed_heading_levels',
      line: odd.line,
      message: {
        ko: '멤버 제목의 수준이 섞여 있습니다(##, ###). 수준과 상관없이 모두 멤버로 읽었습니다.',
        en: 'member headings have different levels (##, ###); all are read as members.',
      },
    });
  }
  source.forEach((line, index) => {
    if (!/(?<!\*)\*{4}(?!\*)/u.test(line)) return;
    warnings.push({
      code: 'stray_markup',
      line: index + 1,
      message: {
        ko: '빈 굵은 글씨 표시(****)가 남아 있습니다. 글은 그대로 둡니다.',
        en: 'an empty bold mark (****) is left in the text; the text is kept as it is.',
      },
    });
  });
  return warnings;
}

/** A heading with text but without questions. */
export function ignoredText(section: Section): LeftOut {
  return {
    from: section.line,
    to: section.to,
    warning: {
      code: 'section_ignored',
      line: section.line,
      message: {
        ko: `"${section.title}" 아래에는 질문 항목이 없어 읽지 않았습니다.`,
        en: `"${section.title}" holds no question bullets and was left out.`,
      },
    },
  };
}

/** What stands in a member's section outside the bullets. */
export function textBesideQuestions(section: Section): LeftOut[] {
  const stray = section.content.filter(
    (node) =>
      node.type !== 'list' &&
      node.type !== 'thematicBreak' &&
      !(node.type === 'html' && /^(?:(?:<!--)?<\/aside\s*>(?:-->)?|<br\s*\/?>)$/iu.test(node.value.trim())),
  );
  return stray.map((node) => ({
    ...linesOf(node),
    warning: {
      code: 'text_ignored',
      line: linesOf(node).from,
      message: {
        ko: `"${section.title}" 아래 질문 항목 밖의 글은 답으로 읽지 않았습니다.`,
        en: `text under "${section.title}" outside the question bullets was not read as an answer.`,
      },
    },
  }));
}

/** Says so when there are no model answers at all. */
export function missingAnswerSection(sections: readonly Section[], count: number): ImportWarning[] {
  if (count > 0) return [];
  return [
    {
      code: 'no_model_answers',
      line: sections[0]?.line ?? 1,
      message: {
        ko: '모범답안을 찾지 못했습니다. "모범답안" 제목 아래에 "**1. 질문**" 꼴로 적거나, 루브릭에 핵심 내용을 적으세요.',
        en: 'no model answers were found; write them under a heading "모범답안" (Model answers) as "**1. question**", or give key points in the rubric.',
      },
    },
  ];
}

/** A plain bullet between a member's questions. */
export function ignoredBullet(raw: RawSubmission): LeftOut {
  return {
    from: raw.from,
    to: raw.to,
    warning: {
      code: 'bullet_ignored',
      line: raw.from,
      message: {
        ko: `${raw.member}: 답이 없고 모범답안의 질문과도 달라 이 항목은 질문으로 읽지 않았습니다.`,
        en: `${raw.member}: this bullet holds no answer and is like no question with a model answer, so it was not read as a question.`,
      },
    },
  };
}

/** Says which questions have no model answer, or that none has; for chapters of several documents. */
export function lackingModelAnswers(
  answers: readonly Pick<ModelAnswer, 'file' | 'line' | 'question' | 'text'>[],
  first: string,
): ImportWarning[] {
  const without = answers.filter(({ text }) => text === '');
  if (without.length === answers.length)
    return missingAnswerSection([], 0).map((warning) => ({ ...warning, file: first }));
  return without.map(({ file, line, question }) => ({
    code: 'question_without_model_answer',
    file,
    line,
    message: {
      ko: `"${question}"의 모범답안을 찾지 못했습니다. 모범답안에 넣거나 루브릭에 핵심 내용을 적으세요.`,
      en: `no model answer was found for "${question}"; add one, or give key points in the rubric.`,
    },
  }));
}

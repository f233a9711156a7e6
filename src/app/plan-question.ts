import type { Chapter } from '../core/chapter.ts';
import { type Criterion, criteriaFor, type Rubric } from '../core/rubric.ts';
import type { Material } from '../judge/judge.ts';
import { instructions } from '../judge/prompt.ts';
import { redactEmail } from '../judge/redact.ts';
import { type Triage, triage } from '../judge/triage.ts';
import { criteriaHashOf, referenceHashOf } from './standard.ts';

/** The key points among criteria, and what an answer could echo besides: the prompt's words, and descriptions. */
function rubricTexts(criteria: readonly Criterion[]): { keyPoints: string[]; ruleTexts: string[] } {
  const isKeyPoint = (criterion: Criterion) => criterion.kind === 'key_point';
  return {
    keyPoints: criteria.filter(isKeyPoint).map((point) => point.description),
    ruleTexts: [
      instructions,
      ...criteria.flatMap((criterion) => [
        ...(isKeyPoint(criterion) ? [] : [criterion.description]),
        ...criterion.levels.map((level) => level.description),
      ]),
    ],
  };
}

/** What is known of a question before any answer to it is looked at. */
export interface QuestionPlan {
  no: number;
  text: string;
  modelAnswer: string | null;
  /** Both, as a model may read them. */
  asked: Pick<Material, 'question' | 'modelAnswer'>;
  /** Names that stand in here are subject matter. */
  reference: string;
  criteria: Criterion[];
  /** What an answer could echo. */
  texts: ReturnType<typeof rubricTexts>;
  referenceHash: string;
  criteriaHash: string;
}

/** Looks at a question once for all answers to it. */
export function planQuestion(chapter: Chapter, rubric: Rubric, no: number): QuestionPlan {
  const question = chapter.questions.find((item) => item.no === no);
  const { text, modelAnswer } = question ?? { text: '', modelAnswer: null };
  const criteria = criteriaFor(rubric, no);
  return {
    no,
    text,
    modelAnswer,
    asked: {
      question: redactEmail(text),
      modelAnswer: modelAnswer === null ? null : redactEmail(modelAnswer),
    },
    reference: `${text}\n${modelAnswer ?? ''}`,
    criteria,
    texts: rubricTexts(criteria),
    referenceHash: referenceHashOf({ text, modelAnswer }),
    criteriaHash: criteriaHashOf(rubric, no),
  };
}

/** What is to become of an answer to a question. */
export function triageOf(answer: string, question: QuestionPlan, rubric: Rubric): Triage {
  const { text, modelAnswer, texts } = question;
  return triage(answer, {
    question: text,
    modelAnswer,
    ...texts,
    guide: rubric.questions[question.no]?.guide ?? null,
    copies: rubric.copies,
  });
}

import { markedRows } from './marked-rows.ts';
import {
  type FieldNames,
  type FieldReader,
  numberField,
  rawField,
  requiredNumber,
  requireField,
  rowError,
  textField,
} from './table-fields.ts';
import type { TableRow } from './table-row.ts';

const markedNames = {
  id: ['id'],
  question: ['question'],
  questionId: ['question_id'],
  reference: ['reference', 'model_answer', 'reference_answer'],
  answer: ['answer', 'student_answer', 'response'],
  score: ['score', 'mark'],
  maxScore: ['max_score', 'max_mark', 'max'],
  second: ['score2', 'second_score', 'second_mark'],
  keyPoints: ['key_points'],
  guide: ['guide', 'rubric', 'grading_notes'],
  reason: ['feedback', 'reason', 'comment'],
} as const satisfies FieldNames<string>;

type MarkedReader = FieldReader<keyof typeof markedNames>;

/** An answer that a person has marked, with what it is to be graded against. */
export interface MarkedAnswer {
  id: string;
  /** The question's id; where the file gives none, its text. */
  question: string;
  questionText: string;
  reference: string | null;
  /** Empty where nothing was handed in. */
  answer: string;
  /** The person's mark, 0 to maxScore. */
  score: number;
  maxScore: number;
  /** A second person's mark on the same scale. */
  second: number | null;
  keyPoints: string[];
  guide: string | null;
  /** Why the person gave this mark. */
  reason: string | null;
  line: number;
}

function requiredQuestion(reader: MarkedReader): string {
  const question = textField(reader, 'question');
  if (question !== null) return question;
  throw rowError(reader, {
    ko: '질문이 비어 있습니다. 답마다 질문을 적으세요.',
    en: 'the question is blank; give the question for every answer.',
  });
}

/** The maximum cannot be guessed: a mark of 4 may be out of 4, 5 or 100. */
function requiredMaximum(reader: MarkedReader): number {
  const maximum = requiredNumber(reader, 'maxScore', Number.POSITIVE_INFINITY);
  if (maximum > 0) return maximum;
  throw rowError(reader, {
    ko: '만점이 0입니다. 0보다 큰 숫자를 적으세요.',
    en: 'the maximum is 0; give a number above 0.',
  });
}

function keyPointsOf(reader: MarkedReader): string[] {
  const value = rawField(reader, 'keyPoints') ?? [];
  const points: unknown[] | null =
    typeof value === 'string' ? value.split(/[|\n]/u) : Array.isArray(value) ? value : null;
  if (points?.every((point) => typeof point === 'string'))
    return points.map((point) => point.trim()).filter((point) => point !== '');
  throw rowError(reader, {
    ko: '"key_points"는 글의 목록이어야 합니다. JSON에서는 ["첫째", "둘째"], CSV에서는 첫째|둘째처럼 적으세요.',
    en: '"key_points" must be a list of texts; write ["first", "second"] in JSON, first|second in CSV.',
  });
}

function answerOf(row: TableRow, file: string): MarkedAnswer {
  const reader: MarkedReader = { file, row, names: markedNames };
  for (const field of ['question', 'answer', 'score', 'maxScore'] as const) requireField(reader, field);
  const questionText = requiredQuestion(reader);
  const maxScore = requiredMaximum(reader);
  const answer: MarkedAnswer = {
    id: textField(reader, 'id') ?? String(row.line),
    question: textField(reader, 'questionId') ?? questionText,
    questionText,
    reference: textField(reader, 'reference'),
    answer: textField(reader, 'answer') ?? '',
    score: requiredNumber(reader, 'score', maxScore),
    maxScore,
    second: numberField(reader, 'second', maxScore),
    keyPoints: keyPointsOf(reader),
    guide: textField(reader, 'guide'),
    reason: textField(reader, 'reason'),
    line: row.line,
  };
  if (answer.reference === null && answer.guide === null && answer.keyPoints.length === 0) {
    throw rowError(reader, {
      ko: '비교할 기준이 없습니다. reference(모범답안), key_points, guide 가운데 하나는 적으세요.',
      en: 'there is nothing to grade against; give a reference, key_points or a guide.',
    });
  }
  return answer;
}

function refuseDuplicates(answers: readonly MarkedAnswer[], rows: readonly TableRow[], file: string): void {
  const lines = new Map<string, number>();
  answers.forEach(({ id }, index) => {
    const earlier = lines.get(id);
    const row = rows[index];
    if (earlier !== undefined && row) {
      throw rowError(
        { file, row },
        {
          ko: `id "${id}"이(가) ${earlier}행에도 있습니다. 답마다 다른 id를 쓰세요.`,
          en: `the id "${id}" is on line ${earlier} as well; give every answer an id of its own.`,
        },
      );
    }
    lines.set(id, row?.line ?? 0);
  });
}

/**
 * Reads answers that people have marked, from JSONL or CSV. Names of
 * fields are read without regard to case, spaces, hyphens and underscores; other fields are passed over. An
 * answer without an id is known by its line, a question without one by its text.
 * @throws InputError naming file and line when a record is malformed, a field is missing, blank or out of
 * range, there is nothing to grade against, an id occurs twice, or the file has no answers
 */
export function readMarkedAnswers(text: string, file: string): MarkedAnswer[] {
  const rows = markedRows(text, file);
  const answers = rows.map((row) => answerOf(row, file));
  refuseDuplicates(answers, rows, file);
  return answers;
}

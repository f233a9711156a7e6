import { criteriaFor, type Rubric } from './rubric.ts';

/** An id in a marked example that the question does not have. */
export interface UnknownLevel {
  question: number;
  /** From 0. */
  example: number;
  criterion: string;
  level: string;
  /** What would fit: the levels of the criterion, or the ids of the criteria. */
  known: string[];
}

/** The first level of a marked example that its question's criteria do not know; null when all fit. */
export function unknownExampleLevel(rubric: Rubric): UnknownLevel | null {
  for (const [no, { examples = [] }] of Object.entries(rubric.questions)) {
    const criteria = criteriaFor(rubric, Number(no));
    for (const [index, example] of examples.entries()) {
      for (const [id, chosen] of Object.entries(example.levels ?? {})) {
        const levels = criteria.find((criterion) => criterion.id === id)?.levels ?? [];
        const known = (levels.length > 0 ? levels : criteria).map((item) => item.id);
        if (!levels.some((item) => item.id === chosen))
          return { question: Number(no), example: index, criterion: id, level: chosen, known };
      }
    }
  }
  return null;
}

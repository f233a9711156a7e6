import type { ImportWarning } from '../core/chapter.ts';
import { InputError } from '../core/errors.ts';
import type { ReadingHints, TableColumn } from './reader.ts';
import type { FieldNames } from './table-fields.ts';
import { foldedName } from './table-row.ts';

/** The names under which the columns of a table of answers are known. */
export type ColumnNames = FieldNames<TableColumn>;

const usualNames: ColumnNames = {
  chapter: ['chapter', 'unit', '단원', '챕터', 'week', '주차'],
  member: [
    ...(['member', 'name', 'student', '이름', '멤버', '학생', '작성자'] as const),
    ...['author', 'nickname', 'participant', 'respondent', 'full name', 'student name', 'member name'],
    ...[
      '성명',
      '성함',
      '닉네임',
      '별명',
      '팀원',
      '스터디원',
      '참여자',
      '참가자',
      '응답자',
      '제출자',
      '답변자',
    ],
    ...['멤버 이름', '학생 이름', '작성자 이름', '멤버명', '학생명', '작성자명'],
  ],
  number: [
    ...(['question_id', 'no', 'number', '번호', '문항'] as const),
    ...['question no', 'question number', 'qid', '문항 번호', '질문 번호', '문제 번호'],
  ],
  question: [
    ...(['question', '질문', '문제'] as const),
    ...['question text', 'prompt', '질문 내용', '문제 내용', '문항 내용'],
  ],
  answer: [
    ...(['answer', 'student_answer', 'response', 'text', '답', '답안', '답변'] as const),
    ...[
      'member answer',
      'my answer',
      '내 답',
      '내 답변',
      '학생 답안',
      '멤버 답변',
      '제출 답안',
      '답변 내용',
      '응답',
    ],
  ],
  reference: [
    ...(['reference', 'model_answer', 'reference_answer', '모범답안'] as const),
    ...['model answers', 'sample answer', 'expected answer', 'answer key', 'solution'],
    ...['모범답', '모범 답변', '예시답안', '예시답', '참고답안', '정답', '해설'],
  ],
  attempt: ['attempt', '시도'],
};

/** The names of columns, those that a person gives in place of the usual ones. */
export function columnNames({ columns = {} }: ReadingHints): ColumnNames {
  const own = Object.entries(columns).map(([role, name]) => [role, [name]] as const);
  return { ...usualNames, ...Object.fromEntries(own) };
}

/** Tells what a column holds by its name; null for one that is not known. */
export type ColumnRoles = (written: string) => TableColumn | null;

/** The roles of columns by their names. */
export function columnRoles(names: ColumnNames): ColumnRoles {
  const roles = new Map<string, TableColumn>();
  for (const [role, all] of Object.entries(names) as [TableColumn, readonly string[]][])
    for (const name of all) if (!roles.has(foldedName(name))) roles.set(foldedName(name), role);
  return (written) => roles.get(foldedName(written)) ?? null;
}

/** A column's name for messages. */
export function shownColumn(written: string, index: number): string {
  const name = written.replace(/\s+/gu, ' ').trim();
  return name === '' ? `#${index + 1}` : `"${name}"`;
}

/** The line and names of columns that no text is taken from. */
export function ignoredColumns(shown: readonly string[], line: number): ImportWarning[] {
  if (shown.length === 0) return [];
  const list = shown.join(', ');
  const [noun, verb] = shown.length === 1 ? ['column', 'was'] : ['columns', 'were'];
  return [
    {
      code: 'column_ignored',
      line,
      message: {
        ko: `${list} 칸은 답도 질문도 아닌 것으로 보아 읽지 않았습니다. 읽어야 하는 칸이면 import.yaml의 columns:에 적으세요.`,
        en: `the ${noun} ${list} ${verb} taken to hold neither answers nor questions and not read; a column that is to be read can be named under columns: in import.yaml.`,
      },
    },
  ];
}

/**
 * Makes sure that a table has the columns that a person named.
 * @throws InputError naming the columns that are there
 */
export function refuseMissingColumns(
  header: readonly string[],
  { columns = {} }: ReadingHints,
  file: string,
) {
  const present = new Set(header.map(foldedName));
  const missing = Object.values(columns).find((name) => !present.has(foldedName(name)));
  if (missing === undefined) return;
  const seen = header.map(shownColumn).join(', ');
  throw new InputError(
    {
      ko: `import.yaml의 columns:에 적힌 "${missing}" 칸이 이 표에 없습니다. 있는 칸: ${seen}.`,
      en: `the column "${missing}" that columns: in import.yaml names is not in this table; it has ${seen}.`,
    },
    { place: { file, line: 1 } },
  );
}

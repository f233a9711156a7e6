/** What a row holds. */
export type Value = string | number | boolean | null;

/** A row as it is copied, by the names of its columns: those of PostgreSQL. */
export type Row = Readonly<Record<string, Value>>;

/** Flags are numbers in SQLite and booleans in PostgreSQL. */
type ColumnKind = 'text' | 'whole' | 'real' | 'flag';

/** A table whose rows are copied from one store to another. */
export interface CopiedTable {
  name: string;
  columns: Readonly<Record<string, ColumnKind>>;
  /** Rows that are held at a time: fewer where each may be a whole document. */
  rowsAtATime: number;
  /** Whether its rows are numbered by the database, in the column `id`. */
  isNumbered: boolean;
}

const documentsAtATime = 10;
const textsAtATime = 500;
const rowsAtATime = 5000;

const numbered = { isNumbered: true };
const named = { isNumbered: false };

/**
 * Everything that a store keeps, save who works on it at the moment; what others refer to stands before them, and
 * what is settled last: a grade that is added unsettles its question.
 */
export const copiedTables: readonly CopiedTable[] = [
  {
    name: 'chapters',
    ...named,
    rowsAtATime: documentsAtATime,
    columns: { id: 'text', title: 'text', chapter: 'text' },
  },
  {
    name: 'attempts',
    ...named,
    rowsAtATime,
    columns: {
      ...{ chapter: 'text', submission: 'whole', place: 'whole', member: 'text', question: 'whole' },
      ...{ status: 'text', attempt: 'text', answer_hash: 'text' },
    },
  },
  {
    name: 'answers',
    ...named,
    rowsAtATime: textsAtATime,
    columns: { chapter: 'text', answer_hash: 'text', text: 'text' },
  },
  {
    name: 'runs',
    ...numbered,
    rowsAtATime,
    columns: {
      ...{ id: 'whole', chapter: 'text', judge: 'text', model: 'text' },
      ...{ started_at: 'text', finished_at: 'text', outcome: 'text' },
    },
  },
  {
    name: 'grades',
    ...numbered,
    rowsAtATime: textsAtATime,
    columns: {
      ...{ id: 'whole', run: 'whole', chapter: 'text', member: 'text', question: 'whole', attempt: 'text' },
      ...{ answer_hash: 'text', score: 'real', rest: 'text', text: 'text' },
    },
  },
  {
    name: 'questions_taken_over',
    ...named,
    rowsAtATime,
    columns: { run: 'whole', question: 'whole', origin: 'whole' },
  },
  {
    name: 'reviews',
    ...numbered,
    rowsAtATime: textsAtATime,
    columns: { id: 'whole', chapter: 'text', review: 'text' },
  },
  {
    name: 'replies',
    ...named,
    rowsAtATime: textsAtATime,
    columns: { key: 'text', reply: 'text', kept_at: 'text', times_kept: 'whole' },
  },
  {
    name: 'batches',
    ...numbered,
    rowsAtATime: textsAtATime,
    columns: {
      ...{ id: 'whole', name: 'text', base_url: 'text', label: 'text', planned_at: 'text', fresh: 'flag' },
      ...{ requests: 'whole', file_id: 'text', batch_id: 'text', state: 'text', counts: 'text' },
      ...{ outcome: 'text' },
    },
  },
  { name: 'batch_requests', ...named, rowsAtATime, columns: { batch: 'whole', key: 'text' } },
  {
    name: 'uploads',
    ...named,
    rowsAtATime: documentsAtATime,
    columns: {
      ...{ chapter: 'text', title: 'text', file: 'text', source: 'text', uploaded_at: 'text' },
      ...{ document: 'text' },
    },
  },
  {
    name: 'requested_runs',
    ...numbered,
    rowsAtATime: textsAtATime,
    columns: {
      ...{ id: 'whole', chapter: 'text', options: 'text', state: 'text', created_at: 'text' },
      ...{ started_at: 'text', finished_at: 'text', totals: 'text', failure: 'text', is_stop_asked: 'flag' },
      ...{ requests: 'whole', input_tokens: 'whole', cached_input_tokens: 'whole', output_tokens: 'whole' },
      ...{ cost_usd: 'real' },
    },
  },
  {
    name: 'run_plans',
    ...named,
    rowsAtATime: documentsAtATime,
    columns: { run: 'whole', plan: 'text', spent_usd: 'real', next_turn_at: 'real' },
  },
  {
    name: 'run_portions',
    ...named,
    rowsAtATime: textsAtATime,
    columns: {
      ...{ run: 'whole', portion: 'whole', places: 'text', done: 'whole', is_taken_up: 'flag' },
      ...{ reserved_usd: 'real', outcome: 'text' },
    },
  },
  {
    name: 'settled_questions',
    ...named,
    rowsAtATime,
    columns: { chapter: 'text', question: 'whole', basis: 'text', run: 'whole' },
  },
];

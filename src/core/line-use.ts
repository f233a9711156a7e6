/** What a line of a document was taken for. */
export type LineRole =
  | 'title'
  | 'member'
  | 'question'
  | 'answer'
  | 'revised'
  | 'model_answer'
  /** A copy of the model answer under a member's answer, credited to nobody. */
  | 'copy'
  /** A heading that only says what stands below it. */
  | 'heading'
  /** A property of a database row, a column's name, a form's time stamp. */
  | 'property'
  /** Tags, rules, icons and placeholders without content. */
  | 'markup'
  /** Left out, with a warning that says why. */
  | 'ignored'
  /** Left out because no reader understood it; always with a warning. */
  | 'unread';

/** The use that was made of a line, and for whom. */
export interface LineUse {
  role: LineRole;
  member?: string;
  question?: number;
}

/** A line of a document that is not blank, with the use that was made of it. */
export interface UsedLine {
  line: number;
  text: string;
  use: LineUse;
}

/** The learning platforms that a gradebook can be written for. */
export const platforms = ['moodle', 'canvas'] as const;
export type Platform = (typeof platforms)[number];

/** How a learning platform knows a person; null where that is not known. */
export interface Identity {
  /** The platform's own number. */
  id: string | null;
  /** The number that the school gave. */
  idNumber: string | null;
  login: string | null;
  email: string | null;
  section: string | null;
}

/** Members by name as the platform knows them. */
export type Roster = ReadonlyMap<string, Identity>;

export interface GradebookRow {
  member: string;
  /** null where no roster names the member. */
  identity: Identity | null;
  /** One for each chapter, 0 to 100; null without a question in it, and while one of its answers is ungraded. */
  scores: readonly (number | null)[];
  /** Titles of chapters with ungraded answers. */
  ungraded: readonly string[];
}

/** Scores for a learning platform: one column for each chapter, no ranks. */
export interface Gradebook {
  /** Titles of the chapters, in order. */
  chapters: readonly string[];
  rows: readonly GradebookRow[];
  hasRoster: boolean;
}

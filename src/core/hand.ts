/** What became of the reply to one answer on a page that a person filled in. */
export interface HandReply {
  /** The answer's short id. */
  id: string;
  member: string;
  question: number;
  /** `taken`: stored now. `there`: a reply was stored before. */
  state: 'taken' | 'there' | 'missing' | 'malformed';
  /** Why it is malformed. */
  problem: string | null;
}

/** A page that was read back. */
export interface HandPage {
  file: string;
  replies: HandReply[];
  /** What else is wrong with the page. */
  problems: HandProblem[];
}

/** Something on a page that is no reply to one of its answers. */
export type HandProblem =
  | { kind: 'no_line' }
  | { kind: 'foreign_id'; id: string; file: string }
  | { kind: 'unknown_id'; id: string }
  /** Replies that name no answer, where a page has several. */
  | { kind: 'unnamed'; count: number };

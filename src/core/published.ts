/** A stretch of text as it stands on a group's page. */
export interface TextRun {
  text: string;
  isBold: boolean;
}

/** A table under a heading, as it stands on a group's page. */
export interface PublishedBoard {
  title: string;
  /** The first one names the columns. */
  rows: string[][];
  notes: string[];
}

/** What becomes of something that is to stand on a group's page. */
export type PublishAction = 'add' | 'change' | 'keep' | 'skip';

/** What every text that we put on a group's page begins with. */
export const publishedMark = 'answer-grader';

const marked = new RegExp(`^[\\s*_]*${publishedMark}[\\s*_]*·`, 'u');

/**
 * Whether a text on a group's page is one of ours, and so nobody's answer.
 * @param text a callout without its icon, or a heading; with Markdown's signs or without
 */
export function isPublished(text: string): boolean {
  return marked.test(text);
}

/** Whom and which question feedback is about, as it stands behind our mark; what would end it is escaped in a name. */
export function ownerLabel({ member, question }: { member: string; question: number }): string {
  const name = member.normalize('NFC').replace(/\s+/gu, ' ').trim().replace(/[·\\]/gu, '\\$&');
  return `${name} #${question}`;
}

const owned = new RegExp(`^[\\s*_]*${publishedMark}[\\s*_]*· ((?:[^·\\\\\n]|\\\\[·\\\\])+ #\\d+) · `, 'u');

/** The label of {@link ownerLabel} in a text of ours; null where there is none, as in earlier times. */
export function ownerIn(text: string): string | null {
  return owned.exec(text.normalize('NFC'))?.[1] ?? null;
}

/** The text of runs. */
export function textOfRuns(runs: readonly TextRun[]): string {
  return runs.map(({ text }) => text).join('');
}

/** Runs of one kind joined, empty ones left out: the form in which contents are compared. */
export function joinRuns(runs: readonly TextRun[]): TextRun[] {
  const joined: TextRun[] = [];
  for (const { text, isBold } of runs) {
    const last = joined.at(-1);
    if (text === '') continue;
    if (last?.isBold === isBold) last.text += text;
    else joined.push({ text, isBold });
  }
  return joined;
}

import type { Chapter } from '../core/chapter.ts';
import type { LineUses } from './line-uses.ts';
import type { ReadChapter } from './reader.ts';

/** Marks lines with separators alone, which are records without a value. */
function markEmptyRecords(lines: readonly string[], uses: LineUses): void {
  for (const [index, line] of lines.entries())
    if (/^[\s,;|"]+$/u.test(line)) uses.mark({ from: index + 1, to: index + 1 }, { role: 'markup' });
}

/**
 * Chapters with what the lines of their table were taken for. They share the table, so the first tells of lines that
 * nothing was read from.
 * @param lines of the document
 */
export function withUses(
  chapters: readonly Chapter[],
  file: string,
  lines: readonly string[],
  uses: LineUses,
): ReadChapter[] {
  markEmptyRecords(lines, uses);
  const unread = uses.finish();
  const shared = new Map([[file, uses]]);
  return chapters.map((chapter, index) => {
    if (index > 0 || unread.length === 0) return { chapter, uses: shared };
    const warnings = [...chapter.warnings, ...unread].sort((a, b) => a.line - b.line);
    return { chapter: { ...chapter, warnings }, uses: shared };
  });
}

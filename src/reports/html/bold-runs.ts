/** A part of a text that is or is not bold. */
export interface Run {
  from: number;
  to: number;
  isBold: boolean;
}

/** Bold words, or bold around nothing, which Notion leaves behind. */
const bold = /\*\*(?=\S)(?<words>[^*\n]+)(?<=\S)\*\*|(?<!\*)\*\*[ \t]*\*\*(?!\*)/gu;

/**
 * A text in runs, with those bold that stand between `**` and `**`: Markdown takes no closing sign between a
 * bracket or full stop and a letter, where Korean puts its particles. The signs themselves are left out, and all of
 * them where nothing stands between.
 * @param isEscaped whether the sign at an index was meant as such
 */
export function boldRuns(text: string, isEscaped: (index: number) => boolean): Run[] {
  const runs: Run[] = [];
  let from = 0;
  for (const { 0: whole, index, groups } of text.matchAll(bold)) {
    const end = index + whole.length;
    if ([index, index + 1, end - 2, end - 1].some(isEscaped)) continue;
    runs.push({ from, to: index, isBold: false });
    if (groups?.['words'] !== undefined) runs.push({ from: index + 2, to: end - 2, isBold: true });
    from = end;
  }
  runs.push({ from, to: text.length, isBold: false });
  return runs.filter((run) => run.to > run.from);
}

import type { TextPart } from './attempt-parts.ts';
import { type Callout, findCallouts, type IconRoles } from './callouts.ts';
import { cutIndent, indentOf } from './indent.ts';
import { parsePage } from './markdown.ts';
import { type LineRange, textOfLines, trimRange } from './slice.ts';

/** What stands below a label. */
export interface Body {
  callouts: Callout[];
  notes: TextPart[];
}

/** Lines of a page, the first one with what its label leaves of it. */
export interface BodyLines extends LineRange {
  /** What follows the label on the first line; undefined where the whole line belongs to the body. */
  rest?: string | undefined;
}

/** Columns that all lines with text have in common. */
function commonIndent(lines: readonly string[]): number {
  const least = Math.min(...lines.map(indentOf));
  return Number.isFinite(least) ? least : 0;
}

/** The lines of a body without the indentation that the label gives them. */
function linesOfBody(source: readonly string[], { from, to, rest }: BodyLines): string[] {
  const own = source.slice(from - 1, to);
  const below = rest === undefined ? own : own.slice(1);
  const indent = commonIndent(below);
  const cut = below.map((line) => cutIndent(line, indent));
  return rest === undefined ? cut : [rest, ...cut];
}

/** Reads callouts, and the text around them in runs, from lines that belong to one member and question. */
export function readBody(source: readonly string[], body: BodyLines, icons: IconRoles): Body {
  const lines = linesOfBody(source, body);
  const shift = body.from - 1;
  const local = lines.some((line) => /<aside\b/iu.test(line))
    ? findCallouts(parsePage(lines).children, lines, lines.length, { icons })
    : [];
  const runs: LineRange[] = [];
  let from = 1;
  for (const callout of local) {
    runs.push({ from, to: callout.from - 1 });
    from = callout.to + 1;
  }
  runs.push({ from, to: lines.length });
  return {
    callouts: local.map((callout) => ({ ...callout, from: callout.from + shift, to: callout.to + shift })),
    notes: runs
      .map((run) => trimRange(run, lines))
      .map((run) => ({
        from: run.from + shift,
        to: run.to + shift,
        text: textOfLines(lines.slice(run.from - 1, run.to), 0),
      }))
      .filter(({ text }) => text !== ''),
  };
}

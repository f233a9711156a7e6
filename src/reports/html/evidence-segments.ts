/** How a passage counted: for a criterion with all of its points, some, or none. */
export type Tone = 'good' | 'partial' | 'bad';

/** A quote from an answer with the criterion it is evidence for. */
export interface EvidenceQuote {
  /** A verbatim slice of the answer, or several in order joined by " … ". */
  quote: string;
  /** The criterion and the level reached, in words. */
  label: string;
  tone: Tone;
  /** The criterion's number in the table beside the answer; none is shown where it is left out. */
  number?: number;
}

/** A run of an answer that the same quotes cover. */
export interface EvidenceSegment {
  start: number;
  end: number;
  quotes: readonly EvidenceQuote[];
  /** The quotes, of those that cover it, that end with it. */
  ending: readonly EvidenceQuote[];
}

interface Range {
  start: number;
  end: number;
}

/** A text in the form in which quotes are looked for: NFC, lines that end with LF. */
export function comparable(text: string): string {
  return text.normalize('NFC').replace(/\r\n?/gu, '\n');
}

/** What joins the pieces of a quote, and what stands in it for names, addresses and link targets that no judge is shown. */
const gap = / … |\[(?:member|email)\]|\(…\)/u;

function rangesOf(text: string, quote: string): Range[] {
  const whole = comparable(quote);
  const pieces = text.includes(whole) ? [whole] : whole.split(gap);
  const ranges: Range[] = [];
  let from = 0;
  for (const piece of pieces.filter((part) => part.trim() !== '')) {
    const start = text.indexOf(piece, from);
    if (start < 0) return [];
    from = start + piece.length;
    ranges.push({ start, end: from });
  }
  return ranges;
}

/** Whether a quote stands in a text, whole or piece by piece in order. */
export function isQuoted(text: string, quote: string): boolean {
  return rangesOf(comparable(text), quote).length > 0;
}

/**
 * The runs of a text that quotes cover, in order and never overlapping; quotes that are not there have none.
 * @param text in the form that {@link comparable} gives
 */
export function evidenceSegments(text: string, evidence: readonly EvidenceQuote[]): EvidenceSegment[] {
  const events = evidence
    .flatMap((quote) => rangesOf(text, quote.quote).map((range) => ({ quote, ...range })))
    .flatMap(({ quote, start, end }) => [
      { at: start, quote, opens: true },
      { at: end, quote, opens: false },
    ])
    .sort((a, b) => a.at - b.at || Number(a.opens) - Number(b.opens));
  const open = new Set<EvidenceQuote>();
  const segments: EvidenceSegment[] = [];
  let from = 0;
  for (const [at, here] of Map.groupBy(events, (event) => event.at)) {
    const closing = here.filter((event) => !event.opens).map((event) => event.quote);
    if (open.size > 0) segments.push({ start: from, end: at, quotes: [...open], ending: closing });
    for (const quote of closing) open.delete(quote);
    for (const event of here) if (event.opens) open.add(event.quote);
    from = at;
  }
  return segments;
}

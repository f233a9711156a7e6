import type { Element, ElementContent } from 'hast';
import type { EvidenceSegment, Tone } from './evidence-segments.ts';

/** What a passage did for one criterion is not taken back by another that found less in it. */
const bestFirst: readonly Tone[] = ['good', 'partial', 'bad'];

/** Puts evidence marks around runs of text; one is used for a whole answer, from its beginning to its end. */
export interface Marker {
  /**
   * A text as nodes, its line ends as breaks.
   * @param offsetOf where a UTF-16 unit of it stands in the answer
   */
  nodesOf(value: string, offsetOf: (unit: number) => number): ElementContent[];
  /** Names the criteria at the first mark of each quoted run and their numbers at the last. */
  finish(): void;
}

function textNodes(value: string): ElementContent[] {
  return value.split('\n').flatMap((line, index): ElementContent[] => {
    const text: ElementContent[] = line === '' ? [] : [{ type: 'text', value: line }];
    return index === 0 ? text : [{ type: 'element', tagName: 'br', properties: {}, children: [] }, ...text];
  });
}

function labelOf({ quotes }: EvidenceSegment): string {
  return [...new Set(quotes.map((quote) => quote.label))].join(' · ');
}

function markOf(value: string, segment: EvidenceSegment): Element {
  const tone = bestFirst.find((own) => segment.quotes.some((quote) => quote.tone === own)) ?? 'bad';
  return {
    type: 'element',
    tagName: 'mark',
    properties: { className: [tone], title: labelOf(segment) },
    children: textNodes(value),
  };
}

function finishMarks(segment: EvidenceSegment, marks: readonly Element[]): void {
  marks[0]?.children.unshift({
    type: 'element',
    tagName: 'span',
    properties: { className: ['hidden'] },
    children: [{ type: 'text', value: `[${labelOf(segment)}] ` }],
  });
  const numbers = new Set(segment.ending.flatMap((quote) => quote.number ?? []));
  const last = marks.at(-1);
  if (last && numbers.size > 0) last.properties['dataNote'] = [...numbers].join('·');
}

/** A marker for an answer with these quoted runs, which are in order. */
export function createMarker(segments: readonly EvidenceSegment[]): Marker {
  const marks = new Map<EvidenceSegment, Element[]>();
  /** Texts mostly come in order, so the search goes on where it was. */
  let near = 0;

  function segmentAt(offset: number): EvidenceSegment | undefined {
    while (near > 0 && offset < (segments[near]?.start ?? 0)) near -= 1;
    while (near < segments.length - 1 && offset >= (segments[near]?.end ?? 0)) near += 1;
    const segment = segments[near];
    return segment && segment.start <= offset && offset < segment.end ? segment : undefined;
  }

  function runOf(value: string, segment: EvidenceSegment | undefined): ElementContent[] {
    // A mark around a line end alone would show nothing.
    if (segment === undefined || value.trim() === '') return textNodes(value);
    const mark = markOf(value, segment);
    const others = marks.get(segment);
    if (others) others.push(mark);
    else marks.set(segment, [mark]);
    return [mark];
  }

  return {
    nodesOf(value, offsetOf) {
      if (segments.length === 0) return textNodes(value);
      const nodes: ElementContent[] = [];
      let from = 0;
      let current = segmentAt(offsetOf(0));
      for (let unit = 1; unit < value.length; unit += 1) {
        const segment = segmentAt(offsetOf(unit));
        if (segment === current) continue;
        nodes.push(...runOf(value.slice(from, unit), current));
        [from, current] = [unit, segment];
      }
      return [...nodes, ...runOf(value.slice(from), current)];
    },
    finish() {
      for (const [segment, own] of marks) finishMarks(segment, own);
    },
  };
}

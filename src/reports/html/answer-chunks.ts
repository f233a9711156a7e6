/** A part of a text that can be read as Markdown by itself, with where it begins. */
export interface Chunk {
  text: string;
  offset: number;
  /** Too long, too deep or too full of signs to be read as Markdown in good time; to be shown as it is. */
  isPlain: boolean;
}

/** Parsing takes more than linear time, so that long texts are read in parts of about this size. */
const usualSize = 4000;
const largestSize = 16_000;
/** At the very left behind a blank line, a heading or a letter ends every list, quotation and table. */
const opensBlock = /^(?:#{1,6} |\p{L})/u;
const fence = /^ {0,3}(?:`{3,}|~{3,})/u;
const deepNesting = /^(?:[ \t]*(?:>|[-+*]|\d{1,9}[.)])){40}/mu;
/** Each sign that may open or close something is compared with those before it in its block. */
const mostSigns = 400;
const signs = /\*+|_+|~+|`+|[[\]]/gu;
const blankLines = /\n[ \t]*(?=\n)/u;

function hasManySigns(text: string): boolean {
  return text.split(blankLines).some((block) => (block.match(signs)?.length ?? 0) > mostSigns);
}

function chunkOf(text: string, offset: number): Chunk {
  const isPlain = text.length > largestSize || deepNesting.test(text) || hasManySigns(text);
  return { text, offset, isPlain };
}

/** A text in parts, cut only where a block of Markdown begins; one part where it is not long. */
export function chunksOf(text: string): Chunk[] {
  const chunks: Chunk[] = [];
  let [from, at, isFenced, isBlank] = [0, 0, false, false];
  for (const line of text.split('\n')) {
    if (!isFenced && isBlank && at - from >= usualSize && opensBlock.test(line)) {
      chunks.push(chunkOf(text.slice(from, at), from));
      from = at;
    }
    if (fence.test(line)) isFenced = !isFenced;
    isBlank = line.trim() === '';
    at += line.length + 1;
  }
  return [...chunks, chunkOf(text.slice(from), from)];
}

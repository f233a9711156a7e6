function plain(value: unknown, indent: string): string {
  // A text in JSON holds no line end, so every one is of the layout.
  return JSON.stringify(value, null, 2).replace(/\n/gu, `\n${indent}`);
}

/** What stands in a list or an object: with each value what comes before it. */
function contentsOf(value: object): (readonly [before: string, item: unknown])[] {
  if (Array.isArray(value)) return value.map((item: unknown) => ['', item]);
  return Object.entries(value)
    .filter(([, item]) => item !== undefined)
    .map(([name, item]) => [`${JSON.stringify(name)}: `, item]);
}

function* pieces(value: unknown, depth: number, indent: string): Generator<string> {
  const contents = typeof value === 'object' && value !== null ? contentsOf(value) : [];
  if (depth === 0 || contents.length === 0) {
    yield plain(value, indent);
    return;
  }
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}'];
  let sign = open;
  for (const [before, item] of contents) {
    yield `${sign}\n${indent}  ${before}`;
    yield* pieces(item, depth - 1, `${indent}  `);
    sign = ',';
  }
  yield `\n${indent}${close}`;
}

/** How far down a document is taken apart: as far as the submissions of several chapters. */
const deepest = 4;
const pieceSize = 65_536;

/**
 * What `JSON.stringify(document, null, 2)` gives, in pieces, since all answers of a course may be longer than a
 * string can be.
 * @param document of values that JSON knows
 */
export function* jsonPieces(document: Readonly<Record<string, unknown>>): Generator<string> {
  let gathered = '';
  for (const piece of pieces(document, deepest, '')) {
    gathered += piece;
    if (gathered.length < pieceSize) continue;
    yield gathered;
    gathered = '';
  }
  yield gathered;
}

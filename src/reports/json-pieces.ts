function plain(value: unknown, indent: string): string {
  // A text in JSON holds no line end, so every one is of the layout.
  return JSON.stringify(value, null, 2).replace(/\n/gu, `\n${indent}`);
}

function isList(value: object): value is Iterable<unknown> {
  return Symbol.iterator in value;
}

/** What stands in a list or an object: with each value what comes before it. */
function* contentsOf(value: object): Generator<readonly [before: string, item: unknown]> {
  if (isList(value)) for (const item of value) yield ['', item];
  else
    for (const [name, item] of Object.entries(value))
      if (item !== undefined) yield [`${JSON.stringify(name)}: `, item];
}

function* pieces(value: unknown, depth: number, indent: string): Generator<string> {
  if (typeof value !== 'object' || value === null || (depth === 0 && !isList(value))) {
    yield plain(value, indent);
    return;
  }
  const [open, close] = isList(value) ? ['[', ']'] : ['{', '}'];
  let sign = open;
  for (const [before, item] of contentsOf(value)) {
    yield `${sign}\n${indent}  ${before}`;
    yield* pieces(item, Math.max(0, depth - 1), `${indent}  `);
    sign = ',';
  }
  yield sign === open ? `${open}${close}` : `\n${indent}${close}`;
}

/** How far down a document is taken apart: as far as the submissions of several chapters. */
const deepest = 4;
const pieceSize = 65_536;

/**
 * What `JSON.stringify(document, null, 2)` gives, in pieces, since all answers of a course may be longer than a
 * string can be.
 * @param document of values that JSON knows, and of anything that can be gone through, which becomes a list
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

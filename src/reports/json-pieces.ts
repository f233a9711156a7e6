function plain(value: unknown, indent: string): string {
  // A text in JSON holds no line end, so every one is of the layout.
  return JSON.stringify(value, null, 2).replace(/\n/gu, `\n${indent}`);
}

function isList(value: object): value is Iterable<unknown> {
  return Symbol.iterator in value;
}

/** A list whose items come later, and what is written around them. */
interface LaterList {
  items: AsyncIterable<unknown>;
  depth: number;
  indent: string;
}

function isLater(value: object): value is AsyncIterable<unknown> {
  return Symbol.asyncIterator in value;
}

/** What stands in a list or an object: with each value what comes before it. */
function* contentsOf(value: object): Generator<readonly [before: string, item: unknown]> {
  if (isList(value)) for (const item of value) yield ['', item];
  else
    for (const [name, item] of Object.entries(value))
      if (item !== undefined) yield [`${JSON.stringify(name)}: `, item];
}

function* pieces(value: unknown, depth: number, indent: string): Generator<string | LaterList> {
  if (typeof value === 'object' && value !== null && isLater(value)) {
    yield { items: value, depth, indent };
    return;
  }
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

/** Gathers small pieces to larger ones. */
function createGathering() {
  let text = '';
  return {
    /** @returns whether there is enough now for a large one */
    add(piece: string): boolean {
      text += piece;
      return text.length >= pieceSize;
    },
    take(): string {
      const taken = text;
      text = '';
      return taken;
    },
  };
}

type Gathering = ReturnType<typeof createGathering>;

/** Gives what is gathered whenever it is enough; waits only where a list's next item comes later. */
async function* gatheredFrom(
  parts: Iterable<string | LaterList>,
  gathered: Gathering,
): AsyncGenerator<string> {
  for (const part of parts) {
    if (typeof part === 'string') {
      if (gathered.add(part)) yield gathered.take();
      continue;
    }
    const { items, depth, indent } = part;
    let sign = '[';
    for await (const item of items) {
      gathered.add(`${sign}\n${indent}  `);
      yield* gatheredFrom(pieces(item, Math.max(0, depth - 1), `${indent}  `), gathered);
      sign = ',';
    }
    gathered.add(sign === '[' ? '[]' : `\n${indent}]`);
  }
}

/**
 * What `JSON.stringify(document, null, 2)` gives, in pieces, since all answers of a course may be longer than a
 * string can be.
 * @param document of values that JSON knows, and of anything that can be gone through, now or later, which becomes a list
 */
export async function* jsonPieces(document: Readonly<Record<string, unknown>>): AsyncGenerator<string> {
  const gathered = createGathering();
  yield* gatheredFrom(pieces(document, deepest, ''), gathered);
  yield gathered.take();
}

/**
 * The same of a document of which everything is there.
 * @throws TypeError where the items of a list come later
 */
export function* jsonPiecesAtOnce(document: Readonly<Record<string, unknown>>): Generator<string> {
  const gathered = createGathering();
  for (const piece of pieces(document, deepest, '')) {
    if (typeof piece !== 'string') throw new TypeError('the items of a list come later');
    if (gathered.add(piece)) yield gathered.take();
  }
  yield gathered.take();
}

const entity = /&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z][\da-z]*);/iuy;
const ampersands = /^&(?:amp|#38|#x26);$/iu;
const escapable = /[!-/:-@[-`{-~]/u;
/** How far a character is looked for behind the place where it was expected. */
const reach = 8;

/** The length of a character reference that stands in the source for `character`; 0 where there is none. */
function referenceAt(source: string, at: number, character: string): number {
  if (source[at] !== '&') return 0;
  entity.lastIndex = at;
  const found = entity.exec(source)?.[0];
  if (found === undefined || (character === '&' && !ampersands.test(found))) return 0;
  return found.length;
}

function isEscaped(source: string, at: number, character: string): boolean {
  return source[at] === '\\' && source[at + 1] === character && escapable.test(character);
}

/** Where a character stands in the source, looked for from `at` on; `at` itself where it is not near. */
function found(source: string, from: number, end: number, character: string): number {
  let at = from;
  while (at < end && source[at] !== character && /\s/u.test(source[at] ?? '')) at += 1;
  const near = source.slice(at, Math.min(end, at + reach)).indexOf(character);
  return near < 0 ? from : at + near;
}

/**
 * For each UTF-16 unit of a node's value the offset in the source at which it was written. Values differ from
 * their source by escapes, character references, and by what indents or quotes a line.
 * @param kind `verbatim` where signs stand for themselves, as in code
 */
export function sourceOffsets(
  value: string,
  source: string,
  { start, end }: { start: number; end: number },
  kind: 'text' | 'verbatim',
): number[] {
  const isSame = end - start === value.length && source.startsWith(value, start);
  const offsets: number[] = [];
  let at = start;
  for (let unit = 0; unit < value.length; unit += 1) {
    const character = value[unit] ?? '';
    if (!isSame && kind === 'text') {
      const length = referenceAt(source, at, character);
      if (length > 0) {
        offsets.push(at);
        // The second half of a pair belongs to the same reference.
        if ((value.codePointAt(unit) ?? 0) > 0xffff) {
          offsets.push(at);
          unit += 1;
        }
        at += length;
        continue;
      }
      if (isEscaped(source, at, character)) at += 1;
    }
    if (!isSame) at = found(source, at, end, character);
    offsets.push(at);
    if (source[at] === character) at += 1;
  }
  return offsets;
}

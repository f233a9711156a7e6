const email = /(?<![\p{L}\p{N}._%+-])[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu;
const hangulName = /^[\uAC00-\uD7A3]{2,5}$/u;
/** What may follow a name of two syllables without making it another word. */
const ending =
  '(?:님|씨|군|양)?(?:이|가|은|는|의|와|과|랑|이랑|도|을|를|만|께|께서|에게|에게서|한테|한테서|으?로|라고|이라고|이가|네|아|야|입니다|이에요|예요)?';

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/gu, '\\$&');
}

/** How a name is recognised; short Korean names are parts of many words and must stand alone. */
function patternsOf(name: string): RegExp[] {
  if (!hangulName.test(name))
    return [
      new RegExp(`@?(?<![\\p{Script=Latin}\\p{N}])${escapeRegExp(name)}(?![\\p{Script=Latin}\\p{N}])`, 'giu'),
    ];
  if (name.length === 2)
    return [new RegExp(`@?(?<![\\p{Script=Hangul}])${name}(?=${ending}(?![\\p{Script=Hangul}]))`, 'gu')];
  const given = name.slice(1);
  return [
    new RegExp(`@?(?<![\\p{Script=Hangul}])${name[0]} ?${given}`, 'gu'),
    new RegExp(`@?(?<![\\p{Script=Hangul}])${given}(?= ?(?:님|씨))`, 'gu'),
  ];
}

/** Where a link or an image leads: often a file's name, and never what is graded. */
const linkTarget = /(!?\[[^[\]\n]{0,300}\])\([^()\n]{0,1000}\)/gu;

/** What stands around a name: pictures and signs, and the group that somebody belongs to. */
const decoration = /^(?:[^\p{L}\p{N}]+|\d{1,2} ?(?:조|팀|모둠|기)(?=[^\p{L}\p{N}]))+|[^\p{L}\p{N}]+$/gu;

/**
 * A name as headings decorate it, `🌱 2조 김하늘님 (발표)`, down to the name; Korean names are written with and without
 * a space.
 */
function bareName(name: string): string {
  const plain = name
    .normalize('NFC')
    .replace(/[([（].*$/u, '')
    .replace(decoration, '')
    .replace(/(?<=[\uAC00-\uD7A3]{2}) ?님$/u, '');
  return /^[\uAC00-\uD7A3 ]+$/u.test(plain) ? plain.replaceAll(' ', '') : plain;
}

/** What stands in every text that holds a name in any way of writing it; most answers hold none. */
function coreOf(name: string): string {
  return hangulName.test(name) && name.length > 2 ? name.slice(1) : name.toLowerCase();
}

/** A text without e-mail addresses. */
export function redactEmail(text: string): string {
  return text.includes('@') ? text.replace(email, '[email]') : text;
}

/** Names by the first two units of their cores: a course has thousands, of which an answer holds one at most. */
type NameIndex = ReadonlyMap<string, readonly { name: string; core: string }[]>;

function indexOf(members: readonly string[]): NameIndex {
  const names = [...new Set(members.map(bareName))].filter((name) => name.length > 1);
  return Map.groupBy(
    names.map((name) => ({ name, core: coreOf(name) })),
    ({ core }) => core.slice(0, 2),
  );
}

/** The names whose core stands in a text, longest first. */
function namesIn(lowerCase: string, index: NameIndex): string[] {
  const found = new Set<string>();
  for (let at = 0; at + 1 < lowerCase.length; at += 1)
    for (const { name, core } of index.get(lowerCase.slice(at, at + 2)) ?? [])
      if (lowerCase.startsWith(core, at)) found.add(name);
  return [...found].sort((a, b) => b.length - a.length);
}

const indexes = new WeakMap<readonly string[], NameIndex>();

/** All answers of a chapter are held against the same names. */
function rememberedIndex(members: readonly string[]): NameIndex {
  const index = indexes.get(members) ?? indexOf(members);
  indexes.set(members, index);
  return index;
}

/**
 * An answer without what could tell whose it is: e-mail addresses and the members' full names (and Korean given
 * names with 님 or 씨) become placeholders. A name that the question or the model answer uses is subject matter
 * and stays; so do nicknames, which nobody can know.
 * @param members their names; the list is not to change afterwards
 * @param reference question and model answer
 */
export function redact(answer: string, members: readonly string[], reference: string): string {
  const composed = answer.normalize('NFC');
  const patterns = namesIn(composed.toLowerCase(), rememberedIndex(members))
    .flatMap(patternsOf)
    .filter((pattern) => reference.search(pattern) < 0);
  const mailless = redactEmail(composed);
  const text = mailless.includes('](') ? mailless.replace(linkTarget, '$1(…)') : mailless;
  return patterns.reduce((redacted, pattern) => redacted.replace(pattern, '[member]'), text);
}

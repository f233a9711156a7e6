/** A tag as it stands in a page of ours. */
export interface Tag {
  name: string;
  attributes: Record<string, string>;
}

/** What a page or a part of one holds. */
export interface ReadHtml {
  tags: Tag[];
  /** The text between the tags, references resolved, breaks as line ends; without what is hidden and styles. */
  text: string;
}

const tag =
  /<(?:!DOCTYPE html|(?<close>\/)?(?<name>[a-z][a-zA-Z0-9]*)(?<attributes>(?: [a-zA-Z][a-zA-Z0-9-]*(?:="[^"]*")?)*)(?<void>\/)?)>/gu;
const attribute = /(?<key>[a-zA-Z][a-zA-Z0-9-]*)(?:="(?<value>[^"]*)")?/gu;
const voids = new Set(['br', 'hr', 'meta', 'rect', 'line', 'circle', 'polyline']);

const references: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', amp: '&' };

/** In one go: what a reference stands for is never read again. */
function resolved(text: string): string {
  return text.replace(
    /&(?:#x([\dA-F]+)|#(\d+)|(lt|gt|quot|amp));/giu,
    (_, hex?: string, decimal?: string, name = '') => {
      if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16));
      return decimal === undefined ? (references[name] ?? '') : String.fromCodePoint(Number(decimal));
    },
  );
}

/**
 * Reads HTML as strictly as it is written here: attributes in double quotes, every element closed.
 * @throws Error where a `<` begins no such tag, or tags do not nest
 */
export function readHtml(html: string): ReadHtml {
  const tags: Tag[] = [];
  const open: Tag[] = [];
  let [text, at] = ['', 0];
  const isShown = () =>
    open.every(({ name, attributes }) => name !== 'style' && attributes['class'] !== 'hidden');
  const addText = (part: string) => {
    if (part.includes('<')) throw new Error(`not a tag of ours: ${part.slice(0, 200)}`);
    if (isShown()) text += resolved(part);
  };
  for (const found of html.matchAll(tag)) {
    addText(html.slice(at, found.index));
    at = found.index + found[0].length;
    const { close, name = '', attributes = '' } = found.groups ?? {};
    if (name === '') continue;
    if (close) {
      const last = open.pop();
      if (last?.name !== name) throw new Error(`</${name}> closes <${last?.name}>`);
      continue;
    }
    const entries = Array.from(attributes.matchAll(attribute), ({ groups }) => [
      groups?.['key'] ?? '',
      resolved(groups?.['value'] ?? ''),
    ]);
    const own: Tag = { name, attributes: Object.fromEntries(entries) };
    tags.push(own);
    if (name === 'br') text += '\n';
    if (!voids.has(name)) open.push(own);
  }
  addText(html.slice(at));
  if (open.length > 0) throw new Error(`not closed: ${open.map(({ name }) => name).join(', ')}`);
  return { tags, text };
}

/** A piece of HTML that is safe to show as it is: made by {@link html}, which escapes what it is given. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  toString(): string {
    return this.text;
  }
}

/** What may stand in a template: texts and numbers are escaped, nothing at all stands for null and false. */
export type HtmlValue = Html | string | number | null | undefined | false | readonly HtmlValue[];

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
/** Characters that no HTML may hold; browsers and checkers differ in what they make of them. */
const forbidden = /[\p{Cc}--[\n\t]]/gv;

/** A text as HTML shows it, fit to stand between tags and in attributes that are quoted. */
export function escapeHtml(text: string): string {
  return text.replace(forbidden, '').replace(/[&<>"']/gu, (character) => escapes[character] ?? character);
}

function shown(value: HtmlValue): string {
  if (value === null || value === undefined || value === false) return '';
  if (value instanceof Html) return value.text;
  if (typeof value === 'string') return escapeHtml(value);
  return typeof value === 'number' ? String(value) : value.map(shown).join('');
}

/** A template whose values are escaped unless they are HTML themselves. Attributes must stand in quotes. */
export function html(parts: TemplateStringsArray, ...values: HtmlValue[]): Html {
  return new Html(parts.map((part, index) => part + shown(values[index])).join(''));
}

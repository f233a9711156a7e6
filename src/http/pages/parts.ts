import { type Html, html } from '../../reports/html/html.ts';

/** The address of a chapter, or of something of it. */
export function chapterPath(chapterId: string, rest = ''): string {
  return `/chapters/${encodeURIComponent(chapterId)}${rest}`;
}

/** US dollars, to the hundredth of a cent. */
export function dollars(amount: number): string {
  return `$${amount.toFixed(4)}`;
}

/** A sentence as it stands by itself: an error's begins small, since a file and line may stand before it. */
export function asSentence(text: string): string {
  return text.replace(/^[a-z]+(?=[ ,])/u, (word) => word.charAt(0).toUpperCase() + word.slice(1));
}

/** A message on what went wrong, to be pointed at by `aria-describedby`; nothing where nothing did. */
export function problemBox(id: string, title: string, sentences: readonly string[]): Html | null {
  if (sentences.length === 0) return null;
  return html`<div class="problem" id="${id}" role="alert"><strong>${title}</strong>
${sentences.map((sentence) => html`<p>${asSentence(sentence)}</p>\n`)}</div>
`;
}

/** Attributes that tie a field to what went wrong with it; nothing where nothing did. */
export function invalid(id: string, isWrong: boolean): Html | null {
  return isWrong ? html` aria-invalid="true" aria-describedby="${id}"` : null;
}

/** Pairs of a name and what is said of it. */
export function facts(pairs: readonly (readonly [name: string, value: string | number])[]): Html {
  return html`<dl class="facts">
${pairs.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>\n`)}</dl>
`;
}

/** An option of a select. */
export function option(value: string, name: string, chosen: string): Html {
  return html`<option value="${value}"${value === chosen && html` selected`}>${name}</option>`;
}

/** A table that scrolls by itself where it is wider than the page. */
export function wideTable(label: string, table: Html): Html {
  return html`<div class="scroll" tabindex="0" role="group" aria-label="${label}">${table}</div>
`;
}

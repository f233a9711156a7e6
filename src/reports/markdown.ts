/** A text as one line of Markdown with nothing in it that would be read as markup. */
export function inlineMarkdown(text: string): string {
  return text
    .replace(/\s+/gu, ' ')
    .trim()
    .replace(/[\\`*_{}[\]<>#|~&]/gu, '\\$&')
    .replace(/^(?:[-+](?=\s|$)|[-=](?=[-=]*$)|\d{1,9}(?=[.)]\s))/u, (start) =>
      /\d/u.test(start) ? `${start}\\` : `\\${start}`,
    );
}

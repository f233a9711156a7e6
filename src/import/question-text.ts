/** A question's text with the number it was written with, if any. */
export interface NumberedText {
  no: number | null;
  text: string;
}

/** A digit after the mark makes a version, a section or a time: 3.5, 1.3.2, 10:30. */
const number =
  /^(?:(?:Q|문제|질문|문항)\s*)?(\d{1,3})\s*[.):](?!\d)\s*(?=\S)|^(?:Q|문제|질문|문항)\s*(\d{1,3})\s+(?=\S)/iu;
const boldNumber = /^\*\*\s*((?:Q|문제|질문|문항)?\s*\d{1,3}\s*[.):])\s*\*\*/iu;

/** A text without the bold marks around the whole of it. */
function withoutBold(text: string): string {
  const inner = text.startsWith('**') && text.endsWith('**') ? text.slice(2, -2) : '';
  return inner === '' || inner.includes('**') ? text : inner.trim();
}

/** Splits `3. 질문`, `Q3) 질문`, `**3. 질문**`, `**3.** 질문` into number and text. */
export function readNumberedText(written: string): NumberedText {
  const plain = withoutBold(written.trim()).replace(boldNumber, '$1');
  const match = number.exec(plain);
  if (!match) return { no: null, text: plain };
  return { no: Number(match[1] ?? match[2]), text: withoutBold(plain.slice(match[0].length).trim()) };
}

const boldLine = /^\s*\*\*\s*(?:(?:Q|문제|질문|문항)\s*)?\d{1,3}\s*[.)](?!\d)(?:[^*]|\*(?!\*))*\*\*\s*$/iu;

/** Whether a whole line is a numbered question in bold; a line that merely starts bold is not. */
export function isQuestionLine(line: string): boolean {
  return boldLine.test(line);
}

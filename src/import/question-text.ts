/** A question's text with the number it was written with, if any. */
export interface NumberedText {
  no: number | null;
  text: string;
}

const number =
  /^(?:(?:Q|문제|질문|문항)\s*)?(\d{1,3})\s*[.):]\s*(?=\S)|^(?:Q|문제|질문|문항)\s*(\d{1,3})\s+(?=\S)/iu;

/** Splits `3. 질문`, `Q3) 질문`, `**3. 질문**` into number and text. */
export function readNumberedText(written: string): NumberedText {
  const plain = written
    .trim()
    .replace(/^\*\*([\s\S]+)\*\*$/u, '$1')
    .trim();
  const match = number.exec(plain);
  if (!match) return { no: null, text: plain };
  const text = plain
    .slice(match[0].length)
    .replace(/^\*\*\s*/u, '')
    .trim();
  return { no: Number(match[1] ?? match[2]), text };
}

const boldLine = /^\s*\*\*\s*(?:(?:Q|문제|질문|문항)\s*)?\d{1,3}\s*[.)][^*]*\*\*\s*$/iu;

/** Whether a whole line is a numbered question in bold; a line that merely starts bold is not. */
export function isQuestionLine(line: string): boolean {
  return boldLine.test(line);
}

/** A question's text with the number it was written with, if any. */
export interface NumberedText {
  no: number | null;
  text: string;
}

const word = '(?:Q|문제|질문|문항)';
/** `12`, or `3-12` with the chapter's number before it. */
const digits = '(?:\\d{1,2}-)?(\\d{1,3})';
/** The exporter writes `1\.` where a line must not become a list. */
const mark = '번?\\s*\\\\?[.):：]';

const wordMark = '(?:Q\\s*[.):：]|(?:문제|질문|문항)\\s*[:：])';

/** A digit after the mark makes a version, a section or a time: 3.5, 1.3.2, 10:30. */
const numbered = [
  `(?:${word}\\s*)?${digits}\\s*${mark}(?!\\d)\\s*(?=\\S)`,
  `${word}\\s*${digits}번?\\s+(?=\\S)`,
  // A bracket or a colon behind it makes a link.
  `\\\\?\\[\\s*(?:${word}\\s*)?${digits}\\s*\\\\?\\](?![(:[])\\s*(?=\\S)`,
].map((form) => new RegExp(`^${form}`, 'iu'));
const boldNumber = new RegExp(
  `^\\*\\*\\s*((?:${word}\\s*)?${digits}\\s*${mark}|[①-⑳]|${wordMark})\\s*\\*\\*`,
  'iu',
);
/** Without a word before it, a sign behind a number makes it a question's: a year or an amount has none. */
const numberAlone = new RegExp(
  `^(?:${word}\\s*${digits}\\s*번?\\s*[.):：]?|${digits}\\s*(?:번\\s*[.):：]?|\\\\?[.)]))$`,
  'iu',
);
const circled = /^[①-⑳]\s*(?=\S)/u;
const wordAlone = new RegExp(`^${wordMark}\\s*(?=\\S)`, 'iu');

/** Whether a text is a question's number and nothing else: `Q3`, `문제 3`, `3번`, `3.`. */
export function isNumberAlone(text: string): boolean {
  return numberAlone.test(text);
}

const boldAround = /^\*\*((?:[^*]|\*(?!\*))+)\*\*$/u;

/** A text without the bold marks around the whole of it. */
function withoutBold(text: string): string {
  return boldAround.exec(text)?.[1]?.trim() || text;
}

/**
 * Splits `3. 질문`, `Q3) 질문`, `[3] 질문`, `③ 질문`, `**3. 질문**`, `**3.** 질문` into number and text. A number with
 * nothing behind it (`문제 3`, `3번`) stays the text as well.
 */
export function readNumberedText(written: string): NumberedText {
  const plain = withoutBold(written.trim()).replace(boldNumber, (_, number: string) => number);
  for (const form of numbered) {
    const match = form.exec(plain);
    if (match) return { no: Number(match[1]), text: withoutBold(plain.slice(match[0].length).trim()) };
  }
  const sign = circled.exec(plain)?.[0];
  if (sign !== undefined)
    return { no: plain.charCodeAt(0) - 0x245f, text: withoutBold(plain.slice(sign.length).trim()) };
  const [, withWord, withSign] = numberAlone.exec(plain) ?? [];
  const alone = withWord ?? withSign;
  if (alone !== undefined) return { no: Number(alone), text: plain };
  const asked = wordAlone.exec(plain)?.[0];
  return { no: null, text: asked === undefined ? plain : withoutBold(plain.slice(asked.length).trim()) };
}

/** Whether a whole line is a numbered question in bold; a line that merely starts bold is not. */
export function isQuestionLine(line: string): boolean {
  const written = line.trim();
  return withoutBold(written) !== written && readNumberedText(written).no !== null;
}

const asksAtEnd = /(?:[?？]|(?:요|오|라|시오|것)\s*[.。])[\s*)]*$/u;
const asksPolitely = /(?:세요|시오|하라|인가요?|까요?|나요|무엇인가)[\s*.]*$/u;

/** Whether a text reads as a question, by its number or its end. */
export function isAsked(text: string): boolean {
  return readNumberedText(text).no !== null || endsAsQuestion(text);
}

/** Whether a page's title reads as a question; a number before it may be the chapter's. */
export function isAskedTitle(title: string): boolean {
  return endsAsQuestion(title) || new RegExp(`^${word}\\s*\\d`, 'iu').test(title);
}

/** Whether a text ends as questions and tasks do. */
export function endsAsQuestion(text: string): boolean {
  return asksAtEnd.test(text) || asksPolitely.test(text);
}

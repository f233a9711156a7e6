import { natureOf } from '../core/answer-text.ts';
import type { TextPart } from './attempt-parts.ts';
import type { Callout } from './callouts.ts';
import { fencedLines } from './fences.ts';
import { shapesIn } from './labels.ts';
import type { ModelAnswer } from './model-answers.ts';
import type { PageWords } from './page-words.ts';
import type { NumberedText } from './question-text.ts';
import { type Body, readBody } from './read-body.ts';
import type { LineRange } from './slice.ts';

/** A question with the document and line it stands in. */
export interface PlacedQuestion {
  file: string;
  question: NumberedText;
  line: number;
}

/** What stands below a question, without model answers. */
export interface WithoutModels extends Body {
  models: ModelAnswer[];
  /** What stands below a model answer where it may be anybody's. */
  left: LineRange[];
}

/** Where a label in a text announces the model answer. */
interface Cut {
  /** The line on which the model answer begins, and its last one. */
  line: number;
  to: number;
  rest: string;
  form: 'label' | 'marked' | 'quotation';
}

function labelCut(lines: readonly string[], words: PageWords): Cut | null {
  for (const { line, whole, form, cuts } of shapesIn(lines, { from: 1, to: lines.length })) {
    const cut = cuts.find(({ label }) => words.isAnswerLabel(label));
    if (cut) return { line, to: lines.length, rest: cut.rest, form: 'label' };
    const rest = form === 'heading' ? null : words.behindModelLabel(whole, false);
    if (rest !== null) return { line, to: lines.length, rest, form: 'marked' };
  }
  return null;
}

const quoted = /^\s{0,3}>\s?(.*)$/u;

/** The first quotation that begins with a label. */
function quotationCut(lines: readonly string[], words: PageWords): Cut | null {
  const isCode = fencedLines(lines);
  let isInside = false;
  for (const [index, line] of lines.entries()) {
    const text = isCode[index] ? undefined : quoted.exec(line)?.[1];
    const rest = text === undefined || isInside ? null : words.behindModelLabel(text, false);
    isInside = text !== undefined;
    if (rest === null) continue;
    const behind = lines.slice(index).findIndex((own) => !quoted.test(own));
    return {
      line: index + 1,
      to: behind < 0 ? lines.length : index + behind,
      rest,
      form: 'quotation',
    };
  }
  return null;
}

function modelCut(lines: readonly string[], words: PageWords): Cut | null {
  const [label, quotation] = [labelCut(lines, words), quotationCut(lines, words)];
  return !label || (quotation && quotation.line < label.line) ? quotation : label;
}

function modelText(lines: readonly string[], { line, to, rest, form }: Cut, words: PageWords): string {
  const plain = form === 'quotation' ? lines.map((own) => quoted.exec(own)?.[1] ?? own) : lines;
  const { callouts, notes } = readBody(plain, { from: line, to, rest }, words.icons);
  return [...callouts, ...notes]
    .sort((a, b) => a.from - b.from)
    .map((part) => part.text)
    .join('\n\n');
}

/** What a callout leaves of a model answer that it says to hold; null where it says no such thing. */
function modelInCallout({ text }: Callout, words: PageWords): string | null {
  const [first = '', ...others] = text.replace(/^\s*\n/u, '').split('\n');
  const rest = words.behindModelLabel(first, true);
  if (rest === null) return null;
  const model = [rest, ...others].join('\n').trim();
  // Words of a member who gives no answer name the model answer as well.
  const isNoAnswer = natureOf(text) === 'declared_replacement' || natureOf(model) === 'dont_know';
  return isNoAnswer ? null : model;
}

/** Reads the parts below a question in order. */
class Separation {
  readonly #found: WithoutModels = { callouts: [], notes: [], models: [], left: [] };
  readonly #question: PlacedQuestion;
  readonly #words: PageWords;
  readonly #isShared: boolean;
  /** The last lines, where they only say that the model answer follows. */
  #announced: LineRange | null = null;
  #isBelowModel = false;

  constructor(question: PlacedQuestion, words: PageWords, isShared: boolean) {
    this.#question = question;
    this.#words = words;
    this.#isShared = isShared;
  }

  readCallout(callout: Callout): void {
    const model = modelInCallout(callout, this.#words);
    if (model !== null || this.#announced) this.#add(callout, model ?? callout.text, true);
    else if (this.#isBelowModel && this.#isShared) this.#found.left.push(callout);
    else this.#found.callouts.push(callout);
  }

  readNote(note: TextPart): void {
    const lines = note.text.split('\n');
    const cut = this.#announced ? null : modelCut(lines, this.#words);
    if (this.#announced) this.#add(note, note.text, true);
    else if (!cut) this.#keep(note);
    else {
      const first = note.from + cut.line - 1;
      const before = lines.slice(0, cut.line - 1).join('\n');
      this.#keep({ from: note.from, to: first - 1, text: before.trimEnd() });
      const isToEnd = cut.to === lines.length;
      const range = { from: first, to: isToEnd ? note.to : note.from + cut.to - 1 };
      this.#add(range, modelText(lines, cut, this.#words), cut.form !== 'label');
      if (isToEnd) return;
      const rest = { from: range.to + 1, to: note.to, text: lines.slice(cut.to).join('\n') };
      if (rest.text.trim() !== '') this.readNote(withoutBlankLines(rest));
    }
  }

  /** A name with nothing below announces nothing. */
  end(): WithoutModels {
    if (this.#announced) this.#found.left.push(this.#announced);
    return this.#found;
  }

  #keep(note: TextPart): void {
    if (note.text.trim() === '') return;
    if (this.#isBelowModel && this.#isShared) this.#found.left.push(note);
    else this.#found.notes.push(note);
  }

  #add({ from, to }: LineRange, text: string, isGuess: boolean): void {
    const { file, question, line } = this.#question;
    const body = { from: this.#announced?.from ?? from, to };
    this.#announced = text === '' ? body : null;
    this.#isBelowModel = true;
    if (text === '') return;
    const guess = isGuess ? { isGuess } : {};
    this.#found.models.push({ file, no: question.no, question: question.text, text, line, body, ...guess });
  }
}

function withoutBlankLines({ from, to, text }: TextPart): TextPart {
  const blank = /^(?:[ \t]*\n)*/u.exec(text)?.[0] ?? '';
  return { from: from + blank.split('\n').length - 1, to, text: text.slice(blank.length) };
}

/**
 * Takes model answers out of what stands below a question: callouts, quotations and lines that begin with a name of
 * model answers.
 * @param isShared whether what stands below a model answer may be anybody's
 */
export function withoutModels(
  { callouts, notes }: Body,
  question: PlacedQuestion,
  words: PageWords,
  isShared: boolean,
): WithoutModels {
  const separation = new Separation(question, words, isShared);
  const parts = [
    ...callouts.map((callout) => ({ from: callout.from, read: () => separation.readCallout(callout) })),
    ...notes.map((note) => ({ from: note.from, read: () => separation.readNote(note) })),
  ];
  for (const { read } of parts.sort((a, b) => a.from - b.from)) read();
  return separation.end();
}

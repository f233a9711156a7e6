import { takeApartBelow } from './below-question.ts';
import { formOf, kindOf, type LabelKind, type LabelledContext, type LabelState } from './label-kinds.ts';
import { ownLines, questionBelow } from './label-lines.ts';
import { type LabelForm, type Shape, shapesIn } from './labels.ts';
import type { ModelAnswer } from './model-answers.ts';
import type { PlacedQuestion } from './models-below.ts';
import { Namesakes } from './namesakes.ts';
import { modelsAmong, wholeText } from './nobodys-text.ts';
import { isNumberAlone, type NumberedText, readNumberedText } from './question-text.ts';
import { type BodyLines, readBody } from './read-body.ts';
import type { RawSubmission } from './read-item.ts';
import { type LineRange, sliceLines } from './slice.ts';

/** What was found. */
export interface LabelledText {
  raws: RawSubmission[];
  answers: ModelAnswer[];
  /** Lines of labels, which say nothing but what follows. */
  labels: { line: number; role: 'question' | 'member' | 'heading'; member?: string }[];
  /** Lines that belong to nobody. */
  stray: LineRange[];
}

/** Reads lines in which labels stand: at the left, outside of code and callouts. */
class LabelledReader {
  readonly found: LabelledText = { raws: [], answers: [], labels: [], stray: [] };
  readonly #source: readonly string[];
  readonly #context: LabelledContext;
  readonly #names: Namesakes;
  readonly #work = new Map<string, RawSubmission>();
  readonly #state: LabelState;
  #target: 'own' | 'model' | 'guess' | 'nobody' = 'nobody';
  #body: BodyLines;
  #bodyForm: LabelForm = 'heading';
  /** Whether the lines since the last label begin with a heading that is nobody's. */
  #isLeft = false;

  constructor(source: readonly string[], range: LineRange, context: LabelledContext) {
    this.#source = source;
    this.#context = context;
    this.#names = new Namesakes(context.file);
    this.#body = { from: range.from, to: range.to };
    this.#state = {
      asked: null,
      form: null,
      member: context.member,
      memberShape: null,
      hasText: false,
      ownLabel: null,
    };
    if (!context.asked) return;
    const { title, line, level } = context.asked;
    this.#ask({ line, form: 'heading', level, whole: title, cuts: [] }, readNumberedText(title));
  }

  read(shape: Shape): void {
    const found = kindOf(shape, this.#state, this.#context, this.#source);
    if (!found) return;
    this.end(shape.line - 1, found.kind);
    const { line } = shape;
    this.#body = { from: line, to: line, rest: 'rest' in found ? found.rest : '' };
    this.#bodyForm = shape.form;
    this.#isLeft = found.kind === 'other';
    this.#turnTo(shape, found);
  }

  #turnTo(shape: Shape, found: LabelKind): void {
    if (found.kind === 'question') this.#ask(shape, found.question);
    else if (found.kind === 'member') this.#name(shape, found.member);
    else if (found.kind === 'own') this.#openOwn(shape, found.label);
    else if (found.kind === 'model') this.#openModel(shape, found.isGuess);
    else if (found.kind === 'unknown') this.#pass(shape);
    else this.#leave(shape);
  }

  #ask(shape: Shape, question: NumberedText): void {
    const { line } = shape;
    const state = this.#state;
    state.form ??= formOf(shape, question);
    const below = isNumberAlone(question.text) ? questionBelow(this.#source, line) : null;
    const to = below ?? line;
    const text = below === null ? question.text : (this.#source[below - 1] ?? '').trim();
    state.asked = { from: line, to, question: { ...question, text }, shape };
    if (below !== null) this.#body = { from: below, to: below, rest: '' };
    state.memberShape = null;
    state.member = this.#context.member;
    state.ownLabel = null;
    this.#target = state.member === null ? 'nobody' : 'own';
    this.found.labels.push({ line, role: 'question' });
    if (state.member !== null) this.#workOf(line);
  }

  #name(shape: Shape, member: string): void {
    const { asked } = this.#state;
    if (asked) this.#names.see(member, shape.whole, String(asked.from), shape.line);
    Object.assign(this.#state, {
      member,
      memberShape: shape,
      hasText: this.#body.rest !== '',
      ownLabel: null,
    });
    this.#target = 'own';
    if (this.#body.rest === '') this.found.labels.push({ line: shape.line, role: 'member', member });
    this.#workOf(shape.line);
  }

  /** What stands above such a label is the question's, or what an unlike label before it announced. */
  #openOwn(shape: Shape, label: string): void {
    const state = this.#state;
    const raw = this.#workOf(shape.line);
    if (raw && state.asked && state.memberShape === null) {
      const { question } = state.asked;
      const above = [...raw.callouts, ...raw.notes].map(({ text }) => text).join('\n\n');
      const body = { from: state.asked.to + 1, to: shape.line - 1 };
      if (above !== '' && state.ownLabel !== null) {
        this.#addModel(above, body);
      } else if (above !== '') {
        state.asked.question = { ...question, text: `${question.text}\n${above}` };
        state.asked.to = body.to;
        raw.question = state.asked.question;
        raw.asked = { from: state.asked.from, to: body.to };
      }
      raw.callouts = [];
      raw.notes = [];
    }
    state.ownLabel = label;
    this.#target = 'own';
    if (this.#body.rest === '') this.found.labels.push({ line: shape.line, role: 'heading' });
  }

  #openModel({ line }: Shape, isGuess: boolean): void {
    this.#target = isGuess ? 'guess' : 'model';
    if (this.#body.rest === '') this.found.labels.push({ line, role: 'heading' });
  }

  /** What follows may be somebody's, but whose is not known; the question goes on. */
  #pass({ line }: Shape): void {
    this.#body = { from: line, to: line };
    this.#target = 'nobody';
  }

  #leave({ line }: Shape): void {
    this.#body = { from: line, to: line };
    Object.assign(this.#state, { asked: null, memberShape: null, ownLabel: null });
    this.#target = 'nobody';
  }

  #workOf(line: number): RawSubmission | null {
    const { member, asked } = this.#state;
    if (member === null || asked === null) return null;
    const key = JSON.stringify([asked.from, member]);
    const existing = this.#work.get(key);
    if (existing) return existing;
    const raw: RawSubmission = {
      file: this.#context.file,
      member,
      from: line,
      to: line,
      question: asked.question,
      asked: { from: asked.from, to: asked.to },
      callouts: [],
      notes: [],
      inline: [],
      later: [],
      isPlain: true,
    };
    this.#work.set(key, raw);
    this.found.raws.push(raw);
    return raw;
  }

  /** Gives the lines since the last label to whom they belong. @param next what the next label announces */
  end(line: number, next: LabelKind['kind'] | null = null): void {
    const body = { ...this.#body, to: line };
    const below = { from: body.from + (body.rest === undefined ? 0 : 1), to: line };
    const isEmpty = sliceLines(this.#source, below, 0) === '' && (body.rest ?? '') === '';
    if (isEmpty) return;
    if (this.#isLeft && sliceLines(this.#source, { from: body.from + 1, to: line }, 0) === '')
      this.found.labels.push({ line: body.from, role: 'heading' });
    else if (this.#target === 'model' && this.#state.asked) this.#giveModel(body, false);
    // Between two members it may be the first one's own.
    else if (this.#target === 'guess' && (next !== 'member' || this.#state.memberShape === null))
      this.#giveModel(body, true);
    else if (this.#target === 'own') this.#giveOwn(body);
    else this.#giveNobody(body);
  }

  #giveNobody({ from, to, rest }: BodyLines): void {
    const body = { from: rest === '' ? from + 1 : from, to };
    const placed = this.#context.member === null ? this.#placed() : null;
    const found = placed && modelsAmong(this.#source, body, placed, this.#context.words);
    this.found.answers.push(...(found?.models ?? []));
    this.found.stray.push(...(found?.others ?? [body]));
  }

  #placed(): PlacedQuestion | null {
    const { asked } = this.#state;
    return asked && { file: this.#context.file, question: asked.question, line: asked.from };
  }

  #giveModel(body: BodyLines, isGuess: boolean): void {
    this.#addModel(wholeText(this.#source, body, this.#context.words), body, isGuess);
  }

  #addModel(text: string, { from, to }: LineRange, isGuess = false): void {
    const placed = this.#placed();
    if (!placed) return;
    const { file, line } = placed;
    const { no, text: question } = placed.question;
    const guess = isGuess ? { isGuess } : {};
    this.found.answers.push({ file, no, question, text, line, body: { from, to }, ...guess });
  }

  #giveOwn(body: BodyLines): void {
    const own = ownLines(this.#source, body, this.#bodyForm);
    const raw = this.#workOf(own.from);
    if (!raw) {
      this.#giveNobody(body);
      return;
    }
    const { words, file } = this.#context;
    const read = readBody(this.#source, own, words.icons);
    const placed = { file, question: raw.question, line: raw.asked?.from ?? raw.from };
    const below = takeApartBelow(read, placed, words, this.#source, {
      hasLabels: true,
      isShared: this.#state.memberShape !== null && this.#bodyForm !== 'bullet',
    });
    this.found.stray.push(...below.left.map(({ from, to }) => ({ from, to })));
    raw.callouts.push(...below.callouts);
    raw.notes.push(...below.notes);
    raw.later = [...(raw.later ?? []), ...below.later];
    raw.models = [...(raw.models ?? []), ...below.models];
    raw.to = Math.max(raw.to, own.to);
    if (own.to < body.to) this.#giveNobody({ from: own.to + 1, to: body.to });
  }
}

/** Reads lines in which labels say whose text, or to what question, follows. */
export function readLabelledText(
  source: readonly string[],
  range: LineRange,
  context: LabelledContext,
): LabelledText {
  const reader = new LabelledReader(source, range, context);
  for (const shape of shapesIn(source, range)) reader.read(shape);
  reader.end(range.to);
  return reader.found;
}

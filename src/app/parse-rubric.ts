import { LineCounter, parseDocument } from 'yaml';
import { remembered } from '../core/remembered.ts';
import { type RubricFile, rubricFileSchema } from '../core/rubric.ts';
import { nodeAt, parseYaml } from './parse-yaml.ts';

/** A service reads the same few files for every request. */
const filesKept = 20;
/** Stands in no path. */
const separator = '\0';
const parsed = remembered((fileAndText) => {
  const at = fileAndText.indexOf(separator);
  const [file, text] = [fileAndText.slice(0, at), fileAndText.slice(at + separator.length)];
  return parseYaml(text, file, { name: { ko: '루브릭', en: 'rubric' }, schema: rubricFileSchema });
}, filesKept);

/**
 * Reads a rubric file.
 * @returns what it holds, shared with whoever reads the same, so not to be changed
 * @throws ConfigError naming file, line and setting when it is not YAML or not a rubric
 */
export function parseRubricFile(text: string, file: string): RubricFile {
  return parsed(`${file}${separator}${text}`);
}

/**
 * Where the key points of a valid rubric file stand.
 * @returns a function from a question and the place of a key point in it, from 0 (null: the question as a
 *   whole) to a line from 1, or null when it is not in this file
 */
export function keyPointLines(text: string): (question: number, index: number | null) => number | null {
  const counter = new LineCounter();
  const { contents } = parseDocument(text, { lineCounter: counter, prettyErrors: false });
  return (question, index) => {
    const whole = ['questions', String(question)];
    const node = nodeAt(contents, index === null ? whole : [...whole, 'keyPoints', index]);
    const isThere = node !== null && node !== nodeAt(contents, whole.slice(0, 1)) && node !== contents;
    return isThere ? counter.linePos(node.range?.[0] ?? 0).line : null;
  };
}

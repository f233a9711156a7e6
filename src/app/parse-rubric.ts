import { LineCounter, parseDocument } from 'yaml';
import { type RubricFile, rubricFileSchema } from '../core/rubric.ts';
import { nodeAt, parseYaml } from './parse-yaml.ts';

/**
 * Reads a rubric file.
 * @throws ConfigError naming file, line and setting when it is not YAML or not a rubric
 */
export function parseRubricFile(text: string, file: string): RubricFile {
  return parseYaml(text, file, { name: { ko: '루브릭', en: 'rubric' }, schema: rubricFileSchema });
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

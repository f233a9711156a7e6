import { type Command, InvalidArgumentError, Option } from 'commander';
import { languages } from '../core/localized.ts';

/** Where grades and replies are kept when no option says otherwise. */
export const database = '.answer-grader/grades.db';

function number(isValid: (value: number) => boolean, wanted: string): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() === '' || !isValid(value)) throw new InvalidArgumentError(wanted);
    return value;
  };
}

/** Names are compared in the composed form in which the importer keeps them. */
export function name(text: string): string {
  return text.trim().normalize('NFC');
}

function collected(value: string, previous: readonly string[] = []): string[] {
  return [...previous, value];
}

/** A second value would silently replace the first. */
export function onlyOne(value: string, previous: readonly string[] | undefined): string[] {
  if (previous !== undefined) throw new InvalidArgumentError('It takes one model.');
  return [value];
}

/** A text that says something. */
export function words(text: string): string {
  const own = text.trim();
  if (own === '') throw new InvalidArgumentError('It must not be blank.');
  return own;
}

export const counting = number(
  (value) => Number.isInteger(value) && value >= 1,
  'It takes a whole number from 1.',
);
export const amount = number((value) => Number.isFinite(value) && value > 0, 'It takes an amount above 0.');
export const score = number((value) => value >= 0 && value <= 100, 'It takes a score from 0 to 100.');

export function common(command: Command): Command {
  return command
    .option('--json', 'print one JSON document on standard output')
    .addOption(
      new Option('--lang <language>', 'language of messages, feedback and reports').choices(languages),
    );
}

export function judging(command: Command): Command {
  return command
    .addOption(
      new Option('--judge <kind>', 'auto: the model if a key or address is set, else the offline baseline')
        .choices(['auto', 'llm', 'offline'])
        .default('auto'),
    )
    .option(
      '--model <id>',
      'model to ask (ANSWER_GRADER_MODEL), or a name from the configuration file; several are a panel',
      collected,
    )
    .option('--samples <number>', 'ask each model so often and take the median', counting)
    .option('--config <file>', 'configuration file with named models (default: answer-grader.yaml)')
    .option('--base-url <url>', 'address of an OpenAI-compatible API (OPENAI_BASE_URL)')
    .option('--fresh', 'ask the model again even where its reply is kept')
    .option('--rubric <file>', 'rubric to use instead of rubrics/<chapter>.yaml')
    .option('--db <file>', 'where grades and replies are kept', database);
}

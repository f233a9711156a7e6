import { type Command, InvalidArgumentError, Option } from 'commander';
import { ConfigError } from '../core/errors.ts';
import { languages } from '../core/localized.ts';
import { addressOfGroup, isPostgresAddress } from '../core/postgres-address.ts';
import { readerNames } from '../import/reader-names.ts';

/** Where grades and replies are kept when nothing says otherwise. */
const database = '.answer-grader/grades.db';

/** Not the error of an option, which is shown with its value: that may hold a password. */
function otherAddress(): ConfigError {
  return new ConfigError({
    ko: '데이터베이스로는 SQLite 파일이나 postgres:// 주소만 쓸 수 있습니다. --db나 DATABASE_URL에 준 주소를 고치세요.',
    en: 'a database is an SQLite file or a postgres:// address; mend the other address that was given as one (--db, DATABASE_URL).',
  });
}

/** A file, or the address of a group's part of a PostgreSQL database. */
export function place(text: string): string {
  if (isPostgresAddress(text)) return addressOfGroup(text, process.env['ANSWER_GRADER_GROUP']);
  if (/^\w+:\/\//u.test(text)) throw otherAddress();
  return text;
}

/** The option that says where things are kept. @param what is kept there */
export function keptIn(what: string): Option {
  const option = new Option(
    '--db <place>',
    `where ${what} are kept: an SQLite file, or a postgres:// address`,
  )
    .argParser(place)
    .default(database);
  const isBlank = process.env['DATABASE_URL']?.trim() === '';
  return isBlank ? option : option.env('DATABASE_URL');
}

/** The option that says which database workers and services share. */
export function sharedDatabase(): Option {
  return new Option('--db <address>', 'address of the PostgreSQL database that they share, postgres://…')
    .argParser(place)
    .env('DATABASE_URL');
}

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

export function collected(value: string, previous: readonly string[] = []): string[] {
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
export const numberFrom0 = number(
  (value) => Number.isInteger(value) && value >= 0,
  'It takes a whole number from 0.',
);
export const port = number(
  (value) => Number.isInteger(value) && value >= 0 && value <= 65_535,
  'It takes a port from 0 to 65535.',
);
export const amount = number((value) => Number.isFinite(value) && value > 0, 'It takes an amount above 0.');
export const score = number((value) => value >= 0 && value <= 100, 'It takes a score from 0 to 100.');

/** @param languageOf what `--lang` is the language of */
export function speaking(command: Command, languageOf: string): Command {
  return command.addOption(new Option('--lang <language>', `language of ${languageOf}`).choices(languages));
}

/** @param languageOf what `--lang` is the language of */
export function common(command: Command, languageOf = 'messages, feedback and reports'): Command {
  command.option('--json', 'print one JSON document on standard output');
  return speaking(command, languageOf);
}

/** Options that say who judges. */
export function choosingJudge(command: Command): Command {
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
    .option('--base-url <url>', 'address of an OpenAI-compatible API (OPENAI_BASE_URL)');
}

export function judging(command: Command): Command {
  return choosingJudge(command)
    .option('--fresh', 'ask the model again even where its reply is kept')
    .option('--rubric <file>', 'rubric to use instead of rubrics/<chapter>.yaml')
    .addOption(keptIn('grades and replies'));
}

/** Options that say how documents are to be read. */
export function reading(command: Command): Command {
  return command
    .option(
      '--format <name>',
      `how the answers were handed in, where it cannot be told: ${readerNames.join(', ')}`,
    )
    .option(
      '--mapping <file>',
      'what columns, headings, icons and names mean (default: import.yaml beside it)',
    );
}

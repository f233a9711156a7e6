import { basename, dirname, isAbsolute, join, resolve } from 'node:path';
import { ConfigError } from '../core/errors.ts';
import {
  completeRubric,
  extendRubric,
  missingSettings,
  type Rubric,
  type RubricFile,
  type RubricInput,
} from '../core/rubric.ts';
import { unknownExampleLevel } from '../core/rubric-examples.ts';
import type { Files } from '../files.ts';
import { fingerprint } from '../judge/fingerprint.ts';
import { parseRubricFile } from './parse-rubric.ts';
import { readText } from './read-text.ts';

export interface LoadedRubric {
  rubric: Rubric;
  /** Its name for messages. */
  file: string;
  /** Its file, full path; null when it was given as a value. */
  path: string | null;
  /** Fingerprint of everything in it, what it extends included. */
  hash: string;
}

/** Where rubrics are looked for. */
export interface RubricPlaces {
  /** The working folder. */
  folder: string;
  /** The folder of the rubric that comes with the program. */
  builtIn: string;
}

async function readRubricFile(file: string, files: Files): Promise<RubricFile> {
  return parseRubricFile(await readText(file, files), file);
}

async function resolveExtends(
  file: string,
  files: Files,
  places: RubricPlaces,
  chain: readonly string[] = [],
): Promise<RubricFile> {
  if (chain.includes(resolve(file))) {
    throw new ConfigError(
      { ko: '루브릭이 자기 자신을 extends로 부릅니다.', en: 'the rubric extends itself.' },
      { place: { file } },
    );
  }
  const own = await readRubricFile(file, files);
  if (own.extends === undefined) return own;
  const beside = isAbsolute(own.extends) ? own.extends : join(dirname(file), own.extends);
  const builtIn = join(places.builtIn, 'default.yaml');
  // A group's own default.yaml extends the one that comes with the program, not itself.
  const extendsBuiltIn =
    own.extends === 'default.yaml' &&
    resolve(file) !== resolve(builtIn) &&
    (resolve(file) === resolve(beside) || (await files.readIfThere(beside)) === null);
  const base = extendsBuiltIn ? builtIn : beside;
  if (!extendsBuiltIn && (await files.readIfThere(beside)) === null) {
    throw new ConfigError(
      {
        ko: `extends가 가리키는 ${own.extends} 파일이 없습니다.`,
        en: `extends names ${own.extends}, and there is no such file.`,
      },
      { place: { file } },
    );
  }
  return extendRubric(await resolveExtends(base, files, places, [...chain, resolve(file)]), own);
}

function complete(merged: RubricFile, file: string, path: string | null): LoadedRubric {
  const missing = missingSettings(merged);
  if (missing.length > 0) {
    throw new ConfigError(
      {
        ko: `루브릭에 ${missing.join(', ')} 항목이 없습니다. 맨 위에 "extends: default.yaml"을 적으면 기본값을 씁니다.`,
        en: `the rubric lacks ${missing.join(', ')}; write "extends: default.yaml" at its top to take the defaults.`,
      },
      { place: { file } },
    );
  }
  const rubric = completeRubric(merged);
  const unknown = unknownExampleLevel(rubric);
  if (unknown) {
    const { question, example, criterion, level, known } = unknown;
    const list = known.join(', ');
    throw new ConfigError(
      {
        ko: `질문 ${question}의 ${example + 1}번째 예시: "${criterion}: ${level}"에 맞는 항목이나 수준이 없습니다. 쓸 수 있는 것: ${list}.`,
        en: `question ${question}, example ${example + 1}: there is no criterion and level "${criterion}: ${level}"; known are ${list}.`,
      },
      { place: { file } },
    );
  }
  return { rubric, file, path, hash: fingerprint(rubric).slice(0, 16) };
}

/**
 * Reads a rubric with everything it extends.
 * @throws ConfigError with file and line when it is not valid or not complete
 */
export async function loadRubric(file: string, files: Files, places: RubricPlaces): Promise<LoadedRubric> {
  return complete(await resolveExtends(file, files, places), file, resolve(file));
}

/**
 * A rubric given as a value, laid over the default one.
 * @throws ConfigError when it is not valid
 */
export async function rubricFrom(
  input: RubricInput,
  files: Files,
  places: RubricPlaces,
): Promise<LoadedRubric> {
  const own = parseRubricFile(JSON.stringify(input), 'rubric');
  const base = await resolveExtends(join(places.builtIn, 'default.yaml'), files, places);
  return complete(extendRubric(base, own), 'rubric', null);
}

async function findIn(folder: string, name: string, files: Files): Promise<string | undefined> {
  const wanted = [`${name}.yaml`, `${name}.yml`].map((item) => item.normalize('NFC'));
  return (await files.list(folder)).find((path) => wanted.includes(basename(path).normalize('NFC')));
}

/** The file itself, where a document lies in an archive. */
function onDisk(file: string): string {
  return file.replace(/(?<=\.zip)!.*$/iu, '');
}

/**
 * The rubric file of a chapter: `rubrics/<chapter>.yaml` in the working folder, beside the chapter's document
 * or beside its folder; else `rubrics/default.yaml` in these places; else the one that comes with the program.
 */
export async function findRubric(
  chapterId: string,
  chapterFile: string,
  files: Files,
  places: RubricPlaces,
): Promise<string> {
  const beside = dirname(resolve(onDisk(chapterFile)));
  // A free answer has no file, so nothing lies beside it.
  const nearby = chapterFile === '' ? [] : [join(beside, 'rubrics'), join(beside, '..', 'rubrics')];
  const folders = [join(places.folder, 'rubrics'), ...nearby];
  for (const name of [chapterId, 'default']) {
    for (const folder of folders) {
      const found = await findIn(folder, name, files);
      if (found) return found;
    }
  }
  return join(places.builtIn, 'default.yaml');
}

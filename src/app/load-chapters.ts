import { normalize } from 'node:path';
import type { Chapter } from '../core/chapter.ts';
import { InputError } from '../core/errors.ts';
import type { Localized } from '../core/localized.ts';
import type { Files } from '../files.ts';
import { chaptersOfTable } from '../import/chapters-of-table.ts';
import { decodeDocument } from '../import/decode.ts';
import { importChapter } from '../import/import-chapter.ts';

export interface LoadedChapter {
  file: string;
  chapter: Chapter;
}

export interface LoadedChapters {
  chapters: LoadedChapter[];
  /** Files of a folder that are not chapters (with the line, where one is at fault), with why. */
  skipped: { file: string; why: Localized }[];
}

const page = /\.(?:md|markdown)$/iu;
const table = /\.(?:csv|tsv|jsonl|ndjson)$/iu;

/** A page holds one chapter, a table of answers one or several. */
async function loadFile(file: string, files: Files): Promise<LoadedChapter[]> {
  const chapters = table.test(file)
    ? await chaptersOfTable(() => files.chunks(file), file)
    : [importChapter(decodeDocument(await files.read(file), file), file)];
  return chapters.map((chapter) => ({ file, chapter }));
}

function emptyFolder(folder: string): InputError {
  return new InputError(
    {
      ko: '이 폴더에는 단원으로 읽을 수 있는 .md, .csv, .jsonl 파일이 없습니다. Notion에서 Markdown으로 내보낸 파일이나 답을 적은 표를 넣으세요.',
      en: 'no .md, .csv or .jsonl file in this folder can be read as a chapter; put a Notion page exported as Markdown or a table of answers here.',
    },
    { place: { file: folder } },
  );
}

async function loadFolder(folder: string, files: Files): Promise<LoadedChapters> {
  const result: LoadedChapters = { chapters: [], skipped: [] };
  const faults: InputError[] = [];
  const documents = (await files.list(folder)).filter((file) => page.test(file) || table.test(file));
  for (const file of documents) {
    try {
      result.chapters.push(...(await loadFile(file, files)));
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      faults.push(error);
      const { line } = error.place;
      result.skipped.push({ file: line === undefined ? file : `${file}:${line}`, why: error.text });
    }
  }
  const [only, ...others] = faults;
  if (result.chapters.length === 0 && only && others.length === 0) throw only;
  if (result.chapters.length === 0) throw emptyFolder(folder);
  return result;
}

/**
 * Reads chapters from files and folders (in a folder every Markdown page and every table of answers, CSV or
 * JSONL, is read).
 * @throws InputError when a path cannot be read as a chapter, or two documents bear the same title
 */
export async function loadChapters(paths: readonly string[], files: Files): Promise<LoadedChapters> {
  const all: LoadedChapters = { chapters: [], skipped: [] };
  for (const path of new Set(paths.map((given) => normalize(given)))) {
    const loaded = (await files.isFolder(path))
      ? await loadFolder(path, files)
      : { chapters: await loadFile(path, files), skipped: [] };
    all.chapters.push(...loaded.chapters);
    all.skipped.push(...loaded.skipped);
  }
  const byId = new Map<string, LoadedChapter>();
  for (const loaded of all.chapters) {
    const { chapter, file } = loaded;
    const twin = byId.get(chapter.id);
    byId.set(chapter.id, loaded);
    if (!twin) continue;
    throw new InputError(
      {
        ko: `제목 "${chapter.title}"이(가) ${twin.file}에도 있습니다. 단원마다 제목을 다르게 하세요.`,
        en: `the title "${chapter.title}" is also that of ${twin.file}; give every chapter a title of its own.`,
      },
      { place: { file } },
    );
  }
  return all;
}

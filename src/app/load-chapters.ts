import { normalize } from 'node:path';
import type { Chapter } from '../core/chapter.ts';
import { InputError } from '../core/errors.ts';
import type { Localized } from '../core/localized.ts';
import type { Files } from '../files.ts';
import { decodeDocument } from '../import/decode.ts';
import { importChapter } from '../import/import-chapter.ts';

export interface LoadedChapter {
  file: string;
  chapter: Chapter;
}

export interface LoadedChapters {
  chapters: LoadedChapter[];
  /** Files of a folder that are not chapters, with why. */
  skipped: { file: string; why: Localized }[];
}

async function loadFile(file: string, files: Files): Promise<LoadedChapter> {
  return { file, chapter: importChapter(decodeDocument(await files.read(file), file), file) };
}

function emptyFolder(folder: string): InputError {
  return new InputError(
    {
      ko: '이 폴더에는 단원으로 읽을 수 있는 .md 파일이 없습니다. Notion에서 Markdown으로 내보낸 파일을 넣으세요.',
      en: 'no .md file in this folder can be read as a chapter; put a Notion page exported as Markdown here.',
    },
    { place: { file: folder } },
  );
}

async function loadFolder(folder: string, files: Files): Promise<LoadedChapters> {
  const result: LoadedChapters = { chapters: [], skipped: [] };
  const documents = (await files.list(folder)).filter((file) => /\.(?:md|markdown)$/iu.test(file));
  for (const file of documents) {
    try {
      result.chapters.push(await loadFile(file, files));
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      result.skipped.push({ file, why: error.text });
    }
  }
  const only = result.skipped[0];
  if (result.chapters.length === 0 && only && result.skipped.length === 1) {
    throw new InputError(only.why, { place: { file: only.file } });
  }
  if (result.chapters.length === 0) throw emptyFolder(folder);
  return result;
}

/**
 * Reads chapters from files and folders (every Markdown file in a folder is a chapter).
 * @throws InputError when a path cannot be read as a chapter, or two documents bear the same title
 */
export async function loadChapters(paths: readonly string[], files: Files): Promise<LoadedChapters> {
  const all: LoadedChapters = { chapters: [], skipped: [] };
  for (const path of new Set(paths.map((given) => normalize(given)))) {
    const loaded = (await files.isFolder(path))
      ? await loadFolder(path, files)
      : { chapters: [await loadFile(path, files)], skipped: [] };
    all.chapters.push(...loaded.chapters);
    all.skipped.push(...loaded.skipped);
  }
  for (const [index, { chapter, file }] of all.chapters.entries()) {
    const twin = all.chapters.slice(0, index).find((other) => other.chapter.id === chapter.id);
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

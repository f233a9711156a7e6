import { importDocument } from '../../app/import-document.ts';
import { type LoadedChapters, type LoadRequest, loadChapters } from '../../app/load-chapters.ts';
import { sourcesFor } from '../../compose.ts';
import type { UsedLine } from '../../core/line-use.ts';
import type { Language } from '../../core/localized.ts';
import { importExplanation, type UsedDocument } from '../../reports/import-explain.ts';
import { importTable } from '../../reports/import-table.ts';
import { type CommonOptions, type ExitCode, type Io, messageLanguage, writeJson } from '../io.ts';
import { skippedNotice } from '../notices.ts';

export type ImportOptions = CommonOptions & LoadRequest;

/** Chapters of one document have its lines in common. */
function documentsOf({ chapters }: LoadedChapters): UsedDocument[] {
  const uses = new Map(chapters.flatMap((chapter) => [...chapter.uses]));
  return [...uses].map(([file, own]) => ({ file, lines: own.entries() }));
}

function lineDocument(file: string, { line, use }: UsedLine) {
  return { file, line, ...use };
}

function jsonOf(loaded: LoadedChapters, isExplained: boolean, language: Language) {
  const documents = loaded.chapters.map(({ chapter, reading: { reader, sureness, why } }) => ({
    ...importDocument(chapter, language),
    reader: { name: reader, sureness, why: why[language] },
  }));
  const [only] = documents;
  const shown = documents.length === 1 && only ? only : { chapters: documents };
  if (!isExplained) return shown;
  const lines = documentsOf(loaded).flatMap(({ file, lines }) =>
    Array.from(lines, (line) => lineDocument(file, line)),
  );
  return { ...shown, lines };
}

/** `import PATH…`: shows what was understood, and with `--explain` what each line was taken for. */
export async function importCommand(paths: string[], options: ImportOptions, io: Io): Promise<ExitCode> {
  const language = messageLanguage(options, io);
  const loaded = await loadChapters(paths, sourcesFor(io.env), options);
  for (const item of loaded.skipped) io.err(skippedNotice(item, language));
  const isExplained = options.explain ?? false;
  if (options.json) {
    writeJson(io, { ...jsonOf(loaded, isExplained, language) });
    return 0;
  }
  const tables = loaded.chapters.map(({ chapter, file, reading }) =>
    importTable(chapter, file, reading, language),
  );
  io.out(tables.join('\n'));
  if (isExplained) io.out(`\n${importExplanation(documentsOf(loaded), language)}`);
  return 0;
}

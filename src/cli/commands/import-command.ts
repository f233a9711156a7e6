import { importDocument } from '../../app/import-document.ts';
import { loadChapters } from '../../app/load-chapters.ts';
import { files } from '../../compose.ts';
import { importTable } from '../../reports/import-table.ts';
import { type CommonOptions, type ExitCode, type Io, messageLanguage, writeJson } from '../io.ts';
import { skippedNotice } from '../notices.ts';

/** `import PATH…`: shows what was understood. */
export async function importCommand(paths: string[], options: CommonOptions, io: Io): Promise<ExitCode> {
  const language = messageLanguage(options, io);
  const { chapters, skipped } = await loadChapters(paths, files);
  for (const item of skipped) io.err(skippedNotice(item, language));
  if (!options.json) {
    io.out(chapters.map(({ chapter, file }) => importTable(chapter, file, language)).join('\n'));
    return 0;
  }
  const documents = chapters.map(({ chapter }) => importDocument(chapter, language));
  const [only] = documents;
  const shown = documents.length === 1 && only ? only : { chapters: documents };
  writeJson(io, { ...shown });
  return 0;
}

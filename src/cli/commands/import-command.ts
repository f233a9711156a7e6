import { importDocument } from '../../app/import-document.ts';
import { loadChapters } from '../../app/load-chapters.ts';
import { files } from '../../compose.ts';
import { importTable } from '../../reports/import-table.ts';
import { type CommonOptions, type ExitCode, type Io, messageLanguage, writeJson } from '../io.ts';

/** `import PATH…`: shows what was understood. */
export async function importCommand(paths: string[], options: CommonOptions, io: Io): Promise<ExitCode> {
  const language = messageLanguage(options, io);
  const { chapters, skipped } = await loadChapters(paths, files);
  for (const { file, why } of skipped) {
    io.err(`${file}: ${language === 'ko' ? '건너뜀' : 'skipped'}: ${why[language]}\n`);
  }
  if (!options.json) {
    io.out(chapters.map(({ chapter, file }) => importTable(chapter, file, language)).join('\n'));
    return 0;
  }
  const documents = chapters.map(({ chapter }) => importDocument(chapter, language));
  const [only] = documents;
  writeJson(io, documents.length === 1 && only ? only : { chapters: documents });
  return 0;
}

import { exportPages } from '../../app/hand-export.ts';
import { importPages } from '../../app/hand-import.ts';
import { files, isStored, openMemoryStore, openStore } from '../../compose.ts';
import { identityOf } from '../../compose-judging.ts';
import type { Language } from '../../core/localized.ts';
import { handExportText, handImportText, handTotals } from '../../reports/hand.ts';
import { type CommonOptions, type ExitCode, type Io, messageLanguage, writeJson } from '../io.ts';
import { modelAskedFor } from '../model-asked-for.ts';
import { prepareSelected, type SelectionOptions } from '../prepare-selected.ts';

export interface HandExportOptions extends SelectionOptions {
  model?: string[];
  baseUrl?: string;
  config?: string;
  perPage: number;
  db: string;
}

export interface HandImportOptions extends CommonOptions {
  db: string;
}

/** `batch export DIR PATH…`: what grading would ask, as pages to paste into any chat. */
export async function handExportCommand(
  folder: string,
  paths: string[],
  options: HandExportOptions,
  io: Io,
): Promise<ExitCode> {
  const messages = messageLanguage(options, io);
  const { endpoint } = await modelAskedFor(options, io, false);
  const chapters = await prepareSelected(paths, options, io);
  const database = options.db;
  // A look at kept replies makes no database.
  const replies = (await isStored(database)) ? await openStore(database) : openMemoryStore();
  try {
    const result = await exportPages({
      chapters,
      selection: { member: options.member, question: options.question },
      target: { model: endpoint.model, endpoint: identityOf(endpoint) },
      replies,
      files,
      folder,
      perPage: options.perPage,
      language: messages,
    });
    if (options.json) writeJson(io, { folder, ...result });
    else io.out(handExportText({ folder, ...result }, messages));
    return 0;
  } finally {
    await replies.close();
  }
}

function nextStep(hasModel: boolean, language: Language): string {
  if (language === 'ko')
    return hasModel
      ? '이제 "grade …"를 실행하면 저장된 응답으로 채점하고 없는 것만 모델에 묻습니다. --via stored를 붙이면 아무것도 보내지 않습니다. 내보낼 때 --model을 적었다면 똑같이 적으세요.\n'
      : '이제 "grade --via stored …"를 실행하면 키 없이 저장된 응답만으로 채점합니다. 내보낼 때 --model을 적었다면 똑같이 적으세요.\n';
  return hasModel
    ? 'Now run "grade …": it takes the stored replies and asks a model only what is missing; with --via stored it asks nobody. Give the same --model, if any, as to "batch export".\n'
    : 'Now run "grade --via stored …": it grades from the stored replies alone, without a key. Give the same --model, if any, as to "batch export".\n';
}

/** `batch import DIR`: reads the pasted replies back. */
export async function handImportCommand(
  folder: string,
  options: HandImportOptions,
  io: Io,
): Promise<ExitCode> {
  const messages = messageLanguage(options, io);
  const replies = await openStore(options.db);
  try {
    const pages = await importPages(folder, replies, files);
    const totals = handTotals(pages);
    if (options.json) writeJson(io, { folder, ...totals, pages });
    else {
      io.out(handImportText(pages, messages));
      const hasModel = ['OPENAI_API_KEY', 'OPENAI_BASE_URL'].some((name) => Boolean(io.env[name]?.trim()));
      if (totals.taken + totals.there > 0) io.err(nextStep(hasModel, messages));
    }
    return totals.missing + totals.malformed > 0 ? 1 : 0;
  } finally {
    await replies.close();
  }
}

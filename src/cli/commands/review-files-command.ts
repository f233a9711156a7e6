import { findAttempt } from '../../app/find-attempt.ts';
import { pickChapters } from '../../app/pick-chapters.ts';
import { promoteExample } from '../../app/promote-example.ts';
import { readText } from '../../app/read-text.ts';
import { goldLines, importReviewSheet, reviewRows, type SheetResult } from '../../app/review-sheet.ts';
import { rubricOfStored } from '../../app/stored-rubric.ts';
import { files, rubricPlaces } from '../../compose.ts';
import { InputError } from '../../core/errors.ts';
import type { Language } from '../../core/localized.ts';
import { counted } from '../../core/plural.ts';
import type { Rubric } from '../../core/rubric.ts';
import { reviewCsv } from '../../reports/review-csv.ts';
import { type CommonOptions, type ExitCode, type Io, messageLanguage, writeJson } from '../io.ts';
import { withStored } from '../open-stored.ts';
import type { ReviewTargetOptions } from './review-command.ts';

export interface ReviewExportOptions extends CommonOptions {
  format: 'csv' | 'gold';
  out?: string;
  db: string;
}

export interface ReviewImportOptions extends CommonOptions {
  by?: string;
  db: string;
}

/** `review export [CHAPTER…]`: a sheet to fill in, or the decisions as marked answers for `calibrate`. */
export async function reviewExportCommand(
  names: string[],
  options: ReviewExportOptions,
  io: Io,
): Promise<ExitCode> {
  const messages = messageLanguage(options, io);
  return withStored(options.db, async (store): Promise<ExitCode> => {
    const chapters = await pickChapters(store, names);
    const language = options.lang ?? chapters[0]?.language ?? messages;
    let text: string;
    let count: number;
    if (options.format === 'csv') {
      const rows = await reviewRows(store, names);
      count = rows.length;
      text = reviewCsv(rows, language);
    } else {
      const rubrics = new Map<string, Rubric | null>();
      for (const stored of chapters)
        rubrics.set(stored.id, await rubricOfStored(stored, files, rubricPlaces()));
      const lines = await goldLines(store, names, (stored) => rubrics.get(stored.id) ?? null);
      if (lines.length === 0) {
        throw new InputError({
          ko: '사람이 정한 점수가 아직 없습니다. review set이나 review import로 먼저 정하세요.',
          en: 'nobody has decided anything yet; decide first with "review set" or "review import".',
        });
      }
      count = lines.length;
      text = `${lines.join('\n')}\n`;
    }
    if (options.out !== undefined) await files.write(options.out, text);
    if (options.json) writeJson(io, { file: options.out ?? null, format: options.format, rows: count });
    else if (options.out === undefined) io.out(text);
    else
      io.out(
        messages === 'ko' ? `${options.out}: ${count}줄\n` : `${options.out}: ${counted(count, 'row')}\n`,
      );
    return 0;
  });
}

function sheetText({ set, unchanged, stale, overtaken }: SheetResult, language: Language): string {
  const ko = language === 'ko';
  const lines = [
    ko
      ? `정한 점수 ${set}개를 받았습니다. 이미 같은 것 ${unchanged}개.`
      : `${counted(set, 'decision')} taken over, ${unchanged} already there.`,
  ];
  if (stale > 0)
    lines.push(
      ko
        ? `이미 같은 것 가운데 ${stale}개는 정한 뒤에 바뀐 것이 있습니다. 그대로 두려면 이유를 고쳐 적거나 review set을 쓰세요.`
        : `${stale} of those there are stale; to confirm one, change its reason or use "review set".`,
    );
  if (overtaken > 0)
    lines.push(
      ko
        ? `${overtaken}개는 표를 만든 뒤에 다시 정해져서 그대로 두었습니다.`
        : `${counted(overtaken, 'row')} left alone: decided anew since the sheet was made.`,
    );
  return `${lines.join('\n')}\n`;
}

/** `review import FILE`: takes over what people filled in. */
export async function reviewImportCommand(
  file: string,
  options: ReviewImportOptions,
  io: Io,
): Promise<ExitCode> {
  const messages = messageLanguage(options, io);
  const text = await readText(file, files);
  return withStored(options.db, async (store): Promise<ExitCode> => {
    const signer = { by: options.by, at: new Date() };
    const result = await importReviewSheet(store, { text, file }, signer, files, rubricPlaces());
    if (options.json) writeJson(io, { ...result });
    else io.out(sheetText(result, messages));
    return 0;
  });
}

/** `review promote MEMBER QUESTION`: a decision becomes a marked example in the chapter's rubric. */
export async function reviewPromoteCommand(
  member: string,
  question: number,
  options: ReviewTargetOptions,
  io: Io,
): Promise<ExitCode> {
  return withStored(options.db, async (store): Promise<ExitCode> => {
    const target = { ...options, member, question };
    const found = await findAttempt(store, target, files, rubricPlaces());
    const { file, example } = await promoteExample(found, files, rubricPlaces());
    if (found.grade.flags.includes('addresses_grader'))
      io.err(
        messageLanguage(options, io) === 'ko'
          ? '⚠ 이 답에는 채점자에게 하는 말이 들어 있습니다. 예시로 쓰기 전에 지우세요.\n'
          : '⚠ This answer speaks to the grader; take that out before it serves as an example.\n',
      );
    if (options.json) writeJson(io, { file, question, example });
    else
      io.out(
        messageLanguage(options, io) === 'ko'
          ? `${file}: ${question}번의 예시로 넣었습니다. 이름이 남아 있지 않은지 읽어 보세요.\n`
          : `${file}: added as an example of question ${question}; read it once, in case a name is left.\n`,
      );
    return 0;
  });
}

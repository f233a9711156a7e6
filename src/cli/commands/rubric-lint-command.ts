import { type LintedRubric, lintRubricFile } from '../../app/lint-rubric.ts';
import { loadChapters } from '../../app/load-chapters.ts';
import { files, isStored, openStore, rubricPlaces, sourcesFor } from '../../compose.ts';
import { GraderError } from '../../core/errors.ts';
import type { Language } from '../../core/localized.ts';
import {
  findingText,
  noRemarksText,
  unknownChapterText,
  withoutKeyPointsText,
} from '../../reports/rubric-lint.ts';
import { type CommonOptions, type ExitCode, type Io, messageLanguage, writeJson } from '../io.ts';
import { rubricFiles } from './rubric-command.ts';

export interface RubricLintOptions extends CommonOptions {
  chapter?: string;
  db: string;
}

interface Linted {
  file: string;
  /** null when the rubric is not valid. */
  result: LintedRubric | null;
  fault: GraderError | null;
}

async function lintFiles(named: readonly string[], options: RubricLintOptions, io: Io): Promise<Linted[]> {
  const rubrics = await rubricFiles(named);
  const given = options.chapter === undefined ? [] : [options.chapter];
  const { chapters } = await loadChapters(given, sourcesFor(io.env));
  const database = options.db;
  const store = (await isStored(database)) ? await openStore(database) : null;
  const sources = {
    chapters: chapters.map(({ chapter }) => chapter),
    isOnlyRubric: rubrics.length === 1,
    store,
  };
  const linted: Linted[] = [];
  try {
    for (const file of rubrics) {
      try {
        const result = await lintRubricFile(file, sources, files, rubricPlaces());
        linted.push({ file, result, fault: null });
      } catch (error) {
        if (!(error instanceof GraderError)) throw error;
        linted.push({ file, result: null, fault: error });
      }
    }
    return linted;
  } finally {
    await store?.close();
  }
}

function show(
  { file, findings, withoutKeyPoints, isChapterKnown }: LintedRubric,
  io: Io,
  language: Language,
): void {
  if (findings.length === 0) io.out(`${file}: ${noRemarksText(language)}\n`);
  for (const finding of findings) {
    const place = finding.line === null ? file : `${file}:${finding.line}`;
    io.out(`${place}: ${findingText(finding, language)}\n`);
  }
  if (!isChapterKnown) io.err(`${file}: ${unknownChapterText(language)}\n`);
  const note = withoutKeyPointsText(withoutKeyPoints, language);
  if (note !== '') io.err(`${file}: ${note}\n`);
}

function lintDocument(linted: readonly Linted[], language: Language): Record<string, unknown> {
  return {
    findings: linted.flatMap(({ file, result }) =>
      (result?.findings ?? []).map(({ line, question, keyPoint, code, other }) => ({
        file,
        line,
        question,
        keyPoint,
        code,
        ...(other === undefined ? {} : { other }),
      })),
    ),
    rubrics: linted.map(({ file, result, fault }) => ({
      file,
      valid: fault === null,
      withoutKeyPoints: result?.withoutKeyPoints ?? [],
      problem: fault?.sentence(language) ?? null,
    })),
  };
}

/** `rubric lint [FILE…]`: remarks on key points that will be hard to judge or tell nothing. */
export async function rubricLintCommand(
  named: string[],
  options: RubricLintOptions,
  io: Io,
): Promise<ExitCode> {
  const language = messageLanguage(options, io);
  const linted = await lintFiles(named, options, io);
  if (options.json) writeJson(io, lintDocument(linted, language));
  for (const { result, fault } of linted) {
    if (fault) io.err(`${fault.sentence(language)}\n`);
    else if (result && !options.json) show(result, io, language);
  }
  return linted.some(({ fault }) => fault !== null) ? 2 : 0;
}

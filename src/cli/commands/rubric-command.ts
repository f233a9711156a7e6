import { join } from 'node:path';
import { loadChapters } from '../../app/load-chapters.ts';
import { type LoadedRubric, loadRubric } from '../../app/load-rubric.ts';
import { files, rubricPlaces, sourcesFor } from '../../compose.ts';
import { ConfigError, GraderError } from '../../core/errors.ts';
import type { Language } from '../../core/localized.ts';
import { counted } from '../../core/plural.ts';
import { type CommonOptions, type ExitCode, type Io, messageLanguage, writeJson } from '../io.ts';
import { rubricNotices } from '../notices.ts';

export interface RubricCheckOptions extends CommonOptions {
  chapter?: string;
}

interface Checked {
  file: string;
  loaded: LoadedRubric | null;
  fault: GraderError | null;
}

/**
 * The rubric files that are named, or else all in `rubrics/`.
 * @throws ConfigError when there are none
 */
export async function rubricFiles(named: readonly string[]): Promise<readonly string[]> {
  if (named.length > 0) return named;
  const folder = join(rubricPlaces().folder, 'rubrics');
  const found = (await files.list(folder)).filter((file) => /\.ya?ml$/u.test(file));
  if (found.length > 0) return found;
  throw new ConfigError(
    {
      ko: '이 폴더에 루브릭(.yaml)이 없습니다. 파일을 지정하세요.',
      en: 'there is no rubric (.yaml) in this folder; name a file.',
    },
    { place: { file: folder } },
  );
}

async function check(file: string): Promise<Checked> {
  try {
    return { file, loaded: await loadRubric(file, files, rubricPlaces()), fault: null };
  } catch (error) {
    if (error instanceof GraderError) return { file, loaded: null, fault: error };
    throw error;
  }
}

function summary({ file, rubric }: LoadedRubric, language: Language): string {
  const questions = Object.values(rubric.questions);
  const points = questions.reduce((sum, question) => sum + (question.keyPoints?.length ?? 0), 0);
  return language === 'ko'
    ? `${file}: 올바름 · 공통 항목 ${rubric.criteria.length}개, 질문 ${questions.length}개에 핵심 내용 ${points}개\n`
    : `${file}: valid · ${counted(rubric.criteria.length, 'general criterion', 'general criteria')}, ${counted(points, 'key point')} for ${counted(questions.length, 'question')}\n`;
}

/** `rubric check [FILE…]`: validates rubrics, and with a chapter that they fit it. */
export async function rubricCheckCommand(
  named: string[],
  options: RubricCheckOptions,
  io: Io,
): Promise<ExitCode> {
  const language = messageLanguage(options, io);
  const checked: Checked[] = [];
  for (const file of await rubricFiles(named)) checked.push(await check(file));
  if (options.json) {
    writeJson(io, {
      rubrics: checked.map(({ file, loaded, fault }) => ({
        file,
        valid: fault === null,
        hash: loaded?.hash ?? null,
        problem: fault?.sentence(language) ?? null,
      })),
    });
  }
  for (const { loaded, fault } of checked) {
    if (fault) io.err(`${fault.sentence(language)}\n`);
    else if (loaded && !options.json) io.out(summary(loaded, language));
  }
  if (options.chapter !== undefined) {
    const { chapters } = await loadChapters([options.chapter], sourcesFor(io.env));
    for (const { chapter } of chapters) {
      for (const { loaded } of checked) if (loaded) io.err(rubricNotices(chapter, loaded, language));
    }
  }
  return checked.some(({ fault }) => fault !== null) ? 2 : 0;
}

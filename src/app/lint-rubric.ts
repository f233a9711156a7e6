import { basename } from 'node:path';
import type { Chapter, Question } from '../core/chapter.ts';
import type { Grade } from '../core/grade.ts';
import type { Rubric } from '../core/rubric.ts';
import {
  type LintMaterial,
  lintRubric,
  questionsWithoutKeyPoints,
  type RubricFinding,
} from '../core/rubric-lint.ts';
import type { Files } from '../files.ts';
import { decodeDocument } from '../import/decode.ts';
import { featuresOf, inverseDocumentFrequency, weightedShare } from '../judge/word-features.ts';
import type { GradeStore } from '../store/store.ts';
import { loadRubric, type RubricPlaces } from './load-rubric.ts';
import { keyPointLines } from './parse-rubric.ts';
import { standingOf } from './standing.ts';

/** A remark with its line in the rubric's own file; null when it stands in one that it extends. */
type PlacedFinding = RubricFinding & { line: number | null };

export interface LintedRubric {
  file: string;
  findings: PlacedFinding[];
  /** Questions of the chapter that have no key points. */
  withoutKeyPoints: number[];
  /** Without a chapter only what stands in the rubric was looked at. */
  isChapterKnown: boolean;
}

/** What a rubric can be compared with. */
export interface LintSources {
  /** Chapters read from documents; a chapter that was graded is also in the store. */
  chapters: readonly Chapter[];
  /** The only rubric there is belongs to the only chapter, whatever their names. */
  isOnlyRubric: boolean;
  /** null when there is no database yet. */
  store: GradeStore | null;
}

/** What is known of the chapter that a rubric is for. */
interface KnownChapter {
  /** null when nothing is known. */
  questions: readonly Question[] | null;
  grades: readonly Grade[];
}

async function chapterFor(
  file: string,
  { chapters, isOnlyRubric, store }: LintSources,
): Promise<KnownChapter> {
  const name = basename(file)
    .replace(/\.ya?ml$/u, '')
    .normalize('NFC');
  const [only, ...others] = chapters;
  const chapter =
    chapters.find((item) => item.id === name) ?? (isOnlyRubric && others.length === 0 ? only : undefined);
  const stored = await store?.chapter(chapter?.id ?? name);
  const grades = store && stored ? (await standingOf(stored, store)).grades : [];
  return { questions: chapter?.questions ?? stored?.questions ?? null, grades };
}

/** Shares of words are weighted by how telling they are in the model answers, else among the key points. */
function materialOf(rubric: Rubric, { questions, grades }: KnownChapter): LintMaterial {
  const modelAnswers = (questions ?? []).flatMap((question) => question.modelAnswer ?? []);
  const keyPoints = Object.values(rubric.questions).flatMap(({ keyPoints: points = [] }) =>
    points.map((point) => point.text),
  );
  const weight = inverseDocumentFrequency(modelAnswers.length > 0 ? modelAnswers : keyPoints);
  return {
    rubric,
    questions,
    grades,
    shareFound: (text, within) => weightedShare(featuresOf(text), featuresOf(within), weight),
  };
}

/**
 * Reads a rubric and remarks on its key points. The chapter it is for is the one named like its file.
 * @throws ConfigError with file and line when the rubric is not valid
 */
export async function lintRubricFile(
  file: string,
  sources: LintSources,
  files: Files,
  places: RubricPlaces,
): Promise<LintedRubric> {
  const { rubric } = await loadRubric(file, files, places);
  const chapter = await chapterFor(file, sources);
  const material = materialOf(rubric, chapter);
  const lineOf = keyPointLines(decodeDocument(await files.read(file), file));
  return {
    file,
    findings: lintRubric(material).map((item) => ({ ...item, line: lineOf(item.question, item.index) })),
    withoutKeyPoints: questionsWithoutKeyPoints(material),
    isChapterKnown: chapter.questions !== null,
  };
}

import { InputError } from '../core/errors.ts';
import { byChapterId, type ChapterOutline, type GradeStore } from '../store/store.ts';

function nothingGraded(): InputError {
  return new InputError({
    ko: '아직 채점한 단원이 없습니다. 먼저 "answer-grader grade 파일"로 채점하세요.',
    en: 'no chapter has been graded yet; grade one first with "answer-grader grade FILE".',
  });
}

type ChapterName = Pick<ChapterOutline, 'id' | 'title'>;

function pick(name: string, stored: readonly ChapterName[]): ChapterName {
  const wanted = name.normalize('NFC').trim();
  const found = stored.find((chapter) => chapter.id === wanted || chapter.title === wanted);
  if (found) return found;
  const titles = stored.map((chapter) => chapter.title).join(', ');
  throw new InputError({
    ko: `채점한 단원 가운데 "${name}"이(가) 없습니다. 채점한 단원: ${titles}.`,
    en: `"${name}" is not among the graded chapters; they are ${titles}.`,
  });
}

/**
 * Graded chapters by name.
 * @param names ids or titles; all chapters when empty
 * @throws InputError when nothing was graded yet, or a chapter is not known
 */
export async function pickChapters(
  store: GradeStore | null,
  names: readonly string[],
): Promise<ChapterOutline[]> {
  const stored = (await store?.chapterNames()) ?? [];
  if (store === null || stored.length === 0) throw nothingGraded();
  const picked = names.length === 0 ? stored : [...new Set(names.map((name) => pick(name, stored)))];
  const chapters: ChapterOutline[] = [];
  for (const { id } of picked.toSorted(byChapterId)) {
    const chapter = await store.chapter(id);
    if (chapter) chapters.push(chapter);
  }
  return chapters;
}

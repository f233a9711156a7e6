import type { Grade } from '../core/grade.ts';
import { byChapterId, type GradeStore, type StoredChapter } from './store.ts';

/** Adapter: a store that lives as long as the process; for the library and for single answers. */
export function createMemoryStore(): GradeStore {
  const chapters = new Map<string, StoredChapter>();
  const grades: Grade[] = [];
  const replies = new Map<string, string>();
  let runs = 0;
  return {
    saveChapter: (chapter) => void chapters.set(chapter.id, structuredClone(chapter)),
    chapters: () => [...chapters.values()].sort(byChapterId).map((chapter) => structuredClone(chapter)),
    startRun: () => {
      runs += 1;
      return runs;
    },
    finishRun: () => {},
    addGrade: (_run, grade) => void grades.push(structuredClone(grade)),
    gradesOf: (chapterId) => structuredClone(grades.filter((grade) => grade.chapter === chapterId)),
    findReply: (key) => replies.get(key) ?? null,
    keepReply: (key, reply) => void replies.set(key, reply),
    close: () => {},
  };
}

import type { AtOnce } from '../../src/core/awaitable.ts';
import { noUsage } from '../../src/core/grade.ts';
import { hasEnded, type RequestedRun } from '../../src/core/requested-run.ts';
import { runsListed, type ServiceStore, type UploadedChapter } from '../../src/store/service-store.ts';
import { byChapterId } from '../../src/store/store.ts';

/** Adapter: what a service knows as long as its process lives. */
export function createMemoryService(): AtOnce<ServiceStore> {
  const uploads = new Map<string, UploadedChapter>();
  const runs = new Map<number, RequestedRun>();
  const all = () => structuredClone([...runs.values()]);
  return {
    saveUpload: (upload) => void uploads.set(upload.chapter.id, structuredClone(upload)),
    upload: (chapterId) => structuredClone(uploads.get(chapterId) ?? null),
    uploadedAt: (chapterId) => uploads.get(chapterId)?.uploadedAt ?? null,
    uploadNames: () =>
      [...uploads.values()].map(({ chapter: { id, title } }) => ({ id, title })).sort(byChapterId),
    addRun: (chapter, options, createdAt) => {
      if (all().some((other) => other.chapter === chapter && !hasEnded(other))) return null;
      const run: RequestedRun = {
        id: runs.size + 1,
        chapter,
        options: structuredClone(options),
        state: 'queued',
        createdAt,
        startedAt: null,
        finishedAt: null,
        totals: null,
        failure: null,
        isStopAsked: false,
        spent: noUsage,
      };
      runs.set(run.id, run);
      return structuredClone(run);
    },
    requestedRun: (id) => structuredClone(runs.get(id) ?? null),
    requestedRuns: (chapter) =>
      all()
        .filter((run) => run.chapter === chapter)
        .reverse()
        .slice(0, runsListed),
    openRuns: () => all().filter((run) => !hasEnded(run)),
    changeRun: (id, changes) => {
      const run = runs.get(id);
      if (!run || hasEnded(run)) return null;
      const changed = { ...run, ...structuredClone(changes) };
      runs.set(id, changed);
      return structuredClone(changed);
    },
    close: () => {},
  };
}

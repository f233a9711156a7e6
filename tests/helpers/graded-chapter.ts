import { readFileSync } from 'node:fs';
import { type FoundAttempt, findAttempt } from '../../src/app/find-attempt.ts';
import { type GradingResult, gradeChapter } from '../../src/app/grade-chapter.ts';
import type { RubricPlaces } from '../../src/app/load-rubric.ts';
import { loadRubric } from '../../src/app/load-rubric.ts';
import { importChapter } from '../../src/import/read-documents.ts';
import { createOfflineJudge } from '../../src/judge/offline-judge.ts';
import { createRunControl } from '../../src/judge/run-control.ts';
import { createMemoryStore } from '../../src/store/memory-store.ts';
import type { GradeStore } from '../../src/store/store.ts';
import { type MemoryFiles, memoryFiles } from './memory-files.ts';
import { type ChapterParts, chapterPage, createWorkspace, type Workspace } from './run-cli.ts';

/** A chapter of two questions; question 1 has key points, and one answer to it names a member. */
export const caching: ChapterParts = {
  title: '5 Caching',
  members: {
    Ann: { 1: 'A small fast store that keeps copies of data, as Benedict showed me.', 2: '' },
    Benedict: { 1: 'Something about bananas, I believe.', 2: 'When the original has changed since.' },
    '=Cem': { 2: 'Nobody can tell, it depends on the weather.' },
  },
  questions: [
    {
      text: 'What is a cache?',
      modelAnswer: 'A small fast store that keeps copies of data, so that reading them again is quicker.',
    },
    {
      text: 'When is a copy stale?',
      modelAnswer: 'When the original has changed since the copy was made.',
    },
  ],
};

export const cachingFile = 'answers/caching.md';
export const cachingRubric = 'rubrics/5-Caching.yaml';

/** A rubric as a person keeps it: comments, blank lines, quotes of both kinds, a list on one line. */
export const cachingRubricText = `# The rubric of the chapter on caching.
extends: default.yaml # what is not said here stands there

disagreement: 30

questions:
  # The first one matters most.
  1:
    points: 3
    keyPoints:
      - A small fast store keeps copies of data
      - "Price: the copies may be out of date" # agreed on in March
    guide: 'Examples from daily life count.'

  2:
    keyPoints: [ The original has changed since ]
# The end.
`;

/** The chapter with one answer written anew. */
export function withAnswer(member: string, question: number, answer: string): ChapterParts {
  const members = { ...caching.members, [member]: { ...caching.members[member], [question]: answer } };
  return { ...caching, members };
}

/** A group that grades without a process: its store, and its files in memory. */
export interface GradedGroup {
  store: GradeStore;
  files: MemoryFiles;
  places: RubricPlaces;
  /** Grades offline, by the rubric's file as it is then. */
  grade(parts?: ChapterParts): Promise<GradingResult>;
  find(member: string, question: number): Promise<FoundAttempt>;
}

/**
 * A group whose chapter on caching was graded once.
 * @param rubric text of the chapter's own rubric; null where it has none
 */
export async function gradedGroup(rubric: string | null = cachingRubricText): Promise<GradedGroup> {
  const store = createMemoryStore();
  const places = { folder: '/group', builtIn: '/program/rubrics' };
  const builtIn = `${places.builtIn}/default.yaml`;
  const own = `${places.folder}/${cachingRubric}`;
  const files = memoryFiles({
    [builtIn]: readFileSync(new URL('../../rubrics/default.yaml', import.meta.url)),
    ...(rubric === null ? {} : { [own]: rubric }),
  });
  const grade = async (parts: ChapterParts = caching) => {
    const chapter = importChapter(chapterPage(parts), cachingFile);
    return gradeChapter({
      chapter,
      file: cachingFile,
      rubric: await loadRubric((await files.isThere(own)) ? own : builtIn, files, places),
      judge: createOfflineJudge(chapter.questions.map((question) => question.modelAnswer ?? '')),
      language: 'en',
      store,
      control: createRunControl(),
    });
  };
  await grade();
  return {
    store,
    files,
    places,
    grade,
    find: (member, question) => findAttempt(store, { member, question }, files, places),
  };
}

/** A workspace with the chapter and, save where its text is null, the chapter's rubric. */
export async function cachingWorkspace(rubric: string | null = cachingRubricText): Promise<Workspace> {
  const workspace = await createWorkspace();
  await workspace.write(cachingFile, chapterPage(caching));
  if (rubric !== null) await workspace.write(cachingRubric, rubric);
  return workspace;
}

/** A workspace whose chapter was graded offline. */
export async function gradedWorkspace(rubric?: string | null): Promise<Workspace> {
  const workspace = await cachingWorkspace(rubric);
  await workspace.run(['grade', cachingFile, '--judge', 'offline']);
  return workspace;
}

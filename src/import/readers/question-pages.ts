import { counted } from '../../core/plural.ts';
import { memberNaming } from '../member-naming.ts';
import { pageWords } from '../page-words.ts';
import { folderSets, surenessOfFolders } from '../question-folders.ts';
import { pageSets, surenessOfPages } from '../question-page-sets.ts';
import { readFolders } from '../read-question-folders.ts';
import { readPages } from '../read-question-pages.ts';
import type { ChapterReader, ReadChapter, Recognition } from '../reader.ts';

interface QuestionSet {
  sureness: number;
  questions: number;
  files: string[];
  read(): ReadChapter;
}

/** A page of each question with the members inside, or a folder of each question with a file of each member. */
export const questionPages: ChapterReader = {
  name: 'question-pages',
  about: {
    ko: '질문마다 페이지나 폴더가 하나씩 있고 그 안에 멤버의 답이 있는 폴더',
    en: "a page or a folder for each question, with the members' answers inside",
  },
  recognise(documents, hints): Recognition | null {
    if (documents.length < 2) return null;
    const naming = memberNaming(hints);
    const words = pageWords(hints);
    const sets: QuestionSet[] = [
      ...pageSets(documents, naming).map((set) => ({
        sureness: surenessOfPages(set),
        questions: set.pages.length,
        files: [...set.pages.map(({ taken }) => taken.file), ...(set.parent ? [set.parent.file] : [])],
        read: () => readPages(set, words),
      })),
      ...folderSets(documents, naming).map((set) => ({
        sureness: surenessOfFolders(set),
        questions: set.folders.length,
        files: set.folders.flatMap(({ documents: own }) => own.map(({ file }) => file)),
        read: () => readFolders(set),
      })),
    ];
    if (sets.length === 0) return null;
    const questions = sets.reduce((sum, set) => sum + set.questions, 0);
    return {
      sureness: sets.reduce((sum, set) => sum + set.sureness, 0) / sets.length,
      why: {
        ko: `질문 ${questions}개가 저마다 페이지나 폴더이고, 그 안에 멤버들의 이름이 있습니다.`,
        en: `${counted(questions, 'question')}, each a page or a folder with names of members inside.`,
      },
      files: [...new Set(sets.flatMap(({ files }) => files))],
      read: () => sets.map((set) => set.read()),
    };
  },
};

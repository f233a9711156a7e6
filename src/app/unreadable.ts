import type { Localized } from '../core/localized.ts';

const packed = /\.(?:zip|7z|rar|egg|alz|tar|tgz|gz)$/iu;
const sheet = /\.(?:xlsx?|xlsm|ods|numbers)$/iu;
const writing = /\.(?:docx?|pdf|hwpx?|odt|rtf|pptx?|odp|key|pages|epub|html?)$/iu;

const faults = {
  packed: {
    ko: '안에 든 압축 파일은 열지 않아 읽지 않았습니다. 압축을 풀어 넣으세요.',
    en: 'an archive inside is not opened, so this was not read; unpack it first.',
  },
  sheet: {
    ko: '이런 표 파일은 읽을 수 없어 읽지 않았습니다. CSV로 저장해 넣으세요.',
    en: 'tables of this kind cannot be read, so this was not read; save it as CSV.',
  },
  writing: {
    ko: '이런 문서 파일은 읽을 수 없어 읽지 않았습니다. Markdown(.md)이나 텍스트(.txt)로 저장해 넣으세요.',
    en: 'documents of this kind cannot be read, so this was not read; save it as Markdown (.md) or text (.txt).',
  },
} as const satisfies Record<string, Localized>;

/** What is said of a link in a folder: what it leads to may be anything on the machine. */
export const linkNotFollowed: Localized = {
  ko: '다른 곳을 가리키는 링크(symbolic link)는 따라가지 않아 읽지 않았습니다. 링크 대신 파일을 여기에 넣거나, 그 파일의 경로를 명령줄에 함께 적으세요.',
  en: 'this is a symbolic link to somewhere else, which is not followed, so this was not read; put the file itself here or name it on the command line.',
};

/** Why a file that may hold answers is not read, by its name; null for documents, pictures and the like. */
export function whyUnreadable(path: string): Localized | null {
  if (packed.test(path)) return faults.packed;
  if (sheet.test(path)) return faults.sheet;
  return writing.test(path) ? faults.writing : null;
}

/** What is said of a folder or an archive in which no file can hold text. @param files that are there */
export function onlyAttachments(files: readonly string[]): Localized {
  const shown = files.slice(0, 3).join(', ');
  const [koMore, enMore] = files.length > 3 ? [' 등', ', …'] : ['', ''];
  return {
    ko: `그림 같은 첨부 파일뿐입니다(${shown}${koMore}). 답을 적은 .md, .txt, .csv, .jsonl 파일을 넣으세요.`,
    en: `there are only pictures and other attachments (${shown}${enMore}); hand in the .md, .txt, .csv or .jsonl files with the answers.`,
  };
}

/** What is said of an archive without files. */
export const emptyArchive: Localized = {
  ko: '압축 파일이 비어 있습니다. 파일이 든 압축 파일을 넣으세요.',
  en: 'the archive is empty; hand in one with files.',
};

import type { Localized } from '../core/localized.ts';

/** What may be wrong with a value beyond what its schema says by itself; schemas hold the English sentences. */
export const valueTexts = {
  missing: { ko: '값이 없습니다', en: 'is missing' },
  noFile: { ko: 'file이라는 이름의 파일이 없습니다', en: 'a file is missing; send it under the name "file"' },
  noFolders: { ko: '폴더 없이 이름만 적어야 합니다', en: 'a name without folders' },
  oneDecision: {
    ko: '"score"와 "levels" 가운데 정확히 하나가 있어야 합니다',
    en: 'exactly one of "score" and "levels" is needed',
  },
} as const satisfies Record<string, Localized>;

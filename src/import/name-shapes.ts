import { plainName } from './names.ts';

/** Chapters are counted, members are not. */
const chapterLike =
  /(?:chapter|ch|week|unit|day|part|lesson|단원|장|주차|강|회차|과|일차)[\s_.-]*\d+|\d+\s*(?:장|단원|주차|강|회차|과|일차|week|부)|^\d+$|^제\s*\d+/iu;

/** Whether a name is that of a chapter: `03장`, `chapter-01`, `2주차`. */
export function isChapterName(name: string): boolean {
  return chapterLike.test(name.trim());
}

/** What people head parts of a text with. */
const sectionWord =
  /^(?:정리|요약|예시?|예제|참고|메모|결론|설명|개념|배경|링크|출처|토론|회고|느낀\s*점|추가|보충|핵심|키워드|장점|단점|장단점|특징|정의|이유|원인|결과|방법|과정|종류|차이점?|비교|한계|해결책?|요점|질문|문제|답|(?:내\s*)?답변|풀이|생각|note|notes|summary|examples?|references?|conclusion|background|links?|details?|overview|todo)$/iu;

const longestName = 24;

/** Whether a text may be the name of a member: short, and neither a question nor a chapter nor a part of a text. */
export function maybeName(text: string): boolean {
  const name = plainName(text);
  return (
    name.length <= longestName &&
    /\p{L}/u.test(name) &&
    name.split(/\s+/u).length <= 3 &&
    !/[?？.!:;]$/u.test(text.trim()) &&
    !isChapterName(name) &&
    !sectionWord.test(name)
  );
}

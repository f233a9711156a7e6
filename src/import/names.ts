import { endsAsQuestion, readNumberedText } from './question-text.ts';
import type { ReadingHints } from './reader.ts';

const invisible = /\p{Cf}|\uFE0F/gu;
const sign = '(?:\\p{Extended_Pictographic}|\\p{Emoji_Modifier}|\\p{Regional_Indicator}|[@•·★☆✓]|\\s)';
const signsAround = [new RegExp(`^${sign}+`, 'u'), new RegExp(`(?<!${sign})${sign}+$`, 'u')];
const link = /!?\[([^[\]]*)\]\([^()]*\)/gu;
const bracketed = /^\[([^[\]]*)\]$/u;
const remark = /(?<!\s)\s*[(（][^()（）]*[)）]\s*$/u;
const polite = /(?<=\p{L}{2})\s*님$/u;

/** `하늘의 답`, `하늘 답변`, `Ann's answer`: whose answer follows. */
const possessive =
  /^(\p{L}{2,}?(?: \p{L}+)?)(?:의\s*(?:답|답변|답안|풀이|생각)|\s+(?:답|답변|답안)|['’]s\s+answer)$/iu;
/** What an answer may be called by that is nobody's name. */
const nobodys =
  /^(?:최종|최초|이전|처음|기존|초기|마지막|우리|다른|다음|개인|모두|전체|짧은|긴|좋은|나쁜|예상|실제|본인|자신|자기|멤버|팀원|조원|학생|참여자|사람|친구|하나|각자|서로|오늘|공통|모범|예시|참고|공식|스터디|수정|추가|보충|새로운|my|our|the|your|today|everyone|nobody|other)(?:\s|$)/iu;

/** A name without the words that it is the person's answer that follows. */
function withoutPossession(text: string): string {
  const name = possessive.exec(text)?.[1];
  return name === undefined || nobodys.test(name) || commonWords.test(name) ? text : name;
}

/** What is written with spaces that are seen and nothing that is not, NFC. */
function plainSpaces(written: string): string {
  return written.normalize('NFC').replace(invisible, '').replace(/\s+/gu, ' ').trim();
}

function withoutSigns(text: string): string {
  return signsAround.reduce((rest, signs) => rest.replace(signs, ''), text);
}

/**
 * A member's name without what decorates it: `👤 김하늘 (발표)`, `김하늘 ✅`, `[김하늘](https://…)`, `김하늘님` and
 * `@김하늘` are all 김하늘. Where nothing would be left, it stays as written.
 */
export function plainName(written: string): string {
  const whole = plainSpaces(written);
  const text = withoutSigns(
    whole
      .replace(/^\d{1,2}[.)]\s+(?=\p{L})/u, '')
      .replace(link, '$1')
      .replace(/\*\*|__|`/gu, ''),
  );
  const label = withoutSigns(text.replace(remark, '').replace(bracketed, '$1')).replace(
    /(?<!\s)\s*[:：]$/u,
    '',
  );
  const name = withoutPossession(label).replace(polite, '');
  return name || whole;
}

/** What stands in brackets behind a name, which may tell two members of one name apart. */
export function remarkOnName(written: string): string {
  return remark.exec(withoutSigns(plainSpaces(written).replace(link, '$1')))?.[0].trim() ?? '';
}

const surnames =
  '김이박최정강조윤장임한오서신권황안송류유전홍고문양손배백허남심노하곽성차주우구민진지엄채원천방공현함변염여추도소석선설마길연위표명기반라왕금옥육인맹제모탁국어은편용예경봉사부가복태목형피두감음빈동온호범좌팽승간상갈';
const koreanName = new RegExp(`^[${surnames}]\\p{Script=Hangul}{2}$`, 'u');
const mayBeName = /^\p{Script=Hangul}{2,4}$/u;
const foreignName = /^\p{Lu}\p{Ll}+(?: \p{Lu}\p{Ll}*\.?){0,2}$/u;

/** Words that head parts of an answer or of a page and are nobody's name. */
const commonWords =
  /^(?:장점|단점|정의|예시|예제|특징|요약|정리|결론|이유|방법|차이|차이점|공통점|개념|원리|구조|목적|효과|한계|배경|참고|참조|출처|메모|느낀 ?점|후기|소감|질문|문제|문항|답|답변|정답|해설|풀이|코드|그림|표|링크|보충|추가|수정|담당|상태|날짜|작성일|작성자|이름|태그|주의|팁|핵심|설명|의미|역할|종류|과정|단계|비교|토론|회고|숙제|과제|목차|공지|소개|인사|일정|자료|기타|용어|복습|예습|실습|개요|서론|본론|발표|진행|결과|의견|생각|비고|단원|주차|챕터)(?:\s*\d+)?$|(?:자료|메모|정리|요약|느낀 점|후기|소감|질문|토론|예시|링크|출처|목록|정보|방법|코드)$|^제?\s*\d{1,3}\s*(?:단원|장|주차|주|회차|회|강|챕터|부|과)$|^(?:notes?|references?|summary|links?|questions?|answers?|examples?|pros|cons|part \d+|section \d+|conclusion|discussion|schedule|introduction|overview|definition|status|tags?|date|author|owner|appendix)$/iu;

/** Whether a heading or label is one of those that stand over parts of a text rather than over a person's. */
export function isCommonWord(text: string): boolean {
  return commonWords.test(plainName(text));
}

/** How much a label looks like a person's name, 0 to 1. */
export function nameLikeness(written: string): number {
  const name = plainName(written);
  if (isCommonWord(name)) return 0;
  if (koreanName.test(name) || /^@\S+$/u.test(plainSpaces(written))) return 1;
  if (polite.test(plainSpaces(written).replace(/(?<!\s)\s*[:：]$/u, ''))) return 1;
  return mayBeName.test(name) || foreignName.test(name) ? 0.5 : 0;
}

/** Whether a heading is a question rather than a name; names may be numbered as well. */
export function isAskedHeading(title: string): boolean {
  if (endsAsQuestion(title)) return true;
  return readNumberedText(title).no !== null && nameLikeness(title) < 1;
}

/** Whether a heading may be a name at all: one word, or what looks like a name. */
export function mayBeNamed(title: string): boolean {
  return nameLikeness(title) > 0 || (/^\S{1,20}$/u.test(plainName(title)) && !isCommonWord(title));
}

/** Who is meant by a name as written, as far as a person said. */
export interface NameBook {
  /** Whether only listed names are members. */
  isClosed: boolean;
  /** The member's name; null where the members are listed and this is none of them. */
  memberOf(written: string): string | null;
  /** Whether the members are listed and this is one of them. */
  isListed(written: string): boolean;
}

/** A book of the names that a person gave. */
export function nameBook({ members, aliases = {} }: ReadingHints): NameBook {
  const fold = (name: string) => plainSpaces(name).toLowerCase();
  const byAlias = new Map(Object.entries(aliases).map(([alias, name]) => [fold(alias), plainSpaces(name)]));
  const listed = members && new Map(members.map((name) => [fold(name), plainSpaces(name)]));
  const memberOf = (written: string) => {
    const plain = plainName(written);
    const meant = byAlias.get(fold(written)) ?? byAlias.get(fold(plain)) ?? plain;
    if (!listed) return meant;
    return listed.get(fold(written)) ?? listed.get(fold(meant)) ?? listed.get(fold(plainName(meant))) ?? null;
  };
  return {
    isClosed: listed !== undefined,
    memberOf,
    isListed: (written) => listed !== undefined && memberOf(written) !== null,
  };
}

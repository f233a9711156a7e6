import type { Grid } from './grid.ts';
import { readNumberedText } from './question-text.ts';
import type { ReadingHints } from './reader.ts';
import { isAddress } from './respondents.ts';
import { type ColumnRoles, columnNames, columnRoles } from './table-columns.ts';
import { foldedName } from './table-row.ts';

const timeName =
  /^(?:타임스탬프|timestamp|submitted(?:at|on)?|submission(?:time|date)|starttime|completiontime|(?:제출|응답|완료|시작|참여|작성)(?:시간|일시|시각))$/u;
const emailName = /^(?:e?mail(?:address)?|이메일(?:주소)?|메일(?:주소)?|전자메일|구글계정)$/u;
const usernameName = /^(?:username|사용자이름|사용자명|계정|아이디|userid)$/u;
const idName =
  /^(?:id|#|학번|사번|연번|순번|studentid|responseid|lastmodifiedtime|응답(?:id|번호)|phone(?:number)?|연락처|전화번호|조|반|team|group)$/u;
const scoreName = /^(?:score|점수|총점|total(?:score|points)|quizfeedback|grade)$/u;
/** A quiz has such columns beside each question. */
const scoreOfQuestion = /\[(?:점수|피드백|score|feedback)\]\s*$|^(?:points|feedback)\s+-\s/iu;
const consent = /개인정보|privacy|\bconsent\b|(?:수집|이용|활용).{0,20}동의|동의합니다|\bI agree\b/iu;
const longestConsent = 120;
/** What forms ask for beside the questions; a question has a number or ends as one. */
const remarks =
  /^(?:(?:기타|추가|자유)\s*)?(?:의견|건의|소감|하고 싶은 말|남기고 싶은 말|비고|메모|파일 ?(?:업로드|첨부)|첨부 ?파일)|^(?:any )?(?:other |further |additional )?(?:comments?|remarks?|suggestions?)\b|^anything else\b|^(?:file upload|attachments?)\b/iu;

function asksForRemarks(written: string): boolean {
  const { no, text } = readNumberedText(written.trim());
  return no === null && remarks.test(text) && !/(?:란|이란|무엇)[^?]{0,20}\?\s*$/u.test(text);
}

const askedForName =
  /^(?:(?:본인|당신|여러분|멤버|학생|스터디원)의?\s*)?(?:이름|성함|성명|닉네임|별명)(?:[을를은는이가])?\s*(?:(?:적어|입력|작성|기입|써|알려|남겨|무엇)[^\n]{0,30})?$/u;
const askedForNameInEnglish =
  /^(?:(?:what(?:'s|’s| is) )?your (?:full |first |nick)?name|(?:enter|write|type) your (?:full )?name)\b[^\n]{0,20}$/iu;

/** Whether a header asks for the member's name, in one word or in a sentence. */
export function isMemberName(written: string, roleOf: ColumnRoles): boolean {
  const text = readNumberedText(written.trim())
    .text.replace(/\s*[([（][^()[\]（）]*[)\]）]\s*$/u, '')
    .replace(/[\s*?.:]+$/u, '');
  const isName = (part: string) => roleOf(part) === 'member';
  const parts = text.split(/\s*[/,·&+]\s*/u);
  return (
    (parts.some(isName) && parts.every((part) => isName(part) || idName.test(foldedName(part)))) ||
    askedForName.test(text) ||
    askedForNameInEnglish.test(text)
  );
}

/** Whether a column holds something of a person, a time, a mark or a remark, and no answer. */
export function isAside(written: string, { headings }: ReadingHints): boolean {
  const name = foldedName(written);
  return (
    (headings?.ignored ?? []).some((ignored) => foldedName(ignored) === name) ||
    timeName.test(name) ||
    emailName.test(name) ||
    idName.test(name) ||
    scoreName.test(name) ||
    scoreOfQuestion.test(written) ||
    asksForRemarks(written) ||
    (written.length <= longestConsent && consent.test(written))
  );
}

/** The columns of a sheet with the responses to a form, by position. */
export interface FormColumns {
  /** The last of several: when the response was complete. */
  time: number | null;
  email: number | null;
  username: number | null;
  member: number | null;
  chapter: number | null;
  questions: number[];
  /** Neither questions nor of use. */
  ignored: number[];
}

/** Rows that tell whether a column holds addresses. */
const tellingRows = 20;

/** Whether a column holds e-mail addresses, whatever its name. */
function holdsAddresses({ rows }: Grid, column: number): boolean {
  const texts = rows.slice(0, tellingRows).map(({ cells }) => cells[column]?.text.trim() ?? '');
  const written = texts.filter((text) => text !== '');
  return written.length > 0 && written.every(isAddress);
}

/** Tells the columns of a sheet of responses apart; every one that is nothing else is a question. */
export function formColumns(grid: Grid, hints: ReadingHints): FormColumns {
  const header = grid.header.cells.map((cell) => cell.text);
  const roleOf = columnRoles(columnNames(hints));
  const columns: FormColumns = {
    time: null,
    email: null,
    username: null,
    member: null,
    chapter: null,
    questions: [],
    ignored: [],
  };
  const own = hints.columns?.member;
  const isMember = (written: string) =>
    own === undefined ? isMemberName(written, roleOf) : foldedName(written) === foldedName(own);
  for (const [index, written] of header.entries()) {
    const name = foldedName(written);
    const isEmail = emailName.test(name) || (holdsAddresses(grid, index) && !usernameName.test(name));
    if (columns.member === null && isMember(written) && !isEmail) columns.member = index;
    else if (timeName.test(name)) columns.time = index;
    else if (columns.email === null && isEmail) columns.email = index;
    else if (columns.username === null && usernameName.test(name)) columns.username = index;
    else if (columns.chapter === null && roleOf(written) === 'chapter') columns.chapter = index;
    else if (written.trim() === '' || isEmail || isAside(written, hints) || isMemberName(written, roleOf))
      columns.ignored.push(index);
    else columns.questions.push(index);
  }
  return columns;
}

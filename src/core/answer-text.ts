import { foldLetters, foldText } from './fold.ts';

/**
 * What an answer's whole text amounts to, before anybody judges it. Decided on the whole text, never on a
 * part: "다 모름.. 그래서 …" goes on to answer.
 */
export type AnswerNature =
  | 'text'
  | 'blank'
  | 'dont_know'
  | 'declared_replacement'
  | 'contentless'
  | 'not_text';

/** A link, an image or a bare address. Labels and tags stop at the next opening sign, so that a search stays linear. */
const imageOrLink = /!?\[[^[\]]*\]\((?:[^()\n]|\([^()\n]*\))*\)|<img\b[^<>]*>|https?:\/\/\S+/giu;
const emptyMarkup = /<br\s*\/?>|&nbsp;/giu;
const templateLine =
  /^[^\p{L}\p{N}]*(?:your answer here|write your answer(?: here)?|여기에 (?:답(?:변)?을 )?(?:작성|입력)(?:란|하기|하세요|하시오|합니다|해 ?주세요|해 ?주십시오|바랍니다)?|(?:답(?:변|안)?|내용)을 (?:작성|입력) ?(?:하세요|하시오|해 ?주세요|해 ?주십시오))[^\p{L}\p{N}]*$/iu;
/** Jamo that stand alone (folded or not) are sighs and laughter, not words: ㅠㅠ, ㅎㅎ, ㅋㅋ. */
const sighs = /[\u314B\u314E\u3160\u315C\u3161\u110F\u1112\u1172\u116E\u1173]/gu;

/** Nobody needs more letters to say that they do not know. */
const longestIgnorance = 80;
const opener =
  /^(?:음|어|저는|나는|저도|솔직히|진짜|정말|사실|아직|도저히|전혀|하나도|아예|잘|이건|이거|이문제는|답을|정답을|죄송하지만|죄송합니다만?|아무것도|sorry|honestly|ireally)/u;
const ignorance = new RegExp(
  '^(?:모르겠(?:음|습니다|어요|다|네요|네|어|는데요?|슴다?|당|고요)?|모름|모릅니다|모르네요|몰라(?:요|서)?|몰랐(?:음|어요|습니다)|' +
    '기억이?(?:안남|안나요|안납니다|안나네요|나지않습니다)|패스(?:합니다|요)?|스킵|무응답|미작성|없음|' +
    'no(?:answer|response|submission)|empty(?:submission|answer)|notanswered|pass|skip|idk|dunno|i?do(?:nt|not)know|(?:ihave)?noidea|(?:i?am|im)?notsure)' +
    '(?:죄송합니다|죄송해요|죄송|다음에는?|공부하겠습니다|ㅈㅅ|sorry)*$',
  'u',
);
/** The word may end in any way a person writes: 모르겠습니당, 모르겠네용. */
const unsureWord = /모르겠\p{Script=Hangul}{0,6}(?!\p{L})/gu;

/** What is shortened before the letters of "don't know" are counted. */
const unsureOrSigh = new RegExp(`모르겠|${sighs.source}`, 'u');

function saysDontKnow(text: string): boolean {
  // Na alone is sodium.
  if (/^\s*n\/a[\s.!]*$/iu.test(text)) return true;
  const all = foldLetters(text);
  if (all.length > longestIgnorance && !unsureOrSigh.test(all)) return false;
  const words = foldText(text).replace(sighs, '').replace(unsureWord, '모르겠');
  let letters = foldLetters(words);
  if (letters.length > longestIgnorance) return false;
  while (opener.test(letters) && !ignorance.test(letters)) letters = letters.replace(opener, '');
  return ignorance.test(letters);
}

/** How a member ends a verb when telling what they did or will do, unlike 대체하는, 대신할 수 있는. */
const told =
  '(?:했(?!는지|을|던|다면)|하였|하겠|하고 ?(?:싶|넘)|하기로|하려|합니|함|할게|할께|할래|해(?!야|도)|$)';
const replacing = `(?:(?:대체|대신|갈음|복사|복붙|첨부) ?${told}|붙여 ?넣(?!기|는|을)|참고 ?(?:하겠|할게)|보겠|볼게)`;
const declarations = [
  `(?:모범 ?답안?|예시 ?답안?|참고 ?답안|model answer|sample answer)지?(?:으로|로|을|를) ?(?:.{0,12} )?(?:${replacing}|(?:대체|대신|갈음)한다$)`,
  `(?<!\\p{L})정답(?:으로|을) ?${replacing}`,
  '모범 ?답안? ?(?:복붙|복사) ?(?:했|함|$)',
  '(?:^|\\bi )(?:have )?(?:copied|pasted|replaced(?: it| this| my answer)? (?:with|by)|took) (?:from )?(?:the |a )?(?:model|sample) answer',
  '^(?:see|used|using|i used|i use) the (?:model|sample) answers?(?: here| instead|$)',
  '(?:model|sample) answers? instead(?! of)',
].map((source) => new RegExp(source, 'u'));
/** What a member says of oneself; bare nouns such as 시간 or 이해 may be the subject matter. */
const excuse =
  /이해가? ?(?:잘 ?)?(?:안|못|되지)|이해하지 ?못|어렵(?:네|습|다|어)|어려(?:워|웠|운)|모르겠|몰라(?:서|요)|못 ?(?:읽|했|하겠|풀|쓰)|읽지 ?못|안 ?(?:가네|가요|와요|와서)|감이 ?안|헷갈|자신이? ?없|포기|힘들(?:어|었|네)|죄송|읽었는데|읽어도|다음에는|공부하겠|시간이? ?(?:없|부족)|바빠서|sorry|(?:did not|didnt|cannot|cant|do not|dont) understand|too (?:difficult|hard)|no time|not enough time/u;
const longestExcuse = 40;
const longestDeclaration = 40;
/** Letters after the verb of a declaration: its ending. More, and the sentence is about something else. */
const longestEnding = 8;

function isDeclaration(sentence: string): boolean {
  if (sentence.length > longestDeclaration) return false;
  return declarations.some((declared) => {
    const found = declared.exec(sentence);
    return found !== null && sentence.length - found.index - found[0].length <= longestEnding;
  });
}

/** Whether a line is the placeholder of a template, in which an answer was to be written. */
export function isTemplateLine(line: string): boolean {
  return templateLine.test(line);
}

function withoutTemplate(text: string): string {
  return text
    .replace(emptyMarkup, ' ')
    .split('\n')
    .filter((line) => !isTemplateLine(line))
    .join('\n');
}

/** Whether every sentence, roughly, says that the model answer stands in, or excuses it. */
function isDeclaredReplacement(text: string): boolean {
  let isDeclared = false;
  // Lines end sentences, so they are told apart before white space is folded.
  for (const part of text.split(/[.!?…\n]+/u)) {
    const sentence = foldText(part.replace(sighs, '').trim());
    if (!/[\p{L}\p{N}]/u.test(sentence)) continue;
    if (isDeclaration(sentence)) isDeclared = true;
    else if (sentence.length > longestExcuse || !excuse.test(sentence)) return false;
  }
  return isDeclared;
}

/**
 * Openers of a solution that never comes; model judges take them for one (Zhao et al. 2025, arXiv 2507.08794).
 * Letters only, as {@link foldLetters} leaves them. Bare words that may well be an answer are not among them,
 * and what begins with another stands before it.
 */
const emptyOpeners = [
  'thoughtprocess|(?:my|the|final|correct|model)*(?:answer|solution|explanation|response)(?:is)?',
  '(?:letus|lets|iwill|ill|wewill|we)(?:first|now)?(?:solve|think|work|go|begin|start|answer|explain|look|breakdown|break)',
  '(?:about|through|at|on|down|into)?(?:this|it|the)(?:problem|question|task|down)?|stepbystep|onestepatatime',
  '(?:to)?(?:solve|answer|address)(?:this|the)(?:problem|question)|hereis|heres|asfollows|isasfollows|inconclusion',
  'therefore|step1|okay|ok|sure|well|now|first|carefully|ofcourse|certainly',
  '(?:생각|풀이|설명|정리|답변|시작|답|풀어)(?:을|를)?(?:해)?(?:보겠|하겠|드리겠)(?:습니다|다|어요)',
  '(?:생각|설명|정리|시작|풀어)(?:을|를)?(?:해)?(?:보자|봅시다|볼게요|보죠|하자|합시다|할게요|드릴게요|합니다)',
  '(?:정답|해답|해설|풀이과정|풀이|답변|답안|답|생각과정|사고과정|결론|설명|제생각)(?:은|는|을|를|의|입니다|이다)?',
  '(?:이|위|주어진)?(?:문제|질문)(?:를|을|에대해|에대한|에)?|단계별로|단계적으로|한단계씩|차근차근|하나씩|차례대로|먼저|우선|이제|지금부터|그럼',
  '(?:다음|아래)(?:과|와)같(?:습니다|다|아요|이)',
  '解答|解説|解法|解|答案|答え|答|かいせつ|respuesta|solución|réponse|antwort|lösung',
];
const emptyOpener = new RegExp(emptyOpeners.join('|'), 'uy');

/** An answer without the openers that it begins with, as {@link foldLetters} leaves it. */
export function lettersAfterOpeners(answer: string): string {
  const letters = foldLetters(answer);
  let from = 0;
  for (;;) {
    emptyOpener.lastIndex = from;
    const length = emptyOpener.exec(letters)?.[0].length ?? 0;
    if (length === 0) return letters.slice(from);
    from += length;
  }
}

/** Decides the nature of an answer's whole text. */
export function natureOf(answer: string): AnswerNature {
  const text = withoutTemplate(answer);
  const words = text.replace(imageOrLink, '');
  if (foldLetters(words) === '' && words !== text) return 'not_text';
  if (foldLetters(text).replace(sighs, '') === '') return 'blank';
  if (saysDontKnow(text)) return 'dont_know';
  if (isDeclaredReplacement(text)) return 'declared_replacement';
  return lettersAfterOpeners(text) === '' ? 'contentless' : 'text';
}

const helper =
  /(?:구글|노트북 ?lm|gpt|지피티|챗봇|제미나이|gemini|claude|클로드|퍼플렉시티|perplexity|코파일럿|copilot|뤼튼|(?<![a-z])ai(?![a-z])|인공지능|인터넷|google)(?![가이] )/u;
/** What a member did, in the past; 물어보면, 검색해 온 and 찾아서 speak of others. */
const tookHelp =
  /(?:찾아 ?(?:봤|봐써|봄)|물어 ?(?:봤|봄)|검색 ?(?:했|함)|검색해서 ?(?:씀|썼|적)|구글링 ?(?:했|함)|돌려 ?(?:봤|봄)|참고 ?(?:했|함)|도움[을도]? ?(?:받았|받음|받아)|복붙 ?(?:했|함)|시켰|베꼈)(?!다고|다면|다는|을|던|더라도)|(?:물어|찾아) ?보고 .{0,20}(?:적었|적음|썼|씀|옮겼|정리했)/u;
const tookHelpInEnglish =
  /^(?:(?:i|we) )?(?:have )?(?:asked|used|searched|looked (?:it |this |that )?up|got (?:some )?help|had help)\b/u;
const longestHelp = 40;

/** Whether the first or last line says, in a short sentence of its own, that something else found the answer. */
export function declaresHelp(answer: string): boolean {
  const lines = answer.split('\n').filter((line) => foldLetters(line) !== '');
  return [lines[0], lines.at(-1)].some((line) => {
    if (line === undefined || foldLetters(line).length > longestHelp) return false;
    const text = foldText(line);
    return helper.test(text) && (tookHelp.test(text) || tookHelpInEnglish.test(text));
  });
}

/** Whether the answer ends as a question: the member was guessing. */
export function isHedged(answer: string): boolean {
  return /\?[\s.~!…^;\u3131-\u318E)]*$/u.test(answer.trimEnd());
}

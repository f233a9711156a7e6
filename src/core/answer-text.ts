import { foldLetters, foldText } from './fold.ts';

/**
 * What an answer's whole text amounts to, before anybody judges it. Decided on the whole text, never on a
 * part: "다 모름.. 그래서 …" goes on to answer.
 */
export type AnswerNature = 'text' | 'blank' | 'dont_know' | 'declared_replacement' | 'not_text';

const imageOrLink = /!?\[[^\]]*\]\([^)]*\)|<img\b[^>]*>|https?:\/\/\S+/giu;
const templateLine =
  /^\W*(?:your answer here|write your answer(?: here)?|여기에 (?:답(?:변)?을 )?(?:작성|입력)\S*)\W*$/iu;
/** Jamo that stand alone (folded or not) are sighs and laughter, not words: ㅠㅠ, ㅎㅎ, ㅋㅋ. */
const sighs = /[\u1100-\u11FF\u3131-\u318E]/gu;

const opener =
  '(?:음+|어+|저는|나는|저도|솔직히|진짜|정말|사실|아직|도저히|전혀|하나도|아예|잘|이건|이거|이문제는|답을|정답을|죄송하지만|죄송합니다만?|아무것도|sorry|honestly|ireally)*';
const apology = '(?:죄송합니다|죄송해요|죄송|다음에는?|공부하겠습니다|ㅈㅅ|sorry)*';
const ignorance =
  '(?:모르겠(?:음|습니다|어요|다|네요|네|어|는데요?|슴다?|당|고요)|모름|모릅니다|모르네요|몰라(?:요|서)?|몰랐(?:음|어요|습니다)|' +
  '기억이?(?:안남|안나요|안납니다|안나네요|나지않습니다)|패스(?:합니다|요)?|스킵|무응답|미작성|없음|' +
  'pass|skip|idk|dunno|idontknow|donotknow|idonotknow|noidea|ihavenoidea|notsure|imnotsure|na)';
const dontKnow = new RegExp(`^${opener}${ignorance}${apology}$`, 'u');

const modelAnswerWord = '(?:모범\\s*답안?|예시\\s*답안|참고\\s*답안|정답|model answers?|sample answers?)';
const replacing =
  '(?:대체|대신|갈음|복사|복붙|붙여|첨부|참고하|보겠|볼게|보고\\s*옴|replac|instead|cop(?:y|ied)|paste)';
const declaration = new RegExp(
  `${modelAnswerWord}.{0,12}${replacing}|${replacing}.{0,20}${modelAnswerWord}`,
  'u',
);
const excuse =
  /이해|어렵|어려|모르|모름|몰라|못|안\s*가|죄송|읽었|읽어|다음|공부|시간|바빠|sorry|understand|difficult|hard|time/u;

function withoutTemplate(text: string): string {
  return text
    .split('\n')
    .filter((line) => !templateLine.test(line))
    .join('\n');
}

/** Sentences, roughly: enough to tell an excuse from content. */
function sentencesOf(text: string): string[] {
  return text
    .split(/[.!?…\n]+/u)
    .map((sentence) => sentence.replace(sighs, '').trim())
    .filter((sentence) => foldLetters(sentence) !== '');
}

function isDeclaredReplacement(text: string): boolean {
  const sentences = sentencesOf(foldText(text));
  const rest = sentences.filter((sentence) => !declaration.test(sentence));
  return (
    rest.length < sentences.length && rest.every((sentence) => excuse.test(sentence) && sentence.length <= 60)
  );
}

/** Decides the nature of an answer's whole text. */
export function natureOf(answer: string): AnswerNature {
  const text = withoutTemplate(answer);
  const letters = foldLetters(text).replace(sighs, '');
  if (letters === '') return imageOrLink.test(text) ? 'not_text' : 'blank';
  if (foldLetters(text.replace(imageOrLink, '')) === '') return 'not_text';
  if (dontKnow.test(letters)) return 'dont_know';
  return isDeclaredReplacement(text) ? 'declared_replacement' : 'text';
}

const helper =
  '(?:구글|노트북\\s*lm|gpt|지피티|챗봇|제미나이|gemini|claude|클로드|퍼플렉시티|perplexity|코파일럿|copilot|뤼튼|ai|인공지능|검색|인터넷|google)';
const asked =
  '(?:찾아\\s?(?:봤|봐|보|서|왔)|물어\\s?(?:봤|봐|보|봄)|검색\\s?(?:했|함|해)|돌려\\s?(?:봤|봄)|참고\\s?(?:했|함|해)|도움\\S*\\s?(?:받|을)|복붙|베꼈|asked|looked|helped|searched|used)';
const help = new RegExp(`${helper}.{0,24}${asked}|${asked}.{0,24}${helper}`, 'u');

/** Whether the first or last line says, in a short sentence of its own, that something else found the answer. */
export function declaresHelp(answer: string): boolean {
  const lines = answer.split('\n').filter((line) => foldLetters(line) !== '');
  return [lines[0], lines.at(-1)].some(
    (line) => line !== undefined && foldLetters(line).length <= 40 && help.test(foldText(line)),
  );
}

/** Whether the answer ends as a question: the member was guessing. */
export function isHedged(answer: string): boolean {
  return /\?[\s.~!…^;\u3131-\u318E)]*$/u.test(answer.trimEnd());
}

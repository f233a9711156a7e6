import { spellHidden } from './hidden-characters.ts';

/** Cyrillic and Greek small letters that look like Latin ones, each before the letter that it resembles. */
const lookAlikes = 'аaеeоoрpсcуyхxіiјjѕsкkмmнhтtвbԁdԛqԝwһhгr' + 'οoαaνvιiκkρpτtυuχxεeηnωwμuβb' + 'ɡgıiɑaℓlɩi';
const latinOf = new Map(
  [...lookAlikes].flatMap((letter, index, all) =>
    index % 2 === 0 ? [[letter, all[index + 1] ?? letter] as const] : [],
  ),
);

/** Letters with one sign between each: i g n o r e, 무.시. */
const spacedOut = /(?<![\p{L}\p{N}])(?:\p{L}[ .\-_*·]){2,}\p{L}(?![\p{L}\p{N}])/gu;

function plainReading(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\u0370-\u03FF\u0400-\u052F\u0250-\u02AF\u0131]/gu, (letter) => latinOf.get(letter) ?? letter);
}

function joinSpacedOut(text: string): string {
  return text.replace(spacedOut, (run) => run.replace(/[ .\-_*·]/gu, ''));
}

const encoded = /[\w+/-]{24,}={0,2}/gu;
/** More, and it is data, not a message. */
const mostEncoded = 20;
const longestEncoded = 4_000;

/** The text that a run of base64 or base64url stands for; '' when it stands for none. */
function decodeBase64(run: string): string {
  const bytes = Buffer.from(run.slice(0, longestEncoded), 'base64');
  const text = bytes.toString('utf8');
  return /[\p{Cc}\uFFFD]/u.test(text.replace(/\s/gu, '')) ? '' : text;
}

/**
 * What a model may read in a text that a person reads otherwise, each in lower case: the text without
 * full-width letters, look-alikes, invisible characters and letters spaced out, and what is encoded in it.
 */
export function unmask(text: string): string[] {
  const spelled = spellHidden(text);
  const decoded = [...spelled.matchAll(encoded)]
    .slice(0, mostEncoded)
    .map(([run]) => decodeBase64(run))
    .filter((message) => message !== '');
  return [spelled, ...decoded].map((reading) => joinSpacedOut(plainReading(reading)));
}

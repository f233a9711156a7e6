import { answerNames, toBeOpened } from './outline.ts';

const signs = '(?:(?:\\p{Extended_Pictographic}|\\uFE0F)+\\s*)?';
const remark = '(?:\\s*[(（][^()（）]{0,40}[)）])?';
const separator = /^(?:[:：]|[·•–—-](?=\s|$))\s*/u;
const emphasis = /^(\*\*|__|\*)(?!\s)([^*_]{1,300}?)\1\s*(.*)$/u;
const inBrackets = /^\\?\[([^[\]]{1,40})\\?\](?!\()\s*(.*)$/u;
const lead = /^\s*(?:#{1,6}\s+)?(?:[-*+]\s+)?/u;

/** What stands behind a name of model answers at the beginning of a text; null where there is none. */
type BehindName = (text: string, isMarked: boolean) => string | null;

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|]/gu, '\\$&');
}

/**
 * Finds names of model answers that begin a text: followed by a colon, a dash or nothing, or by anything where the text
 * is marked as a callout or as bold.
 * @param others names beside the usual ones
 */
function behindName(others: readonly string[]): BehindName {
  const names = [...others.map((name) => escaped(name.normalize('NFC').trim())), answerNames];
  const name = new RegExp(
    `^${signs}(?:${names.join('|')})${toBeOpened}(?![\\p{L}\\p{N}])${remark}\\s*`,
    'iu',
  );
  return (text, isMarked) => {
    const written = text.normalize('NFC').trim();
    const found = name.exec(written)?.[0];
    if (found === undefined) return null;
    const behind = written.slice(found.length);
    return isMarked || behind === '' || separator.test(behind) ? behind.replace(separator, '') : null;
  };
}

/**
 * Tells what a line leaves of a model answer that it announces: `모범답안: …`, `**해설** …`, `[정답] …`; null where it
 * announces none.
 * @param others names of model answers beside the usual ones
 */
export function modelLabels(others: readonly string[]): (line: string, isCallout: boolean) => string | null {
  const behind = behindName(others);
  return (line, isCallout) => {
    const text = line.replace(lead, '').trim();
    for (const form of [emphasis, inBrackets]) {
      const found = form.exec(text);
      const inside = found && behind(form === emphasis ? (found[2] ?? '') : (found[1] ?? ''), true);
      const after = (found?.at(-1) ?? '').replace(separator, '');
      if (inside !== null) return [inside, after].filter((part) => part !== '').join(' ');
    }
    return behind(text, isCallout);
  };
}

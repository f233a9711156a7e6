import type { PageWords } from './page-words.ts';
import type { LineRange } from './slice.ts';

const property = /^[^\s:：#>|*`<-][^:：]{0,30}:\s+\S/u;

/**
 * The lines of properties that Notion writes below the title of a database's page: `상태: 완료`. They end at a blank
 * line with something else behind it.
 * @returns null where there are none
 */
export function propertyLines(
  lines: readonly string[],
  titleLine: number,
  words: PageWords,
): LineRange | null {
  let [from, to] = [0, 0];
  for (let line = titleLine + 1; line <= lines.length; line += 1) {
    const written = lines[line - 1] ?? '';
    if (written.trim() === '') continue;
    const isProperty = property.test(written) && !words.names.isListed(written.replace(/:.*$/u, ''));
    const isApart = lines[line - 2]?.trim() === '' && from > 0;
    if (!isProperty || isApart) break;
    from ||= line;
    to = line;
  }
  return from === 0 ? null : { from, to };
}

import { InputError } from '../core/errors.ts';
import { grouped } from './grouped.ts';
import { plainName } from './names.ts';

/** A name as it was written, and where. */
interface WrittenName {
  name: string;
  file: string;
}

/** Names in plain form, but as written where two that differ would be one. */
export function apart(names: readonly string[]): string[] {
  const written = grouped(names, plainName);
  return names.map((name) => {
    const plain = plainName(name);
    return new Set(written.get(plain)).size > 1 ? name.trim() : plain;
  });
}

/**
 * The names of members who have a document each: plain, but as written where two would be one.
 * @throws InputError when two documents bear the very same name, or one is a second download of the other
 */
export function distinctNames(members: readonly WrittenName[]): string[] {
  const names = apart(members.map(({ name }) => name));
  refuseSecondDownloads(members);
  const seen = new Map<string, string>();
  for (const [index, { file }] of members.entries()) {
    const name = names[index] ?? '';
    const twin = seen.get(name);
    if (twin !== undefined) throw twoOfOneName(name, twin, file);
    seen.set(name, file);
  }
  return names;
}

/** What browsers add to the name of a file that is there already. */
const secondDownload = /\s*\(\d{1,2}\)$/u;

function refuseSecondDownloads(members: readonly WrittenName[]): void {
  const files = new Map(members.map(({ name, file }) => [name.trim(), file]));
  for (const { name, file } of members) {
    const first = files.get(name.trim().replace(secondDownload, ''));
    if (first === undefined || first === file) continue;
    if (secondDownload.test(name.trim())) throw downloadedTwice(first, file);
  }
}

function downloadedTwice(first: string, file: string): InputError {
  return new InputError(
    {
      ko: `${first}을(를) 다시 내려받은 파일로 보입니다. 둘 가운데 맞는 하나만 남기세요. 다른 사람이면 이름을 다르게 하세요.`,
      en: `this seems to be a second download of ${first}; keep the right one of the two, or give another person another name.`,
    },
    { place: { file, line: 1 } },
  );
}

function twoOfOneName(name: string, first: string, second: string): InputError {
  return new InputError(
    {
      ko: `${first}도 "${name}"의 문서입니다. 두 사람이면 이름을 다르게, 한 사람이면 한 문서로 합치세요.`,
      en: `${first} is a document of "${name}" as well; give two people different names, or make one document of one person's.`,
    },
    { place: { file: second, line: 1 } },
  );
}

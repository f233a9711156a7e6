import type { ImportWarning } from '../core/chapter.ts';
import type { RawSubmission } from './read-item.ts';

/** Members' work with one spelling of each name, and what was spelled in two ways. */
export interface OneSpelling {
  raws: RawSubmission[];
  warnings: ImportWarning[];
}

function spelledTwice({ member, file, from }: RawSubmission, known: string): ImportWarning {
  return {
    code: 'member_spelled_twice',
    file,
    line: from,
    message: {
      ko: `"${member}"은(는) "${known}"과(와) 대소문자만 달라 한 멤버로 읽었습니다. 두 사람이면 이름을 다르게 적으세요.`,
      en: `"${member}" differs from "${known}" only in capitals and is read as one member; give two people different names.`,
    },
  };
}

/** Makes one member of names that differ only in capitals: the spelling that stands first counts. */
export function withOneSpelling(raws: readonly RawSubmission[]): OneSpelling {
  const spellings = new Map<string, string>();
  const told = new Set<string>();
  const warnings: ImportWarning[] = [];
  const result = raws.map((raw) => {
    const letters = raw.member.toLowerCase();
    const known = spellings.get(letters) ?? raw.member;
    spellings.set(letters, known);
    if (known === raw.member) return raw;
    if (!told.has(raw.member)) warnings.push(spelledTwice(raw, known));
    told.add(raw.member);
    return { ...raw, member: known };
  });
  return { raws: result, warnings };
}

import { InputError } from '../core/errors.ts';
import { foldLetters } from '../core/fold.ts';
import { remarkOnName } from './names.ts';
import type { ReadGroup } from './read-group.ts';

/**
 * Makes sure that two labels of one name are one member's: where they are told apart by what stands in brackets and
 * answer the same question, they may be two persons'.
 */
export class Namesakes {
  readonly #file: string;
  readonly #seen = new Map<string, { remark: string; line: number }>();

  constructor(file: string) {
    this.#file = file;
  }

  /**
   * @param label the name as written
   * @param question tells questions apart
   * @throws InputError naming file and line
   */
  see(member: string, label: string, question: string, line: number): void {
    const key = JSON.stringify([member, question]);
    const remark = remarkOnName(label);
    const earlier = this.#seen.get(key);
    if (earlier && earlier.remark !== remark) throw namesakes(member, earlier.line, this.#file, line);
    this.#seen.set(key, earlier ?? { remark, line });
  }
}

/** Makes sure of it for the headings of members. @throws InputError naming file and line */
export function refuseNamesakes(groups: readonly ReadGroup[], file: string): void {
  const names = new Namesakes(file);
  for (const { group, raws } of groups) {
    if (group.member === null) continue;
    const { title, line } = group.section;
    for (const { question } of raws) names.see(group.member, title, foldLetters(question.text), line);
  }
}

function namesakes(member: string, earlier: number, file: string, line: number): InputError {
  return new InputError(
    {
      ko: `"${member}"이라는 제목이 ${earlier}행에도 있고 같은 질문에 답했습니다. 한 사람이면 제목을 똑같이, 두 사람이면 이름을 서로 다르게 적으세요.`,
      en: `"${member}" is a heading on line ${earlier} as well, with an answer to the same question; write one person's headings alike, or give two persons different names.`,
    },
    { place: { file, line } },
  );
}

import type { ImportWarning } from '../core/chapter.ts';
import { nameInTable } from './member-names.ts';

/** Who a response says it is from; blank where it does not say. */
export interface Respondent {
  name: string;
  email: string;
  username: string;
  line: number;
}

/** Whether a text is an e-mail address, which is shown nowhere. */
export function isAddress(text: string): boolean {
  return /^[^\s@]+@[^\s@]+$/u.test(text.trim());
}

function withoutAddress(text: string): string {
  return isAddress(text) ? (text.trim().split('@')[0] ?? '') : text;
}

/** The member's name: as written, else what stands before the `@` of the address. */
export function nameOf({ name, email, username }: Respondent): string {
  // Forms that ask for no address write "anonymous".
  const address = isAddress(email) ? email : '';
  return nameInTable(withoutAddress([name, username, address].find((text) => text.trim() !== '') ?? ''));
}

function twoPeople(name: string, second: string, first: number, line: number): ImportWarning {
  return {
    code: 'member_twice',
    line,
    message: {
      ko: `"${name}"이라는 이름으로 ${first}행과 ${line}행에 서로 다른 주소로 냈습니다. 다른 사람으로 보아 뒤의 것을 "${second}"로 읽습니다. 같은 사람이면 표의 주소를 같게 하세요.`,
      en: `"${name}" handed in from two addresses, on lines ${first} and ${line}; they are read as two people, the later one as "${second}". If it is one person, make the addresses in the table the same.`,
    },
  };
}

function twoNames(first: Respondent, later: Respondent): ImportWarning {
  const [a, b] = [nameOf(first), nameOf(later)];
  return {
    code: 'member_twice',
    line: later.line,
    message: {
      ko: `${first.line}행의 "${a}"와 ${later.line}행의 "${b}"는 같은 주소로 냈습니다. 다른 사람으로 읽습니다. 같은 사람이면 이름을 같게 하세요.`,
      en: `"${a}" on line ${first.line} and "${b}" on line ${later.line} handed in from one address; they are read as two people. If it is one person, make the names the same.`,
    },
  };
}

/** Gives each respondent a member's name that is nobody else's; two of one name are told apart by their addresses. */
export class Respondents {
  readonly warnings: ImportWarning[] = [];
  /** By name, the addresses with the names they are shown by. */
  readonly #byName = new Map<string, Map<string, { shown: string; line: number }>>();
  readonly #byEmail = new Map<string, Respondent>();

  of(respondent: Respondent): string {
    const name = nameOf(respondent);
    const email = (respondent.email || (isAddress(respondent.username) ? respondent.username : ''))
      .trim()
      .toLowerCase();
    this.#compareNames(email, respondent);
    const own = this.#byName.get(name) ?? new Map<string, { shown: string; line: number }>();
    this.#byName.set(name, own);
    // Without an address nobody can be told from another of the name.
    const known = own.get(email) ?? (email === '' ? [...own.values()][0] : own.get(''));
    if (known) return known.shown;
    const [first] = own.values();
    const shown = first ? `${name} (${own.size + 1})` : name;
    own.set(email, { shown, line: respondent.line });
    if (first) this.warnings.push(twoPeople(name, shown, first.line, respondent.line));
    return shown;
  }

  #compareNames(email: string, respondent: Respondent): void {
    const first = this.#byEmail.get(email);
    if (email === '') return;
    if (!first) this.#byEmail.set(email, respondent);
    else if (nameOf(first) !== nameOf(respondent)) this.warnings.push(twoNames(first, respondent));
  }
}

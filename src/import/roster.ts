import { InputError } from '../core/errors.ts';
import type { Identity, Roster } from '../core/gradebook.ts';
import { tableRows } from './marked-rows.ts';
import { type FieldNames, type FieldReader, requireField, rowError, textField } from './table-fields.ts';
import { foldedName, type TableRow } from './table-row.ts';

type RosterField = 'member' | keyof Identity;

/** The names of Canvas's and Moodle's own exports are among them. */
const names: FieldNames<RosterField> = {
  member: ['member', 'student', 'name', '이름', '멤버', '학생'],
  id: ['id', 'canvas id'],
  idNumber: ['id number', 'sis user id', 'student number', '학번'],
  login: ['login', 'username', 'sis login id', '아이디'],
  email: ['email', 'email address', '이메일'],
  section: ['section', '분반'],
};
const identifying = ['id', 'idNumber', 'login', 'email'] as const;

function refuseNothingToKnowBy({ names: all, row, file }: FieldReader<RosterField>): void {
  const accepted = identifying.flatMap((field) => all[field]);
  if (accepted.some((name) => row.fields.has(foldedName(name)))) return;
  throw rowError(
    { row, file },
    {
      ko: `사람을 알아볼 칸이 없습니다. 쓸 수 있는 이름: ${accepted.join(', ')}.`,
      en: `no column tells who is who on the platform; accepted names: ${accepted.join(', ')}.`,
    },
    row.namesLine,
  );
}

function identityOf(reader: FieldReader<RosterField>): Identity {
  const text = (field: RosterField) => textField(reader, field)?.trim() ?? null;
  return {
    id: text('id'),
    idNumber: text('idNumber'),
    login: text('login'),
    email: text('email'),
    section: text('section'),
  };
}

function isSame(one: Identity, other: Identity): boolean {
  return identifying.every((field) => one[field] === other[field]);
}

function addRow(row: TableRow, file: string, roster: Map<string, Identity>): void {
  const reader = { file, row, names };
  requireField(reader, 'member');
  refuseNothingToKnowBy(reader);
  const member = textField(reader, 'member')?.trim().normalize('NFC');
  if (member === undefined) return;
  const identity = identityOf(reader);
  const known = roster.get(member);
  if (known !== undefined && !isSame(known, identity)) {
    throw rowError(reader, {
      ko: `"${member}"이(가) 명단에 서로 다르게 두 번 있습니다. 한 줄만 남기세요.`,
      en: `"${member}" stands in the roster twice, as different people; leave one line.`,
    });
  }
  roster.set(member, identity);
}

/**
 * A roster, as CSV or JSONL: a column for the member's name as it stands in the answers, and columns by which a
 * learning platform knows the person. Lines without a name are passed over.
 * @throws InputError naming file and line when columns are missing, a member stands for two people, or nobody is there
 */
export function readRoster(text: string, file: string): Roster {
  const roster = new Map<string, Identity>();
  for (const row of tableRows(text, file)) addRow(row, file, roster);
  if (roster.size > 0) return roster;
  throw new InputError(
    {
      ko: '명단에 아무도 없습니다. 첫 줄에 member,email 같은 칸의 이름을, 그 아래에 한 줄에 한 사람씩 적으세요.',
      en: 'the roster names nobody; write column names such as member,email in the first line, and one person on each line below.',
    },
    { place: { file } },
  );
}

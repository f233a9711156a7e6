import { stringify } from 'csv-stringify/sync';
import type { Gradebook, GradebookRow, Identity, Platform } from '../core/gradebook.ts';
import type { Language } from '../core/localized.ts';

type Cell = string | number | null;

/** Cells as CSV: scores with one decimal, texts that look like formulas quoted. */
function csv(lines: readonly (readonly Cell[])[]): string {
  return stringify([...lines], {
    bom: true,
    escape_formulas: true,
    cast: { number: (value) => (Number.isNaN(value) ? '-' : value.toFixed(1)) },
  });
}

/**
 * No grade, as Moodle takes it: an empty cell of a new column becomes 0 there, a hyphen does not. As a number it
 * is not taken for the beginning of a formula.
 */
const moodleNone = Number.NaN;

interface MoodleColumn {
  name: string;
  of: (identity: Identity) => string | null;
}

const moodleColumns: readonly MoodleColumn[] = [
  { name: 'ID number', of: ({ idNumber, id }) => idNumber ?? id },
  { name: 'Username', of: ({ login }) => login },
  { name: 'Email address', of: ({ email }) => email },
];

/**
 * Moodle may give the grades of a line without identification to somebody else: to the person of the line above, or
 * to one who has no ID number either. So such a line says something that nobody is known by.
 */
function moodleIdentity({ member, identity }: GradebookRow, { of }: MoodleColumn): string {
  return (identity && of(identity)) ?? `? ${member}`;
}

function moodleCsv({ chapters, rows }: Gradebook): string {
  const columns = moodleColumns.filter(({ of }) => rows.some(({ identity }) => identity && of(identity)));
  return csv([
    ['Member', ...columns.map(({ name }) => name), ...chapters],
    ...rows.map((row) => [
      row.member,
      ...columns.map((column) => moodleIdentity(row, column)),
      ...row.scores.map((score) => score ?? moodleNone),
    ]),
  ]);
}

const canvasColumns = ['Student', 'ID', 'SIS User ID', 'SIS Login ID', 'Section'];

function canvasCsv({ chapters, rows }: Gradebook): string {
  return csv([
    [...canvasColumns, ...chapters],
    ['    Points Possible', ...canvasColumns.slice(1).map(() => null), ...chapters.map(() => 100)],
    ...rows.map(({ member, identity, scores }) => [
      member,
      identity?.id ?? null,
      identity?.idNumber ?? null,
      identity?.login ?? identity?.email ?? null,
      identity?.section ?? null,
      ...scores,
    ]),
  ]);
}

/**
 * A gradebook as CSV for a platform's import of grades: UTF-8 with a byte order mark. Where there is no score,
 * there is none in the file either, never a zero.
 */
export function gradebookCsv(gradebook: Gradebook, platform: Platform): string {
  return platform === 'moodle' ? moodleCsv(gradebook) : canvasCsv(gradebook);
}

const words = {
  ko: {
    ungraded: (members: string) =>
      `채점되지 않은 답이 있어 점수를 비워 두었습니다(0점이 아닙니다): ${members}. 채점한 뒤 다시 만드세요.`,
    unknown: {
      moodle: (members: string) =>
        `명단에서 누구인지 알 수 없는 멤버: ${members}. 알아볼 칸에 "? 이름"이라고 적었으니, Moodle에 올리기 전에 채우거나 그 줄을 지우세요.`,
      canvas: (members: string) =>
        `명단에서 누구인지 알 수 없는 멤버: ${members}. ID 칸을 비워 두었으니, Canvas가 이름으로 찾습니다.`,
    },
    noRoster: {
      moodle:
        'Moodle은 이메일, 사용자 이름, ID 번호로만 사람을 찾습니다. --roster로 명단(member와 email 등의 칸이 있는 CSV)을 주세요.',
      canvas: '명단(--roster)이 없으므로 Canvas가 이름으로 사람을 찾습니다. 가져올 때 맞는지 확인하세요.',
    },
  },
  en: {
    ungraded: (members: string) =>
      `left without a score, which is no zero, for ungraded answers: ${members}; grade them and write the file again.`,
    unknown: {
      moodle: (members: string) =>
        `the roster does not tell who these are: ${members}; their lines say "? name" where Moodle looks for the person, so fill them in or take them out first.`,
      canvas: (members: string) =>
        `the roster does not tell who these are: ${members}; their ID is blank, so Canvas looks for them by name.`,
    },
    noRoster: {
      moodle:
        'Moodle finds people only by e-mail address, username or ID number; give them with --roster, a CSV file with the columns member and, say, email.',
      canvas: 'without --roster Canvas looks for people by name; check its preview when you import.',
    },
  },
};

function isKnown({ identity }: GradebookRow): boolean {
  if (identity === null) return false;
  const { id, idNumber, login, email } = identity;
  return [id, idNumber, login, email].some((value) => value !== null);
}

/** What a person has to know before a gradebook is imported: one sentence each. */
export function gradebookNotices(
  { rows, hasRoster }: Gradebook,
  platform: Platform,
  language: Language,
): string[] {
  const own = words[language];
  const ungraded = rows.filter((row) => row.ungraded.length > 0);
  const unknown = rows.filter((row) => !isKnown(row)).map(({ member }) => member);
  return [
    ...(hasRoster ? [] : [own.noRoster[platform]]),
    ...(hasRoster && unknown.length > 0 ? [own.unknown[platform](unknown.join(', '))] : []),
    ...(ungraded.length > 0
      ? [own.ungraded(ungraded.map((row) => `${row.member} (${row.ungraded.join(', ')})`).join(', '))]
      : []),
  ];
}

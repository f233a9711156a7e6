import { addGroup, disableGroup, needsGroupTokens, type OpenGroups, rotateToken } from '../../app/groups.ts';
import { ConfigError } from '../../core/errors.ts';
import type { Localized } from '../../core/localized.ts';
import { groupsTable } from '../../reports/groups-table.ts';
import { type CommonOptions, type ExitCode, type Io, messageLanguage, writeJson } from '../io.ts';

export interface GroupOptions extends CommonOptions {
  db?: string;
}

type Groups = Awaited<ReturnType<OpenGroups>>;

/** The database's address, of which nothing is shown: it holds a password. */
function addressFrom({ db }: GroupOptions, { env }: Io): string {
  const address = (db ?? env['DATABASE_URL'] ?? '').trim();
  if (/^postgres(?:ql)?:\/\//u.test(address)) return address;
  throw new ConfigError({
    ko: '그룹은 PostgreSQL에만 있습니다. 데이터베이스 주소(postgres://…)를 --db나 환경 변수 DATABASE_URL로 주세요.',
    en: 'groups are kept in PostgreSQL only; give the address of a database (postgres://…) by --db or the environment variable DATABASE_URL.',
  });
}

async function withGroups(
  options: GroupOptions,
  io: Io,
  open: OpenGroups,
  work: (groups: Groups) => Promise<void>,
): Promise<ExitCode> {
  const groups = await open(addressFrom(options, io));
  try {
    await work(groups);
    return 0;
  } finally {
    await groups.close();
  }
}

/** The token alone on standard output, for a variable or a pipe; what is to be known of it on standard error. */
function showToken(name: string, token: string, said: Localized, options: GroupOptions, io: Io): void {
  if (options.json) writeJson(io, { name, token });
  else io.out(`${token}\n`);
  io.err(`${said[messageLanguage(options, io)]}\n`);
}

const firstGroup: Localized = {
  ko: '첫 그룹입니다. 이 데이터베이스에서 이미 토큰 없이, 또는 ANSWER_GRADER_TOKEN으로 열려 있는 serve는 그 변수를 비우고 다시 시작해야 이 그룹이 들어올 수 있습니다.',
  en: 'it is the first group: a serve that already runs on this database and is open without a token or with ANSWER_GRADER_TOKEN must be restarted, without that variable, to let it in.',
};

/** `group add NAME`: a group, and its token this once. */
export function groupAddCommand(
  name: string,
  options: GroupOptions,
  io: Io,
  open: OpenGroups,
): Promise<ExitCode> {
  return withGroups(options, io, open, async (groups) => {
    const isFirst = !needsGroupTokens(await groups.groups());
    const { token } = await addGroup(name, groups);
    const said = {
      ko: `"${name}" 그룹을 만들었습니다. 이 토큰은 다시 볼 수 없으니 지금 잘 보관하세요.`,
      en: `group "${name}" was added; keep its token now, it cannot be shown again.`,
    };
    showToken(name, token, said, options, io);
    if (isFirst) io.err(`${firstGroup[messageLanguage(options, io)]}\n`);
  });
}

/** `group list`: every group, without any token. */
export function groupListCommand(options: GroupOptions, io: Io, open: OpenGroups): Promise<ExitCode> {
  return withGroups(options, io, open, async (groups) => {
    const list = await groups.groups();
    if (options.json) writeJson(io, { groups: list });
    else io.out(groupsTable(list, messageLanguage(options, io)));
  });
}

function newTokenOf(name: string, hadToken: boolean): Localized {
  if (!hadToken)
    return {
      ko: `"${name}" 그룹에 토큰을 주었습니다. 이 토큰은 다시 볼 수 없으니 지금 잘 보관하세요.`,
      en: `group "${name}" has a token now; keep it, it cannot be shown again.`,
    };
  return {
    ko: `"${name}" 그룹의 토큰을 바꿨습니다. 옛 토큰과 그것으로 한 로그인은 이제 쓸 수 없고, 새 토큰은 다시 볼 수 없습니다.`,
    en: `group "${name}" has a new token, which cannot be shown again; the old one, and every login made with it, works no longer.`,
  };
}

/** `group rotate NAME`: a new token in place of the old one. */
export function groupRotateCommand(
  name: string,
  options: GroupOptions,
  io: Io,
  open: OpenGroups,
): Promise<ExitCode> {
  return withGroups(options, io, open, async (groups) => {
    const hadToken = (await groups.groups()).some((group) => group.name === name && group.hasToken);
    showToken(name, await rotateToken(name, groups), newTokenOf(name, hadToken), options, io);
  });
}

/** `group disable NAME`: nobody comes in by the network any more. */
export function groupDisableCommand(
  name: string,
  options: GroupOptions,
  io: Io,
  open: OpenGroups,
): Promise<ExitCode> {
  return withGroups(options, io, open, async (groups) => {
    await disableGroup(name, groups);
    if (options.json) writeJson(io, { name });
    const said = {
      ko: `"${name}" 그룹은 이제 들어올 수 없습니다. 채점한 것은 그대로 있고, "group rotate"로 다시 열 수 있습니다.`,
      en: `group "${name}" cannot come in any more; what it has graded stays, and "group rotate" lets it in again.`,
    };
    io.err(`${said[messageLanguage(options, io)]}\n`);
  });
}

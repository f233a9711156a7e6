import { StoreError } from '../core/errors.ts';
import type { Localized } from '../core/localized.ts';
import { withoutPassword } from '../core/postgres-address.ts';

/** Codes of the system and of PostgreSQL (https://www.postgresql.org/docs/current/errcodes-appendix.html). */
function codeOf(error: unknown): string {
  return (error as { code?: string } | null)?.code ?? '';
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

const systemCodes = [
  ...['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'EHOSTDOWN'],
  ...['ENOTFOUND', 'EAI_AGAIN', 'ENOENT'],
];
/** The server is ending, has crashed, is starting, or has no connection to spare. */
const serverCodes = ['57P01', '57P02', '57P03', '53300', '25P03'];
/** What `pg` and pg-boss say themselves of connections that ended or never came to be. */
const driverMessages = [
  'Connection terminated',
  'timeout exceeded when trying to connect',
  'Client has encountered a connection error',
  'Query read timeout',
  'LISTEN/NOTIFY ',
];

/** There was no connection, or it is gone: what was asked for may have been done or not. */
export function isLost(error: unknown): boolean {
  const code = codeOf(error);
  return (
    systemCodes.includes(code) ||
    serverCodes.includes(code) ||
    code.startsWith('08') ||
    driverMessages.some((message) => messageOf(error).startsWith(message))
  );
}

/** The server has not noticed yet that a connection is lost, so that nobody knows what becomes of its work. */
export function stillAtWork(): Error {
  return Object.assign(new Error('the transaction is still at work'), { code: '08007' });
}

/** It was not done because somebody else was at the same rows: a deadlock, or a transaction that came too late. */
export function isUndone(error: unknown): boolean {
  return ['40P01', '40001'].includes(codeOf(error));
}

const lost: Localized = {
  ko: 'PostgreSQL에 연결할 수 없거나 연결이 끊겼습니다. 서버와 네트워크, 주소를 확인하고 다시 실행하세요. 저장된 것은 그대로 있습니다',
  en: 'PostgreSQL cannot be reached, or the connection was lost; check the server, the network and the address, and run again. What was stored is still there',
};
const lostMeanwhile: Localized = {
  ko: 'PostgreSQL에 연결할 수 없거나 연결이 끊겼습니다. 저절로 다시 시도합니다. 계속되면 서버와 네트워크, 주소를 확인하세요',
  en: 'PostgreSQL cannot be reached, or the connection was lost; it is tried again by itself. If this goes on, check the server, the network and the address',
};
const refused: Localized = {
  ko: 'PostgreSQL이 사용자 이름이나 비밀번호를 받아들이지 않았습니다. 주소의 사용자와 비밀번호를 확인하세요',
  en: 'PostgreSQL did not accept the user or the password; check both in the address',
};
const timedOut: Localized = {
  ko: 'PostgreSQL이 제때 답하지 않았습니다. 서버의 부하와 잠금을 확인하고 다시 실행하세요',
  en: 'PostgreSQL took too long to answer; check its load and its locks, and run again',
};

const unreadable: Localized = {
  ko: '주소를 읽을 수 없습니다. postgres://사용자:비밀번호@호스트:5432/데이터베이스 꼴로 쓰고, 사용자와 비밀번호의 /, ?, #, @, %는 %2F, %3F, %23, %40, %25로 적으세요',
  en: 'the address cannot be read; write it as postgres://user:password@host:5432/database, and in user and password /, ?, #, @ and % as %2F, %3F, %23, %40 and %25',
};

const advice: Readonly<Record<string, Localized>> = {
  '28P01': refused,
  '28000': refused,
  ERR_INVALID_URL: unreadable,
  '3D000': {
    ko: '그런 데이터베이스가 서버에 없습니다. createdb로 만들거나 주소의 이름을 확인하세요',
    en: 'the server has no such database; make it with createdb or check its name in the address',
  },
  '42501': {
    ko: '이 사용자에게 권한이 없습니다. 데이터베이스의 CREATE 권한과 스키마 answer_grader의 권한을 주세요',
    en: 'the user has no permission; grant CREATE on the database, and what lies in the schemas answer_grader…',
  },
  '53100': {
    ko: '서버의 디스크가 가득 찼습니다. 공간을 비우고 다시 실행하세요. 저장된 것은 그대로 있습니다',
    en: "the server's disk is full; free some space and run again, what was stored is still there",
  },
  '57014': timedOut,
  '55P03': timedOut,
  '25006': {
    ko: '읽기 전용 서버입니다. 쓸 수 있는(primary) 서버의 주소를 지정하세요',
    en: 'the server is read-only; name the address of the one that takes writes (the primary)',
  },
};

function adviceFor(error: unknown): Localized | undefined {
  if (isLost(error)) return lost;
  if (messageOf(error).startsWith('SASL')) return refused;
  // Of an escape that stands for no character.
  if (messageOf(error) === 'URI malformed') return unreadable;
  return advice[codeOf(error)];
}

/**
 * What went wrong, in a sentence; the place is the address, without its password.
 * @param known what to say of it; found by the error when left out
 */
export function storeError(address: string, error: unknown, known = adviceFor(error)): StoreError {
  const said = messageOf(error);
  return new StoreError(
    { ko: `데이터베이스: ${known?.ko ?? said}.`, en: `the database: ${known?.en ?? said}.` },
    { place: { file: withoutPassword(address) }, cause: error },
  );
}

/** The refusal of a database that this program does not know yet. */
export function madeByNewer(place: string): StoreError {
  return new StoreError(
    {
      ko: '더 새로운 answer-grader가 만든 데이터베이스입니다. answer-grader를 업데이트하세요.',
      en: 'the database was made by a newer answer-grader; update answer-grader.',
    },
    { place: { file: withoutPassword(place) } },
  );
}

/** So long it is not said again that a database cannot be reached. */
const sayAgainMs = 60_000;

/**
 * For what goes on in the background and tries again by itself: that the database cannot be reached is told in a
 * sentence that says so, at most once a minute.
 * @param address of the database, for the sentence
 * @param now milliseconds, for tests to turn
 */
export function tellingOfLoss(
  address: string,
  onFault: (error: unknown) => void,
  now: () => number = Date.now,
): (error: unknown) => void {
  let saidAt = Number.NEGATIVE_INFINITY;
  return (error) => {
    const cause = error instanceof StoreError ? error.cause : error;
    if (!isLost(cause)) {
      onFault(error);
      return;
    }
    if (now() < saidAt + sayAgainMs) return;
    saidAt = now();
    onFault(storeError(address, cause, lostMeanwhile));
  };
}

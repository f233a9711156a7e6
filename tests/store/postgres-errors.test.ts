import { describe, expect, it } from 'vitest';
import { StoreError } from '../../src/core/errors.ts';
import { isLost, isUndone, storeError, tellingOfLoss } from '../../src/store/postgres-errors.ts';
import { openPostgresGroups } from '../../src/store/postgres-groups.ts';

const address = 'postgres://group:s3cret@db.test:5432/grades';

function failing(code: string, message = 'as the server says'): Error {
  return Object.assign(new Error(message), { code });
}

describe('what PostgreSQL says', () => {
  it.each([
    ['ECONNREFUSED', /cannot be reached/u, /연결할 수 없거나/u],
    ['57P01', /cannot be reached/u, /연결할 수 없거나/u],
    ['28P01', /did not accept the user or the password/u, /받아들이지 않았습니다/u],
    ['3D000', /has no such database/u, /데이터베이스가 서버에 없습니다/u],
    ['42501', /has no permission/u, /권한이 없습니다/u],
    ['53100', /disk is full/u, /가득 찼습니다/u],
    ['57014', /took too long/u, /제때 답하지 않았습니다/u],
    ['25006', /is read-only/u, /읽기 전용/u],
    ['ERR_INVALID_URL', /address cannot be read/u, /주소를 읽을 수 없습니다/u],
    ['XX000', /as the server says/u, /as the server says/u],
  ])('%s is a sentence, at an address without a password', (code, en, ko) => {
    const error = storeError(address, failing(code));
    expect(error.sentence('en')).toMatch(en);
    expect(error.sentence('ko')).toMatch(ko);
    expect(error.sentence('en')).toMatch(/^postgres:\/\/group@db\.test:5432\/grades: the database: .*\.$/u);
    expect(error.sentence('ko')).not.toContain('s3cret');
  });

  it.each([
    ...['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', '57P01', '57P02', '57P03', '08006', '08P01', '53300'],
  ])('%s passes by itself', (code) => {
    expect(isLost(failing(code))).toBe(true);
  });

  it.each([
    'Connection terminated unexpectedly',
    'Connection terminated due to connection timeout',
    'timeout exceeded when trying to connect',
    'Query read timeout',
    'LISTEN/NOTIFY connection ended',
    'LISTEN/NOTIFY heartbeat timed out',
    'LISTEN/NOTIFY channel registration was lost',
  ])('"%s" passes by itself', (message) => {
    expect(isLost(new Error(message))).toBe(true);
  });

  it.each(['23505', '42501', '28P01', '3D000', '57014', '53100', '42P01'])('%s does not pass', (code) => {
    expect([isLost(failing(code)), isUndone(failing(code))]).toEqual([false, false]);
  });

  it.each(['40P01', '40001'])('%s was not done, because of others', (code) => {
    expect([isLost(failing(code)), isUndone(failing(code))]).toEqual([false, true]);
  });
});

describe('an address that cannot be read', () => {
  it.each([
    'postgres://group:s3?cret@db.test/grades',
    'postgres://group:s3/cret@db.test/grades',
    'postgres://group:s3cret/grades',
    'postgres://group:s3%ffcret@db.test/grades',
  ])('%s is not shown with its password, and how to write it is', async (wrong) => {
    const error: unknown = await openPostgresGroups(wrong).catch((thrown: unknown) => thrown);
    expect(String(error)).toMatch(/ in user and password .* as %2F/u);
    expect(String(error)).not.toMatch(/s3|cret/u);
  });
});

describe('what goes wrong in the background', () => {
  it('is told as it is, but that the database is away as a sentence once a minute', () => {
    const told: unknown[] = [];
    let now = 0;
    const tell = tellingOfLoss(
      address,
      (error) => told.push(error),
      () => now,
    );
    const other = failing('XX000');
    for (const error of [failing('ECONNREFUSED'), other, failing('57P03')]) tell(error);
    expect(told).toEqual([expect.any(StoreError), other]);
    now = 60_000;
    tell(storeError(address, failing('ECONNREFUSED')));
    const sentences = [told[0], told[2]].map((error) => (error as StoreError).sentence('en'));
    expect(sentences).toEqual([
      expect.stringMatching(/cannot be reached.* tried again by itself/u),
      sentences[0],
    ]);
    expect(sentences[0]).not.toMatch(/run again|s3cret/u);
    expect((told[0] as StoreError).sentence('ko')).toMatch(/연결할 수 없거나.*저절로 다시 시도합니다/u);
    expect(told[2]).toMatchObject({ cause: { code: 'ECONNREFUSED' } });
  });
});

import { describe, expect, it } from 'vitest';
import {
  addressOfGroup,
  groupIn,
  isPostgresAddress,
  withoutPassword,
} from '../../src/core/postgres-address.ts';

describe('an address of PostgreSQL', () => {
  it.each([
    ['postgres://db.test/grades', true],
    ['postgresql://user:password@db.test:5432/grades?sslmode=require', true],
    ['postgres.db', false],
    ['/data/postgres://grades.db', false],
    ['.answer-grader/grades.db', false],
  ])('%s: %s', (text, isAddress) => {
    expect(isPostgresAddress(text)).toBe(isAddress);
  });

  it.each([
    ['postgres://group:s3cret@db.test:5432/grades', 'postgres://group@db.test:5432/grades'],
    ['postgres://group@db.test/grades', 'postgres://group@db.test/grades'],
    ['postgres://db.test:5432/grades', 'postgres://db.test:5432/grades'],
    ['postgres://group:s3cret@/grades?host=/run/postgresql', 'postgres://group@/grades?host=/run/postgresql'],
    ['postgres://group:s3c/r@et@db.test/grades', 'postgres://group@db.test/grades'],
    ['postgres://group:s3?c#ret@db.test/grades', 'postgres://group@db.test/grades'],
    ['postgres://group:s3cret/grades', 'postgres://group:***'],
    ['postgres://group:s3?c/ret', 'postgres://group:***'],
    ['postgres://group:1234567/grades', 'postgres://group:***'],
    ['postgres://db.test:5432', 'postgres://db.test:5432'],
    ['postgres://[::1]:5432/grades', 'postgres://[::1]:5432/grades'],
    ['postgres://:s3cret@db.test/grades', 'postgres://@db.test/grades'],
    [
      'postgres://db.test/grades?user=group&password=s3cret&sslmode=require',
      'postgres://db.test/grades?user=group&password=***&sslmode=require',
    ],
    ['postgres://db.test/grades?sslpassword=s3cret', 'postgres://db.test/grades?sslpassword=***'],
  ])('%s is shown as %s', (address, shown) => {
    expect(withoutPassword(address)).toBe(shown);
  });

  it.each([
    ['postgres://db.test/grades?group=class%20a', 'postgres://db.test/grades', 'class a'],
    ['postgres://db.test/grades?group=a@b', 'postgres://db.test/grades', 'a@b'],
    ['postgres://db.test/grades?group=a&sslmode=require', 'postgres://db.test/grades?sslmode=require', 'a'],
    [
      'postgres:///grades?host=/run/postgresql&group=a&user=me',
      'postgres:///grades?host=/run/postgresql&user=me',
      'a',
    ],
    ['postgres://me:s3&group=cret@db.test/grades', 'postgres://me:s3&group=cret@db.test/grades', undefined],
    ['postgres://me:s3?cret@db.test/grades', 'postgres://me:s3?cret@db.test/grades', undefined],
  ])('%s is %s to the server, and group %s', (whole, address, group) => {
    expect(groupIn(whole)).toEqual({ address, group });
  });

  it.each([
    'postgres://db.test/grades',
    'postgres://db.test/grades?user=me@here',
    'postgres://me:s3?cret@db.test/grades',
  ])('%s takes a group and gives it back', (address) => {
    expect(groupIn(addressOfGroup(address, '목요일 @ 7'))).toEqual({ address, group: '목요일 @ 7' });
  });
});

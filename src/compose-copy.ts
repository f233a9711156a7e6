import { dirname, resolve } from 'node:path';
import { files } from './compose.ts';
import { InputError } from './core/errors.ts';
import { isPostgresAddress } from './core/postgres-address.ts';
import { type Copied, type CopyPlace, copyStore } from './store/copy.ts';
import { openSqliteCopy } from './store/copy-sqlite.ts';

/** What a PostgreSQL database keeps; its driver is loaded only where there is one. */
async function openCopyAt(address: string): Promise<CopyPlace> {
  const { openGroupCopy } = await import('./compose-postgres.ts');
  return openGroupCopy(address);
}

async function openFrom(place: string): Promise<CopyPlace> {
  if (isPostgresAddress(place)) return openCopyAt(place);
  if (await files.isThere(place)) return openSqliteCopy(resolve(place));
  throw new InputError(
    {
      ko: '이런 파일이 없어 복사할 것이 없습니다. 파일 이름이나 데이터베이스 주소(postgres://…)를 확인하세요.',
      en: 'there is no such file, so there is nothing to copy; check its name, or give a database address (postgres://…).',
    },
    { place: { file: place } },
  );
}

async function openTo(place: string): Promise<CopyPlace> {
  if (isPostgresAddress(place)) return openCopyAt(place);
  const file = resolve(place);
  await files.makeFolder(dirname(file));
  return openSqliteCopy(file);
}

/**
 * Copies everything from one place into an empty one.
 * @param from an SQLite file, or the address of a group's part of a PostgreSQL database
 * @param to the same; a file is made when it is missing
 * @throws InputError where there is no such file; StoreError where a place cannot be used, or the other one holds
 * anything
 */
export async function copyStored(from: string, to: string): Promise<Copied> {
  const source = await openFrom(from);
  try {
    const target = await openTo(to);
    try {
      return await copyStore(source, target);
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}

import { isStored, openStore } from '../compose.ts';
import { InputError } from '../core/errors.ts';
import type { ExitCode } from './io.ts';

/**
 * Works on the database of graded chapters, and closes it afterwards.
 * @param database a file, or the address of a group's part of a PostgreSQL database
 * @throws InputError when there is none: looking at grades makes no database
 */
export async function withStored(
  database: string,
  work: (store: Awaited<ReturnType<typeof openStore>>) => ExitCode | Promise<ExitCode>,
): Promise<ExitCode> {
  if (!(await isStored(database))) {
    throw new InputError(
      {
        ko: '아직 채점한 것이 없습니다. 먼저 "answer-grader grade 파일"로 채점하거나 --db를 확인하세요.',
        en: 'nothing has been graded here yet; grade first with "answer-grader grade FILE", or check --db.',
      },
      { place: { file: database } },
    );
  }
  const store = await openStore(database);
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

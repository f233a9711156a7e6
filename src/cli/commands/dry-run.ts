import type { Endpoints } from '../../app/config.ts';
import { offlineRemakes } from '../../app/estimate.ts';
import type { PreparedChapter } from '../../app/prepare-chapter.ts';
import { earlierGrades } from '../../app/standing.ts';
import type { Remake } from '../../core/estimate.ts';
import { estimateText, remakesText } from '../../reports/estimate.ts';
import { estimateChapters, openIfThere, plannedAttempts } from '../estimate-chapters.ts';
import type { GradeOptions } from '../grade-options.ts';
import { type ExitCode, type Io, messageLanguage, writeJson } from '../io.ts';

async function dryRunOffline(
  prepared: readonly PreparedChapter[],
  options: GradeOptions,
  io: Io,
): Promise<ExitCode> {
  const messages = messageLanguage(options, io);
  const store = await openIfThere(options.db);
  try {
    const chapters: { id: string; title: string; remakes: Remake[] }[] = [];
    for (const item of prepared) {
      const { id, title } = item.chapter;
      const earlier = await earlierGrades(id, store);
      chapters.push({ id, title, remakes: offlineRemakes(plannedAttempts(item, options), earlier) });
    }
    io.err(
      messages === 'ko'
        ? '오프라인 기준선은 아무것도 보내지 않습니다.\n'
        : 'The offline baseline sends nothing.\n',
    );
    if (options.json) writeJson(io, { dryRun: true, chapters });
    else for (const { title, remakes } of chapters) io.out(remakesText(title, remakes, messages));
    return 0;
  } finally {
    await store.close();
  }
}

/**
 * `grade --dry-run`: whose grade would be made again and why, what would be sent, and what it would cost. Sends
 * nothing, writes nothing.
 */
export async function dryRun(
  prepared: readonly PreparedChapter[],
  endpoints: Endpoints,
  options: GradeOptions,
  io: Io,
): Promise<ExitCode> {
  if (options.judge === 'offline') return dryRunOffline(prepared, options, io);
  const messages = messageLanguage(options, io);
  const baseUrls = [...new Set(endpoints.map((endpoint) => endpoint.baseUrl))];
  const estimates = await estimateChapters(prepared, endpoints, options);
  if (options.json) {
    const chapters = estimates.map(({ id, title, estimate }) => ({ id, title, ...estimate }));
    writeJson(io, { dryRun: true, baseUrls, chapters });
  } else {
    for (const { title, estimate } of estimates) io.out(estimateText(title, estimate, baseUrls, messages));
  }
  return 0;
}

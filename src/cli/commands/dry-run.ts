import { resolve } from 'node:path';
import { endpointFrom } from '../../app/config.ts';
import { estimateRun } from '../../app/estimate.ts';
import { planGrading } from '../../app/plan.ts';
import type { PreparedChapter } from '../../app/prepare-chapter.ts';
import { files, openPriceList, openStore, openTokenCounter } from '../../compose.ts';
import type { Estimate } from '../../core/estimate.ts';
import { estimateText } from '../../reports/estimate.ts';
import type { GradeOptions } from '../grade-options.ts';
import { type ExitCode, type Io, messageLanguage, writeJson } from '../io.ts';

const nothingKept = { findReply: () => null, close: () => {} };

/** `grade --dry-run`: what would be sent, and what it would cost. Sends nothing, writes nothing. */
export async function dryRun(
  prepared: readonly PreparedChapter[],
  options: GradeOptions,
  io: Io,
): Promise<ExitCode> {
  const messages = messageLanguage(options, io);
  if (options.judge === 'offline') {
    io.err(
      messages === 'ko'
        ? '오프라인 기준선은 아무것도 보내지 않습니다. --judge offline 없이 실행하면 모델에 보낼 것을 보여 줍니다.\n'
        : 'The offline baseline sends nothing. Without --judge offline, what a model would be sent is shown.\n',
    );
    if (options.json) writeJson(io, { dryRun: true, chapters: [] });
    return 0;
  }
  const endpoint = endpointFrom(options, io.env);
  const prices = await openPriceList(endpoint);
  const countTokens = await openTokenCounter();
  const database = resolve(options.db);
  const store = (await files.isThere(database)) ? await openStore(database) : nothingKept;
  const estimates: { title: string; id: string; estimate: Estimate }[] = [];
  try {
    for (const { chapter, rubric, language, file } of prepared) {
      const { member, question } = options;
      const planned = planGrading(chapter, rubric.rubric, language, { member, question }, file);
      const estimate = estimateRun(
        planned,
        endpoint.model,
        store,
        prices,
        countTokens,
        options.fresh ?? false,
      );
      estimates.push({ id: chapter.id, title: chapter.title, estimate });
    }
  } finally {
    store.close();
  }
  if (options.json) {
    writeJson(io, {
      dryRun: true,
      baseUrl: endpoint.baseUrl,
      chapters: estimates.map(({ id, title, estimate }) => ({ id, title, ...estimate })),
    });
  } else {
    for (const { title, estimate } of estimates)
      io.out(estimateText(title, estimate, endpoint.baseUrl, messages));
  }
  return 0;
}

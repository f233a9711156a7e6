import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { InputError } from '../core/errors.ts';
import type { Language } from '../core/localized.ts';
import type { Files } from '../files.ts';
import type { ReplyStore } from '../judge/chat-model.ts';
import {
  type PendingRequest,
  type PendingRequests,
  pendingRequests,
  type RequestTarget,
  requestFor,
} from './batch-requests.ts';
import { type HandAnswer, type HandIndex, type HandSheet, indexName } from './hand-index.ts';
import { handPage } from './hand-page.ts';
import type { PreparedChapter } from './prepare-chapter.ts';
import type { Selection } from './selection.ts';

export interface HandExportRequest {
  chapters: readonly PreparedChapter[];
  selection: Selection;
  target: RequestTarget;
  replies: Pick<ReplyStore, 'findReply'>;
  files: Files;
  folder: string;
  /** Answers on a page at most, from 1; those of a page are to the same question. */
  perPage: number;
  /** Of what the pages say to the person. */
  language: Language;
}

export interface HandExportResult extends Pick<PendingRequests, 'settled' | 'kept'> {
  pages: number;
  answers: number;
}

/** The first characters of a key that no other key begins with; eight will nearly always do. */
function shortIds(keys: readonly string[]): Map<string, string> {
  for (let length = 8; ; length += 4) {
    const ids = new Map(keys.map((key) => [key, key.slice(0, length)]));
    if (new Set(ids.values()).size === ids.size) return ids;
  }
}

/** Requests in groups for a page: of one question, so many at most. */
function pageGroups(requests: readonly PendingRequest[], perPage: number): PendingRequest[][] {
  const pages: PendingRequest[][] = [];
  for (const request of requests) {
    const last = pages.at(-1);
    const first = last?.[0];
    const isSame = first?.chapter === request.chapter && first.attempt.question === request.attempt.question;
    if (last && isSame && last.length < perPage) last.push(request);
    else pages.push([request]);
  }
  return pages;
}

/** Pages that somebody may have filled in are not written over. */
async function checkFolder(folder: string, files: Files): Promise<void> {
  if (!(await files.isThere(join(folder, indexName)))) return;
  throw new InputError(
    {
      ko: '이 폴더에는 이미 내보낸 쪽이 있습니다. batch import로 먼저 받거나 다른 폴더를 지정하세요.',
      en: 'this folder holds pages already; take them over with "batch import", or name another folder.',
    },
    { place: { file: folder } },
  );
}

/**
 * Writes what grading would ask as pages to paste into a chat, and an index of them. Nothing is written where
 * nothing would be asked.
 * @throws InputError when the folder holds pages already or the selection names nobody; StoreError when a page
 *   cannot be written
 */
export async function exportPages(request: HandExportRequest): Promise<HandExportResult> {
  const { chapters, selection, target, replies, files, folder, perPage, language } = request;
  await checkFolder(folder, files);
  const known = { replies, isUnderWay: () => false, withFollowUps: false };
  const { requests, settled, kept } = await pendingRequests(chapters, selection, target, known);
  const ids = shortIds(requests.map(({ key }) => key));
  const answerOf = ({ key, attempt }: PendingRequest): HandAnswer => ({
    id: ids.get(key) ?? key,
    key,
    member: attempt.member,
    question: attempt.question,
    answer: attempt.material.answer,
    criteria: attempt.material.criteria,
    request: requestFor(attempt, target),
  });
  const groups = pageGroups(requests, perPage);
  const digits = Math.max(3, String(groups.length).length);
  const pages = groups.map(
    (group, index): HandSheet => ({
      file: `${String(index + 1).padStart(digits, '0')}.md`,
      token: randomBytes(6).toString('hex'),
      answers: group.map(answerOf),
    }),
  );
  if (pages.length > 0) {
    for (const page of pages) await files.write(join(folder, page.file), handPage(page, language));
    // Last, so that an export that broke off can be repeated.
    const index: HandIndex = { schemaVersion: 1, model: target.model, pages };
    await files.write(join(folder, indexName), `${JSON.stringify(index, null, 1)}\n`);
  }
  return { pages: pages.length, answers: requests.length, settled, kept };
}

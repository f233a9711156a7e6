import type { Awaitable } from '../core/awaitable.ts';
import type { ChatRequest, ReplyStore } from '../judge/chat-model.ts';
import { maxOutputTokens } from '../judge/llm-judge.ts';
import { nextRequest } from '../judge/next-request.ts';
import { buildRequest } from '../judge/prompt.ts';
import { requestKey } from '../judge/request-key.ts';
import { type PlannedAttempt, planInTurn } from './plan.ts';
import type { PreparedChapter } from './prepare-chapter.ts';
import type { Selection } from './selection.ts';

/** Who is to be asked, as far as it is part of a request's identity. */
export interface RequestTarget {
  model: string;
  /** Address of the endpoint, where the user tells several apart. */
  endpoint: string | undefined;
}

/** A request that is still to be made. */
export interface PendingRequest {
  /** Its identity. */
  key: string;
  /** Title of the attempt's chapter. */
  chapter: string;
  attempt: PlannedAttempt;
  /** What is asked after a reply that cannot be used as it is; null for the first question on an answer. */
  followUp: ChatRequest | null;
}

export interface PendingRequests {
  /** Chapter by chapter and question by question, so that equal beginnings meet the provider's cache. */
  requests: PendingRequest[];
  /** Attempts that code settled. */
  settled: number;
  /** Attempts whose replies are there already. */
  kept: number;
  /** Attempts that are in a batch whose outcome is still to come. */
  underWay: number;
  /** Attempts whose request is not wanted now. */
  setAside: number;
}

/** What is known of requests already. */
export interface KnownRequests {
  replies: Pick<ReplyStore, 'findReply'>;
  isUnderWay: (key: string) => Awaitable<boolean>;
  /** Whether to ask again after kept replies that cannot be used as they are. */
  withFollowUps: boolean;
  /** Whether to ask again where a reply is kept. */
  fresh?: boolean | undefined;
  /** Requests that are not wanted now. */
  setAside?: ReadonlySet<string> | undefined;
}

/** What a run of one model and one sample would send first for an attempt. */
export function requestFor({ material }: PlannedAttempt, { model, endpoint }: RequestTarget): ChatRequest {
  return buildRequest(material, model, { maxOutputTokens, endpoint });
}

/** What is sent for a pending request. Built anew each time: thousands of them would fill the memory. */
export function requestOf({ attempt, followUp }: PendingRequest, target: RequestTarget): ChatRequest {
  return followUp ?? requestFor(attempt, target);
}

async function nextFor(attempt: PlannedAttempt, target: RequestTarget, known: KnownRequests) {
  if (known.fresh) return { request: requestFor(attempt, target), isFollowUp: false };
  const next = await nextRequest(attempt.material, target, (key) => known.replies.findReply(key));
  return next?.isFollowUp && !known.withFollowUps ? null : next;
}

/**
 * What grading chapters, or a part of them, would still have to ask a model. Equal answers to a question are
 * one request.
 * @throws InputError when the selection names nobody
 */
export async function pendingRequests(
  chapters: readonly PreparedChapter[],
  selection: Selection,
  target: RequestTarget,
  known: KnownRequests,
): Promise<PendingRequests> {
  const pending: PendingRequests = { requests: [], settled: 0, kept: 0, underWay: 0, setAside: 0 };
  const seen = new Set<string>();
  for (const { chapter, rubric, language, file, names } of chapters) {
    for (const attempt of planInTurn(chapter, rubric.rubric, language, selection, file, names)) {
      if (attempt.triage.decision !== 'judge') {
        pending.settled += 1;
        continue;
      }
      const next = await nextFor(attempt, target, known);
      if (next === null) {
        pending.kept += 1;
        continue;
      }
      const key = requestKey(next.request);
      const followUp = next.isFollowUp ? next.request : null;
      if (await known.isUnderWay(key)) pending.underWay += 1;
      else if (known.setAside?.has(key)) pending.setAside += 1;
      else if (!seen.has(key)) pending.requests.push({ key, chapter: chapter.title, attempt, followUp });
      seen.add(key);
    }
  }
  return pending;
}

import type { ChatRequest, ReplyStore } from '../judge/chat-model.ts';
import { maxOutputTokens } from '../judge/llm-judge.ts';
import { buildRequest } from '../judge/prompt.ts';
import { requestKey } from '../judge/request-key.ts';
import { type PlannedAttempt, planGrading } from './plan.ts';
import type { PreparedChapter } from './prepare-chapter.ts';
import type { Selection } from './selection.ts';

/** Who is to be asked, as far as it is part of a request's identity. */
export interface RequestTarget {
  model: string;
  /** Address of the endpoint, where the user tells several apart. */
  endpoint: string | undefined;
}

/** A request that is still to be made. Built anew when it is sent: thousands of them would fill the memory. */
export interface PendingRequest {
  /** Its identity. */
  key: string;
  /** Title of the attempt's chapter. */
  chapter: string;
  attempt: PlannedAttempt;
}

export interface PendingRequests {
  /** Chapter by chapter and question by question, so that equal beginnings meet the provider's cache. */
  requests: PendingRequest[];
  /** Attempts that code settled. */
  settled: number;
  /** Attempts whose reply is there already. */
  kept: number;
  /** Attempts that are in a batch whose outcome is still to come. */
  underWay: number;
}

/** What is known of requests already. */
export interface KnownRequests {
  replies: Pick<ReplyStore, 'findReply'>;
  isUnderWay: (key: string) => boolean;
}

/** What a run of one model and one sample would send for an attempt. */
export function requestFor({ material }: PlannedAttempt, { model, endpoint }: RequestTarget): ChatRequest {
  return buildRequest(material, model, { maxOutputTokens, endpoint });
}

/**
 * What grading chapters, or a part of them, would still have to ask a model. Equal answers to a question are
 * one request.
 * @throws InputError when the selection names nobody
 */
export function pendingRequests(
  chapters: readonly PreparedChapter[],
  selection: Selection,
  target: RequestTarget,
  { replies, isUnderWay }: KnownRequests,
): PendingRequests {
  const pending: PendingRequests = { requests: [], settled: 0, kept: 0, underWay: 0 };
  const seen = new Set<string>();
  for (const { chapter, rubric, language, file, names } of chapters) {
    const planned = planGrading(chapter, rubric.rubric, language, selection, file, names);
    for (const attempt of planned.toSorted((a, b) => a.question - b.question)) {
      if (attempt.triage.decision !== 'judge') {
        pending.settled += 1;
        continue;
      }
      const key = requestKey(requestFor(attempt, target));
      if (replies.findReply(key) !== null) pending.kept += 1;
      else if (isUnderWay(key)) pending.underWay += 1;
      else if (!seen.has(key)) pending.requests.push({ key, chapter: chapter.title, attempt });
      seen.add(key);
    }
  }
  return pending;
}

import type { Localized } from '../core/localized.ts';
import type { ReplyStore } from '../judge/chat-model.ts';
import { withHold } from '../judge/hold-back.ts';
import type { Judge, Material } from '../judge/judge.ts';
import { type Asked, type NextRequest, nextRequest } from '../judge/next-request.ts';
import { requestKey } from '../judge/request-key.ts';
import type { BatchStore } from '../store/batch-store.ts';

/** Answers that were left ungraded without asking anybody. */
export interface HeldAnswers {
  /** How many wait for which batch, by its number. */
  underWay: ReadonlyMap<number, number>;
  /** How many have no stored reply, in a run that may only use those. */
  missing: number;
}

export interface Hold {
  /** A judge that is not asked about what is held. */
  around(judge: Judge): Judge;
  held(): HeldAnswers;
}

export interface HoldOptions {
  /** Everyone whom the judge would ask. */
  asked: readonly Asked[];
  replies: Pick<ReplyStore, 'findReply'>;
  batches: Pick<BatchStore, 'batches' | 'batchOf'>;
  /** Nothing may be sent, so what has no stored reply is held as well. */
  storedOnly: boolean;
}

const noReply: Localized = { ko: '저장된 응답이 없습니다.', en: 'no reply to it is stored.' };

function inBatch(id: number): Localized {
  return {
    ko: `배치 ${id}번에 맡겨 둔 답이라 응답을 기다립니다.`,
    en: `it is in batch ${id}, which has not been collected yet.`,
  };
}

/** Holds answers back whose next request is in a batch: sent directly as well, it would be paid for twice. */
export function createHold({ asked, replies, batches, storedOnly }: HoldOptions): Hold {
  const underWay = new Map<number, number>();
  let missing = 0;

  // Looked at anew for each answer: batches may be handed over while a run goes on.
  const isIdle = async () => (await batches.batches()).every(({ outcome }) => outcome !== null);

  async function nextOf(material: Material): Promise<NextRequest[]> {
    const next: NextRequest[] = [];
    for (const who of asked) {
      const own = await nextRequest(material, who, (key) => replies.findReply(key));
      if (own !== null) next.push(own);
    }
    return next;
  }

  async function reasonFor(material: Material): Promise<Localized | null> {
    if (!storedOnly && (await isIdle())) return null;
    const next = await nextOf(material);
    for (const { request } of next) {
      const id = await batches.batchOf(requestKey(request));
      if (id === null) continue;
      underWay.set(id, (underWay.get(id) ?? 0) + 1);
      return inBatch(id);
    }
    if (!storedOnly || next.every(({ isFollowUp }) => isFollowUp)) return null;
    missing += 1;
    return noReply;
  }

  return {
    around: (judge) => withHold(judge, reasonFor),
    held: () => ({ underWay, missing }),
  };
}

import { ModelError } from '../core/errors.ts';
import type { ChatModel } from './chat-model.ts';

/** A hard limit on requests, shared by all models of a run; every try counts. */
export interface RequestLimit {
  /** @throws ModelError `over_budget` when the limit is reached */
  count(): void;
}

/** @param most requests that may be sent in all */
export function createRequestLimit(most: number): RequestLimit {
  let sent = 0;
  return {
    count() {
      if (sent >= most) {
        throw new ModelError('over_budget', {
          ko: `--max-requests ${most}개를 다 보내 멈췄습니다. 채점된 것은 저장되어 있습니다. 같은 명령을 다시 실행하면 이어집니다.`,
          en: `--max-requests ${most} were sent, so the run stopped. What was graded is kept; the same command goes on from here.`,
        });
      }
      sent += 1;
    },
  };
}

/** A model that sends no more requests than a limit allows, repeated ones included. */
export function withRequestLimit(inner: ChatModel, limit: RequestLimit): ChatModel {
  return {
    async reply(request, signal) {
      limit.count();
      return inner.reply(request, signal);
    },
  };
}

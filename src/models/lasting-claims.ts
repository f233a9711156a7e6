import { ModelError } from '../core/errors.ts';
import type { ChatModel } from '../judge/chat-model.ts';
import type { ReplyClaims } from './reply-claims.ts';

/** What a request rejects with that was not sent because others may send it by now. */
export class ClaimLost extends ModelError {
  override name = 'ClaimLost';

  constructor() {
    super('claim_lost', {
      ko: '데이터베이스와 오래 끊겨 있어 다른 실행이 이 요청을 맡았을 수 있습니다.',
      en: 'the database was out of reach for so long that another run may have taken this request over.',
    });
  }
}

/**
 * A model that is asked only under claims that last. A claim is taken long before its request gets a place among
 * those in flight, and where the database was out of reach meanwhile, or the machine asleep, others have it by then.
 */
export function withLastingClaims(inner: ChatModel, claims: Pick<ReplyClaims, 'areLasting'>): ChatModel {
  return {
    async reply(request, signal) {
      if (!claims.areLasting()) throw new ClaimLost();
      return inner.reply(request, signal);
    },
  };
}

import { ModelError } from '../core/errors.ts';
import type { ChatModel } from './chat-model.ts';

/** A model that is never asked, for runs that may only use replies that are kept. */
export const closedModel: ChatModel = {
  reply: () =>
    Promise.reject(
      new ModelError('bad_request', {
        ko: '저장된 응답을 그대로 쓸 수 없고, 다시 묻지 않는 실행입니다.',
        en: 'the stored reply cannot be used as it is, and this run asks nobody again.',
      }),
    ),
};

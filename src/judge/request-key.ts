import type { ChatRequest } from './chat-model.ts';
import { fingerprint } from './fingerprint.ts';

/** The identity of a request: everything that is sent, save the random marker around the answer. */
export function requestKey(request: ChatRequest): string {
  const { nonce, messages, ...rest } = request;
  return fingerprint({
    ...rest,
    messages: messages.map(({ role, content }) => ({ role, content: content.replaceAll(nonce, 'marker') })),
  });
}

import type { ChatRequest } from './chat-model.ts';
import { canonicalJson, hashOf } from './fingerprint.ts';

/** All answers to a question share a schema, which is most of what is to be put in order. */
const schemas = new WeakMap<object, string>();

/** A request is asked for its identity wherever it is looked up, claimed and kept. */
const keys = new WeakMap<ChatRequest, string>();

/**
 * The identity of a request: everything that is sent, save the random marker around the answer.
 * @param request not to be changed afterwards
 */
export function requestKey(request: ChatRequest): string {
  const key = keys.get(request) ?? keyOf(request);
  keys.set(request, key);
  return key;
}

function keyOf(request: ChatRequest): string {
  const { nonce, messages, ...rest } = request;
  const { schema } = request.schema;
  if (!schemas.has(schema)) schemas.set(schema, canonicalJson(schema));
  const nameless = messages.map(({ role, content }) => ({
    role,
    content: content.replaceAll(nonce, 'marker'),
  }));
  return hashOf(canonicalJson({ ...rest, messages: nameless }, schemas));
}

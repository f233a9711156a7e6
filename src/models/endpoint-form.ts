import type { ChatMessage, ChatRequest } from '../judge/chat-model.ts';

/** What of the OpenAI interface an endpoint turned out to understand. */
export interface EndpointForm {
  format: 'json_schema' | 'json_object' | 'text';
  temperature: boolean;
  lengthLimit: 'max_completion_tokens' | 'max_tokens';
}

/** What to try first. OpenAI's thinking models accept no temperature; for others 0 makes runs alike. */
export function initialForm(model: string): EndpointForm {
  const thinks = /^(?:gpt-[5-9]|o\d)/u.test(model.replace(/^openai\//u, ''));
  return { format: 'json_schema', temperature: !thinks, lengthLimit: 'max_completion_tokens' };
}

/**
 * The form to try after an endpoint refused a request with this message, or null when the message is not
 * about a part that can be done without.
 */
export function simplerForm(form: EndpointForm, message: string): EndpointForm | null {
  if (form.temperature && /temperature/iu.test(message)) return { ...form, temperature: false };
  if (form.lengthLimit === 'max_completion_tokens' && /max_completion_tokens/iu.test(message)) {
    return { ...form, lengthLimit: 'max_tokens' };
  }
  if (/response_?format|json_?schema|json_?object|structured.?output|grammar|guided/iu.test(message)) {
    if (form.format === 'json_schema') return { ...form, format: 'json_object' };
    if (form.format === 'json_object') return { ...form, format: 'text' };
  }
  return null;
}

/** The body of a chat completion request in a form. Without strict schemas the schema goes into the prompt. */
export function requestBody(request: ChatRequest, form: EndpointForm) {
  const spelledOut = `\n\nReply with one JSON object and nothing else. Its form, as a JSON schema:\n${JSON.stringify(request.schema.schema)}`;
  const messages: ChatMessage[] = request.messages.map((message, index) =>
    index === 0 && form.format !== 'json_schema'
      ? { ...message, content: message.content + spelledOut }
      : message,
  );
  return {
    model: request.model,
    messages,
    [form.lengthLimit]: request.maxOutputTokens,
    ...(form.temperature && !request.varied ? { temperature: 0 } : {}),
    ...(form.format === 'json_schema'
      ? {
          response_format: { type: 'json_schema' as const, json_schema: { ...request.schema, strict: true } },
        }
      : {}),
    ...(form.format === 'json_object' ? { response_format: { type: 'json_object' as const } } : {}),
  };
}

import type { JsonSchema } from '../helpers/loopback-model.ts';

/** As much of a request as its reply depends on. */
export interface ChatBody {
  model: string;
  messages: { content: string }[];
  response_format: { json_schema: { schema: JsonSchema } };
}

const quoteLength = 40;
const placeholder = 'quote of the answer';
const sentence =
  'The answer names the main idea and says why it holds, but leaves out at what price it comes.';

function valueFor(schema: JsonSchema, name: string): unknown {
  if (schema.enum) return schema.enum.at(-1);
  if (schema.type === 'boolean') return false;
  if (schema.type === 'string') return sentence;
  if (schema.type === 'array') return [name === 'evidence' ? placeholder : sentence];
  const parts = Object.entries(schema.properties ?? {});
  return Object.fromEntries(parts.map(([key, part]) => [key, valueFor(part, key)]));
}

/** The beginning of the answer, which stands between two equal lines at the end of the prompt. */
function quoteFrom(prompt: string): string {
  const marker = prompt.slice(prompt.lastIndexOf('\n') + 1);
  const from = prompt.lastIndexOf(marker, prompt.length - marker.length - 1) + marker.length + 1;
  return prompt.slice(from, from + quoteLength);
}

/**
 * Writes chat completions with a valid verdict: the best level for everything, with a quote from the answer.
 * The verdict's form is worked out once for each schema.
 * @returns a function from a request, parsed and as it came, to the body of its reply
 */
export function replyWriter(): (request: ChatBody, raw: string) => string {
  const templates = new Map<string, string>();
  return (request, raw) => {
    const schemaText = raw.slice(raw.lastIndexOf('"response_format"'));
    const known = templates.get(schemaText);
    const template = known ?? JSON.stringify(valueFor(request.response_format.json_schema.schema, ''));
    if (known === undefined) templates.set(schemaText, template);
    const quote = JSON.stringify(quoteFrom(request.messages[1]?.content ?? '')).slice(1, -1);
    return JSON.stringify({
      id: 'chatcmpl-bench',
      object: 'chat.completion',
      created: 1,
      model: request.model,
      choices: [
        {
          index: 0,
          finish_reason: 'stop',
          message: {
            role: 'assistant',
            content: template.replaceAll(placeholder, () => quote),
            refusal: null,
          },
        },
      ],
      usage: { prompt_tokens: 2000, completion_tokens: 400, total_tokens: 2400 },
    });
  };
}

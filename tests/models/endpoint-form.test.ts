import { describe, expect, it } from 'vitest';
import { type EndpointForm, initialForm, requestBody, simplerForm } from '../../src/models/endpoint-form.ts';
import { sampleRequest } from '../helpers/scripted-model.ts';

const best: EndpointForm = {
  format: 'json_schema',
  temperature: true,
  lengthLimit: 'max_completion_tokens',
};

describe('initialForm', () => {
  it.each([
    ['gpt-6-luna', false],
    ['gpt-5', false],
    ['o3-mini', false],
    ['openai/gpt-5.2', false],
    ['gpt-4o', true],
    ['llama-3.3-70b', true],
    ['qwen3:8b', true],
    ['ollama-o1-like', true],
  ])('%s: temperature %s', (model, temperature) => {
    expect(initialForm(model)).toEqual({ ...best, temperature });
  });
});

describe('simplerForm', () => {
  it.each<[string, EndpointForm, EndpointForm | null]>([
    ['temperature is not supported', best, { ...best, temperature: false }],
    ['max_completion_tokens is unknown', best, { ...best, lengthLimit: 'max_tokens' }],
    ['unknown field response_format', best, { ...best, format: 'json_object' }],
    ['guided decoding is off', best, { ...best, format: 'json_object' }],
    ['Structured Outputs are not supported', best, { ...best, format: 'json_object' }],
    ['json_object is not supported', { ...best, format: 'json_object' }, { ...best, format: 'text' }],
    ['response_format', { ...best, format: 'text' }, null],
    ['temperature is not supported', { ...best, temperature: false }, null],
    ['the context is too long', best, null],
  ])('%s', (message, form, expected) => {
    expect(simplerForm(form, message)).toEqual(expected);
  });

  it('takes one part away at a time and comes to an end', () => {
    const everything = 'temperature max_completion_tokens response_format';
    const forms: EndpointForm[] = [];
    for (let form: EndpointForm | null = best; form; form = simplerForm(form, everything)) forms.push(form);
    expect(forms).toEqual([
      best,
      { ...best, temperature: false },
      { ...best, temperature: false, lengthLimit: 'max_tokens' },
      { format: 'json_object', temperature: false, lengthLimit: 'max_tokens' },
      { format: 'text', temperature: false, lengthLimit: 'max_tokens' },
    ]);
  });
});

describe('requestBody', () => {
  const request = sampleRequest();

  it('asks for the schema strictly where the endpoint knows how', () => {
    expect(requestBody(request, best)).toEqual({
      model: 'judge-1',
      messages: request.messages,
      max_completion_tokens: 1000,
      temperature: 0,
      response_format: {
        type: 'json_schema',
        json_schema: { name: 'verdict', schema: { type: 'object' }, strict: true },
      },
    });
  });

  it('does not ask for the likeliest reply where replies are to differ', () => {
    expect(requestBody({ ...request, varied: true }, best)).not.toHaveProperty('temperature');
  });

  it.each(['json_object', 'text'] as const)('%s: the schema stands in the first message alone', (format) => {
    const body = requestBody(request, { format, temperature: false, lengthLimit: 'max_tokens' });
    expect(body).toEqual({
      model: 'judge-1',
      messages: [
        { role: 'system', content: expect.stringMatching(/^You grade\.\n[\s\S]*\{"type":"object"\}$/u) },
        request.messages[1],
      ],
      max_tokens: 1000,
      ...(format === 'json_object' ? { response_format: { type: 'json_object' } } : {}),
    });
  });
});

import OpenAI from 'openai';
import pLimit from 'p-limit';
import type { requestBody } from '../../src/models/endpoint-form.ts';
import { answerText } from './material.ts';
import { type ProcessUsage, usageSoFar } from './usage.ts';

/** What the bare loop is to do; the process gets it as JSON in its first argument. */
export interface BareSettings {
  baseUrl: string;
  answers: number;
  concurrency: number;
  /** A request about the first answer; the others differ from it in the answer only. */
  body: ReturnType<typeof requestBody>;
}

/** What the process says at its end, the bare loop's and the grader's alike. */
export interface LoopResult extends ProcessUsage {
  graded: number;
  ungraded: number;
}

const { baseUrl, answers, concurrency, body } = JSON.parse(process.argv[2] ?? '') as BareSettings;
const client = new OpenAI({ apiKey: 'bench', baseURL: baseUrl });
const limit = pLimit(concurrency);
const [system, user] = body.messages;
const [before = '', after = ''] = user?.content.split(answerText(0)) ?? [];

async function verdictOn(index: number): Promise<unknown> {
  const content = `${before}${answerText(index)}${after}`;
  const messages = [...(system ? [system] : []), { role: 'user' as const, content }];
  const completion = await client.chat.completions.create({ ...body, messages });
  return JSON.parse(completion.choices[0]?.message.content ?? '');
}

// Whoever started this process is gone.
process.on('disconnect', () => process.exit());

const outcomes = await Promise.allSettled(
  Array.from({ length: answers }, (_, index) => limit(() => verdictOn(index))),
);
const graded = outcomes.filter(({ status }) => status === 'fulfilled').length;
const result: LoopResult = { graded, ungraded: answers - graded, ...usageSoFar() };
process.send?.(result, () => process.exit());

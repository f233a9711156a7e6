import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { encode } from 'gpt-tokenizer/encoding/o200k_base';
import { loadRubric } from '../../src/app/load-rubric.ts';
import { planGrading } from '../../src/app/plan.ts';
import { files, rubricPlaces } from '../../src/compose.ts';
import { importChapter } from '../../src/import/read-documents.ts';
import type { Material } from '../../src/judge/judge.ts';
import { maxOutputTokens } from '../../src/judge/llm-judge.ts';
import { buildRequest } from '../../src/judge/prompt.ts';
import { repository, sampleFile, sampleRubric } from '../helpers/run-cli.ts';
import { type Figure, figure } from './figure.ts';
import { benchModel } from './material.ts';

/** The tokens of a request in the order in which providers read it: the reply's form, then the messages. */
function tokensOf(material: Material): number[] {
  const { schema, messages } = buildRequest(material, benchModel, { maxOutputTokens });
  return encode([JSON.stringify(schema), ...messages.map(({ content }) => content)].join('\n'));
}

function sharedPrefix(a: readonly number[], b: readonly number[]): number {
  const end = a.findIndex((token, index) => token !== b[index]);
  return end < 0 ? a.length : end;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** (h) Tokens sent for an answer of the sample chapter, and how many begin another request of its question alike. */
export async function measureTokens(): Promise<Figure[]> {
  const chapter = importChapter(await readFile(join(repository, sampleFile), 'utf8'), sampleFile);
  const { rubric } = await loadRubric(join(repository, sampleRubric), files, rubricPlaces());
  const counts = planGrading(chapter, rubric, 'ko', {}, sampleFile)
    .filter(({ triage }) => triage.decision === 'judge')
    .map(({ material }) => {
      const own = tokensOf(material);
      const other = tokensOf({ ...material, answer: 'Another answer to the same question.' });
      return { sent: own.length, shared: sharedPrefix(own, other) };
    });
  const sent = mean(counts.map((count) => count.sent));
  const shared = mean(counts.map((count) => count.shared));
  return [
    figure('h', 'tokens sent for an answer', 'tokens', { ours: sent }),
    figure('h', 'of these a prefix that the question shares', 'tokens', { ours: shared }),
    figure('h', 'cacheable share', '%', { ours: (100 * shared) / sent }),
  ];
}

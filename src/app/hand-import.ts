import { join } from 'node:path';
import type { HandPage, HandProblem, HandReply } from '../core/hand.ts';
import type { Verdict } from '../core/verdict.ts';
import type { Files } from '../files.ts';
import type { ChatReply, ReplyStore } from '../judge/chat-model.ts';
import { evidenceRequest } from '../judge/follow-up.ts';
import { readReply } from '../judge/read-reply.ts';
import { requestKey } from '../judge/request-key.ts';
import { type HandAnswer, type HandSheet, indexName, readIndex } from './hand-index.ts';
import { type PastedReplies, pastedReplies } from './hand-reply.ts';
import { readText } from './read-text.ts';

/** What stands as the model of a reply that a person pasted. */
const byHand = 'by hand';

function replyOf(verdict: object): ChatReply {
  return {
    text: JSON.stringify(verdict),
    finish: { reason: 'stop', raw: 'stop' },
    model: byHand,
    usage: { inputTokens: 0, cachedInputTokens: 0, outputTokens: 0 },
  };
}

/** What was pasted on a page, or null when its line is gone. A prompt that was pasted along is left out. */
function pastedText(page: string, { token, answers }: HandSheet): string | null {
  const line = page.indexOf(token);
  if (line < 0) return null;
  const below = page.slice(line).split('\n').slice(1).join('\n');
  const ends = answers.flatMap(({ request }) => {
    const marker = `=== answer ${request.nonce} ===`;
    const at = below.lastIndexOf(marker);
    return at < 0 ? [] : [at + marker.length];
  });
  return below.slice(Math.max(0, ...ends));
}

/** Where nothing was stored, or another reply by hand: a person may try again, a model's reply stays. */
function mayTake(stored: string | null, reply: string): boolean {
  return stored === null || (stored !== reply && (JSON.parse(stored) as ChatReply).model === byHand);
}

/**
 * Stores a reply under the key of its request, and under that of the question about quotes that would follow:
 * a person is not asked a second time, so grading has to ask nobody.
 */
async function store(
  answer: HandAnswer,
  reply: ChatReply,
  verdict: Verdict,
  replies: ReplyStore,
): Promise<boolean> {
  const { key, request, criteria } = answer;
  const text = JSON.stringify(reply);
  if (!mayTake(await replies.findReply(key), text)) return false;
  const correction = evidenceRequest(request, reply, verdict, criteria, answer.answer);
  const keys = correction ? [requestKey(correction), key] : [key];
  await replies.keepReplies(keys.map((own) => [own, text] as const));
  return true;
}

type Outcome = Pick<HandReply, 'state' | 'problem'>;

async function takeOver(
  answer: HandAnswer,
  pasted: readonly object[],
  replies: ReplyStore,
): Promise<Outcome> {
  const [first, second] = pasted;
  if (second) return { state: 'malformed', problem: 'there is more than one reply to this answer' };
  if (!first)
    return { state: (await replies.findReply(answer.key)) === null ? 'missing' : 'there', problem: null };
  const reply = replyOf(first);
  const read = readReply(reply, answer.criteria);
  if ('verdict' in read)
    return { state: (await store(answer, reply, read.verdict, replies)) ? 'taken' : 'there', problem: null };
  return { state: 'malformed', problem: 'problem' in read ? read.problem : read.failure };
}

/** Objects that look like verdicts; one that does not, so that it can be said what it lacks, where none does. */
function verdictsAmong(objects: readonly object[]): readonly object[] {
  const alike = objects.filter((item) => 'criteria' in item);
  return alike.length > 0 ? alike : objects.slice(0, 1);
}

async function readPage(
  text: string | null,
  sheet: HandSheet,
  where: Places,
  replies: ReplyStore,
): Promise<HandPage> {
  const below = text === null ? '' : pastedText(text, sheet);
  const found = below === null ? null : pastedReplies(below, new Set(where.keys()));
  const pasted: PastedReplies = found ?? { named: new Map(), unnamed: [] };
  const isBroken = below !== null && found === null;
  const isAlone = sheet.answers.length === 1 && pasted.named.size === 0;
  const results: HandReply[] = [];
  for (const answer of sheet.answers) {
    const own = isAlone ? verdictsAmong(pasted.unnamed) : (pasted.named.get(answer.id) ?? []);
    const outcome: Outcome = isBroken
      ? { state: 'malformed', problem: 'the JSON in the reply is broken' }
      : await takeOver(answer, own, replies);
    results.push({ id: answer.id, member: answer.member, question: answer.question, ...outcome });
  }
  const strangers = [...pasted.named.keys()].filter((id) => where.get(id) !== sheet.file);
  const problems = strangers.map((id): HandProblem => {
    const file = where.get(id);
    return file === undefined ? { kind: 'unknown_id', id } : { kind: 'foreign_id', id, file };
  });
  if (!isAlone && pasted.unnamed.length > 0) problems.push({ kind: 'unnamed', count: pasted.unnamed.length });
  if (below === null) problems.push({ kind: 'no_line' });
  return { file: sheet.file, replies: results, problems };
}

/** On which page each answer stands. */
type Places = ReadonlyMap<string, string>;

/**
 * Reads pages back that a person filled in, and stores the replies like those of a model. Each reply goes to the
 * answer whose id it names; without an id only where a page has a single answer.
 * @returns page by page what was taken, what is missing and what is malformed
 * @throws InputError when the folder holds no index, or one that is damaged
 */
export async function importPages(folder: string, replies: ReplyStore, files: Files): Promise<HandPage[]> {
  const file = join(folder, indexName);
  const { pages } = readIndex(await readText(file, files), file);
  const where = new Map(pages.flatMap((page) => page.answers.map(({ id }) => [id, page.file] as const)));
  const results: HandPage[] = [];
  for (const sheet of pages) {
    const path = join(folder, sheet.file);
    const text = (await files.isThere(path)) ? await readText(path, files) : null;
    results.push(await readPage(text, sheet, where, replies));
  }
  return results;
}

import type { GradingService } from '../../src/app/grading-service.ts';
import { everyRequest, type Named, type RouteRequest } from './every-request.ts';
import { type Groups, gradesOf, runsEnded, secretsOfA } from './two-groups.ts';

/** Everything that a client can see of a reply. */
export interface Reply {
  status: number;
  headers: string[];
  body: string;
}

/** Replies by the names of their requests. */
export type Replies = ReadonlyMap<string, Reply>;

/** Who asks: what is sent along, and what is typed into the login page. */
export interface Sender {
  headers: Record<string, string>;
  token: string;
}

/** A reply as it is seen from outside. */
export async function seen(response: Response): Promise<Reply> {
  const headers = [...response.headers].map((header) => header.join(': '));
  return { status: response.status, headers, body: await response.text() };
}

async function replyTo(groups: Groups, request: RouteRequest, named: Named, sender: Sender): Promise<Reply> {
  const { headers, ...init } = request.init(named, sender.token);
  const all = { ...(headers as Record<string, string> | undefined), ...sender.headers };
  const reply = await seen(await groups.app.request(request.path(named), { ...init, headers: all }));
  for (const service of [groups.a, groups.b]) if (service) await runsEnded(service);
  return reply;
}

/** Every route's reply to somebody, one after the other, each when the runs before it have ended. */
export async function allReplies(groups: Groups, named: Named, sender: Sender): Promise<Replies> {
  const replies = new Map<string, Reply>();
  for (const request of everyRequest(groups.app))
    replies.set(request.name, await replyTo(groups, request, named, sender));
  return replies;
}

/** Everything that a group keeps. */
export async function stateOf(service: GradingService): Promise<string> {
  const chapters = await service.chapters();
  const whole = chapters.map(async ({ id }) => ({
    uploaded: await service.uploaded(id),
    runs: await service.runs(id),
    grades: await gradesOf(service, id),
    queue: await service.reviewQueue(id),
  }));
  return JSON.stringify([chapters, await Promise.all(whole)]);
}

/** A reply in which what was asked for is not named. */
export function unnamed({ status, headers, body }: Reply, { chapter, run, grade }: Named): Reply {
  const numbers = new RegExp(`(?<![\\w.])(?:${run}|${grade})(?!\\w|\\.\\d)`, 'gu');
  const without = (text: string) => text.replaceAll(chapter, '<id>').replaceAll(numbers, '<id>');
  return { status, headers: headers.map(without), body: without(body) };
}

/** What a reply tells of group A beside what was asked for. */
export function secretsIn(reply: Reply, named: Named): string[] {
  const { headers, body } = unnamed(reply, named);
  const decoded = headers.map((header) => decodeURIComponent(header));
  const text = [...decoded, body].join('\n').toLowerCase();
  return secretsOfA.filter((secret) => text.includes(secret));
}

import { createHash, timingSafeEqual } from 'node:crypto';
import { sessionOf } from '../app/group-tokens.ts';
import type { Awaitable } from '../core/awaitable.ts';

/** The group to whose things somebody is let in. */
export interface GroupLetIn {
  id: number;
  /** null where there is no other one to tell it from. */
  name: string | null;
}

/**
 * Port: who is let in, and to which group's things. Both ways to show a token come down to a session: a program's
 * token is turned into one, a browser keeps it as a cookie.
 */
export interface Access {
  /** `open`: everybody is let in; `token`: who knows the one token; `groups`: who knows a group's. */
  readonly kind: 'open' | 'token' | 'groups';
  /** The group that the first of these sessions that is anybody's belongs to; null where none is. */
  groupOf(sessions: readonly string[]): Awaitable<GroupLetIn | null>;
}

const onlyGroup: GroupLetIn = { id: 1, name: null };

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

/** Whether two secrets are equal, in a time that tells nothing about either. */
export function isSameSecret(given: string, secret: string): boolean {
  return timingSafeEqual(digest(given), digest(secret));
}

/** Everybody may come in. */
export const openAccess: Access = { kind: 'open', groupOf: () => onlyGroup };

/** Whoever knows the token may come in. */
export function accessByToken(token: string): Access {
  const session = sessionOf(token);
  const isRight = (given: string) => isSameSecret(given, session);
  return { kind: 'token', groupOf: (sessions) => (sessions.some(isRight) ? onlyGroup : null) };
}

/**
 * Whoever knows a group's token may come in, to that group.
 * @param groupOfSession asked anew for each request, so that a token that was replaced stops at once
 */
export function accessByGroups(groupOfSession: (session: string) => Promise<GroupLetIn | null>): Access {
  return {
    kind: 'groups',
    async groupOf(sessions) {
      for (const session of sessions) {
        const group = await groupOfSession(session);
        if (group !== null) return group;
      }
      return null;
    },
  };
}

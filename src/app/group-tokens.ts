import { createHash, createHmac, randomBytes } from 'node:crypto';
import type { Group, GroupStore } from '../store/group-store.ts';

/** Tells people, and programs that look for secrets in files, what it is. */
const prefix = 'agr_';
const tokenBytes = 32;

/** A new token: nobody can guess it, and it is known to nobody but whom it is shown to. */
export function newToken(): string {
  return prefix + randomBytes(tokenBytes).toString('base64url');
}

/** What a browser keeps in place of a token; it does not tell the token, and nobody can make it without. */
export function sessionOf(token: string): string {
  return createHmac('sha256', token).update('answer-grader session').digest('base64url');
}

/**
 * What is kept of a session, and so of its token, by which both are found again. A plain hash is right here, where it
 * would be too quick for passwords: of 2^256 tokens none can be found by trying. It is made of the session and not of
 * the token, so that whoever reads it in the database can make neither, and one look-up knows both.
 */
function hashOfSession(session: string): string {
  return createHash('sha256').update(session).digest('hex');
}

/** What is kept of a token. */
export function hashOfToken(token: string): string {
  return hashOfSession(sessionOf(token));
}

/**
 * The group that a session belongs to. It is looked up by a hash, so the time that takes tells nothing of any token.
 * @returns null for a session that is nobody's, or whose token was replaced or taken away
 */
export async function groupOfSession(
  session: string,
  store: Pick<GroupStore, 'groupOfToken'>,
): Promise<Group | null> {
  return store.groupOfToken(hashOfSession(session));
}

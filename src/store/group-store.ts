import type { Awaitable } from '../core/awaitable.ts';

/** A study group: everything that its store holds is its own. */
export interface Group {
  id: number;
  name: string;
  createdAt: string;
  /** Whether there is a token by which its people are known. */
  hasToken: boolean;
}

/** Port: which groups there are, and whose a token is. Tokens are never kept, only their hashes. */
export interface GroupStore {
  /**
   * Adds a group, with a store of its own.
   * @param tokenHash null for a group that nobody reaches over the network
   * @returns null when the name is taken
   */
  addGroup(name: string, tokenHash: string | null): Awaitable<Group | null>;
  /** Every group, oldest first. */
  groups(): Awaitable<Group[]>;
  /**
   * Gives a group another token in place of the one before; the old one is nobody's from then on.
   * @param tokenHash null closes the group to the network, its data stays
   * @returns false when there is no such group
   */
  setToken(name: string, tokenHash: string | null): Awaitable<boolean>;
  /** The group that a token belongs to; null when it is nobody's. */
  groupOfToken(tokenHash: string): Awaitable<Group | null>;
  close(): Awaitable<void>;
}

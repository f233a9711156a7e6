import type { Localized } from './localized.ts';

/** Which reader read a chapter, and why it. */
export interface Reading {
  reader: string;
  /** 0 to 1; 1 where a person chose the reader. */
  sureness: number;
  /** What it saw. */
  why: Localized;
}

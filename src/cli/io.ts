import type { Language } from '../core/localized.ts';
import { jsonPieces, jsonPiecesAtOnce } from '../reports/json-pieces.ts';

/** Where a command reads and writes; the real one is made in bin.ts. */
export interface Io {
  /** The result, on standard output. */
  out(text: string): void;
  /** Messages and progress, on standard error. */
  err(text: string): void;
  /** Standard error is a terminal, so progress may be drawn. */
  isTerminal: boolean;
  /** Standard input to its end. */
  readInput(): Promise<Uint8Array>;
  env: NodeJS.ProcessEnv;
  /** The language of messages where no option says otherwise. */
  language: Language;
}

/** Options that every command has. */
export interface CommonOptions {
  json?: boolean;
  lang?: Language;
}

/** 0: done. 1: done, but something is ungraded or below a threshold. 2: could not run. */
export type ExitCode = 0 | 1 | 2;

/** The language messages are shown in. */
export function messageLanguage(options: CommonOptions, io: Io): Language {
  return options.lang ?? io.language;
}

/** One JSON document on standard output; what it lists may be anything that can be gone through at once. */
export function writeJson(io: Io, document: Record<string, unknown>): void {
  for (const piece of jsonPiecesAtOnce({ schemaVersion: 1, ...document })) io.out(piece);
  io.out('\n');
}

/** The same of a document of which some is read while it is written. */
export async function writeJsonInTurn(io: Io, document: Record<string, unknown>): Promise<void> {
  for await (const piece of jsonPieces({ schemaVersion: 1, ...document })) io.out(piece);
  io.out('\n');
}

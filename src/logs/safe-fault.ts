import { fileURLToPath } from 'node:url';

/** What may be told of an error whose sentence may hold anything: a name, an answer, a key in an address. */
export interface SafeFault {
  /** Its class. */
  class: string;
  /** The code of the system, the database or the model's endpoint, where it has one. */
  code?: string;
  /** Where it was thrown and on whose behalf, the nearest first: `src/store/store.ts:10:5`. */
  at: string[];
  /** What it followed from. */
  cause?: SafeFault;
}

const word = /^[\w$.]{1,60}$/u;
/** A line of V8's stacks; the name of the function is left out, since it may come from data. */
const frame = /^ {4}at (?:async )?(?:.*\()?((?:file:\/\/|node:|\/)[\w@./+~-]+:\d+:\d+)\)?$/u;
/** Where this program lies. */
const root = new URL('../../', import.meta.url);
const mostFrames = 12;
const mostCauses = 4;

/** A place inside the program, its libraries or Node, without the folders of this machine; null for any other. */
function placeIn(line: string): string | null {
  const place = frame.exec(line)?.[1];
  if (place === undefined) return null;
  if (place.startsWith('node:')) return place;
  const library = place.lastIndexOf('/node_modules/');
  for (const own of [root.href, fileURLToPath(root)])
    if (place.startsWith(own) && !place.slice(own.length).startsWith('node_modules/'))
      return place.slice(own.length);
  return library < 0 ? null : place.slice(library + 1);
}

/**
 * The places of a stack. Its first lines repeat the error's sentence, which may itself look like a stack: what stands
 * before its end is not looked at, and nothing is where the sentence is not found.
 */
function placesOf({ stack = '', message }: Error): string[] {
  const from = stack.indexOf(message);
  if (from < 0) return [];
  const lines = stack.slice(from + message.length).split('\n');
  return lines.flatMap((line) => placeIn(line) ?? []).slice(0, mostFrames);
}

/** The failure of a model has a word of ours, other errors have the code of whoever made them. */
function codeOf(error: Error): string | undefined {
  const { code, failure } = error as { code?: unknown; failure?: unknown };
  const said = failure ?? code;
  return typeof said === 'string' && word.test(said) ? said : undefined;
}

/** An error as a log for machines may show it: never its sentence, nor anything else that it was given. */
export function safeFault(error: unknown, causes = mostCauses): SafeFault {
  if (!(error instanceof Error)) return { class: typeof error, at: [] };
  const code = codeOf(error);
  const { cause, name } = error;
  return {
    class: word.test(name) ? name : 'Error',
    ...(code === undefined ? {} : { code }),
    at: placesOf(error),
    ...(cause instanceof Error && causes > 0 ? { cause: safeFault(cause, causes - 1) } : {}),
  };
}

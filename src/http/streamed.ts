import type { FaultLog } from './problem.ts';

async function* inTurn(pieces: Iterable<string> | AsyncIterable<string>): AsyncGenerator<string, void> {
  yield* pieces;
}

async function* logged(
  first: IteratorResult<string, void>,
  rest: AsyncGenerator<string, void>,
  log: FaultLog,
): AsyncGenerator<string> {
  try {
    if (!first.done) yield first.value;
    yield* rest;
  } catch (error) {
    log(error);
    // What is thrown here is sent to the client by the server, and printed.
    throw new Error('the reply breaks off');
  } finally {
    await rest.return();
  }
}

/**
 * Pieces of text as the body of a reply; each is made when the one before it was sent. Where a piece cannot be had any
 * more, the reply breaks off, and so is no document.
 * @param log takes the reason of that
 * @throws what the first piece throws, which is still an error like any other
 */
export async function streamed(
  pieces: Iterable<string> | AsyncIterable<string>,
  log: FaultLog,
): Promise<ReadableStream<Uint8Array>> {
  const rest = inTurn(pieces);
  const first = await rest.next();
  return ReadableStream.from(logged(first, rest, log)).pipeThrough(new TextEncoderStream());
}

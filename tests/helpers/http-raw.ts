import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';

/**
 * Sends bytes as they are and waits until the server has closed the connection.
 * @param parts the request, part by part; the connection stays open at this end
 * @returns all that came back
 */
export async function sendRaw(port: number, parts: readonly (string | Uint8Array)[]): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  // The server may cut a connection to which something is still being written.
  socket.on('error', () => {});
  await once(socket, 'connect');
  for (const part of parts) socket.write(part);
  try {
    return await text(socket);
  } catch {
    return '';
  }
}

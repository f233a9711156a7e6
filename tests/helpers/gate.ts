import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A way to a server that a test can cut. */
export interface Gate {
  /** The same address, by this way. */
  address: string;
  /** Ends all connections and takes no more. */
  close(): void;
  /** Takes connections again. */
  open(): void;
  /** Resolves when so many more connections were not taken. */
  refuses(count: number): Promise<void>;
  /**
   * Cuts the next connection that sends some words, once.
   * @param when `before` the server gets them, or `after`, so that only its answer is lost
   */
  cutAt(words: string, when: 'before' | 'after'): void;
  stop(): Promise<void>;
}

/** @param address of a database */
export async function openGate(address: string): Promise<Gate> {
  const target = new URL(address);
  const sockets = new Set<Socket>();
  let isOpen = true;
  let refusals = { left: Number.POSITIVE_INFINITY, done: () => {} };
  let cut: { words: string; when: 'before' | 'after' } | null = null;

  function track(socket: Socket): Socket {
    sockets.add(socket);
    socket.on('error', () => socket.destroy()).on('close', () => sockets.delete(socket));
    return socket;
  }

  const server = createServer((near) => {
    track(near);
    if (!isOpen) {
      near.destroy();
      refusals.left -= 1;
      if (refusals.left === 0) refusals.done();
      return;
    }
    const far = track(connect(Number(target.port), target.hostname));
    near.on('close', () => far.destroy());
    far.on('close', () => near.destroy());
    let isDeaf = false;
    near.on('data', (sent) => {
      const isMeant = cut !== null && sent.includes(cut.words);
      const when = isMeant ? cut?.when : undefined;
      if (isMeant) cut = null;
      if (when === 'before') {
        near.destroy();
        return;
      }
      isDeaf ||= when === 'after';
      far.write(sent);
    });
    // The server has answered, so that it has done what was asked.
    far.on('data', (answer) => {
      if (isDeaf) near.destroy();
      else near.write(answer);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = new URL(address);
  url.hostname = '127.0.0.1';
  url.port = String((server.address() as AddressInfo).port);
  const close = () => {
    isOpen = false;
    for (const socket of sockets) socket.destroy();
  };
  return {
    address: url.href,
    close,
    open: () => {
      isOpen = true;
    },
    refuses: (count) =>
      new Promise((done) => {
        refusals = { left: count, done };
      }),
    cutAt: (words, when) => {
      cut = { words, when };
    },
    async stop() {
      close();
      server.close();
      await once(server, 'close');
    },
  };
}

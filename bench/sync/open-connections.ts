import { once } from 'node:events';
import { createServer, type AddressInfo, type Server, connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

const BEAT_MS = 1_000;
const OPEN_PATIENCE_MS = 10_000;
/** A connection over which nothing has come back for so long is as good as gone. */
const SILENCE_MS = 3_500;
const SOCKS_GREETING = Buffer.from([5, 1, 0]);

/** Answers whatever it is sent. */
export async function startEcho(): Promise<{ port: number; close(): void }> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('close', () => sockets.delete(socket));
    socket.pipe(socket);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const close = (): void => {
    server.close();
    for (const socket of sockets) socket.destroy();
  };
  return { port: (server.address() as AddressInfo).port, close };
}

interface Held {
  tag: string;
  socket: Socket;
  heardAtMs: number;
}

/** Connections through proxies that stay open, and over which something goes to and fro each second. */
export class OpenConnections {
  private readonly beat: NodeJS.Timeout;

  private constructor(private readonly held: Held[]) {
    this.beat = setInterval(() => {
      for (const { socket } of held) if (!socket.destroyed) socket.write('.');
    }, BEAT_MS);
  }

  /** Spread over the proxies; `ways` are ports of SOCKS by the tag of the proxy that they lead through. */
  static async open(ways: ReadonlyMap<string, number>, count: number, targetPort: number): Promise<OpenConnections> {
    const tags = [...ways];
    const opened = Array.from({ length: count }, async (_, index) => {
      const [tag, port] = tags[index % tags.length] ?? ['', 0];
      return { tag, socket: await openThrough(tag, port, targetPort) };
    });
    const held = (await Promise.all(opened)).map((one) => ({ ...one, heardAtMs: performance.now() }));
    for (const one of held) one.socket.on('data', () => (one.heardAtMs = performance.now()));
    return new OpenConnections(held);
  }

  get count(): number {
    return this.held.length;
  }

  /** Waits long enough to know, and counts those that have ended or gone silent, of all proxies or of chosen ones. */
  async dropped(isChosen: (tag: string) => boolean = () => true): Promise<number> {
    await sleep(SILENCE_MS + BEAT_MS);
    const now = performance.now();
    return this.held.filter(
      ({ tag, socket, heardAtMs }) => isChosen(tag) && (socket.destroyed || now - heardAtMs > SILENCE_MS),
    ).length;
  }

  close(): void {
    clearInterval(this.beat);
    for (const { socket } of this.held) socket.destroy();
  }
}

/** SOCKS 5 without authentication. Xray agrees before it has reached anything, so only the echo says that it works. */
async function openThrough(tag: string, socksPort: number, targetPort: number): Promise<Socket> {
  const socket = connect(socksPort, '127.0.0.1').setNoDelay();
  socket.on('error', () => undefined);
  const timer = setTimeout(() => socket.destroy(), OPEN_PATIENCE_MS);
  const ended = once(socket, 'close').then(() => {
    throw new Error(`No connection through the proxy ${tag}`);
  });
  ended.catch(() => undefined);
  const ask = async (bytes: Buffer): Promise<void> => {
    socket.write(bytes);
    await Promise.race([once(socket, 'data'), ended]);
  };
  await Promise.race([once(socket, 'connect'), ended]);
  await ask(SOCKS_GREETING);
  await ask(Buffer.from([5, 1, 0, 1, 127, 0, 0, 1, targetPort >> 8, targetPort & 0xff]));
  await ask(Buffer.from('.'));
  clearTimeout(timer);
  return socket;
}

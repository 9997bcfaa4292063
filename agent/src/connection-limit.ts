import type { Server, Socket } from 'node:net';

/**
 * No more connections than this at a time. Whoever has not proved yet who it is gives way, the oldest first: strangers can
 * keep nobody out who shakes hands faster than they connect, and never end a connection of the panel.
 */
export class ConnectionLimit {
  private readonly open = new Set<string>();
  private readonly strangers = new Map<string, Socket>();

  constructor(private readonly max: number) {}

  watch(server: Server): void {
    server.on('connection', (socket: Socket) => this.admit(socket, nameOf(socket)));
  }

  /** The connection under this socket belongs to the panel. */
  trust(socket: Socket): void {
    this.strangers.delete(nameOf(socket));
  }

  /** A server that closes knows nothing of them, and would wait for them. */
  endStrangers(): void {
    for (const socket of this.strangers.values()) socket.destroy();
  }

  private admit(socket: Socket, name: string): void {
    this.open.add(name);
    this.strangers.set(name, socket);
    socket.once('close', () => {
      this.open.delete(name);
      this.strangers.delete(name);
    });
    if (this.open.size > this.max) this.strangers.values().next().value?.destroy();
  }
}

/** The same for a TCP socket and for the TLS socket on it. */
function nameOf({ remoteAddress, remotePort }: Socket): string {
  return `${remoteAddress} ${remotePort}`;
}

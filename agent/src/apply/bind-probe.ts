import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { overlap } from '../configuration/listeners.js';
import type { Listener } from '../configuration/listeners.js';
import { codeOf, messageOf } from '../errors.js';

/**
 * Xray lets several processes share a port and says nothing, and a port that is taken in another way ends it as a whole.
 * So it is tried before. What this agent's Xray listens on already (`owned`) would seem taken, and is left out.
 */
export async function requireFree(wanted: Listener[], owned: Listener[]): Promise<void> {
  const others = wanted.filter((listener) => !owned.some((mine) => overlap(mine, listener)));
  for (const listener of others) {
    const { transport, host, port } = listener;
    const address = host === '' ? '0.0.0.0' : host;
    await (transport === 'tcp' ? bindTcp(address, port) : bindUdp(address, port)).catch((error: unknown) => {
      throw new Error(words(listener, error), { cause: error });
    });
  }
}

async function bindTcp(host: string, port: number): Promise<void> {
  const server = createServer();
  server.listen({ host, port, exclusive: true });
  await once(server, 'listening');
  server.close();
  await once(server, 'close');
}

async function bindUdp(host: string, port: number): Promise<void> {
  const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4');
  socket.bind({ address: host, port, exclusive: true });
  try {
    await once(socket, 'listening');
  } finally {
    socket.close();
  }
}

function words({ transport, host, port }: Listener, error: unknown): string {
  switch (codeOf(error)) {
    case 'EADDRINUSE':
      return `Port ${port} (${transport.toUpperCase()}) is already in use on the node`;
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAFNOSUPPORT':
      return `The node has no address ${host} to listen on`;
    case 'EACCES':
      return `The agent is not allowed to listen on port ${port}`;
    default:
      return `Port ${port} cannot be listened on: ${messageOf(error)}`;
  }
}

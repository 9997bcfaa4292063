import { connect } from 'node:net';
import type { Clock } from '../clock.js';

/** Milliseconds until the port took the connection, which is closed at once without a byte sent. */
export function connectOnce(host: string, port: number, signal: AbortSignal, clock: Clock): Promise<number> {
  return new Promise((resolve, reject) => {
    const beginMs = clock.monotonicMs();
    const socket = connect({ host, port });
    const giveUp = () => socket.destroy(new Error('no answer in time'));
    signal.addEventListener('abort', giveUp, { once: true });
    socket.once('connect', () => {
      resolve(clock.monotonicMs() - beginMs);
      socket.destroy();
    });
    socket.once('error', reject);
    socket.once('close', () => signal.removeEventListener('abort', giveUp));
    if (signal.aborted) giveUp();
  });
}

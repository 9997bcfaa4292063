import { execFile } from 'node:child_process';
import { isIP, isIPv6 } from 'node:net';
import type { Logger } from 'pino';
import { codeOf } from '../errors.js';

const TIMEOUT_MS = 5_000;
const MAX_ADDRESSES = 1_000;
const ADDRESSES_PER_CALL = 100;

/**
 * Closes TCP connections of this machine from outside of the process that holds them. That takes `ss` of iproute2, a kernel
 * with INET_DIAG_DESTROY and CAP_NET_ADMIN. Where one of them is missing it is said once and not tried again.
 */
export class Sockets {
  private usable = true;

  constructor(
    private readonly log: Logger,
    private readonly command = 'ss',
  ) {}

  /** How many connections from these addresses to these ports were closed. */
  async close(addresses: string[], ports: number[]): Promise<number> {
    const valid = addresses.filter((address) => isIP(address) !== 0).slice(0, MAX_ADDRESSES);
    let closed = 0;
    for (let from = 0; from < valid.length && ports.length > 0 && this.usable; from += ADDRESSES_PER_CALL) {
      closed += await this.closeSome(filterFor(valid.slice(from, from + ADDRESSES_PER_CALL), ports));
    }
    return closed;
  }

  private async closeSome(filter: string): Promise<number> {
    try {
      const { lines, complaint } = await this.run(['-K', '-Htn', filter]);
      if (complaint) this.giveUp(complaint);
      // An old kernel does not complain: it only does nothing.
      else if (lines === 0 && (await this.run(['-Htn', filter])).lines > 0)
        this.giveUp('the kernel cannot close sockets');
      return lines;
    } catch (error) {
      this.giveUp(codeOf(error) === 'ENOENT' ? 'ss (iproute2) is not installed' : String(error));
      return 0;
    }
  }

  private run(args: string[]): Promise<{ lines: number; complaint: string }> {
    return new Promise((resolve, reject) => {
      execFile(this.command, args, { timeout: TIMEOUT_MS }, (error, stdout, stderr) => {
        if (error && !stderr) reject(error);
        else resolve({ lines: stdout.split('\n').filter(Boolean).length, complaint: stderr.split('\n')[0] ?? '' });
      });
    });
  }

  private giveUp(reason: string): void {
    this.usable = false;
    this.log.warn(
      `Open connections of users who are removed end by themselves, the agent cannot close them: ${reason}`,
    );
  }
}

function filterFor(addresses: string[], ports: number[]): string {
  const from = addresses.map((address) => `dst ${isIPv6(address) ? `[${address}]` : address}`);
  const to = ports.map((port) => `sport = :${port}`);
  return `( ${from.join(' or ')} ) and ( ${to.join(' or ')} )`;
}

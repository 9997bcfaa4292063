import { Resolver } from 'node:dns/promises';
import { readFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { codeOf } from '../errors.js';

const NO_SUCH_NAME = new Set(['ENOTFOUND', 'ENODATA', 'EBADNAME', 'EBADQUERY']);

export interface Names {
  /** Name servers other than the system's. */
  servers?: string[];
  hostsFile?: string;
}

/**
 * The addresses of a domain name as they are now, IPv4 first. Not by getaddrinfo: that cannot be given up, and a name
 * server that is silent would keep the threads that the rest of the agent needs for its files and its way to the panel.
 */
export async function resolveNow(name: string, signal: AbortSignal, names: Names = {}): Promise<string[]> {
  const local = addressesIn(await readFile(names.hostsFile ?? '/etc/hosts', 'utf8').catch(() => ''), name);
  if (local.length > 0) return local;
  const resolver = new Resolver();
  if (names.servers) resolver.setServers(names.servers);
  signal.addEventListener('abort', () => resolver.cancel(), { once: true });
  const answers = signal.aborted ? [] : await Promise.allSettled([resolver.resolve4(name), resolver.resolve6(name)]);
  const addresses = answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []));
  if (addresses.length > 0) return addresses;
  const codes = answers.map((answer) => codeOf((answer as PromiseRejectedResult).reason) ?? '');
  // Not the resolver's own code: its ECONNREFUSED speaks of the name server, and would be taken for the target's.
  const code = codes.length > 0 && codes.every((each) => NO_SUCH_NAME.has(each)) ? 'ENOTFOUND' : 'EAI_AGAIN';
  throw Object.assign(new Error(`${name} was not resolved`), { code });
}

function addressesIn(hostsFile: string, name: string): string[] {
  const wanted = name.toLowerCase();
  const lines = hostsFile.split('\n').map((line) => line.replace(/#.*/, '').trim().toLowerCase().split(/\s+/));
  return lines.flatMap(([address = '', ...names]) => (isIP(address) && names.includes(wanted) ? [address] : []));
}
